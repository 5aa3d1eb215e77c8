import GLPKSolver
import LichenDomain
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct ConflictTests {
  /// Whether a plan keeps all of these, asked of the planner by its options.
  private func isPossible(_ requirements: [Requirement], _ study: PlanStudy) throws -> Bool {
    var options = study.plan.options
    options.required = []
    options.forbidden = []
    options.capitalBudget = nil
    options.carbonFloor = nil
    options.partnerLimit = nil
    for requirement in requirements {
      switch requirement {
      case .required(let selector), .kept(let selector): options.required.append(selector)
      case .forbidden(let selector): options.forbidden.append(selector)
      case .budget(let value): options.capitalBudget = value
      case .carbonFloor(let value): options.carbonFloor = value
      case .partners(let count): options.partnerLimit = count
      }
    }
    guard let problem = try? PlanningProblem(graph: study.graph, options: options) else {
      return false
    }
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    if problem.model.links.isEmpty { return (options.carbonFloor ?? 0) <= 0 }
    return result.status == .optimal || result.status == .feasible
  }

  @Test func conflictsAreConflictsAndMinimal() throws {
    var conflicts = 0
    for (seed, study) in try Planned.studies(
      1..<2000, links: 3...20, wanted: 120, park: FairSplitTests.withoutDuties)
    {
      var random = SeededGenerator(seed: seed)
      var options = study.plan.options
      let names = try study.wholeModel().linkNames
      options.required = names.filter { _ in random.chance(0.3) }.compactMap { LinkSelector($0) }
      options.forbidden = names.filter { _ in random.chance(0.2) }.compactMap { LinkSelector($0) }
        .filter { !options.required.contains($0) }
      options.capitalBudget = random.number(in: 0...2) * study.plan.capital.typical
      options.carbonFloor = random.number(in: 0...2) * max(0, study.plan.carbon.typical)
      if random.chance(0.5) { options.partnerLimit = 1 }
      var search = try ConflictSearch(graph: study.graph, options: options, solver: GLPKSolver())
      let conflict = try search.run()
      let all: [Requirement] =
        options.required.map { .required($0) } + options.forbidden.map { .forbidden($0) }
        + [.budget(options.capitalBudget ?? 0), .carbonFloor(options.carbonFloor ?? 0)]
        + (options.partnerLimit.map { [.partners($0)] } ?? [])
      if conflict.requirements.isEmpty {
        #expect(try isPossible(all, study), "seed \(seed)")
        continue
      }
      conflicts += 1
      #expect(try !isPossible(conflict.requirements, study), "seed \(seed)")
      for requirement in conflict.requirements {
        let rest = conflict.requirements.filter { $0 != requirement }
        #expect(try isPossible(rest, study), "seed \(seed): not minimal, \(requirement)")
      }
      for relaxation in conflict.relaxations where relaxation.helps {
        let rest = all.filter { $0 != relaxation.requirement }
        #expect(
          try isPossible(rest + (relaxation.mildest.map { [$0] } ?? []), study),
          "seed \(seed): \(relaxation)")
        // The mildest is on the edge: a little stricter is impossible again.
        if case .budget(let value) = relaxation.mildest, value > 1 {
          #expect(try !isPossible(rest + [.budget(value * 0.999)], study), "seed \(seed)")
        }
        if case .carbonFloor(let value) = relaxation.mildest, value > 1 {
          #expect(try !isPossible(rest + [.carbonFloor(value * 1.001)], study), "seed \(seed)")
        }
      }
    }
    #expect(conflicts >= 40)
  }

  @Test func anExchangeThatCannotBePlannedIsAConflictByItself() throws {
    var park = ParkBuilder()
    park.enterprise("a", at: (55, 11))
    park.enterprise("b", at: (55.01, 11))
    park.output("ash", of: "a", "fly_ash", 1000)
    park.input("clinker", of: "b", "clinker")
    let study = try Planned.study(Park(park.declaration, catalogue: Fixtures.catalogue))
    var options = study.plan.options
    let selector = try #require(LinkSelector("ash:clinker"))
    options.required = [selector]
    var search = try ConflictSearch(graph: study.graph, options: options, solver: GLPKSolver())
    let conflict = try search.run()
    #expect(conflict.requirements == [.required(selector)])
    #expect(conflict.relaxations.first?.obstacles.map(\.kind) == [.inputUnquantified])
  }
}

import GLPKSolver
import LichenDomain
import LichenEngine
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

/// The planner against an oracle that tries everything.
struct OptimumTests {
  /// A random park of at most `limit` candidates, with random limits.
  static func smallCase(_ seed: UInt64, limit: Int = 12) throws -> (
    graph: ExchangeGraph, options: PlanningOptions
  ) {
    var random = RandomPark(seed: seed)
    var declaration = random.declaration(enterprises: random.integer(in: 2...6), streams: 1...4)
    if seed % 3 == 0 { addMeasures(to: &declaration, seed: seed) }
    if seed % 4 == 1 { random.addFacilities(to: &declaration) }
    if seed % 3 == 2 { random.addMixtures(to: &declaration) }
    var graph = try CandidateGenerator(park: Repository.engine.park(declaration)).graph()
    while graph.candidates.count + graph.legs.count > limit {
      let input = declaration.inputs.removeLast()
      declaration.options.removeAll { $0.stream == input.id }
      declaration.properties.removeAll { $0.stream == input.id }
      graph = try CandidateGenerator(park: Repository.engine.park(declaration)).graph()
    }
    var options = PlanningOptions(threads: 1)
    options.objective = PlanObjective.allCases[random.integer(in: 0...4)]
    options.carbonPrice = random.number(in: 0...100)
    if random.integer(in: 0...2) == 0 { options.partnerLimit = random.integer(in: 1...2) }
    if random.integer(in: 0...2) == 0 { options.capitalBudget = random.number(in: 0...2_000_000) }
    if seed % 7 == 3 { options.carbonFloor = random.number(in: 0...100_000) }
    let plannable = graph.candidates.filter(\.isPlannable)
    if random.integer(in: 0...4) == 0, let first = plannable.first {
      options.forbidden = [LinkSelector(first.id)].compactMap { $0 }
    }
    if random.integer(in: 0...4) == 0, let last = plannable.last, plannable.count > 1 {
      options.required = [LinkSelector(last.id)].compactMap { $0 }
    }
    return (graph, options)
  }

  /// Up to four efficiency measures that take from streams or add to them, some already begun.
  private static func addMeasures(to declaration: inout ParkDeclaration, seed: UInt64) {
    var random = SeededGenerator(seed: seed &+ 7777)
    let outputs = declaration.outputs.map {
      ($0.id, $0.enterprise, $0.quantity.typical, $0.quantity.unit)
    }
    let inputs = declaration.inputs.map {
      ($0.id, $0.enterprise, $0.quantity.typical, $0.quantity.unit)
    }
    for number in 1...random.whole(in: 1...4) {
      let stream = random.element(of: outputs + inputs)
      var row = OptionRow(
        id: "q\(number)", enterprise: stream.1,
        location: SourceLocation(file: "options.csv", row: number + 1))
      if let quantity = stream.2, random.chance(0.8) {
        row.stream = stream.0
        row.change = quantity * random.number(in: -1...0.5)
        row.unit = stream.3
      }
      row.capital = random.chance(0.9) ? random.number(in: 0...1_000_000) : nil
      row.saving = random.number(in: -20_000...200_000)
      row.co2 = random.chance(0.7) ? random.number(in: -50...500) : nil
      row.status = random.element(of: ["proposed", "planned", "", "done", "building"])
      declaration.options.append(row)
    }
  }

  @Test("The planned optimum equals brute force on 500 random parks", arguments: 0..<500)
  func optimum(seed: Int) throws {
    let (graph, options) = try Self.smallCase(UInt64(seed))
    // The oracle gets every plannable link, also those that the planner eliminates.
    var unreduced = options
    unreduced.objective = .benefitThenCarbon
    let whole = try PlanningProblem(graph: graph, options: unreduced).model
    let weights = options.objective.primaryWeights(carbonPrice: options.carbonPrice)
    let expected = BruteForcePlan(model: whole, weights: weights).best()
    let problem = try PlanningProblem(graph: graph, options: options)
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    let plan = Plan(graph: graph, problem: problem, options: options, result: result)
    guard let expected else {
      #expect(plan.certificate.status == .infeasible, "seed \(seed)")
      return
    }
    let tolerance = 1e-7 * max(1, abs(expected))
    #expect(result.status == .optimal, "seed \(seed)")
    #expect(abs(plan.certificate.incumbent - expected) <= tolerance, "seed \(seed)")
    #expect(plan.certificate.bound >= expected - tolerance, "seed \(seed)")
    let differences = try PlanChecker(park: graph.park)
      .check(PlanJSON.encode(PlanDocument(plan)))
    #expect(differences.isEmpty, "seed \(seed): \(differences)")
  }

  @Test(
    "A lexicographic plan keeps its first optimum and cannot improve its second",
    arguments: 500..<560)
  func lexicographic(seed: Int) throws {
    let (graph, chosen) = try Self.smallCase(UInt64(seed), limit: 9)
    var options = chosen
    options.objective = .benefitThenCarbon
    let problem = try PlanningProblem(graph: graph, options: options)
    let first = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    guard first.status == .optimal else { return }
    let both = Plan(graph: graph, problem: problem, options: options, result: first)
    options.objective = .netBenefit
    let alone = try PlanSolver(solver: GLPKSolver(), options: options)
      .solve(PlanningProblem(graph: graph, options: options).model)
    #expect(abs(both.money.typical - alone.objective) <= 1e-6 * max(1, abs(alone.objective)))
    let aloneProblem = try PlanningProblem(graph: graph, options: options)
    let single = Plan(graph: graph, problem: aloneProblem, options: options, result: alone)
    #expect(
      both.carbon.typical >= single.carbon.typical - 1e-5 * max(1, abs(single.carbon.typical)))
  }

  @Test("Relaxing a limit never makes the optimum worse", arguments: 600..<650)
  func monotone(seed: Int) throws {
    let (graph, chosen) = try Self.smallCase(UInt64(seed))
    var tight = chosen
    tight.objective = .netBenefit
    tight.required = []
    tight.partnerLimit = 1
    tight.capitalBudget = 200_000
    var loose = tight
    loose.partnerLimit = nil
    loose.capitalBudget = 400_000
    let solver = GLPKSolver()
    let less = try PlanSolver(solver: solver, options: tight)
      .solve(PlanningProblem(graph: graph, options: tight).model)
    let more = try PlanSolver(solver: solver, options: loose)
      .solve(PlanningProblem(graph: graph, options: loose).model)
    #expect(more.objective >= less.objective - 1e-6 * max(1, abs(less.objective)), "seed \(seed)")
  }
}

import GLPKSolver
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

extension OptimumTests {
  @Test("The random parks are worth testing: most have rival links, many bind a limit")
  func power() throws {
    var withRivals = 0
    var infeasible = 0
    var withPermits = 0
    var withLots = 0
    var withMeasures = 0
    var withPlants = 0
    var withBlends = 0
    for seed in 0..<500 {
      let (graph, options) = try Self.smallCase(UInt64(seed))
      var unreduced = options
      unreduced.objective = .benefitThenCarbon
      let model = try PlanningProblem(graph: graph, options: unreduced).model
      if model.components().contains(where: { $0.links.count > 1 }) { withRivals += 1 }
      if !model.linkPermits.hasNoMembers { withPermits += 1 }
      if model.links.contains(where: { $0.lower > 0 }) { withLots += 1 }
      if model.components().contains(where: { !$0.links.isEmpty && !$0.measures.isEmpty }) {
        withMeasures += 1
      }
      if model.links.contains(where: { $0.output == nil }) { withPlants += 1 }
      if model.blends.contains(where: { $0.links.count > 1 }) { withBlends += 1 }
      let weights = options.objective.primaryWeights(carbonPrice: options.carbonPrice)
      if model.links.count <= 6, BruteForcePlan(model: model, weights: weights).best() == nil {
        infeasible += 1
      }
    }
    #expect(withRivals > 200)
    #expect(withPermits > 100)
    #expect(withLots > 50)
    #expect(withMeasures > 60)
    #expect(withPlants > 30)
    #expect(withBlends > 10)
    #expect(infeasible > 3)
  }

  @Test(
    "The relaxation and the large-part search never claim less than the optimum can be",
    arguments: 700..<850)
  func largeParts(seed: Int) throws {
    let (graph, chosen) = try Self.smallCase(UInt64(seed))
    var options = chosen
    options.objective = seed.isMultiple(of: 2) ? .netBenefit : .carbonPriced
    options.exactLimit = 0
    let problem = try PlanningProblem(graph: graph, options: options)
    let weights = options.objective.primaryWeights(carbonPrice: options.carbonPrice)
    guard let best = BruteForcePlan(model: problem.model, weights: weights).best() else { return }
    let slack = 1e-6 * max(1, abs(best))
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    #expect(result.bound >= best - slack, "seed \(seed)")
    guard result.status == .optimal || result.status == .feasible else { return }
    #expect(result.objective <= best + slack, "seed \(seed)")
    if result.status == .optimal {
      #expect(abs(result.objective - best) <= slack, "seed \(seed)")
    }
    let plan = Plan(graph: graph, problem: problem, options: options, result: result)
    #expect(try PlanChecker(park: graph.park).check(PlanJSON.encode(PlanDocument(plan))).isEmpty)
  }
}

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
    for seed in 0..<500 {
      let (graph, options) = try Self.smallCase(UInt64(seed))
      var unreduced = options
      unreduced.objective = .benefitThenCarbon
      let model = try PlanningProblem(graph: graph, options: unreduced).model
      if model.components().contains(where: { $0.count > 1 }) { withRivals += 1 }
      if model.links.contains(where: { !$0.permits.isEmpty }) { withPermits += 1 }
      if model.links.contains(where: { $0.lower > 0 }) { withLots += 1 }
      let weights = options.objective.primaryWeights(carbonPrice: options.carbonPrice)
      if model.links.count <= 6, BruteForcePlan(model: model, weights: weights).best() == nil {
        infeasible += 1
      }
    }
    #expect(withRivals > 200)
    #expect(withPermits > 100)
    #expect(withLots > 50)
    #expect(infeasible > 3)
  }
}

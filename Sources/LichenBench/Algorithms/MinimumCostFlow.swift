import LichenPlanning

/// Maximum-weight b-matching, the classical relaxation: fixed charges are dropped, the flows that are
/// then best are found by linear programming, the fixed charges are paid afterwards and exchanges that
/// lose by it are removed.
public struct MinimumCostFlow: MatchingAlgorithm {
  /// The simplex method's time grows faster than the links; 40,000 take about ten seconds.
  static let largestModel = 40_000

  public let name = "b-matching"
  public let isRandom = false
  public let summary =
    "Best flows without fixed charges (linear program), losing exchanges removed."
  private let solver: any MIPSolver

  public init(solver: any MIPSolver) { self.solver = solver }

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    guard model.links.count <= Self.largestModel else {
      throw AlgorithmRefusal.tooLarge(links: model.links.count, limit: Self.largestModel)
    }
    let solution = try FlowProgram(model).solve(
      model.links.map(\.money), solver: solver, limits: limits, progress: progress)
    let rounding = FlowRounding(model: model, routes: RouteSet(model))
    let state = CarbonPricing.plan(model) { rounding.state(of: solution, price: $0) }
    return AlgorithmResult(state)
  }
}

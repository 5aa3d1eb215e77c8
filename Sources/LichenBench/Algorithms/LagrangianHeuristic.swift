import LichenPlanning

/// Prices for every stream by subgradients, and greedy plans at those prices.
///
/// All rows but the links' own are relaxed (see `LagrangianBound`), so that every link decides alone;
/// every value of the relaxation is a bound. Steps after Polyak (1969) with the deflection of
/// Camerini, Fratta and Maffioli (1975); Fisher 1981, Management Science 27, for the whole.
public struct LagrangianHeuristic: MatchingAlgorithm {
  static let mostRounds = 600
  static let roundsPerPlan = 25
  /// Rounds without a better bound after which steps are halved.
  static let patience = 12

  public let name = "lagrangian"
  public let isRandom = false
  public let summary = "Stream prices by subgradients, greedy plans at them; its bound is proven."

  public init() {}

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    var dual = LagrangianBound(model)
    let filling = RankedFilling(
      model: model, limits: limits, progress: progress, dropsLosers: true)
    let routes = RouteSet(model)
    var best: (state: PlanState, value: Double)?
    var bound = Double.infinity
    var step = 1.0
    var idle = 0
    for round in 0..<Self.mostRounds where round == 0 || !progress.isOver(limits) {
      let value = dual.evaluate()
      if value < bound {
        idle = value < bound - 1e-6 * abs(bound) ? 0 : idle + 1
        bound = value
        progress.proved(bound: bound)
      } else {
        idle += 1
      }
      if round % Self.roundsPerPlan == 0 {
        let state = filling.state(routes: routes) { routes, _ in dual.ranking(of: routes) }
        if state.isBetter(than: best?.state) {
          best = (state, state.money)
          if state.keepsAll { progress.foundPlan(worth: state.money) }
        }
      }
      if let best, best.state.keepsAll, bound - best.value <= 1e-9 * abs(bound) { break }
      if idle >= Self.patience {
        step /= 2
        idle = 0
        if step < 1e-4 { break }
      }
      dual.descend(towards: min(best?.value ?? 0, bound), step: step)
    }
    let stopRule: AlgorithmResult.StopRule = progress.isOver(limits) ? .timeLimit : .finished
    guard let best = best?.state else {
      return AlgorithmResult(
        plan: nil, bound: bound, stopRule: stopRule, note: "no time for a plan")
    }
    return AlgorithmResult(best, bound: bound, stopRule: stopRule)
  }
}

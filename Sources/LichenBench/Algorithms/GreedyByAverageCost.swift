import LichenPlanning

/// Takes the exchange with the best value per unit, fixed costs spread over its full use.
///
/// The average-cost rule of fixed-charge transport (Balinski 1961, "Fixed-cost transportation
/// problems", Naval Research Logistics Quarterly 8), used as a greedy order.
public struct GreedyByAverageCost: MatchingAlgorithm {
  public let name = "greedy-average"
  public let isRandom = false
  public let summary =
    "Greedy: the best value per unit first, fixed costs averaged (Balinski 1961)."

  public init() {}

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    let filling = RankedFilling(model: model, limits: limits, progress: progress)
    return filling.plan(routes: RouteSet(model)) { routes, price in
      RankedFilling.order(routes.count) { route in
        let capacity = routes.capacity(of: route, model)
        guard capacity > 0 else { return nil }
        let unit = routes.money[route] + price * routes.carbon[route]
        return unit - routes.openingCost(of: route, model) / capacity
      }
    }
  }
}

import LichenPlanning

/// Takes the exchange that is worth most at full use, then the next that still fits and pays.
///
/// The rank is value · capacity less every fixed cost of the route alone; while filling, permits and
/// facilities that are already paid cost nothing.
public struct GreedyByValue: MatchingAlgorithm {
  public let name = "greedy-value"
  public let isRandom = false
  public let summary = "Greedy: the exchange worth most per year first."

  public init() {}

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    let filling = RankedFilling(model: model, limits: limits, progress: progress)
    return filling.plan(routes: RouteSet(model)) { routes, price in
      RankedFilling.order(routes.count) { route in
        let capacity = routes.capacity(of: route, model)
        let unit = routes.money[route] + price * routes.carbon[route]
        return unit * capacity - routes.openingCost(of: route, model)
      }
    }
  }
}

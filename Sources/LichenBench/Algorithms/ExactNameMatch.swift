import LichenPlanning

/// What a list of names and a map can do: the same material under the same name, nearest first.
///
/// Instances carry neither names nor places, so both are read from what they leave behind. Same
/// material: a single link whose ratio is exactly 1, one unit replacing one unit. Nearest: the
/// smallest fixed cost. Lost are all substitutions, all treatment in facilities and the order of value;
/// the radius is the one that made the links.
public struct ExactNameMatch: MatchingAlgorithm {
  public let name = "exact-name"
  public let isRandom = false
  public let summary = "Links of ratio exactly 1 only, smallest fixed cost first."

  public init() {}

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    let filling = RankedFilling(model: model, limits: limits, progress: progress)
    return filling.plan(routes: RouteSet(model)) { routes, _ in
      RankedFilling.order(routes.count) { route in
        let legs = routes.legs(of: route)
        guard legs.count == 1, routes.served[route] == 1 else { return nil }
        return -model.links[Int(routes.legs[legs.lowerBound])].fixedCost
      }
    }
  }
}

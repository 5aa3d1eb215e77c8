import LichenPlanning

/// Ranks exchanges by a weighted score, as matching platforms do: 0.5 fit, 0.3 distance, 0.2 trust.
///
/// - Fit: what can be served over what the larger side has, min(s·ρ, d) / max(s·ρ, d).
/// - Distance: 1 less fixed cost over the largest fixed cost of any route; instances carry no
///   kilometres, and the fixed cost is what grows with them.
/// - Trust: 1 / (1 + permits that the route needs); paperwork stands for strangers.
///
/// To the method's favour only exchanges that gain are built.
public struct WeightedScore: MatchingAlgorithm {
  static let fitWeight = 0.5
  static let distanceWeight = 0.3
  static let trustWeight = 0.2

  public let name = "weighted-score"
  public let isRandom = false
  public let summary = "0.5 fit, 0.3 distance (fixed cost), 0.2 trust (no permits), highest first."

  public init() {}

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    let filling = RankedFilling(model: model, limits: limits, progress: progress)
    return filling.plan(routes: RouteSet(model)) { routes, _ in
      let fixed = (0..<routes.count).map { route in
        routes.legs(of: route).reduce(0) { $0 + model.links[Int(routes.legs[$1])].fixedCost }
      }
      let largest = max(fixed.max() ?? 0, .leastNormalMagnitude)
      return RankedFilling.order(routes.count) { route in
        let offered = model.supplies[Int(routes.outputs[route])] * routes.served[route]
        let wanted = model.needs[Int(routes.inputs[route])]
        let larger = max(offered, wanted)
        guard larger > 0 else { return nil }
        let permits = routes.legs(of: route).reduce(0) {
          $0 + model.permits(of: Int(routes.legs[$1])).count
        }
        return Self.fitWeight * min(offered, wanted) / larger
          + Self.distanceWeight * (1 - fixed[route] / largest)
          + Self.trustWeight / Double(1 + permits)
      }
    }
  }
}

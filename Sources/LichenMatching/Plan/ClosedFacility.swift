import LichenDomain
import LichenGraph

/// A shared plant that the plan leaves closed, why, and what opening it would change.
public struct ClosedFacility: Sendable {
  public enum Reason: Hashable, Sendable {
    /// A figure that it takes to plan is unknown.
    case obstacle(PricedFacility.Obstacle)
    /// Nothing that could be planned comes in.
    case noArrival
    /// Nobody that could be planned takes the product.
    case noDelivery
    /// Sound, but its legs bring less than it costs, or others use streams or money better.
    case doesNotPay
  }

  public let plant: PricedFacility
  public let reason: Reason
  /// Change of the plan's yearly net benefit if it were opened and all planned anew
  /// [park currency/a]; `nil` when it cannot be computed.
  public let moneyChange: Double?
  /// The same for CO2e avoided [kg/a].
  public let carbonChange: Double?

  static func reason(of plant: PricedFacility, in graph: ExchangeGraph) -> Reason {
    if let obstacle = plant.obstacle { return .obstacle(obstacle) }
    let legs = graph.legs.filter { graph.obstacle(of: $0) == nil }
    let id = plant.facility.id
    if !legs.contains(where: { $0.destination?.id == id }) { return .noArrival }
    return legs.contains { $0.origin?.id == id } ? .doesNotPay : .noDelivery
  }
}

import LichenDomain
import LichenMatching

/// What one more unit of something scarce is worth.
public struct Marginals: Sendable {
  /// What is scarce.
  public enum Resource: Sendable, Hashable {
    case supply(StreamID)
    case need(StreamID)
    case budget
    case carbonFloor

    public var name: String {
      switch self {
      case .supply(let id): "supply \(id)"
      case .need(let id): "need \(id)"
      case .budget: "budget"
      case .carbonFloor: "co2-floor"
      }
    }
  }

  public struct Value: Sendable {
    public let resource: Resource
    /// What there is: [reference units/a], [park currency] or [kg CO2e/a].
    public let amount: Double
    /// Dual of the linear program with the plan's links open, none added: worth of one unit more, in the plan's
    /// first objective.
    public let shadowPrice: Double
    /// Gain per unit when the plan is made again with a step more; links may open.
    public let more: Double?
    /// Loss per unit when the plan is made again with a step less; links may close.
    public let less: Double?
    /// Size of the step, in units.
    public let step: Double
  }

  /// Those that bind or whose change changes the plan, most worth first by amount times price.
  public let values: [Value]
  /// Step as a share of each amount.
  public let share: Double
}

import LichenDomain
import LichenGraph

/// One independent cause of uncertainty; whatever rests on it moves with it.
public struct UncertainFactor: Sendable, Hashable {
  public enum Identity: Sendable, Hashable {
    /// A row of costs.csv, factors.csv or parameters.csv.
    case figure(String)
    case exchangeRate(String)
    case routeRatio(RouteID)
    case treatmentCost(RouteID)
    case ruleCost(RuleID)
    /// Yearly quantity of a declared stream [reference units/a].
    case stream(StreamID)
    /// Size of an enterprise, in the unit it is stated in.
    case size(EnterpriseID)
    /// Reference amount per employee or hectare of a sector.
    case sizeRate(sector: String, Sector.SizeMeasure)
    /// Amount of a blueprint's row per reference unit, for all enterprises of the sector.
    case coefficient(sector: String, StreamKind, String)
  }

  public let identity: Identity
  /// Never exact.
  public let range: Estimate
  /// Of `range`; empty where the identity says it.
  public let unit: String
  /// Row that it stands in.
  public let reference: String
  public let confidence: Confidence

  /// Stable order and name: `figure:price_coal_vn`.
  public var key: String {
    switch identity {
    case .figure(let id): "figure:\(id)"
    case .exchangeRate(let id): "exchange-rate:\(id)"
    case .routeRatio(let id): "route-ratio:\(id)"
    case .treatmentCost(let id): "treatment-cost:\(id)"
    case .ruleCost(let id): "rule-cost:\(id)"
    case .stream(let id): "stream:\(id)"
    case .size(let id): "size:\(id)"
    case .sizeRate(let sector, let measure): "size-rate:\(sector):\(measure.rawValue)"
    case .coefficient(let sector, let kind, let name):
      "coefficient:\(sector):\(kind.rawValue):\(name)"
    }
  }
}

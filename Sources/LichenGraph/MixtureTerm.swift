import LichenDomain

/// What one by-product adds to a limit that the receiver sets on the mixture of all that arrive.
///
/// The mixture is that of the by-products, weighed as they leave their donors; what the receiver buys
/// beside them does not count, because nobody has declared its quality.
public struct MixtureTerm: Sendable, Hashable {
  public enum Side: String, Sendable, Codable {
    /// The mixture must not exceed the limit.
    case most
    /// The mixture must reach the limit.
    case least
  }

  public let property: PropertyID
  public let side: Side
  /// Worst end of what was measured at the output, in the property's unit.
  public let measured: Double
  /// In the property's unit.
  public let limit: Double
  /// Tonnes in one reference unit of the output.
  public let tonnesPerUnit: Double
  /// Row of the limit: `properties.csv: STREAM PROPERTY`.
  public let reference: String

  /// Excess over the limit times tonnes, per reference unit of the output; the sum over all that
  /// arrive must not be above 0.
  public var excessPerUnit: Double {
    (side == .most ? measured - limit : limit - measured) * tonnesPerUnit
  }
}

/// A figure with its range: low ≤ typical ≤ high, all finite, in the unit its holder states.
///
/// Arithmetic is interval arithmetic on the ends and plain arithmetic on the typical value, so that
/// a range is never lost and never narrows by accident. Ends are treated as independent, which makes
/// results wide rather than falsely narrow.
public struct Estimate: Hashable, Sendable, Codable {
  public let low: Double
  public let typical: Double
  public let high: Double

  /// - Returns: `nil` unless `low ≤ typical ≤ high` and all three are finite.
  public init?(low: Double, typical: Double, high: Double) {
    guard low.isFinite, typical.isFinite, high.isFinite, low <= typical, typical <= high else {
      return nil
    }
    self.init(uncheckedLow: low, typical: typical, high: high)
  }

  /// A figure without a range.
  /// - Precondition: `value` is finite.
  public init(_ value: Double) {
    precondition(value.isFinite, "an estimate must be finite")
    self.init(uncheckedLow: value, typical: value, high: value)
  }

  private init(uncheckedLow low: Double, typical: Double, high: Double) {
    // Negative zero would print as "-0" and break byte-identical output.
    self.low = low == 0 ? 0 : low
    self.typical = typical == 0 ? 0 : typical
    self.high = high == 0 ? 0 : high
  }

  public static let zero = Estimate(0)

  /// Whether low and high coincide.
  public var isExact: Bool { low == high }

  public static func + (left: Self, right: Self) -> Self {
    Self(
      uncheckedLow: left.low + right.low, typical: left.typical + right.typical,
      high: left.high + right.high)
  }

  public static func - (left: Self, right: Self) -> Self { left + (-right) }

  public static prefix func - (value: Self) -> Self {
    Self(uncheckedLow: -value.high, typical: -value.typical, high: -value.low)
  }

  /// Interval product: the ends are the extremes of the four end products.
  public static func * (left: Self, right: Self) -> Self {
    let ends = [
      left.low * right.low, left.low * right.high, left.high * right.low, left.high * right.high,
    ]
    let typical = left.typical * right.typical
    return Self(
      uncheckedLow: ends.reduce(typical, Swift.min), typical: typical,
      high: ends.reduce(typical, Swift.max))
  }

  public static func * (left: Self, right: Double) -> Self {
    let first = left.low * right
    let last = left.high * right
    return Self(
      uncheckedLow: Swift.min(first, last), typical: left.typical * right,
      high: Swift.max(first, last))
  }

  /// Interval quotient.
  /// - Precondition: `right` is positive throughout.
  public static func / (left: Self, right: Self) -> Self {
    precondition(right.low > 0, "an estimate is divided only by a positive one")
    let typical = left.typical / right.typical
    // Rounding must not push the typical value past an end.
    let inverse = Self(
      uncheckedLow: Swift.min(1 / right.high, 1 / right.typical), typical: 1 / right.typical,
      high: Swift.max(1 / right.low, 1 / right.typical))
    let ends = left * inverse
    return Self(
      uncheckedLow: Swift.min(ends.low, typical), typical: typical,
      high: Swift.max(ends.high, typical))
  }

  public static func / (left: Self, right: Double) -> Self {
    precondition(right != 0, "an estimate cannot be divided by zero")
    let first = left.low / right
    let last = left.high / right
    return Self(
      uncheckedLow: Swift.min(first, last), typical: left.typical / right,
      high: Swift.max(first, last))
  }
}

extension Sequence where Element == Estimate {
  /// Adds ends and typical values; zero for an empty sequence. O(n).
  public func sum() -> Estimate { reduce(.zero, +) }
}

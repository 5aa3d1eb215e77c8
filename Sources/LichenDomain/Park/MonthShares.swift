/// How a yearly amount is spread over the twelve months; the shares add up to 1.
public struct MonthShares: Sendable, Hashable {
  /// January to December.
  public let shares: [Double]

  /// Days of each month in a year of 365.
  public static let days = [31.0, 28, 31, 30, 31, 30, 31, 31, 30, 31, 30, 31]

  /// The same amount on every day.
  public static let even = MonthShares(days)

  /// Shares in proportion to twelve weights.
  /// - Parameter weights: Not negative, at least one above 0.
  public init?(weights: [Double]) {
    guard weights.count == 12, weights.allSatisfy({ $0 >= 0 && $0.isFinite }),
      let largest = weights.max(), largest > 0
    else { return nil }
    self.init(weights.map { $0 / largest })
  }

  private init(_ weights: [Double]) {
    let total = weights.reduce(0, +)
    shares = weights.map { $0 / total }
  }

  /// Share of a month, 0 for January.
  public subscript(month: Int) -> Double { shares[month] }

  /// Most by which the shares of a year differ from an even one, summed: 0 for an even year, near 2 if
  /// all comes within one short month.
  public var unevenness: Double {
    zip(shares, Self.even.shares).reduce(0) { $0 + abs($1.0 - $1.1) }
  }
}

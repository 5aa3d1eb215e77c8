import LichenDomain

/// An amount at the end of a year: what is reported, and what the rest of the year may bring.
///
/// The months without a report get the mean monthly amount of those with one. The range goes over three
/// rates: that mean, the rate of the last reported period, and the plan's, each held for all months that
/// are left.
public struct YearForecast: Sendable, Hashable {
  public let reported: Double
  /// Months of the year with a report, 1...12.
  public let months: Int
  public let low: Double
  public let typical: Double
  public let high: Double

  public var isComplete: Bool { months == 12 }

  /// - Parameters:
  ///   - parts: Amounts with their periods, none of which overlap.
  ///   - yearly: The plan's amount per year; `nil` without a plan.
  /// - Returns: `nil` if nothing is reported of the year.
  init?(_ parts: [(period: ReportingPeriod, amount: Double)], in year: Int, yearly: Double?) {
    let own = parts.filter { $0.period.year == year }.sorted { $0.period < $1.period }
    guard let last = own.last else { return nil }
    reported = own.reduce(0) { $0 + $1.amount }
    months = own.reduce(0) { $0 + $1.period.months }
    let rest = Double(12 - months)
    let mean = reported / Double(months)
    var rates = [mean, last.amount / Double(last.period.months)]
    if let yearly { rates.append(yearly / 12) }
    typical = reported + rest * mean
    low = min(typical, reported + rest * (rates.min() ?? mean))
    high = max(typical, reported + rest * (rates.max() ?? mean))
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// What an asset is worth when the appraisal ends before its life does.
public enum ResidualRule: String, Sendable, Codable, CaseIterable {
  /// The share of its life that is left.
  case straightLine = "straight-line"
  /// The present value of the annuities that are left: a year of use then costs what the plan counts,
  /// whatever the horizon.
  case sinkingFund = "sinking-fund"
  /// Nothing.
  case none
}

/// When one asset is bought and bought again, as shares of its price in today's money.
///
/// The k-th purchase falls at the end of year k·life, rounded to whole years and a year or more after the
/// one before; what a horizon cuts off is left as residual value.
struct AssetSchedule: Sendable, Hashable {
  /// Years of purchase, ascending from 0 and below the horizon.
  let purchases: [Int]
  /// Years that the last purchase lasts, beyond the horizon as well; others last until the next.
  let lastLife: Double
  let horizon: Int

  /// - Parameters:
  ///   - life: [a]; positive.
  ///   - horizon: [a]; at least 1.
  init(life: Double, horizon: Int) {
    var purchases = [0]
    var end = max(1, life.rounded())
    while end < Double(horizon) {
      purchases.append(Int(end))
      end = max(end + 1, (Double(purchases.count) * life).rounded())
    }
    self.purchases = purchases
    self.horizon = horizon
    lastLife = end - Double(purchases[purchases.count - 1])
  }

  private var lastAge: Double { Double(horizon - purchases[purchases.count - 1]) }

  /// Share of the last purchase that its books still carry at the horizon: straight line.
  var bookShare: Double { 1 - lastAge / lastLife }

  /// Share of the price of a new asset that the last one is worth at the horizon.
  /// - Parameter rate: Real, per year.
  func residualShare(_ rule: ResidualRule, rate: Double) -> Double {
    switch rule {
    case .none: 0
    case .straightLine: bookShare
    case .sinkingFund: Self.sinkingFund(rate: rate, age: lastAge, life: lastLife)
    }
  }

  /// 1 − ((1 + r)^age − 1) / ((1 + r)^life − 1): with annuities A over the life, Σ A·(1 + r)^−k over the
  /// years left; 1 − age/life at r = 0.
  static func sinkingFund(rate: Double, age: Double, life: Double) -> Double {
    let whole = pow(1 + rate, life) - 1
    return whole == 0 ? 1 - age / life : 1 - (pow(1 + rate, age) - 1) / whole
  }

  /// Straight-line depreciation by year from 0, of prices at purchase.
  /// - Parameter index: Price in the year of a purchase over today's.
  /// - Returns: For all purchases, and for the first alone.
  func depreciation(index: (Int) -> Double) -> (all: [Double], first: [Double]) {
    var all = [Double](repeating: 0, count: horizon + 1)
    var first = all
    for (place, year) in purchases.enumerated() {
      let next = place + 1 < purchases.count ? purchases[place + 1] : horizon
      let life = place + 1 < purchases.count ? Double(next - year) : lastLife
      for later in (year + 1)..<(next + 1) {
        all[later] += index(year) / life
        if place == 0 { first[later] += 1 / life }
      }
    }
    return (all, first)
  }
}

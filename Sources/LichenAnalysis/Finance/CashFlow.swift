/// Money paid and received year by year, and what it is worth.
///
/// Amounts fall at the ends of years, the first now; rates are fractions per year.
public struct CashFlow: Sendable, Hashable {
  /// By year from 0 [any one currency]; received is positive.
  public let amounts: [Double]

  /// - Parameter amounts: Finite.
  public init(_ amounts: [Double]) { self.amounts = amounts }

  /// Σ cₜ·(1 + r)^−t.
  /// - Parameter rate: Above −1.
  public func netPresentValue(rate: Double) -> Double {
    amounts.reversed().reduce(0) { $0 / (1 + rate) + $1 }
  }

  /// Every rate above −1 at which the flow is worth nothing, ascending.
  ///
  /// One for an investment that pays back in one piece; none or several where the sign changes more than
  /// once (Descartes), so that no single one of them may be read as a return. Empty as well if all amounts are
  /// zero.
  /// - Complexity: O(years²) per rate.
  public func internalRates() -> [Double] {
    // With x = 1/(1+r) the rates from 0 on are the roots in (0, 1] of Σ cₜ·x^t, and with u = 1 + r those
    // below are the roots in (0, 1) of Σ cₜ·u^(n−t): no power can grow beyond measure.
    let discounts = RealRoots.within01(of: amounts).filter { $0 > 0 }.map { 1 / $0 - 1 }
    let growths = RealRoots.within01(of: amounts.reversed()).filter { $0 > 0 && $0 < 1 }
      .map { $0 - 1 }
    return (growths + discounts.reversed()).sorted()
  }

  /// Years until the money is back for good: the sum of what was paid and received, discounted, is never below
  /// zero afterwards. Within a year money comes evenly. `nil` if it is not back at the end.
  /// - Parameter rate: 0 for the plain payback time.
  public func paybackTime(rate: Double = 0) -> Double? {
    var sum = 0.0
    var factor = 1.0
    var time: Double? = 0
    for (year, amount) in amounts.enumerated() {
      let before = sum
      sum += amount * factor
      factor /= 1 + rate
      if sum < 0 {
        time = nil
      } else if time == nil {
        time = Double(year) - sum / (sum - before)
      }
    }
    return time
  }
}

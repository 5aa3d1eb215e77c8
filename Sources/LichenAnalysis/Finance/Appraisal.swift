import LichenGraph

/// The usual figures of one cash flow.
public struct Appraisal: Sendable, Hashable {
  /// What the rates of a flow may be read as.
  public enum Reading: String, Sendable, Codable, CaseIterable {
    /// One rate: a return on what was invested.
    case one
    /// No rate at which the flow is worth nothing.
    case none
    /// Several, none of which is a return; the net present value decides.
    case several
    /// Nothing is paid first, so that there is nothing to earn a return on.
    case noInvestment = "no-investment"
  }

  /// By year from 0 [park currency].
  public let amounts: [Double]
  /// [park currency of year 0]
  public let netPresentValue: Double
  /// All rates above −1 at which the flow is worth nothing, ascending, in the terms of the flow.
  public let internalRates: [Double]
  public let reading: Reading
  /// [a]; `nil` if the money is not back by the horizon.
  public let payback: Double?
  /// The same with later years discounted [a].
  public let discountedPayback: Double?
  /// The net present value as an equal amount at the end of each year, in prices of today
  /// [park currency/a].
  public let equivalentAnnualValue: Double

  /// - Parameters:
  ///   - amounts: By year from 0; two at least.
  ///   - rate: In the terms of the flow: nominal where it contains inflation.
  ///   - realRate: Without inflation.
  public init(_ amounts: [Double], rate: Double, realRate: Double) {
    let flow = CashFlow(amounts)
    self.amounts = amounts
    netPresentValue = flow.netPresentValue(rate: rate)
    internalRates = flow.internalRates()
    let first = amounts.first { $0 != 0 } ?? 0
    if !(first < 0) {
      reading = .noInvestment
    } else {
      reading = internalRates.isEmpty ? .none : internalRates.count == 1 ? .one : .several
    }
    payback = flow.paybackTime()
    discountedPayback = flow.paybackTime(rate: rate)
    equivalentAnnualValue =
      netPresentValue
      * LedgerBuilder.annuityFactor(rate: realRate, years: Double(amounts.count - 1))
  }
}

/// The same money from the owners' side: what they pay in and take out after lenders, grants and tax.
public struct EquityView: Sendable, Hashable {
  public let appraisal: Appraisal
  /// Paid out by the lender in year 0 [park currency].
  public let loan: Double
  /// [park currency]
  public let grant: Double
  /// Interest, instalments and fees by year from 0 [park currency].
  public let debtService: [Double]
  /// Least ratio of what operations bring after tax to the debt service of the same year, renewals not
  /// taken off; `nil` without a loan.
  public let leastCoverRatio: Double?
  /// Present value of the interest that a subsidised rate spares [park currency]; 0 without one.
  public let subsidyValue: Double
}

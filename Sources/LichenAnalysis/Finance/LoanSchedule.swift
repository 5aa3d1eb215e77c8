import LichenGraph

/// Interest, instalments and balance of a loan of one unit of money, by year from 0.
public struct LoanSchedule: Sendable, Hashable {
  public let interest: [Double]
  public let principal: [Double]
  /// What the guarantor is paid.
  public let fees: [Double]
  /// Owed at the end of each year.
  public let balance: [Double]

  /// - Parameters:
  ///   - terms: In range.
  ///   - rate: What the borrower pays; that of the terms less its subsidy by default.
  ///   - horizon: Years that are looked at; what is still owed then is paid back at once.
  /// - Complexity: O(horizon). Formula: with n = years − grace, an annuity pays r / (1 − (1 + r)^−n) of the
  ///   principal each year, and what is no interest is repayment; else 1/n is repaid each year.
  public init(_ terms: LoanTerms, rate: Double? = nil, horizon: Int) {
    let rate = rate ?? terms.borrowerRate
    var interest = [Double](repeating: 0, count: horizon + 1)
    var principal = interest
    var fees = interest
    var balance = interest
    balance[0] = 1
    let instalments = terms.years - terms.graceYears
    let payment = LedgerBuilder.annuityFactor(rate: rate, years: Double(instalments))
    for year in 1..<(horizon + 1) {
      let owed = balance[year - 1]
      interest[year] = owed * rate
      fees[year] = owed * terms.guaranteedShare * terms.guaranteeFee
      if year >= terms.years || year == horizon {
        principal[year] = owed
      } else if year > terms.graceYears {
        principal[year] =
          terms.repayment == .annuity ? payment - interest[year] : 1 / Double(instalments)
      }
      balance[year] = owed - principal[year]
    }
    self.interest = interest
    self.principal = principal
    self.fees = fees
    self.balance = balance
  }

  /// Interest, instalment and fee, by year from 0.
  public var service: [Double] {
    zip(zip(interest, principal), fees).map { $0.0 + $0.1 + $1 }
  }
}

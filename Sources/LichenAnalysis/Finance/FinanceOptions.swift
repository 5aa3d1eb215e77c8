/// Corporate income tax; the rate is the user's, because no figure of the catalogue gives one.
public struct TaxTerms: Sendable, Hashable {
  /// On what is earned after depreciation and interest, 0..<1.
  public var rate: Double
  /// Years for which a loss may be set against later gains; `nil` sets it at once against what the firm
  /// earns elsewhere.
  public var carryForwardYears: Int?

  public init(rate: Double, carryForwardYears: Int? = nil) {
    self.rate = rate
    self.carryForwardYears = carryForwardYears
  }

  /// Tax by year, negative where a loss saves tax elsewhere.
  ///
  /// Losses are used in the order in which they arose; what is older than the limit lapses.
  /// - Complexity: O(years²) with carrying forward, else O(years).
  public func tax(on taxable: [Double]) -> [Double] {
    guard let limit = carryForwardYears else { return taxable.map { $0 * rate } }
    var losses: [(year: Int, amount: Double)] = []
    return taxable.enumerated().map { year, amount in
      losses.removeAll { year - $0.year > limit || $0.amount <= 0 }
      if amount < 0 {
        losses.append((year, -amount))
        return 0
      }
      var left = amount
      for place in losses.indices {
        let used = min(left, losses[place].amount)
        losses[place].amount -= used
        left -= used
      }
      return left * rate
    }
  }
}

/// How a loan is paid back.
public enum Repayment: String, Sendable, Codable, CaseIterable {
  /// Equal payments.
  case annuity
  /// Equal parts of the principal, interest on top.
  case equalPrincipal = "equal-principal"
}

/// Terms of a loan on what the first investments cost after grants.
public struct LoanTerms: Sendable, Hashable {
  /// Of the investment after grants, 0...1.
  public var share: Double
  /// Per year, in the terms of the cash flow: nominal if there is inflation.
  public var rate: Double
  /// From payout to the last instalment.
  public var years: Int
  /// First years in which interest alone is paid.
  public var graceYears = 0
  public var repayment = Repayment.annuity
  /// What a green credit takes off the rate; the rate never falls below 0.
  public var rateSubsidy = 0.0
  /// Share of the balance that a guarantor covers, 0...1.
  public var guaranteedShare = 0.0
  /// On what is covered, per year.
  public var guaranteeFee = 0.0

  public init(share: Double, rate: Double, years: Int) {
    self.share = share
    self.rate = rate
    self.years = years
  }

  /// What the borrower pays.
  public var borrowerRate: Double { max(0, rate - rateSubsidy) }
}

/// Money that is given for the first investments.
public enum Grant: Sendable, Hashable {
  /// Of the investment, 0...1.
  case share(Double)
  /// For the whole plan, spread over its investments in proportion [park currency].
  case amount(Double)
}

/// How to appraise a plan.
public struct FinanceOptions: Sendable {
  /// [a]; `nil` takes the longest life of an asset in the plan, rounded up.
  public var horizon: Int?
  /// Per year; `nil` takes the park's, or the catalogue's.
  public var discountRate: Double?
  /// Whether the discount rate contains the inflation; the park's and the catalogue's rates are real.
  public var isRateNominal = false
  /// Rise of all prices per year; 0 keeps everything in prices of today.
  public var inflation = 0.0
  public var residual = ResidualRule.straightLine
  /// `nil` is before tax.
  public var tax: TaxTerms?
  public var loan: LoanTerms?
  public var grant: Grant?
  /// Money received per t CO2e avoided [park currency]; 0 counts none.
  public var carbonPrice = 0.0
  /// How far a figure without a range is moved in the sensitivity, as a share of it.
  public var span = 0.2

  public init() {}

  /// What is out of range, in words, all at once; empty when in order.
  public var problems: [String] {
    var found: [String] = []
    func check(_ name: String, _ value: Double?, _ range: ClosedRange<Double>) {
      guard let value, !range.contains(value) else { return }
      found.append("\(name) is \(value); expected \(range.lowerBound) to \(range.upperBound)")
    }
    check("the horizon", horizon.map(Double.init), 1...200)
    check("the discount rate", discountRate, 0...0.99)
    check("the inflation", inflation, -0.5...10)
    check("the tax rate", tax?.rate, 0...0.99)
    check("the years of carrying a loss forward", tax?.carryForwardYears.map(Double.init), 0...200)
    check("the carbon price", carbonPrice, 0...1e9)
    check("the span of the sensitivity", span, 0...1)
    switch grant {
    case .share(let share): check("the grant's share", share, 0...1)
    case .amount(let amount): check("the grant", amount, 0...Double.greatestFiniteMagnitude)
    case nil: break
    }
    guard let loan else { return found }
    check("the loan's share", loan.share, 0...1)
    check("the loan's rate", loan.rate, 0...10)
    check("the loan's years", Double(loan.years), 1...200)
    check("the loan's years of grace", Double(loan.graceYears), 0...Double(max(0, loan.years - 1)))
    check("the subsidy of the loan's rate", loan.rateSubsidy, 0...10)
    check("the guaranteed share", loan.guaranteedShare, 0...1)
    check("the guarantee's fee", loan.guaranteeFee, 0...1)
    return found
  }
}

/// A plan cannot be appraised.
public enum FinanceError: Error, Equatable, CustomStringConvertible {
  case badOptions([String])
  case noDiscountRate
  /// An asset of the plan has a price and no known life.
  case unknownLives([String])

  public var description: String {
    switch self {
    case .badOptions(let problems): problems.joined(separator: "; ") + "."
    case .noDiscountRate:
      "Neither the park nor the catalogue states a discount rate; give one."
    case .unknownLives(let names):
      "The life of these investments is unknown: \(names.joined(separator: ", "))."
    }
  }
}

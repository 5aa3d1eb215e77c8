import LichenGraph

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Options of an appraisal with everything settled that they leave open.
public struct FinanceTerms: Sendable {
  public let options: FinanceOptions
  /// [a]
  public let horizon: Int
  /// Without inflation, per year.
  public let realRate: Double
  /// With inflation, per year; the flows are discounted at it.
  public let rate: Double
  /// Where the rate is from; `nil` if an option gave it.
  public let rateOrigin: LedgerAmount?
  /// Share of the first investments that grants pay, 0...1.
  public let grantShare: Double

  /// Rates by Fisher's equation: 1 + nominal = (1 + real)·(1 + inflation).
  /// - Parameters:
  ///   - park: Rate of the park or the catalogue: real.
  ///   - invested: First investments of the whole plan [park currency].
  init(
    _ options: FinanceOptions, horizon: Int, park: LedgerAmount, invested: Double
  ) throws(FinanceError) {
    let problems = options.problems
    if !problems.isEmpty { throw .badOptions(problems) }
    guard let given = options.discountRate ?? park.value?.typical else { throw .noDiscountRate }
    let isNominal = options.isRateNominal && options.discountRate != nil
    realRate = isNominal ? (1 + given) / (1 + options.inflation) - 1 : given
    rate = isNominal ? given : (1 + given) * (1 + options.inflation) - 1
    rateOrigin = options.discountRate == nil ? park : nil
    self.options = options
    self.horizon = horizon
    switch options.grant {
    case nil: grantShare = 0
    case .share(let share): grantShare = share
    case .amount(let amount): grantShare = invested > 0 ? min(1, amount / invested) : 0
    }
  }

  /// The same terms at another real rate, or another price of carbon.
  func replacing(realRate: Double? = nil, carbonPrice: Double? = nil) -> FinanceTerms {
    var options = options
    if let carbonPrice { options.carbonPrice = carbonPrice }
    return FinanceTerms(
      options: options, horizon: horizon, realRate: realRate ?? self.realRate,
      rateOrigin: rateOrigin, grantShare: grantShare)
  }

  private init(
    options: FinanceOptions, horizon: Int, realRate: Double, rateOrigin: LedgerAmount?,
    grantShare: Double
  ) {
    self.options = options
    self.horizon = horizon
    self.realRate = realRate
    rate = (1 + realRate) * (1 + options.inflation) - 1
    self.rateOrigin = rateOrigin
    self.grantShare = grantShare
  }

  /// Price level of a year over today's.
  func priceIndex(_ year: Int) -> Double { pow(1 + options.inflation, Double(year)) }

  /// Whether an owner's side differs from the project's.
  public var isFinanced: Bool { options.loan != nil || options.grant != nil }

  // MARK: After tax

  /// The project's flow after its own tax, as if its owners paid for it all.
  func projectFlow(_ money: MoneyByYear) -> [Double] {
    guard let tax = options.tax else { return money.flow }
    var taxable = zip(money.operating, money.depreciation).map { $0 - $1 }
    taxable[horizon] += money.residual - money.book
    return zip(money.flow, tax.tax(on: taxable)).map { $0 - $1 }
  }

  /// What owners pay in and take out, the tax after interest and fees and depreciation net of grants.
  func equityFlows(_ money: MoneyByYear) -> EquityFlows {
    let grant = money.initial * grantShare
    let terms = options.loan
    let loan = (money.initial - grant) * (terms?.share ?? 0)
    let schedule = terms.map { LoanSchedule($0, horizon: horizon) }
    let service = schedule?.service.map { $0 * loan } ?? money.gains.map { _ in 0 }
    var available = money.operating
    if let tax = options.tax {
      var taxable = available
      for year in taxable.indices {
        taxable[year] -= money.depreciation[year] - money.firstDepreciation[year] * grantShare
        if let schedule {
          taxable[year] -= (schedule.interest[year] + schedule.fees[year]) * loan
        }
      }
      taxable[horizon] += money.residual - (money.book - money.firstBook * grantShare)
      available = zip(available, tax.tax(on: taxable)).map { $0 - $1 }
    }
    var flow = zip(zip(available, money.investments), service).map { $0.0 - $0.1 - $1 }
    flow[0] += grant + loan
    flow[horizon] += money.residual
    return EquityFlows(
      amounts: flow, available: available, service: service, loan: loan, grant: grant)
  }

  /// Present value of the interest that a subsidised rate spares, per unit of loan.
  func subsidyPerUnit() -> Double {
    guard let terms = options.loan, terms.rateSubsidy > 0 else { return 0 }
    let full = CashFlow(LoanSchedule(terms, rate: terms.rate, horizon: horizon).service)
    let paid = CashFlow(LoanSchedule(terms, horizon: horizon).service)
    return full.netPresentValue(rate: rate) - paid.netPresentValue(rate: rate)
  }
}

/// Flows on the owners' side; they add up as long as they are made of the same terms.
struct EquityFlows: Sendable {
  var amounts: [Double]
  /// What operations bring after tax.
  var available: [Double]
  var service: [Double]
  var loan: Double
  var grant: Double

  mutating func add(_ other: EquityFlows) {
    amounts = zip(amounts, other.amounts).map { $0 + $1 }
    available = zip(available, other.available).map { $0 + $1 }
    service = zip(service, other.service).map { $0 + $1 }
    loan += other.loan
    grant += other.grant
  }

  func view(_ terms: FinanceTerms) -> EquityView {
    let ratios = zip(available, service).filter { $0.1 > 0 }.map { $0.0 / $0.1 }
    return EquityView(
      appraisal: Appraisal(amounts, rate: terms.rate, realRate: terms.realRate), loan: loan,
      grant: grant, debtService: service, leastCoverRatio: ratios.min(),
      subsidyValue: terms.subsidyPerUnit() * loan)
  }
}

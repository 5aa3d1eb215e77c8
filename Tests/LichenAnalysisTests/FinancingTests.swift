import LichenDomain
import LichenGraph
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Finance: tax, loans and grants")
struct FinancingTests {
  /// 100 invested for four years that bring 50 each.
  private static let simple: MoneyByYear = {
    var money = MoneyByYear(horizon: 4)
    money.investments[0] = 100
    for year in 1...4 {
      money.gains[year] = 50
      money.depreciation[year] = 25
      money.firstDepreciation[year] = 25
    }
    return money
  }()

  private static func terms(_ configure: (inout FinanceOptions) -> Void) throws -> FinanceTerms {
    var options = FinanceOptions()
    options.discountRate = 0.1
    configure(&options)
    return try FinanceTerms(options, horizon: 4, park: .unknown, invested: 100)
  }

  @Test("after tax: 50 a year less 30 % of what exceeds a depreciation of 25")
  func afterTax() throws {
    let terms = try Self.terms { $0.tax = TaxTerms(rate: 0.3) }
    let flow = terms.projectFlow(Self.simple)
    #expect(flow == [-100, 42.5, 42.5, 42.5, 42.5])
    // Annuity 10 %, 4 years: 3.1698654463 present value of 1.
    #expect(abs(CashFlow(flow).netPresentValue(rate: 0.1) - 34.71928147) < 1e-7)
  }

  @Test("losses are set off at once, or used in their order and forgotten in time")
  func losses() {
    let taxable = [-50.0, 20, 40, 30]
    #expect(TaxTerms(rate: 0.25).tax(on: taxable) == [-12.5, 5, 10, 7.5])
    #expect(TaxTerms(rate: 0.25, carryForwardYears: 5).tax(on: taxable) == [0, 0, 2.5, 7.5])
    #expect(TaxTerms(rate: 0.25, carryForwardYears: 1).tax(on: taxable) == [0, 0, 10, 7.5])
    #expect(TaxTerms(rate: 0.25, carryForwardYears: 0).tax(on: taxable) == [0, 5, 10, 7.5])
    #expect(
      TaxTerms(rate: 0.5, carryForwardYears: 2).tax(on: [-10, -10, 5, 100, 0]) == [0, 0, 0, 45, 0])
  }

  @Test("carrying forward never beats setting off at once", arguments: UInt64(0)..<30)
  func carrying(seed: UInt64) throws {
    let plan = try FinanceParks.plan(seed: seed)
    var options = FinanceOptions()
    var last = -Double.infinity
    for years in [0, 2, 5, 200] {
      options.tax = TaxTerms(rate: 0.25, carryForwardYears: years)
      let result = try FinanceAnalysis(plan: plan, options: options).run()
      let value = result.park.project.netPresentValue
      #expect(value >= last - 1e-6)
      let firms = result.enterprises.reduce(0) { $0 + $1.project.netPresentValue }
      #expect(abs(firms - value) <= 1e-9 * max(1, abs(value)) * 1e3)
      #expect(!result.isAdditive)
      last = value
    }
    options.tax = TaxTerms(rate: 0.25)
    let atOnce = try FinanceAnalysis(plan: plan, options: options).run()
    #expect(atOnce.park.project.netPresentValue >= last - 1e-6)
  }

  @Test("loan of equal payments against its closed form", arguments: [0, 0.03, 0.08, 0.2])
  func annuityLoan(rate: Double) {
    for (years, grace) in [(10, 0), (10, 3), (1, 0), (25, 24)] {
      var terms = LoanTerms(share: 1, rate: rate, years: years)
      terms.graceYears = grace
      let schedule = LoanSchedule(terms, horizon: 30)
      let payment = LedgerBuilder.annuityFactor(rate: rate, years: Double(years - grace))
      for year in 1...30 {
        let paid = year <= grace ? rate : year <= years ? payment : 0
        #expect(abs(schedule.service[year] - paid) < 1e-12)
      }
      // Owed after k payments: (1 + r)^k − payment·((1 + r)^k − 1)/r.
      for paid in 0...(years - grace) where rate > 0 {
        let growth = (0..<paid).reduce(1) { value, _ in value * (1 + rate) }
        let owed = growth - payment * (growth - 1) / rate
        #expect(abs(schedule.balance[grace + paid] - owed) < 1e-10)
      }
      // Discounted at its own rate, what is paid back is what was paid out.
      let value = CashFlow(schedule.service).netPresentValue(rate: rate)
      #expect(abs(value - 1) < 1e-12)
    }
  }

  @Test("equal instalments: interest of r·(n + 1)/2 in all")
  func equalPrincipal() {
    var terms = LoanTerms(share: 1, rate: 0.06, years: 8)
    terms.repayment = .equalPrincipal
    let schedule = LoanSchedule(terms, horizon: 8)
    let interest = schedule.interest.reduce(0, +)
    #expect(abs(interest - 0.27) < 1e-12)
    #expect(schedule.principal.dropFirst().allSatisfy { abs($0 - 0.125) < 1e-12 })
    terms.graceYears = 2
    terms.guaranteedShare = 0.5
    terms.guaranteeFee = 0.01
    let delayed = LoanSchedule(terms, horizon: 8)
    #expect(delayed.principal[2] == 0 && abs(delayed.principal[3] - 1.0 / 6) < 1e-12)
    // 0.5 % of 1, 1, 1, 5/6 … 1/6.
    let fees = delayed.fees.reduce(0, +)
    #expect(abs(fees - 0.0275) < 1e-12)
  }

  @Test("a loan beyond the horizon is paid back there")
  func cutOff() {
    let schedule = LoanSchedule(LoanTerms(share: 1, rate: 0.05, years: 20), horizon: 6)
    #expect(schedule.balance[6] == 0)
    #expect(abs(CashFlow(schedule.service).netPresentValue(rate: 0.05) - 1) < 1e-12)
  }

  @Test("a loan at the discount rate moves no value, a cheaper one adds what it spares")
  func neutral() throws {
    let neutral = try Self.terms { $0.loan = LoanTerms(share: 0.7, rate: 0.1, years: 3) }
    let project = CashFlow(neutral.projectFlow(Self.simple)).netPresentValue(rate: 0.1)
    let view = neutral.equityFlows(Self.simple).view(neutral)
    #expect(abs(view.appraisal.netPresentValue - project) < 1e-10)
    #expect(view.appraisal.amounts[0] == -30)
    #expect(view.leastCoverRatio.map { abs($0 - 50 / (70 * 0.40211480362)) < 1e-8 } == true)
    let green = try Self.terms {
      var loan = LoanTerms(share: 0.7, rate: 0.1, years: 3)
      loan.rateSubsidy = 0.04
      $0.loan = loan
    }
    let cheaper = green.equityFlows(Self.simple).view(green)
    #expect(cheaper.subsidyValue > 4)
    #expect(
      abs(cheaper.appraisal.netPresentValue - project - cheaper.subsidyValue) < 1e-10)
  }

  @Test("a grant is worth itself, less the tax on the depreciation that it takes")
  func grant() throws {
    let plain = try Self.terms { $0.grant = .share(0.4) }
    let project = CashFlow(plain.projectFlow(Self.simple)).netPresentValue(rate: 0.1)
    let view = plain.equityFlows(Self.simple).view(plain)
    #expect(abs(view.appraisal.netPresentValue - project - 40) < 1e-10)
    let amount = try Self.terms {
      $0.grant = .amount(40)
      $0.tax = TaxTerms(rate: 0.3)
    }
    #expect(amount.grantShare == 0.4)
    let before = CashFlow(amount.projectFlow(Self.simple)).netPresentValue(rate: 0.1)
    let after = amount.equityFlows(Self.simple).view(amount).appraisal.netPresentValue
    #expect(abs(after - before - (40 - 0.3 * 10 * 3.1698654463)) < 1e-7)
    let all = try Self.terms { $0.grant = .amount(1e9) }
    #expect(all.grantShare == 1)
  }

  @Test("interest spares tax")
  func shield() throws {
    let taxed = try Self.terms {
      $0.tax = TaxTerms(rate: 0.3)
      $0.loan = LoanTerms(share: 1, rate: 0.1, years: 4)
    }
    let project = CashFlow(taxed.projectFlow(Self.simple)).netPresentValue(rate: 0.1)
    let view = taxed.equityFlows(Self.simple).view(taxed)
    let loan = try #require(taxed.options.loan)
    let interest = CashFlow(LoanSchedule(loan, horizon: 4).interest)
      .netPresentValue(rate: 0.1)
    #expect(abs(view.appraisal.netPresentValue - project - 30 * interest) < 1e-9)
    // Nothing is put in: there is no return on it.
    #expect(view.appraisal.amounts[0] == 0)
    #expect(view.appraisal.reading == .noInvestment)
  }
}

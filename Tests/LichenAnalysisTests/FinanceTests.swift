import LichenDomain
import LichenGraph
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenAnalysis

/// Equal within one part in 10⁹ of what was added up.
private func isNear(_ one: Double, _ other: Double, _ size: Double = 0) -> Bool {
  abs(one - other) <= 1e-9 * max(1, abs(one), abs(other), size)
}

@Suite("Finance: values of a plan")
struct FinanceTests {
  @Test("items, firms and the park have one value", arguments: UInt64(0)..<60)
  func sums(seed: UInt64) throws {
    let plan = try FinanceParks.plan(seed: seed)
    let result = try FinanceAnalysis(plan: plan, options: FinanceParks.options(seed: seed)).run()
    let whole = result.park
    let size = result.items.reduce(0) { $0 + abs($1.project.netPresentValue) }
    func check(_ value: (FinanceAccount) -> Double?) {
      let total = value(whole) ?? 0
      let items = result.items.reduce(0) { $0 + (value($1) ?? 0) }
      let firms = result.enterprises.reduce(0) { $0 + (value($1) ?? 0) }
      #expect(isNear(items, total, size))
      #expect(isNear(firms, total, size))
    }
    check { $0.project.netPresentValue }
    check { $0.project.equivalentAnnualValue }
    check { $0.equity?.appraisal.netPresentValue }
    check { $0.capital }
    check { $0.tonnes * 1e6 }
    for year in 0...result.terms.horizon { check { $0.project.amounts[year] } }
    #expect(isNear(whole.tonnes * 1000, plan.carbon.typical, plan.carbon.typical))
    #expect(isNear(whole.capital, plan.capital.typical))
  }

  @Test(
    "an annuity-like residual value makes every horizon worth the plan's yearly benefit",
    arguments: UInt64(0)..<40)
  func equalsPlan(seed: UInt64) throws {
    let plan = try FinanceParks.plan(seed: seed)
    for horizon in [1, 7, 20, 43] {
      var options = FinanceOptions()
      options.horizon = horizon
      options.residual = .sinkingFund
      let result = try FinanceAnalysis(plan: plan, options: options).run()
      guard result.items.indices.allSatisfy({ hasWholeLife(FinanceProject(plan: plan).items[$0]) })
      else { continue }
      #expect(
        isNear(
          result.park.project.equivalentAnnualValue, plan.money.typical, plan.capital.typical))
      for balance in plan.balances {
        let firm = result.enterprises.first { $0.id == balance.enterprise.id.rawValue }
        #expect(
          isNear(
            firm?.project.equivalentAnnualValue ?? 0, balance.money.typical, plan.capital.typical))
      }
    }
  }

  private func hasWholeLife(_ item: ProjectItem) -> Bool {
    item.capital.typical == 0 || item.life == item.life?.rounded()
  }

  @Test("with the horizon the life of all, straight lines leave nothing over")
  func oneLife() throws {
    var park = Fixtures.ashPark
    park.declaration.options = [measure("m", capital: 1000, saving: 400, life: 12)]
    let plan = try Planned.plan(park.park()).plan
    #expect(plan.measures.count == 1)
    var options = FinanceOptions()
    options.horizon = 12
    let result = try FinanceAnalysis(plan: plan, options: options).run()
    let measure = try #require(result.items.last)
    #expect(measure.kind == .measure)
    // 400 − 1000·a(8 %, 12 years), as the plan counts it.
    #expect(
      isNear(measure.project.equivalentAnnualValue, plan.measures[0].money.typical))
    #expect(measure.project.amounts == [-1000] + [Double](repeating: 400, count: 12))
    #expect(measure.project.reading == .one)
    #expect(measure.project.payback == 2.5)
    #expect(FinanceProject(plan: plan).usualHorizon(plan.park) == 12)
  }

  @Test("renewed at the end of each life, and worth the rest of it at the horizon")
  func renewals() throws {
    var park = Fixtures.ashPark
    park.declaration.options = [measure("m", capital: 1200, saving: 700, life: 4)]
    let plan = try Planned.plan(park.park()).plan
    var options = FinanceOptions()
    options.horizon = 9
    let item = try #require(try FinanceAnalysis(plan: plan, options: options).run().items.last)
    #expect(item.project.amounts == [-1200, 700, 700, 700, -500, 700, 700, 700, -500, 1600])
    options.residual = .none
    let bare = try #require(try FinanceAnalysis(plan: plan, options: options).run().items.last)
    #expect(bare.project.amounts.last == 700)
  }

  @Test("lives that are no whole years are rounded, one by one, to whole ends")
  func brokenLives() {
    #expect(AssetSchedule(life: 2.5, horizon: 9).purchases == [0, 3, 5, 8])
    #expect(AssetSchedule(life: 2.5, horizon: 9).bookShare == 0.5)
    #expect(AssetSchedule(life: 0.1, horizon: 3).purchases == [0, 1, 2])
    #expect(AssetSchedule(life: 1e300, horizon: 3).bookShare == 1)
    for (life, horizon) in [(2.5, 9), (3, 9), (12.4, 13), (40, 7), (0.3, 4)] {
      let schedule = AssetSchedule(life: life, horizon: horizon)
      let paid = schedule.depreciation { _ in 1 }.all.reduce(0, +) + schedule.bookShare
      #expect(abs(paid - Double(schedule.purchases.count)) < 1e-12)
    }
    #expect(AssetSchedule.sinkingFund(rate: 0, age: 3, life: 4) == 0.25)
    // Value of the last two of four annuities: a·(v + v²).
    let annuity = LedgerBuilder.annuityFactor(rate: 0.1, years: 4)
    #expect(
      abs(
        AssetSchedule.sinkingFund(rate: 0.1, age: 2, life: 4) - annuity * (1 / 1.1 + 1 / 1.21))
        < 1e-12)
  }

  @Test("prices that rise with the rate change nothing before tax and loans")
  func fisher() throws {
    for seed in UInt64(0)..<12 {
      let plan = try FinanceParks.plan(seed: seed)
      var options = FinanceOptions()
      options.horizon = 17
      options.discountRate = 0.06
      let real = try FinanceAnalysis(plan: plan, options: options).run().park.project
      options.inflation = 0.04
      let risen = try FinanceAnalysis(plan: plan, options: options).run()
      #expect(abs(risen.terms.rate - 0.1024) < 1e-12)
      #expect(isNear(real.netPresentValue, risen.park.project.netPresentValue, 1e6))
      options.discountRate = 0.1024
      options.isRateNominal = true
      let nominal = try FinanceAnalysis(plan: plan, options: options).run()
      #expect(abs(nominal.terms.realRate - 0.06) < 1e-12)
      #expect(isNear(real.netPresentValue, nominal.park.project.netPresentValue, 1e6))
    }
  }

  @Test("ratios: benefits over costs, and costs per tonne only where they are costs")
  func ratios() throws {
    var park = Fixtures.ashPark
    var dear = measure("dear", capital: 1000, saving: 100, life: 10)
    dear.co2 = 2
    var cheap = measure("cheap", capital: 1000, saving: 300, life: 10)
    cheap.co2 = 2
    park.declaration.options = [cheap, dear]
    let plan = try Planned.plan(park.park()) { $0.objective = .carbon }.plan
    var options = FinanceOptions()
    options.discountRate = 0.08
    options.horizon = 10
    let result = try FinanceAnalysis(plan: plan, options: options).run()
    let account = try #require(result.items.first { $0.id == "dear" })
    // Annuity 0.14902949: 1000 cost 149.03 a year.
    #expect(abs((account.benefitCostRatio ?? 0) - 100 / 149.02949) < 1e-6)
    #expect(abs((account.costPerTonne ?? 0) - 149.02949 / 2) < 1e-5)
    #expect(abs((account.netCostPerTonne ?? 0) - 49.02949 / 2) < 1e-5)
    let saving = try #require(result.items.first { $0.id == "cheap" })
    #expect(saving.netCostPerTonne == nil)
    #expect(abs((saving.costPerTonne ?? 0) - 149.02949 / 2) < 1e-5)
    #expect(result.abatement.costly.map(\.id) == ["dear"])
    #expect(abs((result.abatement.costly[0].costPerTonne ?? 0) - 49.02949 / 2) < 1e-5)
    #expect(result.abatement.saving.map(\.id).contains("cheap"))
  }

  @Test(
    "the curve holds everything once and ranks no saving by its ratio", arguments: UInt64(0)..<40)
  func curve(seed: UInt64) throws {
    let plan = try FinanceParks.plan(seed: seed)
    var options = FinanceOptions()
    options.residual = .sinkingFund
    options.carbonPrice = 50
    let result = try FinanceAnalysis(plan: plan, options: options).run()
    let curve = result.abatement
    let all = curve.saving + curve.costly + curve.others
    #expect(all.count == plan.exchanges.count + plan.facilities.count + plan.measures.count)
    #expect(isNear(all.reduce(0) { $0 + $1.tonnes * 1000 }, plan.carbon.typical, 1e6))
    options.carbonPrice = 0
    let bare = try FinanceAnalysis(plan: plan, options: options).run()
    #expect(
      isNear(
        all.reduce(0) { $0 - $1.netCost }, bare.park.project.equivalentAnnualValue,
        all.reduce(1e6) { $0 + abs($1.netCost) }))
    #expect(curve.saving.allSatisfy { $0.costPerTonne == nil && $0.tonnes > 0 && $0.netCost <= 0 })
    #expect(zip(curve.saving, curve.saving.dropFirst()).allSatisfy { $0.netCost <= $1.netCost })
    let costs = curve.costly.compactMap(\.costPerTonne)
    #expect(costs.count == curve.costly.count && costs == costs.sorted())
    #expect(curve.others.allSatisfy { !($0.tonnes > 0) })
  }

  @Test("options out of range are refused, all at once")
  func problems() throws {
    let plan = try Planned.plan(Fixtures.ashPark.park()).plan
    var options = FinanceOptions()
    options.horizon = 0
    options.inflation = -1
    options.tax = TaxTerms(rate: 1.5, carryForwardYears: -1)
    options.grant = .share(2)
    var loan = LoanTerms(share: 1.1, rate: -1, years: 3)
    loan.graceYears = 3
    options.loan = loan
    #expect(options.problems.count == 8)
    #expect(throws: FinanceError.badOptions(options.problems)) {
      try FinanceAnalysis(plan: plan, options: options)
    }
  }

  private func measure(_ id: String, capital: Double, saving: Double, life: Double) -> OptionRow {
    var row = OptionRow(
      id: id, enterprise: "power", location: SourceLocation(file: "options.csv", row: 2))
    row.capital = capital
    row.saving = saving
    row.lifetime = life
    return row
  }
}

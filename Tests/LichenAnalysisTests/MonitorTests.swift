import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Monitor")
struct MonitorTests {
  private static func monitor(_ park: ParkBuilder, year: Int? = nil) throws -> MonitorAnalysis {
    MonitorAnalysis(
      plan: try Planned.plan(park.park()).plan, options: MonitorOptions(year: year))
  }

  private static func again(
    _ park: ParkBuilder, _ options: ReoptimisationOptions = ReoptimisationOptions()
  ) throws -> Reoptimisation {
    try Reoptimisation(monitor(park), options: options, solver: GLPKSolver())
  }

  private static func report(
    _ park: inout ParkBuilder, _ subject: String, _ period: String, _ quantity: Double?,
    _ unit: String = "t", money: Double? = nil, currency: String = ""
  ) {
    let count = park.declaration.actuals.count
    var row = ActualRow(
      id: "r\(count)", subject: subject,
      location: SourceLocation(file: "actuals.csv", row: count + 2))
    row.period = period
    row.quantity = quantity
    row.unit = unit
    row.money = money
    row.currency = currency
    park.declaration.actuals.append(row)
  }

  private static func stage(
    _ park: inout ParkBuilder, _ subject: String, _ status: ProgressStatus, _ date: String
  ) {
    var row = ProgressRow(
      subject: subject,
      location: SourceLocation(
        file: "progress.csv", row: park.declaration.progress.count + 2))
    row.status = status.rawValue
    row.date = .of(date)
    park.declaration.progress.append(row)
  }

  private static func option(
    _ park: inout ParkBuilder, _ id: String, of enterprise: String, status: String,
    saving: Double? = 1000, co2: Double? = 2
  ) {
    var row = OptionRow(
      id: id, enterprise: enterprise, location: SourceLocation(file: "options.csv", row: 2))
    row.capital = 100
    row.saving = saving
    row.co2 = co2
    row.status = status
    park.declaration.options.append(row)
  }

  private static func subject(_ found: MonitorAnalysis, _ id: String) throws -> MonitoredSubject {
    try #require(found.subjects.first { $0.subject.id == id })
  }

  private static let pair = "ash-out:clinker-in"

  @Test("delivered, money and CO2e by period, and the year's forecast, by hand")
  func periods() throws {
    var park = Fixtures.ashPark
    Self.report(&park, Self.pair, "2021-02", 90_000, "kg", money: 1500, currency: "DKK")
    Self.report(&park, Self.pair + ":fly_ash__clinker", "2021-01", 70)
    let found = try Self.monitor(park)
    let link = try Self.subject(found, Self.pair)
    #expect(found.year == 2021 && link.isRunning && link.stageBasis == .actuals)
    #expect(link.periods.map(\.period.description) == ["2021-01", "2021-02"])
    #expect(link.periods.map(\.delivered) == [70, 90])
    let planned = try #require(found.plan.exchanges.first)
    #expect(planned.quantity == 1000)
    let ledger = planned.candidate.ledger
    for period in link.periods {
      let quantity = try #require(period.delivered)
      #expect(abs(try #require(period.planned) - 1000.0 / 12) < 1e-9)
      #expect(
        abs(try #require(period.effect.carbon) - quantity * ledger.netCarbonPerUnit.typical) < 1e-6)
      #expect(
        abs(
          try #require(period.effect.money) - quantity * ledger.netMoneyPerUnit.typical
            + ledger.fixedCost.typical / 12) < 1e-6)
      #expect(
        abs(try #require(period.plannedEffect?.money) - planned.money.typical / 12) < 1e-6)
    }
    // 7.5 DKK are an euro; what is not reported is not zero.
    #expect(link.periods.map(\.reportedMoney) == [nil, 200])
    // 80 t a month on average, 90 lately, 83 1/3 planned: ten months are left.
    let forecast = try #require(link.forecast)
    #expect(forecast.reported == 160 && forecast.months == 2)
    #expect(forecast.low == 960 && forecast.typical == 960 && forecast.high == 1060)
    #expect(link.alarms.isEmpty)
    let expected = try #require(link.expectedEffect)
    #expect(expected.waste == 960 && expected.water == 0)
    #expect(found.totals.expected.sum.waste == 960)
  }

  @Test("a rate counts for the length of its period, and a whole year leaves nothing to guess")
  func rates() throws {
    var park = Fixtures.ashPark
    for quarter in 1...4 { Self.report(&park, Self.pair, "2021-Q\(quarter)", 60, "t/month") }
    let found = try Self.monitor(park)
    let forecast = try #require(try Self.subject(found, Self.pair).forecast)
    #expect(forecast.reported == 720 && forecast.isComplete)
    #expect(forecast.low == 720 && forecast.high == 720)
    #expect(try Self.subject(found, Self.pair).alarms == [.behind])
  }

  @Test("what cannot be read is told and stands in no figure")
  func unused() throws {
    var park = Fixtures.ashPark
    Self.report(&park, Self.pair, "2021-05", 40)
    Self.report(&park, Self.pair, "2021-Q2", 100)
    Self.report(&park, Self.pair, "2021-07", 5, "GJ")
    Self.report(&park, Self.pair, "2021-08", 5, "")
    // Two rows of one period are two deliveries.
    Self.report(&park, Self.pair, "2021-09", 5)
    Self.report(&park, Self.pair, "2021-09", 6)
    let found = try Self.monitor(park)
    #expect(found.unused.map(\.id) == ["r0", "r2", "r3"])
    #expect(found.unused.map(\.reason) == [.overlap, .unit, .unit])
    let link = try Self.subject(found, Self.pair)
    #expect(link.periods.map(\.delivered) == [100, 11])
    #expect(link.forecast?.reported == 111 && link.forecast?.months == 4)
  }

  @Test("late, stopped, silent and never reported")
  func alarms() throws {
    var park = Fixtures.ashPark
    park.output("slag", of: "power", "bottom_ash", 200)
    park.exchange("link", from: "power", to: "cement", output: "ash-out", input: "clinker-in")
    park.exchange("slag-link", from: "power", to: "cement", output: "slag", input: "clinker-in")
    park.exchange("tea", from: "power", to: "cement")
    park.declaration.exchanges[0].startYear = 2018
    park.declaration.exchanges[1].startYear = 2018
    Self.report(&park, "slag-link", "2018", 150)
    Self.report(&park, "slag-link", "2020-11", 0)
    Self.report(&park, "link", "2020-10", 80)
    Self.report(&park, "link", "2020-12", 80)
    var found = try Self.monitor(park)
    // It should have begun in 2018, when others reported already.
    #expect(try Self.subject(found, "link").yearsLate == 2)
    #expect(try Self.subject(found, "link").alarms == [.lateStart])
    // One month of nothing is no stop yet; it does not report for the last month.
    #expect(try Self.subject(found, "slag-link").alarms == [.silent, .behind])
    #expect(try Self.subject(found, "slag-link").yearsLate == nil)
    #expect(try Self.subject(found, "tea").alarms == [.unreported])
    Self.report(&park, "slag-link", "2020-12", 0)
    found = try Self.monitor(park)
    #expect(try Self.subject(found, "slag-link").alarms == [.stopped, .behind])
    // Who reports by the year is not missed in March.
    var yearly = Fixtures.ashPark
    yearly.exchange("link", from: "power", to: "cement", output: "ash-out", input: "clinker-in")
    yearly.exchange("tea", from: "power", to: "cement")
    Self.report(&yearly, "link", "2019", 1000)
    Self.report(&yearly, "tea", "2020-03", nil, money: 5)
    #expect(try Self.subject(Self.monitor(yearly), "link").alarms == [])
    Self.report(&yearly, "tea", "2020-12", nil, money: 5)
    #expect(try Self.subject(Self.monitor(yearly), "link").alarms == [.silent])
    // Told to run in time, it is only reported late.
    Self.stage(&park, "link", .running, "2018-03-01")
    found = try Self.monitor(park)
    #expect(try Self.subject(found, "link").yearsLate == nil)
  }

  @Test("stages come from progress.csv, else from the other tables")
  func stages() throws {
    var park = Fixtures.ashPark
    Self.option(&park, "a", of: "power", status: "building")
    Self.option(&park, "b", of: "power", status: "rejected")
    park.exchange("tea", from: "power", to: "cement")
    var found = try Self.monitor(park)
    func stage(_ id: String) throws -> String {
      let subject = try Self.subject(found, id)
      return "\(subject.stage.rawValue) by \(subject.stageBasis.rawValue)"
    }
    #expect(try stage("a") == "permitted by options")
    #expect(try stage("b") == "stopped by options")
    #expect(try stage("tea") == "running by exchanges")
    #expect(try stage(Self.pair) == "identified by plan")
    Self.stage(&park, Self.pair, .agreed, "2021-01-01")
    Self.stage(&park, "tea", .stopped, "2021-06-01")
    Self.stage(&park, "a", .built, "2021-06-01")
    found = try Self.monitor(park)
    #expect(try stage(Self.pair) == "agreed by progress")
    #expect(try stage("tea") == "stopped by progress")
    #expect(try stage("a") == "built by progress")
    // What flows later runs, whatever the table of stages has not been told.
    Self.report(&park, Self.pair, "2021-02", 5)
    found = try Self.monitor(park)
    #expect(try stage(Self.pair) == "running by actuals")
    #expect(try Self.subject(found, Self.pair).history.map(\.status) == [.agreed])
  }

  @Test("totals as the programme reports them, by hand")
  func totals() throws {
    var park = Fixtures.ashPark
    park.declaration.enterprises[0].sector = "energy"
    Self.option(&park, "done", of: "power", status: "done", saving: 500, co2: nil)
    Self.option(&park, "found", of: "cement", status: "proposed")
    Self.option(&park, "dropped", of: "cement", status: "rejected")
    Self.stage(&park, Self.pair, .running, "2021-01-01")
    let found = try Self.monitor(park)
    let totals = found.totals
    #expect(totals.measures.found == 3 && totals.measures.running == 1)
    #expect(totals.measures.stopped == 1 && totals.measures.firms == 1)
    #expect(totals.measures.realisedShare == 1.0 / 3)
    #expect(totals.exchanges.found == 1 && totals.exchanges.running == 1)
    #expect(totals.exchanges.firms == 2 && totals.all.firms == 2 && totals.all.found == 4)
    #expect(totals.all.reached.map(\.count) == [2, 2, 2, 2, 2])
    let ash = try #require(found.plan.exchanges.first)
    #expect(
      abs(try #require(totals.running.sum.money) - 500 - ash.money.typical) < 1e-6)
    #expect(
      abs(try #require(totals.running.sum.carbon) - ash.carbon.typical) < 1e-6)
    // What was found and not dropped is promised: 500, 1000 and the exchange.
    #expect(abs(try #require(totals.promised.sum.money) - 1500 - ash.money.typical) < 1e-6)
    // Of one measure nobody knows the CO2e.
    #expect(totals.running.unknown == [0, 1, 0, 0, 0, 0])
    #expect(totals.running.sum.waste == 1000)
    #expect(totals.unreported == 2 && totals.expected.sum == .none)
    #expect(totals.sectors.map(\.name) == ["", "energy"])
    #expect(totals.sectors.map(\.measures.found) == [2, 1])
    #expect(totals.sectors.map(\.exchanges.found) == [0, 1])
  }

  /// Heat whose pipe costs more than the heat is worth.
  private static var heat: ParkBuilder {
    Fixtures.pair(
      "waste_heat", 3000, "GJ/yr", to: "district_heat", 3000, "GJ/yr", km: 5)
  }

  @Test("what is built has its investment behind it")
  func sunk() throws {
    var park = Self.heat
    let before = try Self.again(park)
    #expect(before.before.exchanges.isEmpty && before.kept.isEmpty)
    Self.stage(&park, "out:in", .built, "2020-01-01")
    let built = try Self.again(park)
    #expect(built.before.exchanges.isEmpty && built.kept == ["out:in"])
    #expect(built.gained == ["out:in:waste_heat__district_heat"])
    #expect(built.after.exchanges.first?.quantity == 3000)
    #expect(built.after.capital.typical == 0)
    // What is agreed only must still earn its pipe.
    park.declaration.progress[0].status = "agreed"
    #expect(try Self.again(park).after.exchanges.isEmpty)
  }

  @Test("what is built stays even at a loss, unless it may be left; what stopped is out")
  func keptAndStopped() throws {
    var park = Fixtures.ashPark
    park.override("price.clinker", "0.01", unit: "EUR/t")
    park.override("disposal_cost.fly_ash", "0", unit: "EUR/t")
    park.declaration.outputs[0].minimumLot = 500
    Self.stage(&park, Self.pair, .running, "2020-01-01")
    let kept = try Self.again(park)
    #expect(kept.before.exchanges.isEmpty)
    #expect(kept.after.exchanges.map(\.quantity) == [500] && kept.after.money.typical < 0)
    #expect(try Self.again(park, .init(mayLeave: true)).after.exchanges.isEmpty)

    park = Fixtures.ashPark
    Self.stage(&park, Self.pair, .running, "2020-01-01")
    Self.stage(&park, Self.pair, .stopped, "2021-01-01")
    let stopped = try Self.again(park)
    #expect(stopped.before.exchanges.count == 1 && stopped.after.exchanges.isEmpty)
    #expect(stopped.stopped == [Self.pair] && stopped.lost == ["\(Self.pair):fly_ash__clinker"])
    let restarted = try Self.again(park, .init(mayRestart: true))
    #expect(restarted.after.exchanges.count == 1)
  }

  @Test("measures: built ones are given, stopped ones are out")
  func measures() throws {
    var park = Fixtures.ashPark
    // Does not pay, but stands there.
    Self.option(&park, "dear", of: "power", status: "planned", saving: 1)
    park.declaration.options[0].capital = 1_000_000
    Self.option(&park, "cheap", of: "cement", status: "proposed")
    #expect(try Self.again(park).before.measures.map(\.option.id.rawValue) == ["cheap"])
    Self.stage(&park, "dear", .built, "2021-01-01")
    Self.stage(&park, "cheap", .stopped, "2021-01-01")
    let found = try Self.again(park)
    #expect(found.after.measures.map(\.option.id.rawValue) == ["dear"])
    #expect(found.after.measures.first?.capital == .zero)
    #expect(found.gained == ["dear"] && found.lost == ["cheap"])
  }

  @Test("what is built without a known route is told, not dropped in silence")
  func unmodelled() throws {
    var park = Fixtures.ashPark
    park.exchange("tea", from: "power", to: "cement")
    Self.stage(&park, "tea", .running, "2021-01-01")
    park.output("odd", of: "power", "fgd_gypsum", 10)
    Self.stage(&park, "odd:clinker-in", .running, "2021-01-01")
    let found = try Self.again(park)
    #expect(found.unmodelled.map(\.id) == ["odd:clinker-in", "tea"])
    #expect(found.kept == ["odd:clinker-in", "tea"])
    #expect(found.after.exchanges.count == 1)
  }

  @Test(
    "of random parks: what is built never makes the plan worse, what has stopped never better",
    arguments: UInt64(1)...40)
  func random(seed: UInt64) throws {
    let park = RandomParks.park(seed: seed)
    let plan = try Planned.plan(park.park()).plan
    guard plan.certificate.status == .optimal else { return }
    var built = park
    var stopped = park
    for exchange in plan.exchanges {
      Self.stage(&built, exchange.candidate.id, .running, "2020-01-01")
    }
    if let first = plan.exchanges.first {
      Self.stage(&stopped, first.candidate.id, .stopped, "2020-01-01")
    }
    let after = try Self.again(built).after
    #expect(
      after.certificate.incumbent >= plan.certificate.incumbent
        - 1e-6 * max(1, abs(plan.certificate.incumbent)))
    let kept = Set(after.exchanges.map(\.candidate.id))
    #expect(plan.exchanges.allSatisfy { kept.contains($0.candidate.id) })
    guard park.declaration.settings.existingExchanges == .free else { return }
    let without = try Self.again(stopped).after
    #expect(
      without.certificate.incumbent <= plan.certificate.incumbent
        + 1e-6 * max(1, abs(plan.certificate.incumbent)))
    #expect(!without.exchanges.contains { $0.candidate.id == plan.exchanges.first?.candidate.id })
  }
}

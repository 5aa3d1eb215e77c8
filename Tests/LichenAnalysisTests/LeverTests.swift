import LichenDomain
import LichenEngine
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Levers of a park")
struct LeverTests {
  private func base(_ park: String) throws -> WhatIfBase {
    let engine = Repository.engine
    return try engine.whatIfBase(
      of: engine.park(at: Repository.park(park)), options: { PlanningOptions(settings: $0) })
  }

  /// A value of the lever's field that is not what stands.
  private func other(_ lever: Lever) -> String {
    switch lever.control {
    case .number(let least, let most, let step, _):
      let values = [least + step, most - step, least, most].map { "\($0)" }
      return values.first { lever.changes($0)?.isEmpty == false } ?? "none"
    case .share: return "150"
    case .either(let usual, let unusual): return lever.baseline == usual ? unusual : usual
    case .day: return "2030-06-01"
    }
  }

  private typealias Fields = [(name: String, value: String)]

  private func fields(_ form: LeverForm) -> Fields {
    form.values.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
      + form.others.map { (LeverForm.other, "\($0.key)=\($0.value)") }
  }

  @Test(
    "Each lever of each shipped park makes changes that the engine takes",
    arguments: Repository.parkNames)
  func accepted(park: String) throws {
    let base = try base(park)
    #expect(base.levers.levers.count > 10)
    var newcomers: [Fields] = []
    if let sector = base.levers.newcomer.sectors.first {
      newcomers = [[(Newcomer.Field.sector, sector.id)]]
    }
    let single = base.levers.levers.map { [(name: $0.id, value: other($0))] } + newcomers
    for fields in single {
      let changes = try base.levers.changes(of: fields)
      #expect(!changes.isEmpty, "\(fields)")
      let scenario = CombinedScenario(changes, name: "test", title: "test")
      let applied = try Repository.engine.scenario(scenario, of: base.park).applied
      #expect(Set(applied.changes.map(\.key)) == Set(changes.map(\.key)), "\(fields)")
    }
  }

  @Test(
    "Fields become changes and come back as they were",
    arguments: ["kalundborg", "kwinana", "mekong-agro"])
  func roundTrip(park: String) throws {
    let levers = try base(park).levers
    var all: Fields = levers.levers.map { ($0.id, other($0)) }
    all.append((Newcomer.Field.sector, try #require(levers.newcomer.sectors.last).id))
    all.append((Newcomer.Field.size, "1234.5"))
    all.append((LeverForm.other, "partner_limit=2"))
    let changes = try levers.changes(of: all)
    let form = levers.form(of: changes)
    #expect(form.others == [PlainChange("partner_limit", "2")])
    for lever in levers.levers {
      let said = try #require(form.values[lever.id], "\(lever.id)")
      #expect(lever.changes(said) == lever.changes(other(lever)))
    }
    #expect(try levers.changes(of: fields(form)) == changes)
    #expect(levers.form(of: try levers.changes(of: fields(form))) == form)
  }

  @Test("What stands already is no change, and an empty form none at all")
  func baseline() throws {
    let levers = try base("kwinana").levers
    let standing: Fields = levers.levers.map { ($0.id, $0.baseline) }
    #expect(try levers.changes(of: standing).isEmpty)
    #expect(try levers.changes(of: []).isEmpty)
    #expect(levers.form(of: []) == LeverForm())
    // A hidden field speaks for a box that is not ticked; the box comes behind it.
    let firm = try #require(levers.levers.first { $0.id.hasPrefix("enterprise.") }).id
    #expect(try levers.changes(of: [(firm, "closed"), (firm, "open")]).isEmpty)
    #expect(try levers.changes(of: [(firm, "closed")]) == [PlainChange(firm, "closed")])
  }

  @Test("A price of several figures moves them all by one share, or the form does not claim it")
  func shares() throws {
    let levers = try base("kalundborg").levers
    let fee = try #require(levers.lever("landfill_fee"))
    guard case .share(_, let standing) = fee.control else {
      Issue.record("\(fee.control)")
      return
    }
    // 500 DKK gate fee and 475 DKK tax per tonne.
    #expect(standing.per == "t" && standing.amount > 100 && standing.amount < 160)
    let changes = try levers.changes(of: [("landfill_fee", "150")])
    #expect(changes.map(\.key) == ["figure.landfill_gate_dk", "figure.landfill_tax_dk"])
    #expect(Set(changes.map(\.value)) == ["x1.5"])
    let half = Array(changes.dropLast())
    #expect(levers.form(of: half) == LeverForm(others: half))
  }

  @Test(
    "A field that says what its lever cannot is refused by name",
    arguments: [
      ("carbon_price", "-1"), ("carbon_price", "none"), ("capital_budget", "much"),
      ("base_year", "2000.5"), ("law_date", "tomorrow"), ("landfill_fee", "nan"),
      ("new.blueprint", "spacecraft"),
    ])
  func refused(field: String, value: String) throws {
    let levers = try base("kalundborg").levers
    #expect(throws: ParkLevers.BadField(field: field, value: value)) {
      try levers.changes(of: [(field, value)])
    }
  }

  @Test("The slider of CO2e ends at what can be had: its end has a plan, more has none")
  func floor() throws {
    let base = try base("kalundborg")
    let lever = try #require(base.levers.lever("co2_floor"))
    guard case .number(_, let most, _, true) = lever.control else {
      Issue.record("\(lever.control)")
      return
    }
    func status(_ tonnes: Double) throws -> Bool {
      let scenario = CombinedScenario(
        [PlainChange("co2_floor", "\(tonnes)")], name: "test", title: "test")
      let engine = Repository.engine
      return try engine.planned(engine.scenario(scenario, of: base.park)).hasPlan
    }
    #expect(try status(most))
    #expect(try !status(most + 2))
  }
}

import Foundation
import GLPKSolver
import LichenDomain
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite struct ScenarioComparisonTests {
  @Test(
    "A scenario of no changes, or of words that say what is, has the baseline's plan byte for byte")
  func nothing() throws {
    for seed in UInt64(1)...20 {
      let park = RandomParks.park(seed: seed)
      let site = park.declaration.enterprises[0].id
      let stream = park.declaration.outputs[0].id
      let year = park.declaration.settings.baseYear
      let base = try ScenarioTrial.planned(park)
      let same = try ScenarioTrial.planned(
        park,
        [
          ("enterprise.\(site)", "open"), ("stream.\(stream)", "kept"),
          ("base_year", "\(year)"), ("partner_limit", "none"),
        ])
      #expect(
        try PlanJSON.encode(PlanDocument(same.plan)) == PlanJSON.encode(PlanDocument(base.plan)),
        "seed \(seed)")
      let difference = NetworkDifference(from: base, to: same)
      #expect(difference.links.isEmpty && difference.verdictCount == 0)
      #expect(difference.enterprises.allSatisfy { $0.change == 0 && $0.carbonChange == 0 })
    }
  }

  private static func tolerance(_ plan: Plan) -> Double {
    1e-7 * max(1, abs(plan.certificate.incumbent))
  }

  @Test("Closing a firm never raises the optimum")
  func closing() throws {
    var falls = 0
    for seed in UInt64(100)...130 {
      let park = ScenarioTrial.competing(seed: seed)
      let catalogue = ScenarioTrial.shipped
      let base = try ScenarioTrial.planned(park, catalogue: catalogue).plan
      for site in park.declaration.enterprises {
        let closed = try ScenarioTrial.planned(
          park, [("enterprise.\(site.id)", "closed")], catalogue: catalogue
        ).plan
        let change = closed.certificate.incumbent - base.certificate.incumbent
        #expect(change <= Self.tolerance(base), "seed \(seed) \(site.id)")
        if change < -1 { falls += 1 }
      }
    }
    #expect(falls > 30, "the parks must tell something: \(falls)")
  }

  /// A rule that displaces others shields from them, so that more may bite without it: only rules that
  /// displace none.
  @Test("Lifting a rule that displaces no other never lowers the optimum")
  func lifting() throws {
    var rises = 0
    let catalogue = ScenarioTrial.shipped
    for seed in UInt64(200)...230 {
      let park = ScenarioTrial.competing(seed: seed)
      let base = try ScenarioTrial.planned(park, catalogue: catalogue)
      let burdens = Set(base.graph.candidates.flatMap { $0.verdict.deciding + $0.verdict.steps })
        .filter { $0.displaces.isEmpty && $0.effect != .allowed }
      for rule in burdens.map(\.id).sorted() {
        let lifted = try ScenarioTrial.planned(
          park, [("rule.\(rule)", "off")], catalogue: catalogue
        ).plan
        let change = lifted.certificate.incumbent - base.plan.certificate.incumbent
        #expect(change >= -Self.tolerance(base.plan), "seed \(seed) \(rule)")
        if change > 1e-3 { rises += 1 }
      }
    }
    #expect(rises > 3, "the parks must tell something: \(rises)")
  }

  @Test("Changes of balances add up to the change of money; links account for every exchange")
  func adding() throws {
    for seed in UInt64(300)...340 {
      let park = ScenarioTrial.park(seed: seed)
      let base = try ScenarioTrial.planned(park)
      let other = try ScenarioTrial.planned(park, ScenarioTrial.changes(of: park, seed: seed))
      guard base.hasPlan, other.hasPlan else { continue }
      let difference = NetworkDifference(from: base, to: other)
      let sum = difference.enterprises.reduce(0) { $0 + $1.change }
      let money = other.plan.money.typical - base.plan.money.typical
      #expect(abs(sum - money) <= 1e-6 * max(1, abs(base.plan.money.typical)), "seed \(seed)")
      let gained = difference.links.count { $0.kind == .gained }
      let lost = difference.links.count { $0.kind == .lost }
      #expect(
        (base.figures?.exchanges ?? 0) + gained - lost == (other.figures?.exchanges ?? 0),
        "seed \(seed)")
      let permits =
        (base.figures?.permits ?? 0) - difference.permitsLost.count
        + difference.permitsGained.count
      #expect(permits == (other.figures?.permits ?? 0), "seed \(seed)")
    }
  }

  @Test("A required measure is taken though it loses; a forbidden exchange is not built")
  func planning() throws {
    var park = Fixtures.ashPark
    var option = OptionRow(
      id: "loses", enterprise: "power", location: SourceLocation(file: "options.csv", row: 2))
    option.capital = 10_000
    option.saving = 0
    park.declaration.options.append(option)
    let base = try ScenarioTrial.planned(park)
    #expect(base.plan.measures.isEmpty && base.plan.exchanges.count == 1)
    let required = try ScenarioTrial.planned(park, [("option.loses", "required")])
    #expect(required.plan.measures.map(\.option.id.rawValue) == ["loses"])
    #expect(required.plan.money.typical < base.plan.money.typical)
    let forbidden = try ScenarioTrial.planned(
      park, [("exchange.ash-out:clinker-in", "forbidden")])
    #expect(forbidden.plan.exchanges.isEmpty)
    let document = try PlanJSON.encode(PlanDocument(required.plan))
    #expect(try PlanChecker(park: required.plan.park).check(document).isEmpty)
    var text = String(decoding: document, as: UTF8.self)
    text = text.replacing(
      "\"required_measures\" : [\n      \"loses\"\n    ]",
      with: "\"required_measures\" : [\n      \"other\"\n    ]")
    #expect(try !PlanChecker(park: required.plan.park).check(Data(text.utf8)).isEmpty)
  }
}

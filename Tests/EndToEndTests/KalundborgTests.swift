import Foundation
import LichenDomain
import LichenEngine
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport
import Testing

/// The main job on the model park.
struct KalundborgTests {
  private static let result: MatchResult = {
    do {
      let park = try Repository.engine.park(at: Repository.park("kalundborg"))
      return try Repository.engine.match(park, options: PlanningOptions(settings: park.settings))
    } catch {
      preconditionFailure("\(error)")
    }
  }()

  @Test("At least 95 % of the documented exchanges of 1995 with declared ends are candidates")
  func rediscovery() throws {
    let rediscovery = Self.result.rediscovery
    // Documented and active in 1995 by start and end years of the sources: 18 links.
    #expect(rediscovery.documented.count == 18)
    #expect(rediscovery.declared.count >= 17)
    let missing = rediscovery.declared.filter { !$0.isFound }.map {
      "\($0.exchange.id): \($0.candidate?.blockers.map(\.kind.rawValue) ?? ["no route"])"
    }
    #expect(try #require(rediscovery.foundShare) >= 0.95, "\(missing)")
  }

  @Test("The rediscovery is no accident of the greenfield setting: nothing documented is assumed")
  func greenfield() {
    #expect(Self.result.plan.park.settings.existingExchanges == .greenfield)
    for exchange in Self.result.plan.exchanges {
      #expect(exchange.lines.contains { $0.term == .transaction }, "\(exchange.candidate.id)")
    }
  }

  @Test("The plan is proven and its bound equals its value")
  func proof() {
    let certificate = Self.result.plan.certificate
    #expect(certificate.status == .optimal)
    #expect(certificate.gap <= 1e-9)
    #expect(!Self.result.plan.exchanges.isEmpty)
  }

  @Test("No planned exchange is prohibited, and every step that the law asks for is in the plan")
  func law() {
    let keys = Set(Self.result.plan.permits.map(\.key))
    for exchange in Self.result.plan.exchanges {
      #expect(exchange.candidate.verdict.effect != .prohibited)
      for step in exchange.candidate.verdict.steps {
        #expect(keys.contains { $0.rule == step.id }, "\(step.id)")
      }
    }
  }

  @Test("Every left-out candidate says why")
  func whyNot() {
    let planned = Self.result.plan.exchanges.count
    #expect(Self.result.whyNot.entries.count + planned == Self.result.graph.candidates.count)
    for entry in Self.result.whyNot.entries where entry.reason == .blocked {
      #expect(!entry.candidate.blockers.isEmpty)
    }
    // A proven optimum cannot be beaten by forcing something in.
    for entry in Self.result.whyNot.entries where entry.reason == .outcompeted {
      #expect((entry.moneyChange ?? 0) <= 1e-6 * Self.result.plan.money.typical)
    }
  }

  @Test("Unknown stays unknown: streams without a quantity are listed and never planned")
  func unknown() {
    let unquantified = Self.result.graph.candidates.filter { $0.maximumFlow == nil }
    #expect(unquantified.count > 5)
    #expect(unquantified.allSatisfy { !$0.isPlannable })
  }

  @Test("Later snapshots run as scenario years", arguments: [2000, 2010, 2018])
  func years(year: Int) throws {
    var overrides = Engine.Overrides()
    overrides.baseYear = year
    let park = try Repository.engine.park(at: Repository.park("kalundborg"), overrides: overrides)
    let result = try Repository.engine.match(
      park, options: PlanningOptions(settings: park.settings))
    #expect(!result.rediscovery.documented.isEmpty)
    // Nothing that really runs is thought impossible; the heat pump of 2017 lifts its own heat.
    let blocked = result.rediscovery.documented.filter { $0.outcome == .blocked }
    #expect(blocked.isEmpty, "\(blocked.map(\.exchange.id))")
    #expect(result.plan.certificate.status == .optimal)
  }

  @Test(
    "Every route that a documented exchange of the model parks needs is in the catalogue",
    arguments: ["kalundborg", "kwinana", "map-ta-phut"])
  func routes(name: String) throws {
    let whole = try Repository.engine.park(at: Repository.park(name))
    // Year by year, because rows hold only in their years.
    for year in stride(from: 1965, through: 2024, by: 1) {
      let park = try whole.with(settings: whole.settings.replacing(baseYear: year))
      let generator = CandidateGenerator(park: park)
      for exchange in park.exchanges {
        guard let output = exchange.output.flatMap({ park.output($0) }),
          let input = exchange.input.flatMap({ park.input($0) })
        else { continue }
        #expect(!generator.candidates(from: output, to: input).isEmpty, "\(exchange.id), \(year)")
      }
    }
  }
}

import Foundation
import LichenDomain
import LichenGraph
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Indicators")
struct IndicatorTests {
  static func analysis(
    _ park: ParkBuilder, criteria: [EcoParkCriterion] = [],
    catalogue: Catalogue = Fixtures.catalogue
  ) throws -> IndicatorAnalysis {
    let (graph, plan) = try Planned.plan(park.park(catalogue))
    let generator = CandidateGenerator(park: graph.park)
    return IndicatorAnalysis(
      plan: plan, rediscovery: Rediscovery(plan: plan, generator: generator), criteria: criteria)
  }

  private static func criterion(
    _ measure: IndicatorMeasure?, _ comparison: EcoParkCriterion.Comparison, _ threshold: Double?,
    needs: String = "", confidence: Confidence = .verified
  ) -> EcoParkCriterion {
    EcoParkCriterion(
      id: "c", origin: .framework, category: "", kind: .indicator, topic: "", name: "c",
      comparison: comparison, threshold: threshold, unit: "percent", measure: measure, counted: [],
      needs: needs, source: "s", confidence: confidence, notes: "")
  }

  private static func figure(_ analysis: IndicatorAnalysis, _ measure: IndicatorMeasure) throws
    -> IndicatorFigure
  {
    try #require(analysis.figures.first { $0.measure == measure })
  }

  @Test("one exchange, by hand: 1000 t of ash on landfill replace 900 t of clinker")
  func ash() throws {
    let found = try Self.analysis(Fixtures.ashPark)
    func check(
      _ measure: IndicatorMeasure, _ today: IndicatorBounds, _ planned: IndicatorBounds,
      _ change: IndicatorBounds
    ) throws {
      let figure = try Self.figure(found, measure)
      #expect(figure.today == today && figure.planned == planned, "\(measure)")
      #expect(figure.change == change, "\(measure)")
    }
    // Nobody said that there is no exchange today.
    let some = IndicatorBounds(low: 0, high: nil)
    try check(.symbioses, some, IndicatorBounds(low: 1, high: nil), IndicatorBounds(1))
    try check(.firmsInNetwork, some, IndicatorBounds(low: 2, high: nil), IndicatorBounds(2))
    try check(
      .firmsInNetworkShare, some, IndicatorBounds(low: 100, high: nil), IndicatorBounds(100))
    try check(.wasteDiverted, .init(0), .init(1000), .init(1000))
    try check(.solidWasteReusedShare, .init(0), .init(100), .init(100))
    try check(.landfillShare, .init(100), .init(0), .init(-100))
    try check(.materialReplaced, .init(0), .init(900), .init(900))
    try check(
      .moneySaved, .init(0), .init(found.plan.money.typical), .init(found.plan.money.typical))
    try check(
      .carbonAvoided, .init(0), .init(found.plan.carbon.typical / 1000),
      .init(found.plan.carbon.typical / 1000))
    // No wastewater is declared, no measure, so nothing can be said of them.
    #expect(found.unanswered == [.recpFirmsShare, .wastewaterReusedShare])
  }

  @Test("the flow network of one exchange, by hand")
  func ashFlows() throws {
    let found = try Self.analysis(Fixtures.ashPark)
    let (today, planned) = try #require(found.flows.first { $0.today.medium == .mass })
    // Ash comes from nowhere that is declared, clinker leaves as undeclared product.
    #expect(today.throughput == 12_000 && today.lost == 1000 && today.bought == 5000)
    #expect(today.closingImports == 1000 && today.closingExports == 5000)
    #expect(today.cyclingIndex == 0 && today.meanPathLength == 1 && today.leftOut == 0)
    #expect(planned.exchanged == 1000 && planned.bought == 4100 && planned.lost == 0)
    #expect(planned.closingImports == 1000 && planned.closingExports == 5100)
    #expect(planned.throughput == 11_200 && planned.cyclingIndex == 0)
    #expect(abs(try #require(planned.meanPathLength) - 6100.0 / 5100) < 1e-12)
    func term(_ flow: Double, _ out: Double, _ into: Double) -> Double {
      flow * log2(flow * 11_200 / (out * into))
    }
    let ascendency =
      term(1000, 5100, 1000) + term(4100, 5100, 5100) + term(1000, 1000, 5100)
      + term(5100, 5100, 5100)
    #expect(abs(planned.ascendency - ascendency) < 1e-6)
  }

  /// Two works that feed each other; today's exchanges move 60 t of ash and 40 t of gypsum.
  private static var loop: ParkBuilder {
    var park = ParkBuilder()
    park.enterprise("a")
    park.enterprise("b")
    park.output("ash", of: "a", "fly_ash", 60)
    park.output("gypsum", of: "b", "fgd_gypsum", 50)
    park.input("rock", of: "a", "natural_gypsum", 100)
    park.input("clinker", of: "b", "clinker", 100)
    park.distance("a", "b", km: 1)
    park.distance("b", "a", km: 1)
    park.exchange("ash-link", from: "a", to: "b", output: "ash", input: "clinker")
    park.exchange("gypsum-link", from: "b", to: "a", output: "gypsum", input: "rock")
    park.declaration.exchanges[0].quantity = 60
    park.declaration.exchanges[0].unit = "t/yr"
    park.declaration.exchanges[1].quantity = 40
    park.declaration.exchanges[1].unit = "t/yr"
    return park
  }

  @Test("a loop of two firms, by hand: Finn's index is the share that goes round")
  func loop() throws {
    let found = try Self.analysis(Self.loop)
    let today = try #require(found.flows.first { $0.today.medium == .mass }).today
    // a takes in 100 − 0.95·40 = 62 of rock and 40 of gypsum, b 100 − 0.9·60 = 46 and 60 of ash.
    #expect(abs(today.bought - 108) < 1e-9 && today.exchanged == 100 && today.lost == 10)
    #expect(abs(today.closingExports - (42 + 56)) < 1e-9 && today.closingImports == 0)
    #expect(abs(today.throughput - (108 + 100 + 98 + 10)) < 1e-9)
    let round = (60.0 / 102) * (40.0 / 106)
    #expect(abs(try #require(today.cyclingIndex) - round) < 1e-12)
    #expect(abs(try #require(today.meanPathLength) - 208.0 / 108) < 1e-12)
    let network = found.networkToday
    #expect(network.cyclicity == 1 && network.reciprocity == 1 && network.density == 1)
    #expect(network.centralisation == nil && network.bridges.isEmpty && network.pairs == 2)
    let symbioses = try Self.figure(found, .symbioses)
    #expect(symbioses.today == .init(2) && symbioses.planned == .init(2))
    #expect(symbioses.change == .init(0))
    // 100 of 110 t, and with the plan all.
    let share = try Self.figure(found, .solidWasteReusedShare)
    #expect(abs(try #require(share.today?.low) - 100 * 100.0 / 110) < 1e-9)
    #expect(share.planned == .init(100))
  }

  @Test("an exchange without a quantity counts, and its amount is unknown, never zero")
  func unquantified() throws {
    var park = Self.loop
    park.declaration.exchanges[1].quantity = nil
    let found = try Self.analysis(park)
    #expect(try Self.figure(found, .symbioses).today == .init(2))
    let diverted = try Self.figure(found, .wasteDiverted)
    // 60 t of ash for certain, and of the gypsum anything up to 50 t.
    #expect(diverted.today == IndicatorBounds(low: 60, high: 110) && diverted.openToday == 1)
    #expect(diverted.change == IndicatorBounds(low: 0, high: 50))
    #expect(try Self.figure(found, .moneySaved).today == IndicatorBounds(low: nil, high: nil))
    // Of the ash the gain is known: its ledger times 60 t.
    let known = try #require(try Self.figure(found, .moneySaved).knownToday)
    let ash = try #require(found.plan.exchanges.first { $0.candidate.output.id == .of("ash") })
    #expect(abs(known - 60 * ash.candidate.ledger.netMoneyPerUnit.typical) < 1e-6)
    #expect(try Self.figure(found, .materialReplaced).today == IndicatorBounds(low: 54, high: nil))
  }

  @Test("an exchange that no plan can hold goes on; one that the plan could keep and drops ends")
  func continuing() throws {
    var park = Fixtures.ashPark
    park.exchange("steam", from: "cement", to: "power")
    var found = try Self.analysis(park)
    #expect(try Self.figure(found, .symbioses).planned == .init(2))
    #expect(found.withoutStreams == ["steam"])
    park = Fixtures.ashPark
    park.exchange("link", from: "power", to: "cement", output: "ash-out", input: "clinker-in")
    park.override("price.clinker", "0.01", unit: "EUR/t")
    park.override("disposal_cost.fly_ash", "0", unit: "EUR/t")
    found = try Self.analysis(park)
    #expect(found.plan.exchanges.isEmpty)
    let symbioses = try Self.figure(found, .symbioses)
    #expect(symbioses.today == .init(1) && symbioses.planned == .init(0))
  }

  @Test("firms over the fence do not count as firms of the park")
  func fence() throws {
    var park = Self.loop
    park.declaration.enterprises[1].zone = "outside the park"
    let found = try Self.analysis(park)
    #expect(try Self.figure(found, .symbioses).today == .init(2))
    #expect(try Self.figure(found, .symbiosesInPark).today == .init(0))
    #expect(try Self.figure(found, .firmsInNetworkShare).today == .init(100))
  }

  @Test("of a stream whose way today is unknown, a share is known between two ends only")
  func unknownRoute() throws {
    var park = Fixtures.ashPark
    park.declaration.outputs[0].currentRoute = "unknown"
    park.input("small", of: "cement", "clinker", 450)
    park.declaration.inputs.remove(at: 0)
    let found = try Self.analysis(
      park,
      criteria: [Self.criterion(.solidWasteReusedShare, .atLeast, 20)])
    let share = try Self.figure(found, .solidWasteReusedShare)
    #expect(share.today == IndicatorBounds(low: 0, high: 100))
    #expect(share.planned == IndicatorBounds(low: 50, high: 100))
    #expect(share.change == IndicatorBounds(low: 0, high: 50))
    let finding = try #require(found.answered.first)
    #expect(finding.today == .cannotBeSaid && finding.planned == .met)
    #expect(finding.reachesToday == nil && finding.reachesPlanned == true)
  }

  @Test("thresholds: met, not met, and what else must be known")
  func states() throws {
    func states(_ criterion: EcoParkCriterion, _ park: ParkBuilder = Fixtures.ashPark) throws
      -> [CriterionState?]
    {
      let found = try Self.analysis(park, criteria: [criterion])
      let finding = try #require((found.answered + found.unknown).first)
      #expect(finding.mustBeChecked == (criterion.confidence == .recalled))
      return [finding.today, finding.planned]
    }
    #expect(try states(Self.criterion(.landfillShare, .below, 50)) == [.notMet, .met])
    #expect(try states(Self.criterion(.landfillShare, .below, 100)) == [.notMet, .met])
    #expect(try states(Self.criterion(.landfillShare, .atMost, 100)) == [.met, .met])
    #expect(try states(Self.criterion(.solidWasteReusedShare, .above, 100)) == [.notMet, .notMet])
    #expect(
      try states(
        Self.criterion(.solidWasteReusedShare, .atLeast, 20, needs: "ISO", confidence: .recalled))
        == [.notMet, .cannotBeSaid])
    #expect(
      try states(Self.criterion(nil, .yes, nil, needs: "a paper")) == [
        .cannotBeSaid, .cannotBeSaid,
      ])
    // An empty table of exchanges is no proof that there is none.
    #expect(try states(Self.criterion(.symbioses, .atLeast, 1)) == [.cannotBeSaid, .met])
    // A stream without a quantity may be larger than all others.
    var park = Fixtures.ashPark
    park.output("more", of: "power", "bottom_ash", nil)
    #expect(
      try states(Self.criterion(.landfillShare, .below, 50), park) == [
        .cannotBeSaid, .cannotBeSaid,
      ])
  }

  @Test("firms with a measure in place, and those that the plan adds")
  func measures() throws {
    var park = Fixtures.ashPark
    for (id, firm, status) in [("m1", "power", "done"), ("m2", "cement", "proposed")] {
      var row = OptionRow(
        id: id, enterprise: firm, location: SourceLocation(file: "options.csv", row: 2))
      row.capital = 100
      row.saving = 1000
      row.co2 = 3
      row.status = status
      park.declaration.options.append(row)
    }
    let found = try Self.analysis(park)
    let share = try Self.figure(found, .recpFirmsShare)
    #expect(share.today == IndicatorBounds(low: 50, high: nil))
    #expect(share.planned == IndicatorBounds(low: 100, high: nil))
    #expect(share.change == IndicatorBounds(50))
    // What is done saves today and goes on.
    let money = try Self.figure(found, .moneySaved)
    #expect(money.today == .init(1000))
    #expect(abs(try #require(money.change?.low) - found.plan.money.typical) < 1e-6)
    #expect(try Self.figure(found, .carbonAvoided).today == .init(3))
  }

  @Test(
    "of random parks: balances close, shares lie within their ends, sums are the plan's",
    arguments: UInt64(1)...60)
  func random(seed: UInt64) throws {
    let found = try Self.analysis(RandomParks.park(seed: seed))
    for (today, planned) in found.flows {
      for metrics in [today, planned] {
        let out = metrics.exported + metrics.closingExports + metrics.lost
        let into = metrics.bought + metrics.closingImports
        #expect(abs(out - into) <= 1e-9 * max(1, into))
        #expect(
          abs(metrics.throughput - into - out - metrics.exchanged) <= 1e-9 * max(1, into))
        #expect(metrics.bought >= -1e-9 * into && metrics.exported >= -1e-9 * into)
        if let index = metrics.cyclingIndex { #expect(index > -1e-12 && index < 1) }
        #expect(metrics.ascendency <= metrics.developmentCapacity * (1 + 1e-12))
      }
    }
    for figure in found.figures {
      for bounds in [figure.today, figure.planned] {
        guard let low = bounds?.low, let high = bounds?.high else { continue }
        #expect(low <= high)
        if figure.unit == "percent" { #expect(low >= 0 && high <= 100 + 1e-9) }
      }
    }
    let park = found.plan.park
    if park.exchanges.isEmpty {
      let money = try Self.figure(found, .moneySaved)
      #expect(abs((money.change?.low ?? 0) - found.plan.money.typical) <= 1e-6)
      let carbon = try Self.figure(found, .carbonAvoided)
      #expect(abs((carbon.change?.low ?? 0) * 1000 - found.plan.carbon.typical) <= 1e-6)
    }
  }
}

import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

@Suite("What a what-if page shows")
struct RoomViewTests {
  private static let base = Result {
    let engine = Repository.engine
    return try engine.whatIfBase(
      of: engine.park(at: Repository.park("kalundborg")),
      options: { PlanningOptions(settings: $0) })
  }

  private func planned(_ changes: [PlainChange], title: String = "test") throws -> PlannedScenario {
    let engine = Repository.engine
    return try engine.planned(
      engine.scenario(
        CombinedScenario(changes, name: "test", title: title), of: Self.base.get().park))
  }

  private func comparison(_ scenarios: PlannedScenario...) throws -> ScenarioComparison {
    try Repository.engine.compared(Self.base.get().baseline, scenarios)
  }

  /// Shuts the firm of the first planned exchange.
  private func closing() throws -> (id: EnterpriseID, plan: PlannedScenario) {
    let first = try #require(try Self.base.get().baseline.plan.exchanges.first)
    let id = first.candidate.input.enterprise
    return (id, try planned([PlainChange("enterprise.\(id)", "closed")]))
  }

  private func view(
    _ comparison: ScenarioComparison, _ columns: [RoomColumn],
    _ language: Language = ReportFixture.language
  ) -> RoomView {
    RoomView(comparison, columns: columns, language: language, outlines: ReportFixture.outlines)
  }

  private let now = RoomColumn(letter: "Now", title: "shut", index: 0, isNow: true)

  @Test(
    "Figures, table and verdict say what the plans say",
    arguments: [ReportFixture.language, ReportFixture.vietnamese])
  func figures(language: Language) throws {
    let (_, closed) = try closing()
    let comparison = try comparison(closed)
    let view = view(comparison, [now], language)
    let (base, after) = (
      try #require(comparison.baseline.figures), try #require(closed.figures)
    )
    #expect(view.figures.map(\.amount)[2] == language.number(Double(after.exchanges)))
    #expect(view.figures.map(\.amount)[4] == language.number(Double(after.permits)))
    let scale = language.moneyScale(
      max(abs(base.money.typical), abs(after.money.typical)),
      closed.plan.park.settings.currency)
    #expect(view.figures[0].amount == language.significant(after.money.typical / scale.factor))
    #expect(
      view.figures[0].difference.hasPrefix(language.text("format.minus")),
      "a firm of the plan is gone: \(view.figures[0].difference)")
    let money = try #require(view.table.rows.first)
    #expect(money.base == language.significant(base.money.typical / scale.factor))
    #expect(
      money.cells.map(\.amount) == [language.significant(after.money.typical / scale.factor)])
    #expect(view.verdict.hasPlan)
    #expect(view.verdict.sentence == language.text("serve.room.proven"))
  }

  @Test("Winners and losers add up to the change of the plan's money")
  func balances() throws {
    let (id, closed) = try closing()
    let comparison = try comparison(closed)
    let balances = view(comparison, [now]).balances
    let writer = ScenarioWriter(comparison, ReportFixture.language)
    let change =
      try #require(closed.figures).money.typical
      - (try #require(comparison.baseline.figures)).money.typical
    #expect(
      balances.totals.map(\.amount)
        == [ReportFixture.language.signed(change / writer.money.factor)])
    #expect(balances.hasRows && balances.rows.count <= 8)
    #expect(balances.rows.contains { $0.firm == writer.names.short(id) })
  }

  @Test("Numbers stay with their exchanges; what is dropped is a grey trace with its number struck")
  func fates() throws {
    let (id, closed) = try closing()
    let base = try Self.base.get().baseline
    let context = ReportContext(closed, against: base, language: ReportFixture.language)
    let before = ReportContext(
      MatchResult(unexplained: base.plan, graph: base.graph), language: ReportFixture.language)
    for exchange in before.exchanges {
      #expect(context.exchanges[exchange.rank - 1].candidate.id == exchange.candidate.id)
      let isGone =
        exchange.candidate.input.enterprise == id || exchange.candidate.output.enterprise == id
      if isGone { #expect(context.fates[exchange.rank] == .dropped) }
    }
    let dropped = context.ranks(.dropped)
    #expect(!dropped.isEmpty)
    #expect(context.exchanges.map(\.rank) == Array(1...context.exchanges.count))
    let view = view(try comparison(closed), [now])
    for drawing in [view.wideMap, view.narrowMap] {
      #expect(
        drawing.contains(
          "num \(try #require(context.exchanges.first { $0.rank == dropped[0] }).effect.styleClass) ghost"
        ))
      #expect(drawing.contains(ReportFixture.language.text("scenario.closed")))
    }
    #expect(view.hasDropped && view.wideFlow.contains("ghost"))
    // A policy without inline styles would show such a page bare.
    let drawings =
      [view.wideMap, view.narrowMap, view.wideFlow, view.narrowFlow]
      + view.figures.map(\.line) + view.balances.rows.flatMap { $0.bars.map(\.drawing) }
    for drawing in drawings { #expect(!drawing.contains("style=")) }
  }

  @Test("The park as declared beside itself differs in nothing")
  func same() throws {
    let base = try Self.base.get().baseline
    let view = view(try comparison(base), [])
    #expect(view.figures.allSatisfy { ["0", ""].contains($0.difference) })
    #expect(!view.balances.hasRows && !view.hasDropped)
    #expect(!view.wideMap.contains("ghost"))
    #expect(view.summary == ReportFixture.language.text("serve.room.as-declared"))
  }

  @Test("Without a plan the page says so and shows no figure")
  func noPlan() throws {
    let impossible = try planned([PlainChange("co2_floor", "1e9")])
    let view = view(try comparison(impossible), [now])
    #expect(!view.verdict.hasPlan && view.verdict.figures.isEmpty)
    #expect(view.figures[0].amount == ReportFixture.language.text("word.none"))
  }

  @Test("Each point of the front leads to a state that has its plan")
  func front() throws {
    let base = try Self.base.get()
    let front = try Repository.engine.front(of: base.baseline, points: 5)
    var floors: [String?] = []
    let shown = RoomFront(
      front, now: base.baseline, base: base.baseline, language: ReportFixture.language
    ) { floor in
      floors.append(floor)
      return "/room?floor=\(floor ?? "none")"
    }
    #expect(shown.hasChoice && shown.points.count == front.points.count)
    #expect(shown.points[0].isNow && floors[0] == nil)
    #expect(!shown.drawing.contains("style="))
    for (point, floor) in zip(front.points, floors).dropFirst() {
      let plan = try planned([PlainChange("co2_floor", try #require(floor))])
      let figures = try #require(plan.figures)
      #expect(abs(figures.money.typical - point.money) <= 1e-4 * abs(point.money))
      #expect(abs(figures.carbon.typical - point.carbon) <= 1e-3 * abs(point.carbon))
    }
  }

  @Test("A slider marks the baseline, says what stands, and lifts a limit by a box")
  func levers() throws {
    let base = try Self.base.get()
    let levers = LeverView(
      base.levers, LeverForm(values: ["carbon_price": "60"]), park: base.park,
      language: ReportFixture.language)
    let price = try #require(levers.sliders.first { $0.field == "carbon_price" })
    #expect(price.position == "60" && price.amount == "60" && !price.tick.isEmpty)
    #expect(price.baseline.contains("0") && price.limit.isEmpty)
    let budget = try #require(levers.sliders.first { $0.field == "capital_budget" })
    #expect(budget.limit.map(\.isLifted) == [true] && budget.tick.isEmpty)
    #expect(budget.amount == ReportFixture.language.text("serve.room.none"))
    #expect(levers.hasRules && levers.rules.allSatisfy { $0.isOn && $0.no == "off" })
    #expect(levers.enterprises.count == base.park.enterprises.count)
    let words = LeverWords.short(
      base.levers, LeverForm(values: ["carbon_price": "60"]), park: base.park,
      language: ReportFixture.language)
    #expect(words.contains("60"))
  }
}

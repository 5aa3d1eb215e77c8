import LichenAnalysis
import LichenDomain
import LichenMatching
import LichenPlanning

/// A scenario of the table: a kept one, or the one that is being looked at.
public struct RoomColumn: Sendable {
  /// `A`, `B`, or what the scenario that is not kept is called.
  public let letter: String
  public let title: String
  /// Place among the comparison's scenarios.
  public let index: Int
  public let isNow: Bool

  public init(letter: String, title: String, index: Int, isNow: Bool) {
    self.letter = letter
    self.title = title
    self.index = index
    self.isNow = isNow
  }
}

/// What a what-if page shows of one scenario beside the park as declared, and of kept ones beside both.
public struct RoomView: Sendable {
  public let figures: [RoomFigure]
  /// Drawings for wide pages and for phones.
  public let wideMap: String
  public let narrowMap: String
  public let wideFlow: String
  public let narrowFlow: String
  public let hasFlow: Bool
  let key: [LawBadge]
  public let hasDropped: Bool
  public let table: RoomTable
  public let balances: RoomBalances
  public let verdict: RoomVerdict
  /// What changed, in one sentence, to be read out.
  public let summary: String
  /// Changes, links gained and lost, and what the law says of them; none for the park as declared.
  let details: [AnalysisView]

  /// - Parameters:
  ///   - comparison: The scenario that is looked at comes first.
  ///   - columns: In order of the table.
  ///   - outlines: Land behind the map.
  public init(
    _ comparison: ScenarioComparison, columns: [RoomColumn], language: Language,
    outlines: OutlineAtlas? = nil
  ) {
    let (base, now) = (comparison.baseline, comparison.scenarios[0])
    var context = ReportContext(now, against: base, language: language)
    context.outlines = outlines
    figures = RoomFigure.all(now, base, context)
    wideMap = MapDrawing(context, format: .room, showsOthers: true).svg()
    narrowMap = MapDrawing(context, format: .narrow, showsOthers: false).svg()
    let flow = SankeyDrawing(context, format: .room)
    hasFlow = !flow.isEmpty
    wideFlow = flow.isEmpty ? "" : flow.svg()
    narrowFlow = flow.isEmpty ? "" : SankeyDrawing(context, format: .narrow).svg()
    key = context.plannedEffects.map { LawBadge($0, language) }
    hasDropped = !context.ranks(.dropped).isEmpty
    let writer = ScenarioWriter(comparison, language)
    table = RoomTable(writer, columns)
    balances = RoomBalances(writer, columns)
    verdict = RoomVerdict(now, language)
    summary =
      now.scenario.changes.isEmpty ? language.text("serve.room.as-declared") : writer.lead(0)
    details =
      now.scenario.changes.isEmpty
      ? []
      : [
        AnalysisView(
          AnalysisSection(
            id: "changes", title: "", lead: writer.lead(0),
            blocks: [.table(writer.changes(0))] + writer.details(0)), letter: "")
      ]
  }
}

/// How good the plan is, as far as it is proven.
public struct RoomVerdict: Sendable {
  /// In words: never "optimal" without proof.
  public let sentence: String
  /// Empty without a plan.
  public let figures: [Figure]
  public let hasPlan: Bool
  /// Somebody stopped the search before its end.
  public let isStopped: Bool

  public struct Figure: Sendable {
    public let name: String
    public let amount: String
    public let unit: String
  }

  init(_ now: PlannedScenario, _ language: Language) {
    let certificate = now.plan.certificate
    hasPlan = now.hasPlan
    isStopped = certificate.stopReason == .cancelled
    guard now.hasPlan else {
      sentence = language.text(
        "serve.room.no-plan", ["status": language.text("status.\(certificate.status.rawValue)")])
      figures = []
      return
    }
    let isProven = certificate.status == .optimal && certificate.gap < 5e-7
    let proof =
      isProven
      ? language.text("serve.room.proven")
      : language.text(
        "serve.room.within", ["gap": language.percent(certificate.gap, decimals: 2)])
    sentence = isStopped ? language.text("serve.room.stopped") + " " + proof : proof
    let currency = now.plan.park.settings.currency
    let isCarbon = now.plan.options.objective.isCarbonFirst
    func shown(_ value: Double) -> (value: String, unit: String) {
      isCarbon
        ? language.massParts(tonnes: value / 1000) : language.moneyParts(value, currency)
    }
    func figure(_ key: String, _ value: Double) -> Figure {
      let parts = shown(value)
      return Figure(
        name: language.text(key), amount: parts.value,
        unit: language.text("format.per-year", ["value": parts.unit]))
    }
    figures = [
      figure("serve.room.plan-value", certificate.incumbent),
      figure("serve.room.bound", certificate.bound),
    ]
  }
}

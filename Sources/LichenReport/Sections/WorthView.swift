import LichenAnalysis
import LichenDomain
import LichenGraph
import LichenMatching

/// Section D, last part: what a tonne of CO2e costs or brings, and how far the value may move.
struct WorthView {
  struct Chart {
    let heading: String
    let text: String
    let wideChart: String
    let narrowChart: String
    let caption: String
    let chartNotes: [String]
  }

  let charts: [Chart]

  /// Bars that a page can bear.
  private static let most = 20
  private static let widths = (wide: 860.0, narrow: 360.0)

  init(_ context: ReportContext, _ uncertainty: UncertaintyResult?) {
    charts = [
      Self.abatement(context), Self.ranges(context),
      uncertainty.flatMap { Self.swings(context, $0) },
    ].compactMap(\.self)
  }

  private static func chart(
    _ kind: AnalysisChart.Kind, key: String, text: String, caption: String, notes: [String],
    _ context: ReportContext
  ) -> Chart {
    let chart = AnalysisChart(kind, caption: caption)
    return Chart(
      heading: context.language.text(key), text: text, wideChart: chart.svg(width: widths.wide),
      narrowChart: chart.svg(width: widths.narrow), caption: caption, chartNotes: notes)
  }

  // MARK: Abatement curve

  /// Exchanges that avoid CO2e, those that earn most per tonne first.
  private static func abatement(_ context: ReportContext) -> Chart? {
    let language = context.language
    let saving = context.detailed.filter { $0.planned.carbon.typical > 0 }
    guard !saving.isEmpty else { return nil }
    let steps = saving.map { exchange in
      (exchange: exchange, cost: AbatementStep.cost(exchange))
    }.sorted { ($0.cost, $0.exchange.rank) < ($1.cost, $1.exchange.rank) }
    let limit = AbatementStep.limit(steps.map { ($0.cost, $0.exchange.planned.carbon.typical) })
    let symbol = language.symbol(context.currency).trimmingSpaces()
    let blocks = steps.map { step in
      let tonnes = step.exchange.planned.carbon.typical / 1000
      let cost = language.significant(step.cost) + Language.narrowGap + symbol + "/t"
      return BlockChart.Block(
        "\(step.exchange.rank) \(context.pair(step.exchange.candidate)): \(cost), "
          + language.mass(tonnes: tonnes), width: tonnes, height: step.cost,
        rank: step.exchange.rank)
    }
    let earning = steps.filter { $0.cost < 0 }
    let text = language.plural(
      "abatement.lead", count: earning.count,
      [
        "all": language.number(Double(steps.count)),
        "carbon": language.mass(
          tonnes: earning.reduce(0) { $0 + $1.exchange.planned.carbon.typical } / 1000),
        "total": language.mass(
          tonnes: steps.reduce(0) { $0 + $1.exchange.planned.carbon.typical } / 1000),
      ])
    return chart(
      .blocks(
        BlockChart(
          blocks, x: language.text("abatement.tonnes"), y: "\(symbol)/t", limit: limit,
          language: language)),
      key: "abatement.title", text: text, caption: language.text("abatement.caption"),
      notes: abatementNotes(context, costs: steps.map(\.cost), limit: limit), context)
  }

  private static func abatementNotes(
    _ context: ReportContext, costs: [Double], limit: Double
  ) -> [String] {
    let language = context.language
    var notes: [String] = []
    let cut = costs.count { abs($0) > limit }
    if cut > 0 { notes.append(language.plural("abatement.cut", count: cut)) }
    let others = context.detailed.filter { $0.planned.carbon.typical <= 0 }.map(\.rank)
    if !others.isEmpty {
      notes.append(
        language.plural(
          "abatement.others", count: others.count, ["ranks": context.rankList(others)]))
    }
    let partly = context.detailed.filter {
      $0.planned.carbon.typical > 0
        && !($0.candidate.ledger.unknownMoney.isEmpty && $0.candidate.ledger.unknownCarbon.isEmpty)
    }.map(\.rank)
    if !partly.isEmpty {
      notes.append(
        language.plural(
          "abatement.unknown", count: partly.count, ["ranks": context.rankList(partly)]))
    }
    if !context.permits.isEmpty { notes.append(language.text("abatement.permits")) }
    return notes + context.cutNotes
  }

  // MARK: Robustness

  private static func ranges(_ context: ReportContext) -> Chart? {
    let language = context.language
    let shown = context.exchanges.prefix(most)
    guard shown.contains(where: { !$0.planned.money.isExact }) else { return nil }
    let factor = context.moneyScale.factor
    let bars = shown.map { exchange in
      let money = exchange.planned.money
      return BarChart.Bar(
        "\(exchange.rank) \(context.pair(exchange.candidate))", value: money.typical / factor,
        low: money.low / factor, high: money.high / factor,
        text: language.range(context.tableMoney(money.low), context.tableMoney(money.high)),
        rank: exchange.rank)
    }
    let risky = context.exchanges.filter { $0.planned.money.low < 0 }
    let rest = context.exchanges.count - shown.count
    return chart(
      .bars(BarChart(bars, unit: context.moneyPerYear)), key: "robust.title",
      text: risky.isEmpty
        ? language.text("robust.lead-none")
        : language.plural(
          "robust.lead", count: risky.count, ["ranks": context.rankList(risky.map(\.rank))]),
      caption: language.text("robust.caption"),
      notes: rest > 0 ? [language.plural("robust.rest", count: rest)] : [], context)
  }

  // MARK: What moves the value

  private static func swings(_ context: ReportContext, _ result: UncertaintyResult) -> Chart? {
    let language = context.language
    // A carbon price belongs to the objective and not to the money.
    guard context.hasPlan, !context.exchanges.isEmpty,
      context.plan.options.objective != .carbonPriced
    else { return nil }
    let moving = result.factors.filter { $0.atLow != $0.atHigh }.prefix(12)
    guard !moving.isEmpty else { return nil }
    let isCarbon: Bool =
      switch context.plan.options.objective {
      case .carbon, .carbonThenBenefit: true
      case .netBenefit, .benefitThenCarbon, .carbonPriced: false
      }
    let scale = isCarbon ? context.carbonScale : context.moneyScale
    let bars = moving.map {
      SwingChart.Swing(
        name($0.factor, in: result, context), atLow: $0.atLow / scale.factor,
        atHigh: $0.atHigh / scale.factor)
    }
    let typical = isCarbon ? result.carbon.typical : result.money.typical
    return chart(
      .swings(
        SwingChart(
          Array(bars), middle: typical / scale.factor,
          unit: isCarbon ? context.carbonPerYear : context.moneyPerYear, language: language)),
      key: "swing.title", text: language.text("swing.lead"),
      caption: language.text("swing.caption"), notes: [], context)
  }

  /// What a factor is, as the list of measurements calls it; else the row that it stands in.
  private static func name(
    _ factor: UncertainFactor, in result: UncertaintyResult, _ context: ReportContext
  ) -> String {
    guard let measurement = result.measurements.first(where: { $0.factor == factor }) else {
      return factor.reference
    }
    let what = subject(measurement, context.language, context.plan)
    guard measurement.enterprises.count == 1, let site = measurement.enterprises.first else {
      return what
    }
    return "\(what), \(context.names.short(site))"
  }
}

/// Cost of avoiding CO2e by one exchange.
enum AbatementStep {
  /// [park currency/t CO2e]; below zero where the exchange earns money. Only for exchanges that avoid
  /// CO2e.
  static func cost(_ exchange: RankedExchange) -> Double {
    -exchange.planned.money.typical / (exchange.planned.carbon.typical / 1000)
  }

  /// Beyond this height a block is cut: three times the height that nine tenths of the CO2e stay within. One
  /// exchange that hardly saves CO2e would else flatten all others.
  static func limit(_ steps: [(cost: Double, carbon: Double)]) -> Double {
    let total = steps.reduce(0) { $0 + $1.carbon }
    var within = 0.0
    for step in steps.sorted(by: { abs($0.cost) < abs($1.cost) }) {
      within += step.carbon
      if within >= 0.9 * total { return max(3 * abs(step.cost), 1e-9) }
    }
    return .infinity
  }
}

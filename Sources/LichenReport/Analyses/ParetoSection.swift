import LichenAnalysis
import LichenMatching

extension AnalysisSection {
  /// What one figure costs in money: the front, its price from step to step, and the plan of each point.
  public static func pareto(
    _ front: ParetoFront, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    ParetoWriter(front, ReportContext(result, language: language)).section
  }
}

private struct ParetoWriter {
  let front: ParetoFront
  let context: ReportContext
  var language: Language { context.language }

  init(_ front: ParetoFront, _ context: ReportContext) {
    self.front = front
    self.context = context
  }

  private func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    language.text("pareto.\(key)", arguments)
  }

  private var name: String { language.text("criterion.\(front.criterion.rawValue)") }
  /// Units of the figure in one unit of the table.
  private var scale: Double {
    switch front.criterion {
    case .carbon: context.carbonScale.factor
    case .capital: context.moneyScale.factor
    case .water, .landfill, .links: 1
    }
  }
  private var unit: String {
    switch front.criterion {
    case .carbon: context.carbonPerYear
    case .capital: context.moneyScale.unit
    case .water: language.text("format.per-year", ["value": "m³"])
    case .landfill: language.text("format.per-year", ["value": "t"])
    case .links: ""
    }
  }

  private func figure(_ value: Double) -> String { language.number(value / scale) }

  var section: AnalysisSection {
    var blocks: [AnalysisSection.Block] = []
    if front.points.count > 1 { blocks.append(.chart(chart)) }
    blocks.append(.table(table))
    blocks.append(
      .note(
        text(
          front.isComplete ? "complete" : "cut",
          [
            "solves": language.number(Double(front.solves)),
            "volume": language.percent(front.hypervolume),
            "points": language.number(Double(front.points.count)),
          ])))
    if front.points.contains(where: { $0.bound.isFinite && $0.gap > 0 }) {
      blocks.append(.note(text("gaps")))
    }
    return AnalysisSection(
      id: "pareto", title: text("title", ["criterion": name]), lead: lead, blocks: blocks)
  }

  private var lead: String {
    guard let first = front.points.first, let last = front.points.last, front.points.count > 1
    else { return text("single", ["criterion": name]) }
    return text(
      "lead",
      [
        "criterion": name,
        "money": language.money(first.money, context.currency),
        "first": "\(figure(first.figure)) \(unit)".trimmingSpaces(),
        "last": "\(figure(last.figure)) \(unit)".trimmingSpaces(),
        "other": language.money(last.money, context.currency),
      ])
  }

  private var chart: AnalysisChart {
    let points = front.points.map {
      (x: $0.money / context.moneyScale.factor, y: $0.figure / scale)
    }
    var series: [PlotChart.Series] = []
    for (index, stretch) in front.stretches.enumerated() where stretch == .line {
      series.append(PlotChart.Series("", [points[index], points[index + 1]]))
    }
    let dots = PlotChart.Series("", points, form: .dots)
    let marks = points.enumerated().map { index, point in
      PlotChart.Mark(x: point.x, y: point.y, text: "\(index + 1)")
    }
    return AnalysisChart(
      .plot(
        PlotChart(
          x: .init("\(text("money")), \(context.moneyPerYear)"),
          y: .init(unit.isEmpty ? name : "\(name), \(unit)"), series: [dots] + series,
          marks: marks, language: language)),
      caption: text("caption"))
  }

  private var table: AnalysisTable {
    let rows = front.points.enumerated().map { index, point -> [String] in
      let price =
        index == 0
        ? ""
        : language.significant(front.price(after: index - 1) * priceScale, digits: 3)
      return [
        "\(index + 1)", context.tableMoney(point.money), figure(point.figure), price,
        language.number(Double(point.flows.count)), context.tableMoney(point.capital),
        point.bound.isFinite
          ? language.percent(point.gap, decimals: point.gap == 0 ? 0 : 2) : "",
      ]
    }
    return AnalysisTable(
      [
        .text(text("point")), .number("\(text("money")), \(context.moneyPerYear)"),
        .number(unit.isEmpty ? name : "\(name), \(unit)"),
        .number(text("price", ["unit": priceUnit])), .number(text("exchanges")),
        .number("\(text("capital")), \(context.moneyScale.unit)"), .number(text("gap")),
      ], rows: rows)
  }

  /// Prices are told per t of CO2e, else per unit of the figure.
  private var priceScale: Double { front.criterion == .carbon ? 1000 : 1 }
  private var priceUnit: String {
    let money = language.symbol(context.currency)
    return switch front.criterion {
    case .carbon: "\(money)/t"
    case .water: "\(money)/m³"
    case .landfill: "\(money)/t"
    case .links: "\(money)"
    case .capital: "\(money)/\(money)"
    }
  }
}

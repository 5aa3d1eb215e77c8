import LichenAnalysis
import LichenDomain
import LichenMatching
import LichenPlanning

extension AnalysisSection {
  /// What to build when: the dates of everything, capital and cash by year, and what waiting costs.
  public static func roadmap(
    _ roadmap: RoadmapResult, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    RoadmapWriter(roadmap, ReportContext(result, language: language)).section
  }
}

private struct RoadmapWriter {
  let roadmap: RoadmapResult
  let context: ReportContext
  let things: ThingNames
  let scale: TableScale

  init(_ roadmap: RoadmapResult, _ context: ReportContext) {
    self.roadmap = roadmap
    self.context = context
    things = ThingNames(context)
    let largest = roadmap.years.flatMap { [$0.invested, $0.gain, $0.cumulated] }
    scale = .money(
      largest: largest.map(abs).max() ?? 0, currency: context.currency, language: context.language)
  }

  private var language: Language { context.language }
  private var options: RoadmapOptions { roadmap.options }
  private func table(_ value: Double) -> String { language.number(value / scale.factor) }
  private func headline(_ value: Double) -> String { language.money(value, context.currency) }

  var section: AnalysisSection {
    let title = language.text("roadmap.title", ["from": "\(options.from)"])
    guard roadmap.solution.isThere else {
      return AnalysisSection(
        id: "roadmap", title: title,
        lead: language.text(
          roadmap.solution.status == .infeasible ? "roadmap.impossible" : "roadmap.not-found"),
        blocks: [.note(assumptions)])
    }
    var blocks: [AnalysisSection.Block] = [.paragraph(proof), .paragraph(waiting)]
    if !begun.isEmpty { blocks += [.chart(gantt), .table(dates)] }
    blocks += [
      .heading(language.text("roadmap.years")), .table(calendar), .chart(cash),
      .note(assumptions),
    ]
    if [.carbon, .carbonThenBenefit].contains(roadmap.plan.options.objective) {
      blocks.append(.note(language.text("roadmap.other-objective")))
    }
    if !roadmap.unknownWaits.isEmpty {
      blocks.append(
        .note(
          language.text(
            "roadmap.unknown-waits",
            ["permits": language.list(roadmap.unknownWaits.map { things.name(.permit, $0) })])))
    }
    if !never.isEmpty {
      blocks.append(
        .note(
          language.text(
            "roadmap.never", ["things": language.list(never.map { things.name($0.kind, $0.name) })])
        )
      )
    }
    if !tooDear.isEmpty {
      blocks.append(
        .note(
          language.text(
            "roadmap.too-dear",
            ["things": language.list(tooDear.map { things.name($0.kind, $0.name) })])))
    }
    return AnalysisSection(id: "roadmap", title: title, lead: lead, blocks: blocks)
  }

  /// What begins, permits apart, which stand in the rows of what needs them.
  private var begun: [RoadmapItem] {
    Array(
      roadmap.items.filter { $0.begin != nil && $0.kind != .permit }.prefix(ReportContext.most))
  }
  private var never: [RoadmapItem] {
    Array(
      roadmap.items.filter { $0.begin == nil && $0.kind != .permit }.prefix(ReportContext.most))
  }

  /// What no single year can pay, where nothing is carried over.
  private var tooDear: [RoadmapItem] {
    guard let most = options.budgets.max(), !options.carriesOver else { return [] }
    return never.filter { $0.capital > most }
  }

  private var lead: String {
    language.text(
      "roadmap.lead",
      [
        "value": headline(roadmap.netPresentValue), "years": "\(options.years)",
        "rate": language.percent(roadmap.rate, decimals: 1),
        "invested": headline(roadmap.years.reduce(0) { $0 + $1.invested }),
        "benefit": headline(roadmap.years.last?.benefit ?? 0),
        "last": "\(roadmap.years.last?.year ?? options.from)",
      ])
  }

  private var proof: String {
    if roadmap.solution.status == .optimal { return language.text("roadmap.proven") }
    guard let gap = roadmap.solution.gap else { return language.text("roadmap.unproven") }
    return language.text("roadmap.gap", ["gap": language.percent(gap, decimals: 2)])
  }

  private var waiting: String {
    var parts: [String] = []
    if let cost = roadmap.costOfCapitalLimits, !options.budgets.isEmpty {
      parts.append(language.text("roadmap.capital-cost", ["cost": headline(cost)]))
    }
    if let cost = roadmap.costOfWaits {
      parts.append(language.text("roadmap.wait-cost", ["cost": headline(cost)]))
    }
    let isProven = [roadmap.solution, roadmap.unlimited, roadmap.ideal].allSatisfy {
      $0.status == .optimal
    }
    if !isProven { parts.append(language.text("roadmap.cost-gaps")) }
    return parts.joined(separator: " ")
  }

  private var assumptions: String {
    let wait = language.text("roadmap.wait.\(options.wait.rawValue)")
    let scope = language.text("roadmap.scope.\(options.scope.rawValue)")
    let priced = roadmap.model.carbonValue > 0 ? " " + language.text("roadmap.priced") : ""
    return language.text(
      "roadmap.assumptions",
      [
        "wait": wait, "scope": scope, "periods": "\(options.periodsPerYear)",
        "building": language.number(options.buildingDays),
      ]) + priced
  }

  // MARK: Dates

  private func date(_ period: Int) -> Double {
    Double(options.from) + Double(period) / Double(options.periodsPerYear)
  }

  /// `2026`, or `2026 (2/4)` for a part of a year.
  private func name(_ period: Int) -> String {
    let year = options.from + period / options.periodsPerYear
    guard options.periodsPerYear > 1 else { return "\(year)" }
    return "\(year) (\(period % options.periodsPerYear + 1)/\(options.periodsPerYear))"
  }

  private var gantt: AnalysisChart {
    let rows = begun.map { item -> SpanChart.Row in
      var spans: [SpanChart.Span] = []
      let begin = item.begin ?? 0
      let built = item.buildFrom ?? begin
      if let from = item.permitFrom, let until = item.permitUntil {
        spans.append(.init(from: date(from), to: date(until), style: .waiting))
      }
      if built < begin {
        spans.append(.init(from: date(built), to: date(begin), style: .building))
      }
      spans += stretches(of: item.running).map {
        .init(from: date($0.lowerBound), to: date($0.upperBound), style: .running)
      }
      return SpanChart.Row(things.short(item.kind, item.name), spans: spans)
    }
    return AnalysisChart(
      .spans(
        SpanChart(
          rows: rows,
          columns: (0..<options.years).map {
            (Double(options.from + $0), "\(options.from + $0)")
          }, end: Double(options.from + options.years),
          legend: [
            (.waiting, language.text("roadmap.waiting")),
            (.building, language.text("roadmap.building")),
            (.running, language.text("roadmap.running")),
          ])),
      caption: language.text("roadmap.gantt-caption"))
  }

  /// Periods in a row.
  private func stretches(of periods: [Int]) -> [Range<Int>] {
    periods.reduce(into: [Range<Int>]()) { stretches, period in
      if let last = stretches.last, last.upperBound == period {
        stretches[stretches.count - 1] = last.lowerBound..<(period + 1)
      } else {
        stretches.append(period..<(period + 1))
      }
    }
  }

  private var dates: AnalysisTable {
    AnalysisTable(
      [
        .text(language.text("roadmap.what")), .text(language.text("roadmap.permit-from")),
        .text(language.text("roadmap.build-from")), .text(language.text("roadmap.runs-from")),
        .number("\(language.text("roadmap.capital")), \(scale.unit)"),
      ],
      rows: begun.map { item in
        [
          things.name(item.kind, item.name), item.permitFrom.map(name) ?? "",
          item.buildFrom.map(name) ?? "",
          item.existed ? language.text("roadmap.existed") : item.begin.map(name) ?? "",
          table(item.capital),
        ]
      })
  }

  // MARK: Years

  private var calendar: AnalysisTable {
    AnalysisTable(
      [
        .text(language.text("roadmap.year")),
        .number("\(language.text("roadmap.invested")), \(scale.unit)"),
        .number("\(language.text("roadmap.available")), \(scale.unit)"),
        .number("\(language.text("roadmap.gain")), \(scale.unit)"),
        .number("\(language.text("roadmap.benefit")), \(scale.unit)"),
        .number("\(language.text("roadmap.static")), \(scale.unit)"),
        .number(language.text("roadmap.carbon", ["unit": context.carbonScale.unit])),
        .number("\(language.text("roadmap.cumulated")), \(scale.unit)"),
        .number("\(language.text("roadmap.discounted")), \(scale.unit)"),
      ],
      rows: roadmap.years.map { year in
        [
          "\(year.year)", table(year.invested),
          year.available.map(table) ?? language.text("roadmap.unlimited"), table(year.gain),
          table(year.benefit), table(year.staticBenefit), context.tableCarbon(year.carbon),
          table(year.cumulated), table(year.cumulatedDiscounted),
        ]
      })
  }

  private var cash: AnalysisChart {
    func line(_ key: KeyPath<RoadmapYear, Double>) -> [(x: Double, y: Double)] {
      [(0, 0)]
        + roadmap.years.enumerated().map {
          (Double($0 + 1), $1[keyPath: key] / scale.factor)
        }
    }
    return AnalysisChart(
      .plot(
        PlotChart(
          x: .init(
            language.text("roadmap.years-since", ["from": "\(options.from)"]), holdsZero: true),
          y: .init("\(language.text("roadmap.cumulated")), \(scale.unit)", holdsZero: true),
          series: [
            PlotChart.Series(
              language.text("roadmap.cumulated"), line(\.cumulated), form: .lineWithDots),
            PlotChart.Series(language.text("roadmap.discounted"), line(\.cumulatedDiscounted)),
          ], language: language)),
      caption: language.text(
        "roadmap.cash-caption", ["residual": headline(roadmap.residualValue)]))
  }
}

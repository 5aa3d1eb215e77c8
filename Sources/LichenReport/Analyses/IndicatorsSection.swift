import LichenAnalysis
import LichenDomain
import LichenMatching

extension AnalysisSection {
  /// What the plan moves of the criteria of eco-industrial parks, of the network and of the flows.
  public static func indicators(
    _ analysis: IndicatorAnalysis, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    IndicatorsWriter(analysis, ReportContext(result, language: language)).section
  }
}

struct IndicatorsWriter {
  let analysis: IndicatorAnalysis
  let context: ReportContext
  var language: Language { context.language }

  init(_ analysis: IndicatorAnalysis, _ context: ReportContext) {
    self.analysis = analysis
    self.context = context
  }

  func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    language.text(key, arguments)
  }

  private func number(_ value: Int) -> String { language.number(Double(value)) }

  var section: AnalysisSection {
    var blocks: [AnalysisSection.Block] = [
      .heading(text("indicators.moved")), .table(figures), .note(text("indicators.ends")),
      .heading(text("indicators.criteria")), .table(criteria),
    ]
    let shown = analysis.answered.filter(\.mustBeChecked)
    if !shown.isEmpty { blocks.append(.note(text("indicators.check"))) }
    for definition in analysis.definitions {
      blocks.append(
        .note(
          text(
            "indicators.definition",
            ["name": language.term(definition.name), "source": definition.source])))
    }
    blocks += [
      .heading(text("indicators.unknown")), .paragraph(text("indicators.unknown.lead")),
      .table(unknown), .heading(text("indicators.network")), .table(network),
      .note(text("indicators.network.note")),
    ]
    if !analysis.flows.isEmpty {
      blocks += [.heading(text("indicators.flows"))]
      blocks += analysis.flows.map { .table(flows($0.today, $0.planned)) }
      blocks.append(.note(text("indicators.flows.note")))
    }
    if !analysis.withoutStreams.isEmpty {
      blocks.append(
        .note(
          text(
            "indicators.without-streams", ["ids": language.list(analysis.withoutStreams)])))
    }
    return AnalysisSection(
      id: "indicators", title: text("indicators.title"), lead: lead, blocks: blocks)
  }

  private var lead: String {
    let asked = analysis.answered.count + analysis.unknown.count
    let met = analysis.answered.count { $0.planned == .met }
    let before = analysis.answered.count { $0.today == .met }
    return text(
      "indicators.lead",
      [
        "asked": number(asked), "answered": number(analysis.answered.count),
        "met": number(met), "before": number(before),
      ])
  }

  // MARK: Figures

  private func amount(_ value: Double, _ unit: String) -> String {
    unit == "count" ? language.number(value) : language.significant(value, digits: 3)
  }

  /// `5`, `3–7`, `at least 3`.
  func bounds(_ bounds: IndicatorBounds?, _ unit: String) -> String {
    guard let bounds else { return text("word.unknown") }
    switch (bounds.low, bounds.high) {
    case (let low?, let high?):
      return low == high
        ? amount(low, unit)
        : text("format.range-signed", ["low": amount(low, unit), "high": amount(high, unit)])
    case (let low?, nil): return text("indicators.at-least", ["value": amount(low, unit)])
    case (nil, let high?): return text("indicators.at-most", ["value": amount(high, unit)])
    case (nil, nil): return text("word.unknown")
    }
  }

  /// Where nobody knows an end, the known part and how many are missing.
  private func known(
    _ bounds: IndicatorBounds?, _ known: Double?, open: Int, _ unit: String
  )
    -> String
  {
    if let bounds, bounds.low == nil, bounds.high == nil, let known {
      return language.plural(
        "indicators.known", count: open, ["value": language.significant(known, digits: 3)])
    }
    return self.bounds(bounds, unit)
  }

  private func unitName(_ figure: IndicatorFigure) -> String {
    switch figure.unit {
    case "count": ""
    case "percent": "%"
    default: figure.unit.replacing("m3", with: "m³").replacing("CO2e", with: "CO₂e")
    }
  }

  private var figures: AnalysisTable {
    AnalysisTable(
      [
        .text(text("indicators.figure")), .number(text("indicators.today")),
        .number(text("indicators.planned")), .number(text("indicators.change")),
        .text(text("indicators.unit")), .text(text("indicators.confidence")),
        .text(text("indicators.formula")),
      ],
      rows: analysis.figures.map { figure in
        let open =
          figure.unquantified > 0
          ? " " + language.plural("indicators.left-out", count: figure.unquantified) : ""
        return [
          text("indicator.\(figure.measure.rawValue)"),
          known(figure.today, figure.knownToday, open: figure.openToday, figure.unit),
          known(figure.planned, figure.knownPlanned, open: figure.openPlanned, figure.unit),
          bounds(figure.change, figure.unit),
          unitName(figure), text("confidence.\(figure.confidence.rawValue)"),
          text("indicator.\(figure.measure.rawValue).formula") + open,
        ]
      })
  }

  // MARK: Criteria

  func threshold(_ criterion: EcoParkCriterion) -> String {
    guard let comparison = criterion.comparison else {
      return criterion.kind == .reported
        ? text("indicators.reported") : language.term(criterion.notes)
    }
    let value = criterion.threshold.map { language.plain($0) } ?? ""
    return text(
      "comparison.\(comparison.rawValue)",
      ["value": "\(value) \(language.term(criterion.unit))".trimmingSpaces()])
  }

  func state(_ state: CriterionState?, reaches: Bool?, _ criterion: EcoParkCriterion)
    -> String
  {
    guard let state else { return "" }
    if state == .cannotBeSaid, reaches == true {
      return text("indicators.reached", ["needs": language.term(criterion.needs)])
    }
    let mark = criterion.confidence == .recalled && state != .cannotBeSaid ? " *" : ""
    return text("criterion.state.\(state.rawValue)") + mark
  }

  private var criteria: AnalysisTable {
    AnalysisTable(
      [
        .text(text("indicators.criterion")), .text(text("indicators.set")),
        .text(text("indicators.threshold")), .number(text("indicators.today")),
        .number(text("indicators.planned")), .text(text("indicators.state-today")),
        .text(text("indicators.state-planned")), .text(text("indicators.source")),
      ],
      rows: analysis.answered.map { finding in
        let criterion = finding.criterion
        let unit = finding.figure?.unit ?? ""
        return [
          "\(criterion.id): \(language.term(criterion.name))",
          text("criterion.set.\(criterion.origin.rawValue)"),
          threshold(criterion), bounds(finding.figure?.today, unit),
          bounds(finding.figure?.planned, unit),
          state(finding.today, reaches: finding.reachesToday, criterion),
          state(finding.planned, reaches: finding.reachesPlanned, criterion),
          "\(criterion.source) (\(text("confidence.\(criterion.confidence.rawValue)")))",
        ]
      })
  }

  private var unknown: AnalysisTable {
    AnalysisTable(
      [
        .text(text("indicators.criterion")), .text(text("indicators.set")),
        .text(text("indicators.threshold")), .text(text("indicators.needs")),
      ],
      rows: analysis.unknown.map { finding in
        let criterion = finding.criterion
        return [
          "\(criterion.id): \(language.term(criterion.name))",
          text("criterion.set.\(criterion.origin.rawValue)"),
          threshold(criterion),
          criterion.measure == nil
            ? language.term(criterion.needs) : text("indicators.nothing-declared"),
        ]
      })
  }

  // MARK: Network and flows

  private func decimal(_ value: Double?) -> String {
    value.map { language.significant($0, digits: 3) } ?? text("word.unknown")
  }

  private func bridges(_ metrics: NetworkMetrics) -> String {
    metrics.bridges.isEmpty
      ? text("word.none")
      : language.list(
        metrics.bridges.map {
          "\(context.names.short($0.firm)) (\(language.significant($0.betweenness, digits: 3)))"
        })
  }

  private var network: AnalysisTable {
    let (now, then) = (analysis.networkToday, analysis.networkPlanned)
    func row(_ key: String, _ value: (NetworkMetrics) -> String) -> [String] {
      [text("network.\(key)"), value(now), value(then), text("network.\(key).formula")]
    }
    return AnalysisTable(
      [
        .text(text("indicators.figure")), .number(text("indicators.today")),
        .number(text("indicators.planned")), .text(text("indicators.formula")),
      ],
      rows: [
        row("firms") { number($0.firms) }, row("pairs") { number($0.pairs) },
        row("density") { decimal($0.density) },
        row("partners") { decimal($0.meanPartners) },
        row("most-partners") { number($0.mostPartners) },
        row("centralisation") { decimal($0.centralisation) },
        row("reciprocity") { decimal($0.reciprocity) },
        row("cyclicity") { decimal($0.cyclicity) }, row("betweenness", bridges),
      ])
  }

  private func flows(_ now: FlowMetrics, _ then: FlowMetrics) -> AnalysisTable {
    let unit = language.text("format.per-year", ["value": language.unitText(now.medium.unit)])
    func row(_ key: String, _ value: (FlowMetrics) -> String) -> [String] {
      [text("flow.\(key)"), value(now), value(then), text("flow.\(key).formula")]
    }
    func amount(_ value: Double) -> String { language.significant(value, digits: 3) }
    return AnalysisTable(
      [
        .text("\(text("flow.medium.\(now.medium.rawValue)")), \(unit)"),
        .number(text("indicators.today")), .number(text("indicators.planned")),
        .text(text("indicators.formula")),
      ],
      rows: [
        row("exchanged") { amount($0.exchanged) }, row("bought") { amount($0.bought) },
        row("exported") { amount($0.exported) }, row("lost") { amount($0.lost) },
        row("closing") { amount($0.closingImports + $0.closingExports) },
        row("throughput") { amount($0.throughput) },
        row("cycling") { decimal($0.cyclingIndex) }, row("path") { decimal($0.meanPathLength) },
        row("ascendency") { amount($0.ascendency) }, row("order") { decimal($0.order) },
        row("left-out") { number($0.leftOut) },
      ])
  }
}

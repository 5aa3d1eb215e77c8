import LichenAnalysis
import LichenDomain
import LichenMatching

extension AnalysisSection {
  /// Plan beside actual: stages, deliveries, forecast, programme totals, and the plan made again.
  /// - Parameter prior: How often proposals were carried out in published programmes.
  public static func monitor(
    _ monitor: MonitorAnalysis, again: Reoptimisation, prior: AcceptancePrior?,
    of result: MatchResult, language: Language
  ) -> AnalysisSection {
    MonitorWriter(
      monitor: monitor, again: again, prior: prior,
      context: ReportContext(result, language: language)
    ).section
  }
}

private struct MonitorWriter {
  let monitor: MonitorAnalysis
  let again: Reoptimisation
  let prior: AcceptancePrior?
  let context: ReportContext
  var language: Language { context.language }

  func text(_ key: String, _ arguments: [String: String] = [:]) -> String {
    language.text(key, arguments)
  }

  func number(_ value: Int) -> String { language.number(Double(value)) }

  /// Rows of a table that are shown.
  static let most = 400

  var section: AnalysisSection {
    var blocks: [AnalysisSection.Block] = [.table(stages)]
    if let prior {
      blocks.append(
        .paragraph(
          text(
            "monitor.prior",
            [
              "share": language.percent(prior.mean),
              "confidence": text("confidence.\(prior.confidence.rawValue)"),
            ])))
    }
    blocks += [
      .heading(text("monitor.saved")), .table(effects), .note(text("monitor.saved.note")),
    ]
    if monitor.totals.unreported > 0 {
      blocks.append(.note(language.plural("monitor.unreported", count: monitor.totals.unreported)))
    }
    if monitor.totals.sectors.count > 1 {
      blocks += [.heading(text("monitor.sectors")), .table(sectors)]
    }
    if let chart { blocks.append(.chart(chart)) }
    blocks += [.heading(text("monitor.subjects")), .table(subjects)]
    if monitor.subjects.count > Self.most { blocks.append(.note(cut(monitor.subjects.count))) }
    blocks.append(.note(text("monitor.forecast.note")))
    let periods = periodRows
    if !periods.isEmpty {
      blocks += [.heading(text("monitor.periods")), .table(table(of: periods))]
      if periods.count > Self.most { blocks.append(.note(cut(periods.count))) }
    }
    blocks += notes + again(of: again)
    return AnalysisSection(
      id: "monitor", title: text("monitor.title"), lead: lead, blocks: blocks)
  }

  private func cut(_ count: Int) -> String {
    text(
      "report.cut",
      ["count": language.number(Double(Self.most)), "all": language.number(Double(count))])
  }

  private var lead: String {
    let all = monitor.totals.all
    return text(
      monitor.year == nil ? "monitor.lead.silent" : "monitor.lead",
      [
        "found": number(all.found), "running": number(all.running), "firms": number(all.firms),
        "share": all.realisedShare.map { language.percent($0) } ?? text("word.unknown"),
        "year": monitor.year.map(String.init) ?? "",
      ])
  }

  private var notes: [AnalysisSection.Block] {
    var notes: [AnalysisSection.Block] = []
    for reason in UnusedActual.Reason.allCases {
      let ids = monitor.unused.filter { $0.reason == reason }.map(\.id)
      if !ids.isEmpty {
        notes.append(.note(text("monitor.unused.\(reason.rawValue)", ["ids": language.list(ids)])))
      }
    }
    if monitor.legCount > 0 {
      notes.append(.note(language.plural("monitor.legs", count: monitor.legCount)))
    }
    return notes
  }

  // MARK: Programme

  private var stages: AnalysisTable {
    func row(_ key: String, _ counts: StageCounts) -> [String] {
      [text(key), number(counts.found)] + counts.reached.map { number($0.count) } + [
        number(counts.stopped), number(counts.firms),
        counts.realisedShare.map { language.percent($0) } ?? "",
      ]
    }
    let reached = monitor.totals.all.reached.map {
      AnalysisTable.Column.number(text("stage.\($0.stage.rawValue)"))
    }
    return AnalysisTable(
      [.text(""), .number(text("monitor.found"))] + reached + [
        .number(text("stage.stopped")), .number(text("monitor.firms")),
        .number(text("monitor.share")),
      ],
      rows: [
        row("monitor.measures", monitor.totals.measures),
        row("monitor.exchanges", monitor.totals.exchanges),
      ], total: row("monitor.all", monitor.totals.all))
  }

  private var effects: AnalysisTable {
    let totals = [monitor.totals.promised, monitor.totals.running, monitor.totals.expected]
    let kinds: [(key: String, unit: String, scale: Double, path: KeyPath<SubjectEffect, Double?>)] =
      [
        ("money", context.currency.code, 1, \.money), ("carbon", "t CO₂e", 0.001, \.carbon),
        ("waste", "t", 1, \.waste), ("water", "m³", 1, \.water), ("energy", "GJ", 1, \.energy),
        ("chemicals", "t", 1, \.chemicals),
      ]
    return AnalysisTable(
      [
        .text(text("monitor.effect")), .text(text("indicators.unit")),
        .number(text("monitor.promised")), .number(text("monitor.running")),
        .number(text("monitor.expected", ["year": monitor.year.map(String.init) ?? "–"])),
      ],
      rows: kinds.enumerated().map { index, kind in
        let cells = totals.map { total -> String in
          let value = (total.sum[keyPath: kind.path] ?? 0) * kind.scale
          let known = language.significant(value, digits: 3)
          let open = total.unknown[index]
          return open > 0 ? "\(known) + \(language.plural("monitor.open", count: open))" : known
        }
        return [text("effect.\(kind.key)"), kind.unit] + cells
      })
  }

  private var sectors: AnalysisTable {
    AnalysisTable(
      [
        .text(text("monitor.sector")), .number(text("monitor.measures")),
        .number(text("monitor.measures.running")), .number(text("monitor.exchanges")),
        .number(text("monitor.exchanges.running")),
        .number("\(text("effect.money")), \(context.moneyPerYear)"),
        .number("\(text("effect.carbon")), \(context.carbonPerYear)"),
      ],
      rows: monitor.totals.sectors.map { sector in
        [
          sector.name.isEmpty ? text("monitor.no-sector") : sector.name,
          number(sector.measures.found), number(sector.measures.running),
          number(sector.exchanges.found), number(sector.exchanges.running),
          context.tableMoney(sector.running.sum.money ?? 0),
          context.tableCarbon(sector.running.sum.carbon ?? 0),
        ]
      })
  }

  // MARK: Subjects

  private func name(_ subject: MonitorSubject) -> String {
    let who = subject.enterprises.map(context.names.short)
    let ends =
      who.count == 2 ? text("exchange.pair", ["from": who[0], "to": who[1]]) : who.joined()
    return ends.isEmpty ? subject.id : "\(subject.id): \(ends)"
  }

  private func unit(_ subject: MonitorSubject) -> String {
    let material = subject.output?.material ?? subject.input?.material
    return material.flatMap { context.park.material($0) }?.referenceUnit.id ?? ""
  }

  private func quantity(_ value: Double?, _ subject: MonitorSubject) -> String {
    value.map { language.quantity($0, unit: unit(subject)) } ?? ""
  }

  private var subjects: AnalysisTable {
    AnalysisTable(
      [
        .text(text("monitor.subject")), .text(text("monitor.stage")),
        .number(text("monitor.planned")), .number(text("monitor.reported")),
        .number(text("monitor.forecast")), .number("\(text("effect.carbon")), t"),
        .text(text("monitor.alarms")),
      ],
      rows: monitor.subjects.prefix(Self.most).map(row))
  }

  private func row(_ found: MonitoredSubject) -> [String] {
    let subject = found.subject
    let day = found.history.last { $0.status == found.stage }.map { " " + language.date($0.date) }
    let stage =
      text("stage.\(found.stage.rawValue)")
      + (found.stageBasis == .progress
        ? day ?? "" : " (\(text("stage.from.\(found.stageBasis.rawValue)")))")
    let forecast = found.forecast
    let alarms = found.alarms.map { alarm in
      alarm == .lateStart
        ? language.plural("alarm.late-start", count: found.yearsLate ?? 0)
        : text("alarm.\(alarm.rawValue)")
    }
    let planned = subject.isPlanned ? subject.plannedQuantity : nil
    return [
      name(subject), stage, quantity(planned, subject),
      forecast.map { reported($0, subject) } ?? "",
      forecast.map { yearsEnd($0, subject) } ?? "", tonnes(found.expectedEffect?.carbon),
      language.list(alarms),
    ]
  }

  /// `160 t in 2 months`.
  private func reported(_ forecast: YearForecast, _ subject: MonitorSubject) -> String {
    let months = language.plural("monitor.months", count: forecast.months)
    return "\(quantity(forecast.reported, subject)) \(months)"
  }

  /// `960 t (960 to 1,060)`.
  private func yearsEnd(_ forecast: YearForecast, _ subject: MonitorSubject) -> String {
    let typical = quantity(forecast.typical, subject)
    if forecast.low == forecast.high { return typical }
    let range = text(
      "format.range-signed",
      [
        "low": language.significant(forecast.low, digits: 3),
        "high": language.significant(forecast.high, digits: 3),
      ])
    return "\(typical) (\(range))"
  }

  private var periodRows: [[String]] {
    monitor.subjects.flatMap { found in found.periods.map { row($0, of: found.subject) } }
  }

  private func row(_ period: MonitoredPeriod, of subject: MonitorSubject) -> [String] {
    [
      subject.id, period.period.description, quantity(period.planned, subject),
      quantity(period.delivered, subject), tonnes(period.plannedEffect?.carbon),
      tonnes(period.effect.carbon), figure(period.effect.money), figure(period.reportedMoney),
    ]
  }

  /// Blank when unknown.
  private func figure(_ value: Double?) -> String {
    guard let value else { return "" }
    return language.significant(value, digits: 3)
  }

  private func tonnes(_ kilograms: Double?) -> String { figure(kilograms.map { $0 / 1000 }) }

  private func table(of rows: [[String]]) -> AnalysisTable {
    AnalysisTable(
      [
        .text(text("monitor.subject")), .text(text("monitor.period")),
        .number(text("monitor.planned")), .number(text("monitor.delivered")),
        .number(text("monitor.carbon-planned")), .number(text("monitor.carbon")),
        .number("\(text("monitor.money")), \(context.currency.code)"),
        .number("\(text("monitor.money-reported")), \(context.currency.code)"),
      ], rows: Array(rows.prefix(Self.most)))
  }
}

/// Stages over time, and the plan made again.
extension MonitorWriter {
  /// `nil` where no stage has a day.
  private var chart: AnalysisChart? {
    let dated = monitor.subjects.filter { !$0.history.isEmpty }.prefix(40)
    let days = dated.flatMap(\.history).map { Self.year($0.date) }
    let reported = monitor.subjects.flatMap(\.periods).map {
      Double($0.period.year) + Double($0.period.firstMonth + $0.period.months - 1) / 12
    }
    guard let first = days.min(), let last = (days + reported).max() else { return nil }
    let years = Int(first.rounded(.down))...Int(last.rounded(.down))
    let end = Double(years.upperBound + 1)
    let rows = dated.map { found -> SpanChart.Row in
      let steps = found.history
      let spans = steps.indices.compactMap { index -> SpanChart.Span? in
        guard let style = Self.style(steps[index].status) else { return nil }
        let next = index + 1 < steps.count ? Self.year(steps[index + 1].date) : last
        return SpanChart.Span(
          from: Self.year(steps[index].date), to: max(next, Self.year(steps[index].date)),
          style: style)
      }
      return SpanChart.Row(found.subject.id, spans: spans)
    }
    return AnalysisChart(
      .spans(
        SpanChart(
          rows: Array(rows), columns: years.map { (Double($0), String($0)) }, end: end,
          legend: [
            (.waiting, text("monitor.waiting")), (.building, text("monitor.agreed")),
            (.running, text("stage.running")),
          ])), caption: text("monitor.caption"))
  }

  private static func style(_ status: ProgressStatus) -> SpanChart.Style? {
    switch status {
    case .identified, .prioritised: .waiting
    case .agreed, .permitted, .built: .building
    case .running: .running
    case .stopped: nil
    }
  }

  private static func year(_ date: CalendarDate) -> Double {
    Double(date.year) + (Double(date.month - 1) + Double(date.day - 1) / 31) / 12
  }

  private func again(of again: Reoptimisation) -> [AnalysisSection.Block] {
    var blocks: [AnalysisSection.Block] = [
      .heading(text("monitor.again")), .paragraph(text("monitor.again.lead")),
    ]
    switch again.after.certificate.status {
    case .optimal, .feasible: blocks.append(.table(comparison(again)))
    case .infeasible, .unbounded, .noSolution:
      blocks.append(
        .paragraph(
          text(
            "monitor.again.none",
            ["status": text("status.\(again.after.certificate.status.rawValue)")])))
    }
    let lists = [
      ("monitor.again.kept", again.kept), ("monitor.again.stopped", again.stopped),
      ("monitor.again.gained", again.gained), ("monitor.again.lost", again.lost),
    ]
    for (key, ids) in lists where !ids.isEmpty {
      blocks.append(.paragraph(text(key, ["ids": language.list(ids)])))
    }
    if !again.unmodelled.isEmpty {
      let ids = again.unmodelled.map { "\($0.id) (\($0.reason))" }
      blocks.append(.paragraph(text("monitor.again.unmodelled", ["ids": language.list(ids)])))
    }
    if !again.resized.isEmpty {
      blocks.append(
        .table(
          AnalysisTable(
            [
              .text(text("monitor.again.resized")), .number(text("monitor.again.before")),
              .number(text("monitor.again.after")),
            ],
            rows: again.resized.map {
              [
                $0.id, language.significant($0.before, digits: 4),
                language.significant($0.after, digits: 4),
              ]
            })))
    }
    return blocks
  }

  private func comparison(_ again: Reoptimisation) -> AnalysisTable {
    let (before, after) = (again.before, again.after)
    func row(_ key: String, _ value: (Plan) -> Double, _ show: (Double) -> String) -> [String] {
      [
        text(key), show(value(before)), show(value(after)),
        show(value(after) - value(before)),
      ]
    }
    return AnalysisTable(
      [
        .text(""), .number(text("monitor.again.before")), .number(text("monitor.again.after")),
        .number(text("indicators.change")),
      ],
      rows: [
        row(
          "effect.money", { $0.money.typical },
          { "\(context.tableMoney($0)) \(context.moneyPerYear)" }),
        row(
          "effect.carbon", { $0.carbon.typical },
          { "\(context.tableCarbon($0)) \(context.carbonPerYear)" }),
        row(
          "monitor.again.capital", { $0.capital.typical },
          { "\(context.tableMoney($0)) \(context.moneyScale.unit)" }),
        row("monitor.exchanges", { Double($0.exchanges.count) }, { language.number($0) }),
        row("monitor.measures", { Double($0.measures.count) }, { language.number($0) }),
      ])
  }
}

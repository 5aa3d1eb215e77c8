import LichenAnalysis
import LichenMatching

extension AnalysisSection {
  /// What is left of the plan after losses, and plans that bear unknown quantities.
  public static func stress(
    _ found: StressResult, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    StressWriter(
      found: found,
      words: SectionWords(context: ReportContext(result, language: language), head: "stress")
    ).section
  }
}

private struct StressWriter {
  let found: StressResult
  let words: SectionWords

  /// Rows that a page can bear.
  private static let most = 20

  var section: AnalysisSection {
    var blocks: [AnalysisSection.Block] = []
    if !found.losses.isEmpty { blocks += losses }
    if !found.pairs.isEmpty {
      blocks += [
        .heading(words.text("pairs")),
        .table(table(found.pairs.prefix(Self.most))),
      ]
    }
    blocks += sampled + robust + twoStage
    return AnalysisSection(
      id: "stress", title: words.text("title"), lead: lead, blocks: blocks)
  }

  private var lead: String {
    guard let worst = found.losses.first else { return words.text("none") }
    return words.text(
      "lead",
      [
        "loss": names(worst.losses),
        "share": words.language.percent(share(worst.replanned)),
        "kept": words.language.percent(share(worst.kept)),
      ])
  }

  private func share(_ value: Double) -> Double {
    found.planned == 0 ? 0 : value / found.planned
  }

  private func names(_ losses: [Loss]) -> String {
    losses.map { loss in
      switch loss {
      case .enterprise(let id): words.firm(id)
      case .link(let name): words.exchange(name)
      case .facility(let id):
        words.context.park.facility(id)?.name ?? id.rawValue
      }
    }.joined(separator: " + ")
  }

  private var losses: [AnalysisSection.Block] {
    let worst = found.losses.prefix(10)
    let bars = worst.map { outcome in
      BarChart.Bar(
        names(outcome.losses), value: outcome.replanned / words.objectiveScale,
        low: min(outcome.kept, outcome.replanned) / words.objectiveScale,
        high: max(outcome.kept, outcome.replanned) / words.objectiveScale,
        text: words.language.percent(share(outcome.replanned)))
    }
    return [
      .heading(words.text("losses")),
      .chart(
        AnalysisChart(
          .bars(BarChart(Array(bars), unit: words.objectiveUnit)),
          caption: words.text("caption"))),
      .table(table(found.losses.prefix(Self.most))),
      .note(words.text("losses-note", ["count": words.count(found.losses.count)])),
    ]
  }

  private func table(_ outcomes: ArraySlice<LossOutcome>) -> AnalysisTable {
    AnalysisTable(
      [
        .text(words.text("loss")), .number(words.text("kept", ["unit": words.objectiveUnit])),
        .number(words.text("replanned", ["unit": words.objectiveUnit])),
        .number(words.text("share")), .text(words.text("stranded")),
        .text(words.text("cascade")), .number(words.text("replacements")),
      ],
      rows: outcomes.map { outcome in
        [
          names(outcome.losses), words.objective(outcome.kept),
          words.objective(outcome.replanned), words.language.percent(share(outcome.replanned)),
          words.firms(outcome.stranded), words.exchanges(outcome.cascade),
          words.count(outcome.replacements.count),
        ]
      })
  }

  private var sampled: [AnalysisSection.Block] {
    guard let last = found.sampled.last else { return [] }
    return [
      .heading(words.text("sampled")),
      .paragraph(
        words.text(
          "sampled-lead",
          [
            "low": words.language.money(last.money.low, words.context.currency),
            "high": words.language.money(last.money.high, words.context.currency),
          ])),
      .table(
        AnalysisTable(
          [
            .number(words.text("draws")), .number(words.text("low")), .number(words.text("mean")),
            .number(words.text("high")),
          ],
          rows: found.sampled.map { row in
            [
              words.count(row.samples), words.money(row.money.low), words.money(row.money.mean),
              words.money(row.money.high),
            ]
          })),
      .note(words.text("sampled-note", ["unit": words.context.moneyPerYear])),
    ]
  }

  private var robust: [AnalysisSection.Block] {
    let front = found.robust
    if front.threats.isEmpty {
      return [.heading(words.text("robust")), .paragraph(words.text("no-ranges"))]
    }
    let scale = words.objectiveScale
    let chart = PlotChart(
      x: .init(words.text("budget"), holdsZero: true), y: .init(words.objectiveUnit),
      series: [
        .init(
          words.text("nominal"), front.points.map { ($0.budget, $0.nominal / scale) },
          form: .lineWithDots),
        .init(
          words.text("guaranteed"), front.points.map { ($0.budget, $0.guaranteed / scale) },
          form: .lineWithDots),
      ], language: words.language)
    let rows = front.points.map { point in
      [
        words.language.plain(point.budget), words.objective(point.nominal),
        words.objective(point.guaranteed), words.count(point.links.count),
        words.language.percent(point.shortfalls, decimals: 1),
        words.language.percent(point.shortfallBound, decimals: 1),
      ]
    }
    let assumed: [AnalysisSection.Block] =
      found.assumedRange > 0
      ? [
        .paragraph(
          words.text("assumed", ["range": words.language.percent(found.assumedRange)]))
      ] : []
    return [
      .heading(words.text("robust"))
    ] + assumed + [
      .paragraph(
        words.text(
          "robust-lead",
          [
            "streams": words.count(front.threats.count),
            "risk": words.language.percent(front.risk),
            "budget": words.language.plain(front.budgetForRisk),
          ])),
      .chart(AnalysisChart(.plot(chart), caption: words.text("robust-caption"))),
      .table(
        AnalysisTable(
          [
            .number(words.text("budget")), .number(words.text("nominal")),
            .number(words.text("guaranteed")), .number(words.text("links")),
            .number(words.text("shortfalls", ["samples": words.count(front.samples)])),
            .number(words.text("theory")),
          ], rows: rows)),
    ]
  }

  private var twoStage: [AnalysisSection.Block] {
    guard found.twoStage.streams > 0, let last = found.twoStage.estimates.last else { return [] }
    let rows = found.twoStage.estimates.map { estimate in
      [
        words.count(estimate.samples), words.objective(estimate.recourse),
        words.objective(estimate.typicalLinks), words.objective(estimate.waitAndSee),
        words.objective(estimate.stochasticValue), words.objective(estimate.informationValue),
      ]
    }
    let gained = Set(found.twoStage.links).subtracting(found.twoStage.typicalLinks).sorted()
    let lost = Set(found.twoStage.typicalLinks).subtracting(found.twoStage.links).sorted()
    var blocks: [AnalysisSection.Block] = [
      .heading(words.text("two-stage")),
      .paragraph(
        words.text(
          "two-stage-lead",
          [
            "value": words.language.money(last.stochasticValue, words.context.currency),
            "information": words.language.money(last.informationValue, words.context.currency),
            "streams": words.count(found.twoStage.streams),
          ])),
      .table(
        AnalysisTable(
          [
            .number(words.text("samples")), .number(words.text("recourse")),
            .number(words.text("typical-links")), .number(words.text("wait-and-see")),
            .number(words.text("stochastic")), .number(words.text("information")),
          ], rows: rows)),
    ]
    if !gained.isEmpty || !lost.isEmpty {
      blocks.append(
        .paragraph(
          words.text(
            "other-links",
            [
              "gained": gained.isEmpty
                ? words.language.text("word.none") : words.exchanges(gained),
              "lost": lost.isEmpty ? words.language.text("word.none") : words.exchanges(lost),
            ])))
    }
    blocks.append(.note(words.text("two-stage-note")))
    return blocks
  }
}

import LichenAnalysis
import LichenDomain
import LichenGraph
import LichenMatching

extension AnalysisSection {
  /// What the seasons take from the yearly plan, and the plan and stores that reckon with them.
  public static func periods(
    _ periods: PeriodsResult, of result: MatchResult, language: Language
  ) -> AnalysisSection {
    PeriodsWriter(periods, ReportContext(result, language: language)).section
  }
}

private struct PeriodsWriter {
  let periods: PeriodsResult
  let context: ReportContext
  var language: Language { context.language }

  /// Exchanges that are told month by month.
  private static let most = 40

  init(_ periods: PeriodsResult, _ context: ReportContext) {
    self.periods = periods
    self.context = context
  }

  var section: AnalysisSection {
    var blocks: [AnalysisSection.Block] = [.table(worths)]
    blocks += notes
    if periods.seasonalParts > 0 {
      blocks += moneyChart
      blocks += [.heading(language.text("periods.exchanges")), .table(totals)]
      if unchanged > 0 {
        blocks.append(.note(language.plural("periods.unchanged", count: unchanged)))
      }
      if !monthly.isEmpty {
        blocks += [.heading(language.text("periods.months")), .table(months)]
        blocks += cutNote
      }
    }
    if !periods.stores.isEmpty {
      blocks += [.heading(language.text("periods.stores")), .table(stores)]
      blocks += stockChart
      blocks.append(.note(language.text("periods.stores.note")))
    }
    if !periods.streams.isEmpty {
      blocks += [.heading(language.text("periods.profiles")), .table(profiles)]
    }
    blocks.append(.note(language.text("periods.limits")))
    return AnalysisSection(
      id: "periods", title: language.text("periods.title"), lead: lead, blocks: blocks)
  }

  // MARK: Worth

  /// A figure of the plan's objective in words: money, or a mass of CO2e.
  private func amount(_ value: Double) -> String {
    switch context.plan.options.objective {
    case .carbon, .carbonThenBenefit:
      language.mass(tonnes: value / 1000) + Language.narrowGap + language.unitText("CO2e")
    case .netBenefit, .benefitThenCarbon, .carbonPriced:
      language.money(value, context.currency)
    }
  }

  private var lead: String {
    let promised = amount(periods.promised.objective)
    if periods.seasonalParts == 0 {
      return language.text("periods.lead.even", ["promised": promised])
    }
    guard let operated = periods.operated, let planned = periods.planned else {
      return language.text(
        "periods.lead.none",
        [
          "promised": promised, "status": language.text("status.\(periods.status.rawValue)"),
        ])
    }
    return language.text(
      "periods.lead",
      [
        "promised": promised, "operated": amount(operated.objective),
        "over": amount(periods.overestimate ?? 0), "planned": amount(planned.objective),
        "gain": amount(periods.valueOfSeasons ?? 0),
      ])
  }

  private var worths: AnalysisTable {
    let rows: [(String, PeriodsResult.Worth?)] = [
      (language.text("periods.promised"), periods.promised),
      (language.text("periods.operated"), periods.operated),
      (language.text("periods.storeless"), periods.storeless),
      (language.text("periods.planned"), periods.planned),
    ]
    return AnalysisTable(
      [
        .text(""), .number("\(language.text("periods.money")), \(context.moneyPerYear)"),
        .number("\(language.text("periods.carbon")), \(context.carbonPerYear)"),
      ],
      rows: rows.filter { $0.1 != nil || periods.seasonalParts > 0 }.map { name, worth in
        [
          name, worth.map { context.tableMoney($0.money) } ?? language.text("word.unknown"),
          worth.map { context.tableCarbon($0.carbon) } ?? language.text("word.unknown"),
        ]
      })
  }

  private var notes: [AnalysisSection.Block] {
    var notes: [AnalysisSection.Block] = []
    if periods.missesObligations { notes.append(.paragraph(language.text("periods.misses"))) }
    if let gap = periods.gap, gap > 0 {
      notes.append(
        .note(language.text("periods.gap", ["gap": language.percent(gap, decimals: 2)])))
    }
    return notes
  }

  private var moneyChart: [AnalysisSection.Block] {
    guard let operated = periods.operatedMonths, let planned = periods.plannedMonths else {
      return []
    }
    func series(_ key: String, _ months: [Double]) -> PlotChart.Series {
      PlotChart.Series(
        language.text(key),
        months.enumerated().map {
          (x: Double($0.offset + 1), y: $0.element / context.moneyScale.factor)
        }, form: .lineWithDots)
    }
    return [
      .chart(
        AnalysisChart(
          .plot(
            PlotChart(
              x: .init(language.text("periods.month")),
              y: .init(
                "\(language.text("periods.margin")), \(context.moneyScale.unit)", holdsZero: true),
              series: [
                series("periods.operated", operated), series("periods.planned", planned),
              ], language: language)),
          caption: language.text("periods.caption.money")))
    ]
  }

  // MARK: Exchanges

  /// Exchanges that bring another amount than was promised in one of the plans, the largest shortfall
  /// (as a share) first.
  private var changed: [PeriodsResult.Exchange] {
    periods.exchanges.filter { !isKept($0) }.sorted {
      (share($1), $0.id) < (share($0), $1.id)
    }
  }

  private var unchanged: Int { periods.exchanges.count - changed.count }

  private func share(_ exchange: PeriodsResult.Exchange) -> Double {
    guard let shortfall = exchange.shortfall, exchange.promised > 0 else { return 0 }
    return shortfall / exchange.promised
  }

  private func isKept(_ exchange: PeriodsResult.Exchange) -> Bool {
    let slack = 5e-4 * max(exchange.promised, 1e-9)
    return [exchange.operated, exchange.planned].allSatisfy { months in
      months.map { abs($0.reduce(0, +) - exchange.promised) <= slack } ?? false
    }
  }

  private func name(_ exchange: PeriodsResult.Exchange) -> String {
    let count = context.graph.candidates.count
    if exchange.candidate < count {
      let candidate = context.graph.candidates[exchange.candidate]
      return "\(context.pair(candidate)): \(context.stream(candidate.output))"
    }
    let leg = context.graph.legs[exchange.candidate - count]
    let pair = language.text(
      "exchange.pair",
      ["from": context.names.short(leg.giver), "to": context.names.short(leg.taker)])
    return "\(pair): \(context.material(leg.material))"
  }

  private var totals: AnalysisTable {
    AnalysisTable(
      [
        .text(language.text("periods.exchange")), .text(language.text("periods.unit")),
        .number(language.text("periods.promised")), .number(language.text("periods.operated")),
        .number(language.text("periods.shortfall")), .number(language.text("periods.planned")),
      ],
      rows: changed.prefix(Self.most).map { exchange in
        [
          name(exchange),
          language.text("format.per-year", ["value": language.unitText(exchange.unit)]),
          language.plain(exchange.promised),
          exchange.operated.map { language.plain($0.reduce(0, +)) }
            ?? language.text("word.unknown"),
          exchange.promised > 0 && exchange.operated != nil
            ? language.percent(max(0, share(exchange))) : "",
          exchange.planned.map { language.plain($0.reduce(0, +)) }
            ?? language.text("word.unknown"),
        ]
      })
  }

  /// Exchanges of the monthly plan whose months are not those of an even year.
  private var monthly: [PeriodsResult.Exchange] {
    periods.exchanges.filter { exchange in
      guard let planned = exchange.planned else { return false }
      let total = planned.reduce(0, +)
      return total > 0
        && zip(planned, MonthShares.even.shares).contains { abs($0 - $1 * total) > 1e-3 * total }
    }
  }

  private var months: AnalysisTable {
    AnalysisTable(
      [.text(language.text("periods.exchange")), .text(language.text("periods.unit"))]
        + (1...12).map { .number(monthName($0)) },
      rows: monthly.prefix(Self.most).map { exchange in
        [name(exchange), language.unitText(exchange.unit)]
          + (exchange.planned ?? []).map { language.plain($0) }
      })
  }

  private func monthName(_ month: Int) -> String {
    language.text("month-short.\(month)")
  }

  private var cutNote: [AnalysisSection.Block] {
    let all = max(monthly.count, changed.count)
    if all <= Self.most { return [] }
    return [
      .note(
        language.text(
          "periods.cut",
          ["count": language.number(Double(Self.most)), "all": language.number(Double(all))]))
    ]
  }

  // MARK: Stores and profiles

  private func stream(_ id: StreamID) -> String {
    context.park.output(id).map { context.stream($0) }
      ?? context.park.input(id).map { context.stream($0) } ?? id.rawValue
  }

  private var stores: AnalysisTable {
    AnalysisTable(
      [
        .text(language.text("periods.store")), .text(language.text("periods.stream")),
        .text(language.text("periods.holds")),
        .number("\(language.text("periods.cost")), \(context.moneyPerYear)"),
        .text(language.text("periods.verdict")),
        .number(language.text("periods.worth", ["unit": worthUnit])),
      ],
      rows: periods.stores.map { store in
        let storage = store.priced.storage
        return [
          storage.name, stream(storage.stream),
          storage.capacity.map { language.quantity($0, unit: store.unit) }
            ?? language.text("word.unknown"),
          store.priced.lines.contains { $0.money.value == nil }
            ? language.text("word.unknown") : context.tableMoney(-store.priced.money.typical),
          verdict(store), store.worth.map(worthText) ?? "",
        ]
      })
  }

  private var isCarbon: Bool {
    [.carbon, .carbonThenBenefit].contains(context.plan.options.objective)
  }
  private var worthUnit: String { isCarbon ? context.carbonPerYear : context.moneyPerYear }
  private func worthText(_ value: Double) -> String {
    isCarbon ? context.signedCarbon(value) : context.signedMoney(value)
  }

  private func verdict(_ store: PeriodsResult.Store) -> String {
    switch store.idle {
    case .obstacle(let obstacle): language.text("storage.\(obstacle.rawValue)")
    case .inStep: language.text("periods.in-step")
    case .noExchange: language.text("periods.no-exchange")
    case nil:
      language.text(store.isTaken ? "periods.taken" : "periods.not-taken")
    }
  }

  private var stockChart: [AnalysisSection.Block] {
    let held = periods.stores.filter { $0.isTaken && $0.stock.contains { $0 > 0 } }
    if held.isEmpty { return [] }
    let series = held.map { store in
      let capacity = store.priced.storage.capacity ?? 1
      return PlotChart.Series(
        store.priced.storage.name,
        store.stock.enumerated().map {
          (x: Double($0.offset + 1), y: 100 * $0.element / max(capacity, 1e-12))
        }, form: .lineWithDots)
    }
    return [
      .chart(
        AnalysisChart(
          .plot(
            PlotChart(
              x: .init(language.text("periods.month")),
              y: .init(language.text("periods.filled"), holdsZero: true), series: series,
              language: language)),
          caption: language.text("periods.caption.stock")))
    ]
  }

  private var profilesInUse: [YearProfile] {
    Set(periods.streams.map(\.profile)).sorted { $0.id < $1.id }
  }

  private var profiles: AnalysisTable {
    AnalysisTable(
      [.text(language.text("periods.profile")), .text(language.text("periods.streams"))]
        + (1...12).map { .number(monthName($0)) } + [.text(language.text("periods.rests"))],
      rows: profilesInUse.map { profile in
        let provenance = profile.provenance
        let confidence = provenance.confidence.map { language.text("confidence.\($0.rawValue)") }
        let users = periods.streams.filter { $0.profile.id == profile.id }
        return [profile.id, language.list(Set(users.map { stream($0.id) }).sorted())]
          + profile.shares.shares.map { language.percent($0) }
          + [
            [provenance.source, confidence ?? ""].filter { !$0.isEmpty }.joined(separator: "; ")
          ]
      })
  }
}

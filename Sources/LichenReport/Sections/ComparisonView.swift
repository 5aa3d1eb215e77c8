import LichenDomain
import LichenMatching
import LichenPlanning

/// Section G, second part: the plan beside what is documented and published for the park.
struct ComparisonView {
  struct DocumentedRow {
    let exchangeName: String
    let parties: String
    let years: String
    let documentedQuantity: String
    let outcomeWord: String
    let planQuantity: String
    let why: [String]
  }

  struct TotalsRow {
    let totalName: String
    let published: String
    let publishedYear: String
    let ours: String
    let ratio: String
    let reasons: String
    let notes: [String]
    let totalSource: String
  }

  struct Network {
    let summary: String
    let documentedRows: [DocumentedRow]
    let newRows: [DocumentedRow]
  }

  struct Totals {
    let totalsRows: [TotalsRow]
    /// Folded away: nothing that this plan could be measured by.
    let others: [OtherTotals]
  }

  struct OtherTotals {
    let totalsRows: [TotalsRow]
  }

  let networks: [Network]
  let totals: [Totals]

  init(_ context: ReportContext) {
    let language = context.language
    let rediscovery = context.result.rediscovery
    if rediscovery.documented.isEmpty || !context.hasPlan {
      networks = []
    } else {
      let declared = rediscovery.declared.count
      let found = rediscovery.declared.count(where: \.isFound)
      let planned = rediscovery.documented.count {
        if case .planned = $0.outcome { true } else { false }
      }
      let summary = language.text(
        "network.summary",
        [
          "documented": language.plural("network.documented", count: rediscovery.documented.count),
          "declared": language.number(Double(declared)), "found": language.number(Double(found)),
          "planned": language.number(Double(planned)),
          "new": language.plural("network.new", count: rediscovery.new.count),
        ])
      let new = Set(rediscovery.new.map(\.candidate.id))
      networks = [
        Network(
          summary: summary,
          documentedRows: rediscovery.documented.map { Self.row($0, context) },
          newRows: context.detailed.filter { new.contains($0.candidate.id) }.map {
            Self.newRow($0, context)
          })
      ]
    }
    let rows = Self.ordered(context.park.totals, baseYear: context.park.settings.baseYear)
    totals =
      rows.isEmpty || !context.hasPlan
      ? [] : [Self.totals(rows, context)]
  }

  private static func totals(_ rows: [TotalRow], _ context: ReportContext) -> Totals {
    let baseYear = context.park.settings.baseYear
    func isComparable(_ row: TotalRow) -> Bool {
      isNear(row, baseYear: baseYear) && row.value != nil
        && PublishedTotals(context).counterpart(of: row) != nil
    }
    let others = rows.filter { !isComparable($0) }
    return Totals(
      totalsRows: rows.filter(isComparable).map { totalsRow($0, context) },
      others: others.isEmpty
        ? [] : [OtherTotals(totalsRows: others.map { totalsRow($0, context) })])
  }

  private static func row(_ entry: RediscoveredExchange, _ context: ReportContext)
    -> DocumentedRow
  {
    let language = context.language
    let exchange = entry.exchange
    var why: [String] = []
    var quantity = ""
    let outcome: String
    switch entry.outcome {
    case .endUndeclared: outcome = "undeclared"
    case .noRoute: outcome = "no-route"
    case .blocked, .foundUnquantified:
      if case .blocked = entry.outcome { outcome = "blocked" } else { outcome = "unquantified" }
      why =
        entry.candidate?.blockers.map {
          blockerText($0, language: language, park: context.park).what
        } ?? []
    case .notChosen:
      outcome = "not-chosen"
      why = reason(entry, context)
    case .planned(let planned):
      outcome = "planned"
      quantity = entry.candidate.map { context.yearlyQuantity(planned, of: $0) } ?? ""
      if let rank = context.exchanges.first(where: { $0.candidate.id == entry.candidate?.id })?.rank
      {
        why = [language.plural("todo.exchange", count: 1, ["ranks": String(rank)])]
      }
    }
    return DocumentedRow(
      exchangeName: exchange.name.isEmpty ? exchange.id : language.term(exchange.name),
      parties: language.text(
        "exchange.pair",
        ["from": context.names.short(exchange.from), "to": context.names.short(exchange.to)]),
      years: years(exchange),
      documentedQuantity: exchange.quantity.map { language.quantity($0, unit: exchange.unit) }
        ?? language.text("word.unknown"),
      outcomeWord: language.text("found.\(outcome)"), planQuantity: quantity, why: why)
  }

  private static func years(_ exchange: DocumentedExchange) -> String {
    guard exchange.startYear != nil || exchange.endYear != nil else { return "" }
    return
      "\(exchange.startYear.map { String($0) } ?? "")–\(exchange.endYear.map { String($0) } ?? "")"
  }

  private static func reason(_ entry: RediscoveredExchange, _ context: ReportContext) -> [String] {
    let language = context.language
    let index = entry.candidate.flatMap(context.graph.candidates.index)
    let why = context.result.whyNot.entries.first { $0.index == index }
    switch why?.reason {
    case .neverPays(let best):
      return [language.text("why.never-pays", ["best": Verdict(context).objectiveValue(best)])]
    case .forbidden: return [language.text("why.forbidden")]
    default: return [language.text("why.outcompeted")]
    }
  }

  private static func newRow(_ exchange: RankedExchange, _ context: ReportContext) -> DocumentedRow
  {
    DocumentedRow(
      exchangeName: context.stream(exchange.candidate.output),
      parties: context.pair(exchange.candidate), years: "", documentedQuantity: "",
      outcomeWord: context.language.text("found.new"),
      planQuantity: context.yearlyQuantity(exchange.planned.quantity, of: exchange.candidate),
      why: [
        context.language.plural("todo.exchange", count: 1, ["ranks": String(exchange.rank)])
      ])
  }

  /// A ratio to a figure of another decade would say nothing; an undated one is said to be undated.
  private static func isNear(_ row: TotalRow, baseYear: Int) -> Bool {
    row.year.map { abs($0 - baseYear) <= 5 } ?? true
  }

  /// Figures of about the base year first, then undated ones, then those of other years.
  private static func ordered(_ rows: [TotalRow], baseYear: Int) -> [TotalRow] {
    func rank(_ row: TotalRow) -> Int {
      row.year == nil ? 1 : isNear(row, baseYear: baseYear) ? 0 : 2
    }
    return rows.sorted { (rank($0), $0.id) < (rank($1), $1.id) }
  }

  /// Three significant digits: more would claim a precision that a comparison does not have.
  private static func rounded(_ value: Double) -> Double {
    guard value != 0, value.isFinite else { return value }
    var unit = 1.0
    while abs(value) >= unit * 1000 { unit *= 10 }
    return unit == 1 ? value : (value / unit).rounded() * unit
  }

  private static func totalsRow(_ row: TotalRow, _ context: ReportContext) -> TotalsRow {
    let language = context.language
    let totals = PublishedTotals(context)
    let counterpart = row.value == nil ? nil : totals.counterpart(of: row)
    func shown(_ value: Double) -> String {
      (abs(value) >= 100 ? language.number(value) : language.plain(value)) + Language.narrowGap
        + language.unitText(row.unit)
    }
    var ratio = ""
    if let counterpart, let published = row.value, published != 0,
      isNear(row, baseYear: context.park.settings.baseYear)
    {
      ratio = language.percent(counterpart.value / published)
    }
    return TotalsRow(
      totalName: row.name.isEmpty ? row.id : language.term(row.name),
      published: row.value.map(shown) ?? language.text("word.unknown"),
      publishedYear: row.year.map { String($0) } ?? "",
      ours: counterpart.map { shown(rounded($0.value)) } ?? language.text("reason.no-value"),
      ratio: ratio,
      reasons: totals.reasons(row, counterpart: counterpart).joined(separator: "; "),
      notes: row.notes.isEmpty ? [] : [language.term(row.notes)], totalSource: row.provenance.source
    )
  }
}

import LichenDomain
import LichenGraph
import LichenIO
import LichenMatching

/// The exchanges, ranked, with their sums from the ledger.
struct ExchangesSheet {
  let sheet: Spreadsheet.Sheet
  let table: PlacedTable

  init(_ words: SheetWords, items: [LedgerItem], ledger: LedgerSheet, name: String) {
    var layout = SheetLayout(name: name, title: words.text("details.title"))
    let exchanges = words.context.exchanges
    layout.paragraph(
      words.text(exchanges.isEmpty ? "details.none" : "sheet.exchanges.lead"), SheetLook.note)
    table = layout.table(
      Self.columns(words, items: items, ledger: ledger), exchanges,
      total: words.text("sheet.total"))
    sheet = layout.sheet(frozenColumns: 3)
  }

  private static func columns(_ words: SheetWords, items: [LedgerItem], ledger: LedgerSheet)
    -> [SheetColumn<RankedExchange>]
  {
    typealias Column = SheetColumn<RankedExchange>
    let context = words.context
    let year = context.language.text("format.per-year", ["value": ""])
    var columns: [Column] = [
      Column("number", words.text("sheet.number"), width: 7) { exchange, _ in
        Spreadsheet.Cell(.number(Double(exchange.rank)), SheetLook.strong)
      },
      .text("donor", words.text("sheet.donor"), width: 24) { context.donor($0.candidate) },
      .text("receiver", words.text("sheet.receiver"), width: 24) { context.receiver($0.candidate) },
      .text("stream", words.text("sheet.stream"), width: 26) {
        context.stream($0.candidate.output)
      },
      .text("replaced", words.text("sheet.replaces"), width: 26) {
        context.stream($0.candidate.input)
      },
      .figure("quantity", words.text("table.quantity"), width: 13) { $0.planned.quantity },
      .text("unit", words.text("assumptions.unit"), width: 10) {
        context.language.unitText(context.unit(of: $0.candidate)) + year
      },
      .figure("tonnes", words.head("sheet.mass", "t" + year), width: 13) { $0.tonnes },
    ]
    columns += words.range(
      "money", "figure.money", words.moneyPerYear, words.moneyFormat, isSummed: true
    ) { ledger.range(items[$0.rank - 1], $0.planned.money) }
    columns += words.range(
      "carbon", "figure.carbon", words.carbonPerYear, words.carbonFormat, isSummed: true
    ) { ledger.range(items[$0.rank - 1], $0.planned.carbon / SheetWords.kgPerTonne) }
    columns += words.range(
      "capital", "criterion.capital", words.money, words.moneyFormat, isSummed: true
    ) { RangeCell($0.planned.capital) }
    return columns + law(words) + quality(words)
  }

  private static func law(_ words: SheetWords) -> [SheetColumn<RankedExchange>] {
    let language = words.language
    return [
      SheetColumn("law", words.text("table.law"), width: 14) { exchange, _ in
        words.effect(exchange.effect)
      },
      .text("rules", words.text("law.rules"), width: 16) {
        let rules = $0.candidate.verdict.applying
        return rules.isEmpty
          ? language.text("law.no-rule") : language.list(rules.map(\.id.rawValue))
      },
      .text("law-confidence", words.text("sheet.law-confidence"), width: 13) {
        words.confidence($0.candidate.verdict.confidence)
      },
      SheetColumn("days", words.text("law.days"), width: 10, isNumber: true) { exchange, _ in
        let verdict = exchange.candidate.verdict
        if verdict.steps.isEmpty { return Spreadsheet.Cell(.blank, SheetLook.line) }
        // With a step of unknown time the longest known one is no answer.
        return words.known(verdict.untimedSteps.isEmpty ? verdict.days?.high : nil, .whole)
      },
    ]
  }

  private static func quality(_ words: SheetWords) -> [SheetColumn<RankedExchange>] {
    typealias Column = SheetColumn<RankedExchange>
    let context = words.context
    let language = words.language
    return [
      .text("mode", words.text("sheet.mode"), width: 12) {
        context.mode($0.candidate.transport)
      },
      Column("distance", words.head("sheet.distance", "km"), width: 11, isNumber: true) {
        exchange, _ in
        let transport = exchange.candidate.transport
        return transport.mode == nil
          ? Spreadsheet.Cell(.blank, SheetLook.line)
          : words.known(transport.km, transport.km.map(SheetLook.format) ?? .general)
      },
      .text("confidence", words.text("sheet.data-confidence"), width: 13) {
        words.confidence($0.shares.level)
      },
      .number("score", words.text("fact.score"), width: 8, .decimals(2)) {
        $0.candidate.score.total
      },
      .text("unknown", words.text("sheet.unknown"), width: 24) { exchange in
        let ledger = exchange.candidate.ledger
        let terms = Set(ledger.unknownMoney + ledger.unknownCarbon)
        return language.list(
          LedgerTerm.allCases.filter(terms.contains).map { language.text("term.\($0.rawValue)") })
      },
      .text("unmeasured", words.text("fact.unmeasured"), width: 24) {
        language.list($0.candidate.unmeasured.map(context.property))
      },
      .text("required", words.text("fact.required"), width: 12) {
        $0.planned.isRequired ? language.text("comparison.yes") : ""
      },
    ]
  }
}

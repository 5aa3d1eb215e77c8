import LichenDomain
import LichenGraph
import LichenIO
import LichenMatching

/// Sheets of what stands behind and beside the plan, each of one table.
struct EvidenceSheets {
  private let words: SheetWords

  init(_ words: SheetWords) { self.words = words }

  private var context: ReportContext { words.context }
  private var language: Language { words.language }

  // MARK: Enterprises

  func enterprises(name: String) -> Spreadsheet.Sheet {
    typealias Column = SheetColumn<Plan.EnterpriseBalance>
    var layout = SheetLayout(name: name, title: words.text("balance.title"))
    layout.paragraph(words.text("balance.lead"), SheetLook.note)
    let names = context.names
    var columns: [Column] = [
      .text("name", words.text("balance.site"), width: 34) { names.short($0.enterprise.id) },
      .text("sector", words.text("balance.sector"), width: 22) {
        context.language.term($0.enterprise.sector)
      },
    ]
    columns += words.range(
      "money", "figure.money", words.moneyPerYear, words.moneyFormat, isSummed: true
    ) { RangeCell($0.money) }
    columns += words.range(
      "carbon", "figure.carbon", words.carbonPerYear, words.carbonFormat, isSummed: true
    ) { RangeCell($0.carbon / SheetWords.kgPerTonne) }
    columns += [
      .number("gives", words.text("balance.gives"), width: 9, .whole) { Double($0.given) },
      .number("takes", words.text("balance.takes"), width: 9, .whole) { Double($0.received) },
    ]
    layout.table(
      columns, context.hasPlan ? context.plan.balances : [], total: words.text("sheet.total"))
    return layout.sheet(frozenColumns: 1)
  }

  // MARK: Why not

  func whyNot(name: String) -> Spreadsheet.Sheet {
    typealias Column = SheetColumn<WhyNotList.Row>
    let context = context
    var layout = SheetLayout(name: name, title: words.text("why.title"))
    let list = WhyNotList(context)
    layout.paragraph(
      words.text(list.groups.isEmpty ? "why.nothing" : "why.lead"), SheetLook.note)
    for group in list.groups {
      let key = "why.\(group.kind.rawValue)"
      layout.paragraph(
        language.plural("\(key).title", count: group.entries.count) + ": "
          + words.text("\(key).lead"), SheetLook.note)
    }
    for note in WhyNotView(context).limits { layout.paragraph(note, SheetLook.note) }
    var columns: [Column] = [
      .text("number", words.text("sheet.number"), width: 8, look: SheetLook.strong) { $0.number },
      .text("donor", words.text("sheet.donor"), width: 24) { context.donor($0.entry.candidate) },
      .text("receiver", words.text("sheet.receiver"), width: 24) {
        context.receiver($0.entry.candidate)
      },
      .text("stream", words.text("sheet.stream"), width: 26) {
        context.stream($0.entry.candidate.output)
      },
      .text("replaced", words.text("sheet.replaces"), width: 26) {
        context.stream($0.entry.candidate.input)
      },
    ]
    columns += reasons
    layout.table(columns, list.groups.flatMap(\.rows))
    return layout.sheet(frozenColumns: 1)
  }

  private var reasons: [SheetColumn<WhyNotList.Row>] {
    let context = context
    let words = words
    return [
      .text("reasons", words.text("why.reason"), width: 46) {
        WhyNotView.reasons($0.entry, context).map(\.what).joined(separator: "\n")
      },
      .text("lifts", words.text("why.lift"), width: 46) {
        WhyNotView.reasons($0.entry, context).map(\.lift).filter { !$0.isEmpty }
          .joined(separator: "\n")
      },
      SheetColumn("law", words.text("table.law"), width: 14) { row, _ in
        words.effect(row.entry.candidate.verdict.effect)
      },
      SheetColumn(
        "money", words.head("sheet.change-money", words.moneyPerYear), width: 16, isNumber: true
      ) { row, _ in words.known(row.entry.moneyChange, words.moneyFormat) },
      SheetColumn(
        "carbon", words.head("sheet.change-carbon", words.carbonPerYear), width: 16, isNumber: true
      ) { row, _ in
        words.known(
          row.entry.carbonChange.map { $0 / SheetWords.kgPerTonne }, words.carbonFormat)
      },
    ]
  }

  // MARK: Assumptions

  func assumptions(name: String) -> Spreadsheet.Sheet {
    typealias Column = SheetColumn<AssumptionUse>
    var layout = SheetLayout(name: name, title: words.text("assumptions.figures"))
    layout.paragraph(words.text("assumptions.lead"), SheetLook.note)
    layout.paragraph(words.text("assumptions.share-note"), SheetLook.note)
    let language = language
    let words = words
    let columns: [Column] = [
      .text("figure", words.text("sheet.figure"), width: 40) { $0.assumption.name },
      .figure("typical", words.text("assumptions.typical")) { $0.assumption.value?.typical },
      .figure("low", words.text("assumptions.low")) { $0.assumption.value?.low },
      .figure("high", words.text("assumptions.high")) { $0.assumption.value?.high },
      .text("unit", words.text("assumptions.unit"), width: 16) { $0.assumption.unit },
      .text("region", words.text("sheet.region"), width: 10) { $0.assumption.region },
      .number("year", words.text("finance.year"), width: 8, .general) {
        $0.assumption.year.map(Double.init)
      },
      .text("confidence", words.text("table.confidence"), width: 12) {
        words.confidence($0.assumption.confidence)
      },
      .number("money", words.text("assumptions.money"), width: 10, .percent(1)) {
        $0.moneyShare
      },
      .number("carbon", words.text("assumptions.carbon"), width: 10, .percent(1)) {
        $0.carbonShare
      },
      .text("used", words.text("table.exchanges"), width: 20) {
        language.list($0.use.ranks.map { String($0) })
      },
      .text("row", words.text("assumptions.row"), width: 34) { $0.use.reference },
      .text("source", words.text("indicators.source"), width: 60) { $0.assumption.source },
    ]
    layout.table(columns, AssumptionUse.all(context))
    return layout.sheet(frozenColumns: 1)
  }

  // MARK: Sources

  func sources(name: String) -> Spreadsheet.Sheet {
    typealias Column = SheetColumn<ReportSource>
    var layout = SheetLayout(name: name, title: words.text("sheet.sources.title"))
    layout.paragraph(words.text("sheet.sources.lead"), SheetLook.note)
    let language = language
    let words = words
    let columns: [Column] = [
      .text("row", words.text("assumptions.row"), width: 40) { $0.reference },
      .text("figure", words.text("sheet.figure"), width: 44) { $0.figure },
      .text("source", words.text("indicators.source"), width: 64) { $0.source },
      .text("url", words.text("sheet.url"), width: 40, look: SheetLook.line) { $0.url ?? "" },
      .text("confidence", words.text("table.confidence"), width: 12) {
        words.confidence($0.confidence)
      },
      .text("used", words.text("sheet.used-by"), width: 24) { language.list($0.usedBy) },
    ]
    layout.table(columns, context.sources())
    return layout.sheet()
  }
}

/// A figure of the catalogue with what rests on it.
struct AssumptionUse {
  let use: ReferenceUse
  let assumption: Assumption
  /// Of the gross money flow, 0...1; `nil` where none rests on it.
  let moneyShare: Double?
  let carbonShare: Double?

  /// In the order of the page: weightiest first.
  static func all(_ context: ReportContext) -> [AssumptionUse] {
    func share(_ part: Double, of whole: Double) -> Double? {
      whole > 0 && part > 0 ? part / whole : nil
    }
    return context.referenceUses().compactMap { use in
      context.assumption(use).map {
        AssumptionUse(
          use: use, assumption: $0, moneyShare: share(use.money, of: context.moneyShares.gross),
          carbonShare: share(use.carbon, of: context.carbonShares.gross))
      }
    }
  }
}

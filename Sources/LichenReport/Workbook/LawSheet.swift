import LichenDomain
import LichenGraph
import LichenIO
import LichenLaw

/// Permits with their cost, every exchange before the law, and the rules behind it.
struct LawSheet {
  let sheet: Spreadsheet.Sheet
  let permits: PlacedTable

  init(_ words: SheetWords, name: String) {
    let context = words.context
    var layout = SheetLayout(name: name, title: words.text("law.title"))
    layout.paragraph(
      context.language.text(
        "law.date", ["date": context.language.date(context.park.settings.lawDate)]) + " "
        + words.text("law.disclaimer"))
    layout.heading(words.text("details.permits"))
    permits = layout.table(
      Self.permitColumns(words), context.permits, total: words.text("sheet.total"))
    if !context.exchanges.isEmpty {
      layout.heading(words.text("law.sheet"))
      layout.paragraph(words.text("law.sheet.lead"), SheetLook.note)
      for note in context.cutNotes { layout.paragraph(note, SheetLook.note) }
      layout.table(
        Self.caseColumns(words), Array(zip(context.detailed, LegalSheet(context).rows)))
    }
    let rules = RuleUses(context).rules
    if !rules.isEmpty {
      layout.heading(words.text("law.rules"))
      layout.table(Self.ruleColumns(words), rules)
    }
    sheet = layout.sheet()
  }

  private static func permitColumns(_ words: SheetWords) -> [SheetColumn<PermitNeed>] {
    typealias Column = SheetColumn<PermitNeed>
    let context = words.context
    var columns: [Column] = [
      .text("holder", words.text("law.holder"), width: 26) { context.names.short($0.key.holder) },
      Column("law", words.text("table.law"), width: 14) { permit, _ in
        words.effect(permit.rule.effect)
      },
      .text("step", words.text("law.step"), width: 34) { context.step(of: $0.rule) },
      .text("material", words.text("sheet.stream"), width: 26) {
        context.material($0.key.material)
      },
      .text("rule", words.text("law.rule"), width: 34) {
        LawText(words.language, catalogue: context.park.catalogue).title($0.rule)
      },
      .text("confidence", words.text("sheet.law-confidence"), width: 13) {
        words.confidence($0.rule.confidence)
      },
    ]
    columns += words.range("days", "law.days", words.text("sheet.days"), .whole) {
      RangeCell($0.rule.days)
    }
    columns += words.range(
      "annual", "sheet.yearly-cost", words.moneyPerYear, words.moneyFormat, isSummed: true
    ) { RangeCell($0.annual.value) }
    columns += words.range(
      "once", "sheet.once", words.money, words.moneyFormat, isSummed: true
    ) { RangeCell($0.oneOff.value) }
    columns += [
      .text("cost-confidence", words.text("sheet.cost-confidence"), width: 13) {
        words.confidence($0.oneOff.confidence)
      },
      .text("used", words.text("table.exchanges"), width: 20) {
        context.language.list(context.labels(needing: $0))
      },
    ]
    return columns
  }

  private static func caseColumns(_ words: SheetWords)
    -> [SheetColumn<(RankedExchange, LegalSheet.CaseRow)>]
  {
    typealias Column = SheetColumn<(RankedExchange, LegalSheet.CaseRow)>
    return [
      .text("pair", words.text("law.exchange"), width: 26) {
        "\($0.0.rank). \($0.1.casePair)"
      },
      Column("law", words.text("table.law"), width: 14) { row, _ in words.effect(row.0.effect) },
      .text("stream", words.text("sheet.stream"), width: 34) { $0.1.caseStream },
      .text("hazard", words.text("law.hazard"), width: 26) {
        ([$0.1.hazardWord] + $0.1.hazardNotes).joined(separator: "; ")
      },
      .text("rules", words.text("law.rules"), width: 34) { $0.1.caseRules },
      .text("confidence", words.text("sheet.law-confidence"), width: 13) {
        ($0.1.caseLevel.map(\.word) + $0.1.caseCheck).joined(separator: ": ")
      },
      .text("days", words.text("law.days"), width: 15) { $0.1.caseDays },
      .text("cost", words.text("law.cost"), width: 15) { $0.1.caseCost },
      .text("open", words.text("law.open-points"), width: 15, look: SheetLook.line) {
        $0.1.openPoints.joined(separator: " · ")
      },
    ]
  }

  private static func ruleColumns(_ words: SheetWords) -> [SheetColumn<RuleUse>] {
    let context = words.context
    let language = words.language
    return [
      .text("id", words.text("law.rule"), width: 26) { $0.rule.id.rawValue },
      SheetColumn("law", words.text("table.law"), width: 14) { use, _ in
        words.effect(use.rule.effect)
      },
      .text("instrument", words.text("sheet.instrument"), width: 34) {
        context.language.instrument($0.rule)
      },
      .text("step", words.text("law.step"), width: 26) {
        $0.rule.effect == .allowed || $0.rule.effect == .prohibited
          ? "" : context.step(of: $0.rule)
      },
      .text("source", words.text("indicators.source"), width: 34) { $0.rule.source },
      .text("confidence", words.text("sheet.law-confidence"), width: 13) { use in
        LawText(language, catalogue: context.park.catalogue).confidence(use.rule.confidence)
      },
      .text("used", words.text("table.exchanges"), width: 15) { language.list($0.labels) },
    ]
  }
}

/// A rule that applies to something of the plan.
struct RuleUse {
  let rule: LegalRule
  /// Of exchanges and legs, in their order.
  let labels: [String]
}

/// Rules that apply to the plan, strictest first, then by id.
struct RuleUses {
  let rules: [RuleUse]

  init(_ context: ReportContext) {
    var labels: [RuleID: [String]] = [:]
    var found: [RuleID: LegalRule] = [:]
    func note(_ rule: LegalRule, _ label: String) {
      found[rule.id] = rule
      if labels[rule.id]?.last != label { labels[rule.id, default: []].append(label) }
    }
    for exchange in context.exchanges {
      for rule in exchange.candidate.verdict.applying { note(rule, String(exchange.rank)) }
    }
    for (index, leg) in context.legs.enumerated() {
      for rule in leg.leg.verdict?.applying ?? [] { note(rule, "L\(index + 1)") }
    }
    rules = found.values.sorted { ($1.effect, $0.id) < ($0.effect, $1.id) }.map {
      RuleUse(rule: $0, labels: labels[$0.id] ?? [])
    }
  }
}

extension ReportContext {
  /// Labels of exchanges and legs that need a permit, in their order.
  func labels(needing permit: PermitNeed) -> [String] {
    ranks(needing: permit).map { String($0) }
      + legs.enumerated().filter { $0.element.leg.permits.contains(permit) }
      .map { "L\($0.offset + 1)" }
  }
}

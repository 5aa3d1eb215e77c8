import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Section E: what is not planned, why, and what changing that would bring.
struct WhyNotView {
  struct BlockerLine {
    let what: String
    let lift: String
    /// What kind of thing it is, one or none.
    var topic: [TopicTag] = []
  }

  struct Row {
    let number: String
    let numberClass: String
    let pair: String
    let stream: String
    let reasons: [BlockerLine]
    let moneyChange: String
    let carbonChange: String
  }

  struct Group {
    let groupTitle: String
    let groupLead: String
    let changeHead: String
    let shownRows: [Row]
    let foldedRows: [Folded]
  }

  struct Folded {
    let fold: String
    let hiddenRows: [Row]
  }

  let groups: [Group]
  let nothing: [String]
  let limits: [String]
  let moneyHead: String
  let carbonHead: String

  /// Rows that stand open; the others are one click away.
  private static let open = 15

  init(_ context: ReportContext) {
    let language = context.language
    moneyHead = context.moneyPerYear
    carbonHead = context.carbonPerYear
    let list = WhyNotList(context)
    groups = list.groups.map { Self.group($0, context) }
    nothing = groups.isEmpty ? [language.text("why.nothing")] : []
    var limits: [String] = []
    if !context.result.whyNot.isComplete { limits.append(language.text("why.incomplete")) }
    if list.isCut {
      limits.append(language.text("why.cut", ["count": language.number(Double(WhyNotList.most))]))
    }
    self.limits = limits
  }

  private static func group(_ group: WhyNotList.Group, _ context: ReportContext) -> Group {
    let language = context.language
    let key = "why.\(group.kind.rawValue)"
    let rows = group.rows.map { row($0.entry, number: $0.number, context) }
    let hidden = Array(rows.dropFirst(open))
    return Group(
      groupTitle: language.plural("\(key).title", count: group.entries.count),
      groupLead: language.text("\(key).lead"), changeHead: language.text("\(key).change"),
      shownRows: Array(rows.prefix(open)),
      foldedRows: hidden.isEmpty
        ? []
        : [Folded(fold: language.plural("why.fold", count: hidden.count), hiddenRows: hidden)])
  }

  private static func row(_ entry: WhyNotEntry, number: String, _ context: ReportContext) -> Row {
    let language = context.language
    let candidate = entry.candidate
    return Row(
      number: number,
      numberClass: candidate.blockers.contains { $0.kind == .prohibited } ? "lg-prohibited" : "",
      pair: context.pair(candidate),
      stream: language.text(
        "exchange.pair",
        ["from": context.stream(candidate.output), "to": context.stream(candidate.input)]),
      reasons: reasons(entry, context),
      moneyChange: entry.moneyChange.map(context.signedMoney) ?? context.untold,
      carbonChange: entry.carbonChange.map(context.signedCarbon) ?? context.untold)
  }

  static func reasons(_ entry: WhyNotEntry, _ context: ReportContext) -> [BlockerLine] {
    let language = context.language
    if !entry.candidate.blockers.isEmpty {
      return entry.candidate.blockers.map { blocker in
        let text = blockerText(blocker, language: language, park: context.park)
        return BlockerLine(
          what: text.what + Self.provenance(of: blocker, entry.candidate, language),
          lift: text.lift, topic: [TopicTag(blocker.kind.topic, language)])
      }
    }
    switch entry.reason {
    case .neverPays(let best):
      let unknown = Set(entry.candidate.ledger.unknownMoney)
      return [
        BlockerLine(
          what: language.text(
            "why.never-pays", ["best": Verdict(context).objectiveValue(best)]),
          lift: dearest(entry.candidate, context))
      ]
        + LedgerTerm.allCases.filter(unknown.contains).map {
          BlockerLine(
            what: language.text(
              "why.unknown-gain", ["term": language.text("term.\($0.rawValue)")]),
            lift: language.text("why.unknown-gain.lift"))
        }
    case .forbidden: return [BlockerLine(what: language.text("why.forbidden"), lift: "")]
    case .outcompeted, .blocked:
      return [BlockerLine(what: language.text("why.outcompeted"), lift: "")]
    }
  }

  /// A recalled rule bars only until someone has read it again.
  private static func provenance(
    of blocker: Blocker, _ candidate: Candidate, _ language: Language
  ) -> String {
    guard blocker.kind == .prohibited else { return "" }
    let recalled = candidate.verdict.deciding.filter { $0.confidence != .verified }
      .map(\.id.rawValue)
    return recalled.isEmpty
      ? "" : " · " + language.text("law.check", ["rules": language.list(recalled)])
  }

  /// The greatest cost at the best quantity, which is where a change would help most.
  private static func dearest(_ candidate: Candidate, _ context: ReportContext) -> String {
    guard let flow = candidate.maximumFlow else { return "" }
    let lines =
      candidate.ledger.perUnit.map { ($0.term, ($0.money.value?.typical ?? 0) * flow) }
      + candidate.ledger.fixed.map { ($0.term, $0.money.value?.typical ?? 0) }
    guard let worst = lines.min(by: { $0.1 < $1.1 }), worst.1 < 0 else { return "" }
    return context.language.text(
      "why.dearest",
      [
        "term": context.language.text("term.\(worst.0.rawValue)").lowercased(),
        "money": context.yearlyMoney(-worst.1),
      ])
  }
}

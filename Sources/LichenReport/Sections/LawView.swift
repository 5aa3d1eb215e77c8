import LichenDomain
import LichenGraph
import LichenLaw

/// Section F: which rules bear on the exchanges, and which were looked at and do not.
struct LawView {
  struct RuleRow {
    let badge: LawBadge
    let ranks: String
    let ruleID: String
    let instrument: String
    let subject: String
    let ruleStep: String
    let holder: String
    let wait: String
    let cost: String
    let ruleLevel: ConfidenceBadge
    let check: [String]
  }

  struct OutcomeRow {
    let outcome: String
    let outcomeCount: String
    let ruleNames: String
  }

  struct Looked {
    let looked: String
    let outcomes: [OutcomeRow]
  }

  /// One, or none where no planned exchange is part of a limited mixture.
  let mixtures: [MixturesView]
  let ruleRows: [RuleRow]
  let hasRules: Bool
  let free: [String]
  let barring: [RuleRow]
  let hasBarring: Bool
  let lookedAt: [Looked]
  let caseRows: [LegalSheet.CaseRow]
  let hasCases: Bool
  let date: String
  /// How many steps, what they cost and how long the longest takes; nothing without steps.
  let summary: [String]

  init(_ context: ReportContext) {
    mixtures = [MixturesView(context)].compactMap(\.self)
    let language = context.language
    summary = Self.summary(context)
    date = language.text("law.date", ["date": language.date(context.park.settings.lawDate)])
    ruleRows = Self.applying(
      context.exchanges.map { (String($0.rank), $0.candidate) }, context
    ) { $0.applying }
    hasRules = !ruleRows.isEmpty
    let free = context.exchanges.filter { $0.candidate.verdict.applying.isEmpty }.map(\.rank)
    self.free =
      free.isEmpty
      ? []
      : [language.plural("law.free", count: free.count, ["ranks": context.rankList(free)])]
    let barred = context.result.whyNot.entries.filter {
      if case .blocked = CandidateFate($0.row) { true } else { false }
    }.enumerated().filter { $0.element.row.effect == .prohibited }
    barring = Self.applying(
      barred.prefix(200).map { ("B\($0.offset + 1)", $0.element.candidate) }, context
    ) { $0.deciding }
    hasBarring = !barring.isEmpty
    lookedAt = Self.lookedAt(context)
    caseRows = LegalSheet(context).rows
    hasCases = !caseRows.isEmpty
  }

  private static func summary(_ context: ReportContext) -> [String] {
    let language = context.language
    if context.permits.isEmpty { return [] }
    let known = context.permits.compactMap(\.annual.value)
    let longest = context.permits.compactMap(\.rule.days).max { $0.high < $1.high }
    let unpriced = context.permits.count - known.count
    return [
      language.plural(
        "law.summary", count: context.permits.count,
        [
          "cost":
            (known.isEmpty
            ? language.text("word.unknown") : context.yearlyMoney(known.sum().typical))
            + (known.isEmpty || unpriced == 0
              ? "" : language.plural("law.costs-open", count: unpriced)),
          "days": longest.map(language.days) ?? language.text("word.unknown"),
        ])
    ]
  }

  /// Rules in order of effect, strictest first, then id, with the numbers of what they bear on.
  private static func applying(
    _ candidates: [(label: String, candidate: Candidate)], _ context: ReportContext,
    _ rules: (LegalVerdict) -> [LegalRule]
  ) -> [RuleRow] {
    var labels: [RuleID: [String]] = [:]
    var found: [RuleID: LegalRule] = [:]
    for (label, candidate) in candidates {
      for rule in rules(candidate.verdict) {
        found[rule.id] = rule
        labels[rule.id, default: []].append(label)
      }
    }
    return found.values.sorted { ($1.effect, $0.id) < ($0.effect, $1.id) }.map { rule in
      row(rule, labels: labels[rule.id] ?? [], context)
    }
  }

  private static func row(_ rule: LegalRule, labels: [String], _ context: ReportContext) -> RuleRow
  {
    let language = context.language
    let asks = rule.effect != .allowed && rule.effect != .prohibited
    func marked(_ text: String, _ confidence: Confidence?) -> String {
      guard let confidence, confidence != .verified else { return text }
      return "\(text) (\(language.text("confidence.\(confidence.rawValue)")))"
    }
    return RuleRow(
      badge: LawBadge(rule.effect, language), ranks: language.list(labels),
      ruleID: rule.id.rawValue,
      instrument: context.language.instrument(rule),
      subject: context.language.term(rule.subject), ruleStep: asks ? context.step(of: rule) : "",
      holder: asks ? language.text("holder.\(rule.holder.rawValue)") : "",
      wait: !asks
        ? ""
        : rule.days.map { marked(language.days($0), rule.daysConfidence) }
          ?? language.text("word.unknown"),
      cost: !asks
        ? ""
        : rule.cost.map { cost in
          marked(
            language.moneyRange(cost.amount, cost.currency), rule.costConfidence)
        } ?? language.text("law.usual-cost"),
      ruleLevel: ConfidenceBadge(rule.confidence, language),
      check: rule.confidence == .verified ? [] : [language.text("law.check-first")])
  }

  /// Rules that were looked at for the planned exchanges and do not count, by reason.
  private static func lookedAt(_ context: ReportContext) -> [Looked] {
    let language = context.language
    var rules: [String: Set<String>] = [:]
    var cases: [String: Int] = [:]
    var all: Set<RuleID> = []
    for exchange in context.detailed {
      for trace in exchange.candidate.verdict.trace {
        all.insert(trace.rule.id)
        guard trace.outcome != .applies else { continue }
        let code = trace.outcome.code
        let detail = trace.outcome.detail.map { " (\($0))" } ?? ""
        rules[code, default: []].insert(trace.rule.id.rawValue + detail)
        cases[code, default: 0] += 1
      }
    }
    guard !all.isEmpty else { return [] }
    let outcomes = rules.keys.sorted().map { code in
      OutcomeRow(
        outcome: language.text("outcome.\(code)"),
        outcomeCount: language.text(
          "law.outcome-count",
          [
            "rules": language.number(Double(rules[code]?.count ?? 0)),
            "cases": language.number(Double(cases[code] ?? 0)),
          ]),
        ruleNames: language.list((rules[code] ?? []).sorted()))
    }
    return [
      Looked(looked: language.plural("law.looked", count: all.count), outcomes: outcomes)
    ]
  }
}

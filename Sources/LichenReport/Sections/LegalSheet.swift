import LichenDomain
import LichenGraph
import LichenLaw

/// The legal sheet: each planned exchange with its hazard, waiting time, cost and open points.
struct LegalSheet {
  struct CaseRow {
    let caseBadge: LawBadge
    let caseRank: String
    let casePair: String
    let caseStream: String
    let caseRules: String
    let hazardWord: String
    let hazardNotes: [String]
    let caseDays: String
    let caseCost: String
    let caseLevel: [ConfidenceBadge]
    let caseCheck: [String]
    let openCount: [String]
    let openPoints: [String]
    let settledPoints: [String]
  }

  let rows: [CaseRow]

  init(_ context: ReportContext) {
    rows = context.detailed.map { Self.row($0, context) }
  }

  private static func row(_ exchange: RankedExchange, _ context: ReportContext) -> CaseRow {
    let language = context.language
    let candidate = exchange.candidate
    let verdict = candidate.verdict
    let words = LawText(language, catalogue: context.park.catalogue)
    let hazard = verdict.facts.hazard
    let states = context.checklist(of: candidate)
    let open =
      hazard.open.map { words.hazard($0) }
      + states.filter(\.isOpen).map { "\($0.point.rule): \(language.term($0.point.question))" }
    let none = language.text("word.none")
    let days = words.days(verdict)
    let costs = cost(of: candidate, context) ?? words.costs(verdict)
    return CaseRow(
      caseBadge: LawBadge(verdict.effect, language), caseRank: String(exchange.rank),
      casePair: context.pair(candidate), caseStream: context.stream(candidate.output),
      caseRules: verdict.applying.isEmpty
        ? language.text("law.no-rule")
        : language.list(verdict.applying.map(\.id.rawValue)),
      hazardWord: words.hazard(hazard),
      hazardNotes: (hazard.basis == .material && hazard.contradictions.isEmpty
        ? [] : hazard.reasons).map { words.hazard($0) }
        + hazard.contradictions.map { words.hazard($0) },
      caseDays: days.isEmpty ? none : days, caseCost: costs.isEmpty ? none : costs,
      caseLevel: verdict.confidence.map { [ConfidenceBadge($0, language)] } ?? [],
      caseCheck: verdict.confidence.map {
        $0 == .verified ? [] : [language.text("law.check-first")]
      } ?? [],
      openCount: open.isEmpty ? [] : [language.plural("law.open", count: open.count)],
      openPoints: open,
      settledPoints: states.compactMap { state in
        state.settledBy.map {
          language.text(
            "law.settled",
            [
              "rule": state.point.rule.rawValue, "question": language.term(state.point.question),
              "by": words.settlement($0),
            ])
        }
      })
  }

  /// What the ledger takes for all steps together, in the park's currency; `nil` where it takes none.
  private static func cost(of candidate: Candidate, _ context: ReportContext) -> String? {
    let language = context.language
    if candidate.permits.isEmpty { return nil }
    let known = candidate.permits.compactMap(\.oneOff.value)
    if known.count < candidate.permits.count { return language.text("word.unknown") }
    let sum = known.sum()
    if sum == .zero { return language.text("law.free-of-charge") }
    let usual = candidate.permits.count { $0.rule.cost == nil && $0.oneOff.value != .zero }
    return language.moneyRange(sum, context.currency)
      + (usual == 0 ? "" : language.plural("law.usual", count: usual))
  }
}

extension ReportContext {
  /// Questions of the rules that apply to a candidate, with what answers them.
  func checklist(of candidate: Candidate) -> [ChecklistState] {
    candidate.verdict.checklist(
      ChecklistEvidence(output: candidate.output, input: candidate.input, in: park),
      in: park.catalogue)
  }
}

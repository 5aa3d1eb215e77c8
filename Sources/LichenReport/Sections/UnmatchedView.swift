import LichenDomain

/// Section E, last part: streams whose words nobody has explained, with what they may mean.
struct UnmatchedView {
  struct Row {
    let unmatchedSite: String
    let words: String
    let amount: String
    let maybe: String
    let maybeCode: String
  }

  let unmatchedRows: [Row]

  /// - Returns: `nil` for a park whose streams all have a material.
  init?(_ context: ReportContext, _ meanings: [SuggestedMeanings]) {
    if context.park.unmatched.isEmpty { return nil }
    let language = context.language
    let known = Dictionary(meanings.map { ($0.stream, $0) }) { first, _ in first }
    func list(_ meanings: [SuggestedMeanings.Meaning]) -> String {
      // Below one in a hundred a proposal says nothing.
      let worth = meanings.filter { $0.score >= 0.01 }.prefix(3)
      return worth.isEmpty
        ? language.text("unmatched.nothing")
        : worth.map { "\($0.name) (\(language.percent($0.score)))" }.joined(separator: " · ")
    }
    unmatchedRows = context.park.unmatched.map { stream in
      Row(
        unmatchedSite: context.names.short(stream.enterprise),
        words: stream.text,
        amount: [
          language.text(stream.isOutput ? "unmatched.offered" : "unmatched.needed"),
          stream.quantity,
        ].filter { !$0.isEmpty }.joined(separator: ", "),
        maybe: list(known[stream.id]?.materials ?? []),
        maybeCode: list(known[stream.id]?.codes ?? []))
    }
  }
}

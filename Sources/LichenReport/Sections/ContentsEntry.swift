/// A line of the table of contents.
struct ContentsEntry {
  let anchor: String
  let letter: String
  let sectionTitle: String
  /// A word for the bar at the top.
  let shortTitle: String

  /// Sections A to H, as far as the page has them.
  /// - Parameter absent: Anchors of sections that the edition leaves out.
  static func own(_ language: Language, absent: Set<String>) -> [ContentsEntry] {
    [
      ("a", "nav.decision", "nav.decision"), ("b", "map.title", "nav.map"),
      ("c", "flow.title", "nav.flow"), ("d", "details.title", "nav.exchanges"),
      ("e", "why.title", "nav.why"), ("f", "law.title", "nav.law"),
      ("g", "assumptions.title", "nav.assumptions"), ("h", "cert.title", "nav.certificate"),
    ].filter { !absent.contains($0.0) }.map { anchor, title, short in
      ContentsEntry(
        anchor: anchor, letter: anchor.uppercased(), sectionTitle: language.text(title),
        shortTitle: language.text(short))
    }
  }

  /// Answers to questions.
  static func answers(_ analyses: [AnalysisView]) -> [ContentsEntry] {
    analyses.map {
      ContentsEntry(
        anchor: $0.anchor, letter: $0.letter, sectionTitle: $0.sectionTitle,
        shortTitle: $0.sectionTitle)
    }
  }
}

/// A line of the table of contents.
struct ContentsEntry {
  let anchor: String
  let letter: String
  let sectionTitle: String

  /// Sections A to H, then the answers to questions.
  static func all(_ analyses: [AnalysisView], _ language: Language) -> [ContentsEntry] {
    let own = [
      ("a", "nav.decision"), ("b", "map.title"), ("c", "flow.title"), ("d", "details.title"),
      ("e", "why.title"), ("f", "law.title"), ("g", "assumptions.title"), ("h", "cert.title"),
    ].map { anchor, key in
      ContentsEntry(
        anchor: anchor, letter: anchor.uppercased(), sectionTitle: language.text(key))
    }
    return own
      + analyses.map {
        ContentsEntry(anchor: $0.anchor, letter: $0.letter, sectionTitle: $0.sectionTitle)
      }
  }
}

/// A line of the table of contents.
struct ContentsEntry {
  let anchor: String
  let letter: String
  let sectionTitle: String
  /// A word for the bar at the top.
  let shortTitle: String
  /// Whether the section answers a question, rather than belong to the match itself.
  let isAnswer: Bool
}

/// Finds the accepted words nearest to a misspelt one.
public enum Spelling {
  /// At most `limit` candidates within a third of the word's length in edits, nearest first, ties in
  /// alphabetical order. Case and separators (`-`, `_`, space) do not count as edits.
  /// - Complexity: O(n · m²) for n candidates of length m.
  public static func nearest(
    to word: String, among candidates: some Sequence<String>, limit: Int = 3
  ) -> [String] {
    let target = Array(normalised(word).unicodeScalars)
    guard !target.isEmpty, target.count <= 120 else { return [] }
    let tolerance = max(1, target.count / 3)
    var scored: [(distance: Int, word: String)] = []
    for candidate in candidates {
      let other = Array(normalised(candidate).unicodeScalars)
      var distance = editDistance(target, other)
      if distance > tolerance, target.count >= 4,
        other.starts(with: target) || candidate.contains(word)
      {
        distance = tolerance
      }
      if distance <= tolerance { scored.append((distance, candidate)) }
    }
    return scored.sorted { ($0.distance, $0.word) < ($1.distance, $1.word) }
      .prefix(limit).map(\.word)
  }

  /// `did you mean a, b or c?`, or `nil` when nothing is near.
  public static func suggestion(for word: String, among candidates: some Sequence<String>)
    -> String?
  {
    let near = nearest(to: word, among: candidates)
    guard let last = near.last else { return nil }
    let head = near.dropLast().joined(separator: ", ")
    return "did you mean \(head.isEmpty ? "" : head + " or ")\(last)?"
  }

  private static func normalised(_ word: String) -> String {
    String(word.lowercased().filter { $0 != "-" && $0 != "_" && $0 != " " })
  }

  /// Optimal string alignment distance (Damerau 1964): insertions, deletions, substitutions and
  /// swaps of neighbours each count one.
  static func editDistance(_ left: [Unicode.Scalar], _ right: [Unicode.Scalar]) -> Int {
    if left.isEmpty { return right.count }
    if right.isEmpty { return left.count }
    var beforeLast = [Int](repeating: 0, count: right.count + 1)
    var last = Array(0...right.count)
    for i in 1...left.count {
      var row = [i] + [Int](repeating: 0, count: right.count)
      for j in 1...right.count {
        let substitution = last[j - 1] + (left[i - 1] == right[j - 1] ? 0 : 1)
        row[j] = min(substitution, last[j] + 1, row[j - 1] + 1)
        if i > 1, j > 1, left[i - 1] == right[j - 2], left[i - 2] == right[j - 1] {
          row[j] = min(row[j], beforeLast[j - 2] + 1)
        }
      }
      beforeLast = last
      last = row
    }
    return last[right.count]
  }
}

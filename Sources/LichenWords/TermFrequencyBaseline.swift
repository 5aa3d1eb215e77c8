import Foundation

/// The plain method to beat: cosine of TF-IDF vectors of words, on titles alone.
///
/// Words are runs of letters and digits in lower case; idf is log((1 + n)/(1 + df)) + 1; vectors have
/// length 1.
struct TermFrequencyBaseline {
  let name: String
  private let parts: [TargetKind: Part]

  private struct Part {
    let ids: [String]
    let rarity: [String: Double]
    /// Targets that have a word, and its weight there.
    let postings: [String: [(target: Int, weight: Double)]]
  }

  init(lexicon: Lexicon, name: String, title: (Target) -> String) {
    self.name = name
    parts = Dictionary(
      uniqueKeysWithValues: TargetKind.allCases.map { kind in
        let targets = lexicon.targets.filter { $0.kind == kind }
        return (kind, Self.part(targets.map { ($0.id, title($0)) }))
      })
  }

  private static func part(_ titles: [(id: String, text: String)]) -> Part {
    var documents: [String: Int] = [:]
    let counted = titles.map { words($0.text) }
    for words in counted { for word in words.keys { documents[word, default: 0] += 1 } }
    let rarity = documents.mapValues {
      log(Double(1 + titles.count) / Double(1 + $0)) + 1
    }
    var postings: [String: [(target: Int, weight: Double)]] = [:]
    for (target, words) in counted.enumerated() {
      let weights = words.sorted { $0.key < $1.key }
        .map { ($0.key, Double($0.value) * (rarity[$0.key] ?? 0)) }
      let length = weights.reduce(0) { $0 + $1.1 * $1.1 }.squareRoot()
      for (word, weight) in weights where length > 0 {
        postings[word, default: []].append((target, weight / length))
      }
    }
    return Part(ids: titles.map(\.id), rarity: rarity, postings: postings)
  }

  private static func words(_ text: String) -> [String: Int] {
    text.precomposedStringWithCanonicalMapping.lowercased()
      .split { !$0.isLetter && !$0.isNumber }
      .reduce(into: [:]) { $0[String($1), default: 0] += 1 }
  }

  /// Ids by falling cosine; of equals in order of id.
  func ranked(_ kind: TargetKind, _ text: String) -> [String] {
    guard let part = parts[kind] else { return [] }
    var scores = [Double](repeating: 0, count: part.ids.count)
    for (word, count) in Self.words(text).sorted(by: { $0.key < $1.key }) {
      let weight = Double(count) * (part.rarity[word] ?? 0)
      for posting in part.postings[word] ?? [] { scores[posting.target] += weight * posting.weight }
    }
    return scores.indices.sorted { (scores[$1], $0) < (scores[$0], $1) }.map { part.ids[$0] }
  }
}

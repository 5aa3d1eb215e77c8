/// A text to be classified, with everything about it that does not depend on a target.
struct WordQuery: Sendable {
  let text: WordText
  /// Words to compare with terms: with diacritics if the text has any, else folded ones.
  let words: [String]
  /// English words for a Vietnamese text; empty for an English one.
  let translated: [String]
  let grams: Set<String>
  let isVietnamese: Bool
  let isic: String
  let sector: SectorPrior.Strengths
  let named: SectorPrior.Strengths
  /// Head word: the first of a Vietnamese phrase, the last of an English one.
  let head: String
}

/// How rare words are among the terms, and which language they belong to.
struct Vocabulary: Sendable {
  private let kept: [String: Double]
  private let folded: [String: Double]
  private let english: Set<String>
  private let vietnameseFolded: Set<String>
  private let unknown: Double

  init(_ lexicon: Lexicon) {
    var keptCounts: [String: Int] = [:]
    var foldedCounts: [String: Int] = [:]
    var english: Set<String> = []
    var vietnamese: Set<String> = []
    for term in lexicon.terms {
      for word in Set(term.words.kept.map(Self.stem)) { keptCounts[word, default: 0] += 1 }
      for word in Set(term.words.folded.map(Self.stem)) { foldedCounts[word, default: 0] += 1 }
      if term.words.hasDiacritics {
        vietnamese.formUnion(term.words.folded)
      } else if case .example = term.origin {
        continue
      } else {
        english.formUnion(term.words.kept)
      }
    }
    let total = Double(lexicon.terms.count)
    kept = keptCounts.mapValues { Self.rarity($0, of: total) }
    folded = foldedCounts.mapValues { Self.rarity($0, of: total) }
    unknown = Self.rarity(3, of: total)
    self.english = english
    vietnameseFolded = vietnamese
  }

  private static func rarity(_ count: Int, of total: Double) -> Double {
    // The logarithm as BM25 has it, bounded so that one rare word does not decide alone.
    min(6, max(0.3, logarithm((total - Double(count) + 0.5) / (Double(count) + 0.5))))
  }

  func rarity(_ stem: String, folded isFolded: Bool) -> Double {
    (isFolded ? folded[stem] : kept[stem]) ?? unknown
  }

  /// Whether a text without diacritics reads as Vietnamese typed without them.
  func looksVietnamese(_ words: [String]) -> Bool {
    var balance = 0.0
    for word in words {
      switch (vietnameseFolded.contains(word), english.contains(word)) {
      case (true, false): balance += 1
      case (false, true): balance -= 1
      case (true, true): balance += word.utf8.count <= 4 ? 0.2 : -0.4
      case (false, false): break
      }
    }
    return balance > 0
  }

  /// Cuts the commonest English endings, for comparison only.
  static func stem(_ word: String) -> String {
    guard word.utf8.count >= 6, word.utf8.allSatisfy({ $0 < 128 }) else { return word }
    for ending in ["isation", "ation", "ing", "ed", "ion", "er"]
    where word.hasSuffix(ending) && word.utf8.count - ending.utf8.count >= 4 {
      return String(word.dropLast(ending.utf8.count))
    }
    return word.hasSuffix("e") ? String(word.dropLast()) : word
  }
}

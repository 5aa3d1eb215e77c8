import Foundation

/// Natural logarithm, here once so that other files need no Foundation.
func logarithm(_ value: Double) -> Double { log(value) }

/// Best agreement of a text with the terms of each target.
struct TermMatcher: Sendable {
  struct Agreement: Sendable {
    var exact = 0.0
    var phrase = 0.0
    var overlap = 0.0
    var head = 0.0
    var support = 0.0
    var translated = 0.0
    var gram = 0.0
    var example = 0.0
    /// Term behind the best evidence, for the reason.
    var bestTerm: Int?
    fileprivate var bestEvidence = 0.0
  }

  let lexicon: Lexicon
  let index: WordIndex
  let vocabulary: Vocabulary
  private let stems: [TermStems]

  private struct TermStems: Sendable {
    let kept: [String]
    let folded: [String]
    let grams: Set<String>
  }

  init(lexicon: Lexicon, index: WordIndex) {
    self.lexicon = lexicon
    self.index = index
    vocabulary = Vocabulary(lexicon)
    stems = lexicon.terms.map { term in
      TermStems(
        kept: term.words.kept.map(Vocabulary.stem), folded: term.words.folded.map(Vocabulary.stem),
        grams: Set(Trigrams.cut(term.words.folded.joined(separator: " "))))
    }
  }

  /// Weight left of a term that is meant for another industry.
  private static let foreignIndustry = 0.6
  /// Overlap from which a term counts as agreeing.
  private static let agreeing = 0.35

  /// - Parameter isHidden: Terms that must not be used.
  /// - Complexity: a few searches; then linear in the terms found, at most some hundreds.
  func agreements(_ query: WordQuery, isHidden: (Term) -> Bool) -> [Int: Agreement] {
    var agreements: [Int: Agreement] = [:]
    let isFolded = !query.text.hasDiacritics
    let words = query.words.map(Vocabulary.stem)
    let translated = query.translated.map(Vocabulary.stem)
    var rows = index.terms(sharing: query.words, folded: isFolded)
    rows += index.terms(lookingLike: query.text.folded.joined(separator: " "))
    let direct = Set(rows)
    let foreign = Set(index.terms(sharing: query.translated, folded: true)).subtracting(direct)
    for row in direct.sorted() + foreign.sorted() {
      let term = lexicon.terms[row]
      if isHidden(term) { continue }
      let isForeign =
        !term.isic.isEmpty && !query.isic.isEmpty && !query.isic.hasPrefix(term.isic.prefix(2))
      let weight = term.weight * (isForeign ? Self.foreignIndustry : 1)
      var agreement = agreements[term.target] ?? Agreement()
      let own = isFolded ? stems[row].folded : stems[row].kept
      let shares = shares(words, own, folded: isFolded)
      let other =
        translated.isEmpty
        ? (text: 0, term: 0)
        : self.shares(
          translated, stems[row].folded, folded: true)
      let likeness = Trigrams.likeness(query.grams, stems[row].grams)
      agreement.merge(
        row: row, term: term, weight: weight,
        overlap: (shares.text * shares.term).squareRoot(),
        phrase: shares.term > 0.999 && own.isContained(in: words) ? shares.text : 0,
        translated: (other.text * other.term).squareRoot(), likeness: likeness,
        hasHead: own.contains(Vocabulary.stem(query.head)))
      agreements[term.target] = agreement
    }
    return agreements
  }

  /// Share of the text's and of the term's weight of words that the other one has.
  private func shares(_ text: [String], _ term: [String], folded: Bool) -> (
    text: Double, term: Double
  ) {
    var left = text
    var common = 0.0
    var termWeight = 0.0
    for word in term {
      let rarity = vocabulary.rarity(word, folded: folded)
      termWeight += rarity
      if let place = left.firstIndex(of: word) {
        common += rarity
        left.remove(at: place)
      }
    }
    guard common > 0 else { return (0, 0) }
    let textWeight = text.reduce(0) { $0 + vocabulary.rarity($1, folded: folded) }
    return (common / textWeight, common / termWeight)
  }

  fileprivate static var supportFrom: Double { agreeing }
}

extension TermMatcher.Agreement {
  fileprivate mutating func merge(
    row: Int, term: Term, weight: Double, overlap: Double, phrase: Double, translated: Double,
    likeness: Double, hasHead: Bool
  ) {
    if case .example = term.origin {
      example = max(example, weight * max(overlap, 0.8 * likeness))
    } else {
      if overlap > 0.999 { exact = max(exact, weight) }
      self.phrase = max(self.phrase, weight * phrase)
      if weight * overlap > self.overlap {
        self.overlap = weight * overlap
        head = hasHead ? 1 : 0
      }
      if overlap > TermMatcher.supportFrom { support += weight * overlap * overlap }
      self.translated = max(self.translated, weight * translated)
      gram = max(gram, weight * likeness)
    }
    let evidence = weight * max(overlap, phrase, 0.9 * translated, 0.9 * likeness)
    if evidence > bestEvidence {
      bestEvidence = evidence
      bestTerm = row
    }
  }
}

extension [String] {
  /// Whether these words stand in `words` side by side in the same order.
  fileprivate func isContained(in words: [String]) -> Bool {
    guard !isEmpty, count <= words.count else { return false }
    return (0...(words.count - count)).contains { words[$0..<($0 + count)].elementsEqual(self) }
  }
}

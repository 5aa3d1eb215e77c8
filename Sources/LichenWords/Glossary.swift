import LichenDomain

/// Puts Vietnamese words, abbreviations and formulas into plain English ones, longest phrase first.
struct Glossary: Sendable {
  private struct Entries: Sendable {
    var byPhrase: [String: [String]] = [:]
    var longest = 1

    mutating func add(_ words: [String], _ english: [String]) {
      // Without tone marks one text may mean several things; all of them are kept.
      byPhrase[words.joined(separator: " "), default: []] += english
      longest = max(longest, words.count)
    }
  }

  private let vietnamese: Entries
  private let vietnameseFolded: Entries
  private let english: Entries

  init(_ entries: [WordTables.GlossaryEntry]) {
    var vietnamese = Entries()
    var folded = Entries()
    var english = Entries()
    for entry in entries.sorted(by: { ($0.language, $0.term) < ($1.language, $1.term) }) {
      let words = WordText(entry.term)
      let meaning = WordText(entry.english).kept
      guard !words.kept.isEmpty else { continue }
      if entry.language != "en" {
        vietnamese.add(words.kept, meaning)
        folded.add(words.folded, meaning)
      }
      if entry.language != "vi" { english.add(words.kept, meaning) }
    }
    self.vietnamese = vietnamese
    vietnameseFolded = folded
    self.english = english
  }

  /// English words for a Vietnamese text; phrases that are not known are passed over, signs kept.
  func translation(of text: WordText) -> [String] {
    let isFolded = !text.hasDiacritics
    return words(
      isFolded ? text.folded : text.kept, in: isFolded ? vietnameseFolded : vietnamese
    ) { $0.contains(where: \.isNumber) ? [$0] : [] }
  }

  /// An English text with abbreviations and formulas spelt out beside the other words; empty if it
  /// has none.
  func expansion(of text: WordText) -> [String] {
    let expanded = words(text.kept, in: english) { [$0] }
    return expanded == text.kept ? [] : expanded
  }

  private func words(_ words: [String], in entries: Entries, unknown: (String) -> [String])
    -> [String]
  {
    var found: [String] = []
    var start = 0
    while start < words.count {
      var length = min(entries.longest, words.count - start)
      var meaning: [String]?
      while length > 0 {
        meaning = entries.byPhrase[words[start..<(start + length)].joined(separator: " ")]
        if meaning != nil { break }
        length -= 1
      }
      found += meaning ?? unknown(words[start])
      start += max(1, length)
    }
    return found
  }
}

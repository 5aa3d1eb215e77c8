import Testing

@testable import LichenDomain

@Suite("Spelling")
struct SpellingTests {
  @Test(
    "distance counts insertions, deletions, substitutions and swaps of neighbours",
    arguments: [
      // Levenshtein's textbook pairs (Jurafsky and Martin, Speech and Language Processing, 2.5:
      // intention/execution 5 with unit costs), and Damerau's swap; exact.
      ("kitten", "sitting", 3), ("intention", "execution", 5), ("gypsum", "gpysum", 1),
      ("", "abc", 3), ("abc", "", 3), ("ash", "ash", 0), ("ab", "ba", 1),
      // Optimal string alignment, not the unrestricted distance, which would be 2.
      ("ca", "abc", 3),
    ])
  func distance(_ left: String, _ right: String, _ count: Int) {
    #expect(Spelling.editDistance(Array(left.unicodeScalars), Array(right.unicodeScalars)) == count)
    #expect(Spelling.editDistance(Array(right.unicodeScalars), Array(left.unicodeScalars)) == count)
  }

  @Test("offers the nearest first, ties in alphabetical order")
  func nearest() {
    let words = ["gypsum", "gypsy", "clinker", "gypsam", "gypsim"]
    #expect(Spelling.nearest(to: "gypsun", among: words) == ["gypsum", "gypsam", "gypsim"])
    #expect(Spelling.nearest(to: "gypsun", among: words.reversed(), limit: 1) == ["gypsum"])
  }

  @Test("separators and case are no errors")
  func separators() {
    #expect(Spelling.nearest(to: "Fly Ash", among: ["fly_ash", "bottom_ash"]) == ["fly_ash"])
  }

  @Test("a beginning of at least four letters finds the longer word")
  func beginning() {
    #expect(
      Spelling.nearest(to: "natural", among: ["natural_gypsum", "steel"]) == ["natural_gypsum"])
    #expect(Spelling.nearest(to: "nat", among: ["natural_gypsum"]).isEmpty)
  }

  @Test(
    "offers nothing when nothing is near",
    arguments: ["", "zzzzzz", String(repeating: "a", count: 200)])
  func nothing(_ word: String) {
    #expect(Spelling.suggestion(for: word, among: ["gypsum", "clinker"]) == nil)
  }

  @Test("the sentence joins several words with commas and or")
  func sentence() {
    #expect(Spelling.suggestion(for: "gypsun", among: ["gypsum"]) == "did you mean gypsum?")
    #expect(
      Spelling.suggestion(for: "gypsun", among: ["gypsum", "gypsam", "gypsim"])
        == "did you mean gypsum, gypsam or gypsim?")
  }
}

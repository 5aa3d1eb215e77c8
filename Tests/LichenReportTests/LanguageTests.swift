import Foundation
import LichenDomain
import LichenGraph
import LichenLaw
import LichenMatching
import LichenPlanning
import Testing

@testable import LichenReport

@Suite struct LanguageTests {
  let language = ReportFixture.language

  @Test(arguments: [
    (1234.5, 1, "1,234.5"), (-1234.5, 0, "−1,235"), (-0.04, 1, "0.0"), (0, 0, "0"),
    (999_999.5, 0, "1,000,000"), (1e15, 0, "1,000,000,000,000,000"), (0.125, 2, "0.13"),
  ])
  func numbersAreGroupedAndSigned(value: Double, decimals: Int, text: String) {
    #expect(language.number(value, decimals: decimals) == text)
  }

  @Test func anInfiniteNumberIsUnknown() {
    #expect(language.number(.nan) == "unknown")
    #expect(language.number(.infinity) == "unknown")
  }

  @Test(arguments: [
    (9.8, "9.80"), (9.996, "10.0"), (37.43, "37.4"), (999.6, "1,000"), (0.0612, "0.0612"),
    (0, "0"), (-4.8167, "−4.82"),
  ])
  func headlinesHaveThreeSignificantDigits(value: Double, text: String) {
    #expect(language.significant(value) == text)
  }

  @Test(arguments: [
    (55_750_496.0, "55.8 M€"), (999_600, "1.00 M€"), (999_400, "999 k€"), (12, "12.0 €"),
    (-4000, "−4.00 k€"), (2.5e9, "2.50 bn€"),
  ])
  func moneyIsScaled(value: Double, text: String) throws {
    let euro = try #require(Currency("EUR"))
    #expect(language.money(value, euro).replacing("\u{00A0}", with: " ") == text)
  }

  @Test func aCurrencyWithoutSymbolShowsItsCode() throws {
    let baht = try #require(Currency("THB"))
    #expect(language.money(12, baht).replacing("\u{00A0}", with: " ") == "12.0 THB")
    #expect(language.money(2e6, baht).replacing("\u{00A0}", with: " ") == "2.00 M THB")
  }

  @Test func argumentsAreFilledAndUnknownOnesStay() throws {
    let words = try Language(
      json: """
        {"language.code":"xx","format.decimal":",","format.group":".","format.minus":"−",
        "a":"{x} of {y}","b.other":"{count} things"}
        """)
    #expect(words.text("a", ["x": "{y}"]) == "{y} of {y}")
    #expect(words.plural("b", count: 1) == "1 things")
    #expect(words.number(1234.5, decimals: 1) == "1.234,5")
    #expect(words.text("c") == "c")
    #expect(words.missingKeys == ["c"])
  }

  @Test func aFileThatIsNoFlatObjectIsRefused() {
    #expect(throws: LanguageError.self) { try Language(json: "[1]") }
    #expect(throws: LanguageError.missingKey("language.code")) { try Language(json: "{}") }
  }

  @Test func aRangeWithMinusHasNoDash() {
    #expect(language.range("−5", "−3") == "−5 to −3")
    #expect(language.range("3", "5") == "3–5")
    #expect(language.range("3", "3") == "3")
  }

  @Test func everyBlockerHasTextAndLift() {
    for kind in Blocker.Kind.allCases {
      let text = blockerText(Blocker(kind), language: language)
      #expect(!text.what.hasPrefix("blocker.") && !text.lift.hasPrefix("blocker."), "\(kind)")
    }
  }

  @Test func aBlockerIsFilledWithItsFigures() {
    let blocker = Blocker(
      .tooFar, ["km": .number(41.26), "limit": .number(15), "mode": .key("mode.truck")])
    #expect(blockerText(blocker, language: language).what == "41.26 km by truck, limit 15 km")
  }
}

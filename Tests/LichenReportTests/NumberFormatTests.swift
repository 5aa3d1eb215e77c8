import Foundation
import LichenDomain
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

/// Numbers, money and dates as English and Vietnamese readers write them.
@Suite struct NumberFormatTests {
  private let english = ReportFixture.language
  private let vietnamese = ReportFixture.vietnamese

  private func plain(_ text: String) -> String { text.replacing("\u{00A0}", with: " ") }

  @Test(arguments: [
    (69.2e9, "VND", "69.2 bn₫", "69,2 tỷ ₫"), (2.9e6, "EUR", "2.90 M€", "2,90 triệu €"),
    (-4000, "EUR", "−4.00 k€", "−4,00 nghìn €"), (12, "THB", "12.0 THB", "12,0 THB"),
    (2e6, "THB", "2.00 M THB", "2,00 triệu THB"),
  ])
  func moneyIsWrittenAsReadersDo(value: Double, code: String, en: String, vi: String) throws {
    let currency = try #require(Currency(code))
    #expect(plain(english.money(value, currency)) == en)
    #expect(plain(vietnamese.money(value, currency)) == vi)
    // No line end parts an amount.
    #expect(!english.money(value, currency).contains(" "))
    #expect(!vietnamese.money(value, currency).contains(" "))
  }

  @Test(arguments: [
    (27.1e6, 91.6e6, "27.1–91.6 M€", "27,1–91,6 triệu €"),
    (900e3, 12e6, "0.900–12.0 M€", "0,900–12,0 triệu €"),
    (-3e3, 5e3, "−3.00 to 5.00 k€", "−3,00 đến 5,00 nghìn €"),
    (2e3, 2e3, "2.00 k€", "2,00 nghìn €"),
  ])
  func bothEndsOfARangeShareAUnit(low: Double, high: Double, en: String, vi: String) throws {
    let euro = try #require(Currency("EUR"))
    let range = try #require(Estimate(low: low, typical: (low + high) / 2, high: high))
    #expect(plain(english.moneyRange(range, euro)) == en)
    #expect(plain(vietnamese.moneyRange(range, euro)) == vi)
  }

  /// A rounded end could shut out the truth, and a narrower range would tell more than was meant.
  @Test func endsOfPublishedRangesAreShownExactly() throws {
    let euro = try #require(Currency("EUR"))
    var random = SeededGenerator(seed: 11)
    for _ in 0..<2000 {
      let total = random.number(in: -1...1) * pow(10, random.number(in: 0...12))
      let range = SafeRange.around(total, hidden: [abs(total) * random.number(in: 0...0.5)])
      func readBack(_ text: String, _ end: Double, factor: Double) {
        let digits = text.replacing(",", with: "").replacing("−", with: "-")
        let read = (Double(digits) ?? .nan) * factor
        #expect(abs(read - end) <= 1e-9 * max(abs(end), 1), "\(text), not \(end)")
      }
      func check(_ parts: (value: String, unit: String), _ factors: [String: Double]) throws {
        let factor = try #require(factors[plain(parts.unit)], "\(parts.unit)")
        let ends = parts.value.replacing(" to ", with: "–").split(separator: "–")
        readBack(String(ends[0]), range.lowerBound, factor: factor)
        readBack(String(ends[ends.count - 1]), range.upperBound, factor: factor)
      }
      try check(
        english.moneyParts(exact: range, euro), ["€": 1, "k€": 1e3, "M€": 1e6, "bn€": 1e9])
      try check(
        english.massParts(exactKilograms: range), ["kg": 1, "t": 1e3, "kt": 1e6, "Mt": 1e9])
    }
  }

  @Test func massesSharesDatesAndDays() throws {
    let date = try #require(CalendarDate("2026-01-31"))
    #expect(plain(vietnamese.mass(tonnes: 179_400)) == "179 kt")
    #expect(vietnamese.number(-1234.5, decimals: 1) == "−1.234,5")
    #expect(english.number(-1234.5, decimals: 1) == "−1,234.5")
    #expect(vietnamese.percent(0.125, decimals: 1) == "12,5%")
    #expect(english.percent(0.125, decimals: 1) == "12.5 %")
    #expect(vietnamese.date(date) == "31/1/2026")
    #expect(english.date(date) == "31 January 2026")
    #expect(vietnamese.text("format.per-year", ["value": "5 t"]) == "5 t/năm")
  }

  @Test(arguments: [
    (5e9, 1e6, "M₫", "triệu ₫"), (5e13, 1e9, "bn₫", "tỷ ₫"), (5e5, 1e3, "k₫", "nghìn ₫"),
  ])
  func tablesOfDong(largest: Double, factor: Double, en: String, vi: String) throws {
    let dong = try #require(Currency("VND"))
    for (language, unit) in [(english, en), (vietnamese, vi)] {
      let scale = TableScale.money(largest: largest, currency: dong, language: language)
      #expect(scale.factor == factor && plain(scale.unit) == unit)
    }
  }

  @Test(arguments: ["en", "vi"]) func pagesKeepNumbersAndUnitsTogether(code: String) throws {
    let language = code == "en" ? english : vietnamese
    let html = try ReportFixture.html(ReportFixture.match(Fixtures.mixedPark.park()), in: language)
    let text = html.replacing(
      #/<style>.*?<\/style>|<script>.*?<\/script>/#.dotMatchesNewlines(), with: ""
    )
    .replacing(#/<[^>]*>/#, with: "|")
    let parted = text.matches(of: #/[0-9] (%|t|kt|km|kg|M€|k€|€|tỷ|triệu|nghìn|năm|ngày|days?)\b/#)
    #expect(parted.map { String($0.0) } == [])
    // A minus is a minus, not a hyphen.
    #expect(text.matches(of: #/[|( ]-[0-9]/#).map { String($0.0) } == [])
    #expect(language.missingKeys == [])
  }

  @Test(arguments: [
    ("<p>12 % of 5 t</p>", "<p>12~% of 5~t</p>"),
    ("<p>5 tonnes, 3 kt/yr</p>", "<p>5 tonnes, 3~kt/yr</p>"),
    ("<i title=\"5 t\">x 5 km.</i>", "<i title=\"5 t\">x 5~km.</i>"),
    ("<style>a{b:0 % 1 t}</style>1 t", "<style>a{b:0 % 1 t}</style>1~t"),
    ("90 days, a t", "90~days, a t"), ("3 ", "3 "), ("<", "<"),
  ])
  func onlyTextIsBound(page: String, bound: String) {
    #expect(
      BoundUnits(english).bound(page) == bound.replacing("~", with: "\u{00A0}"))
  }
}

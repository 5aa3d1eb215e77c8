import Testing

@testable import LichenIO

@Suite struct NumberTests {
  @Test(arguments: [
    ("0", 0), ("-0", 0), ("42", 42), ("+7", 7), ("-3.25", -3.25), (".5", 0.5), ("5.", 5),
    ("3 500 000", 3_500_000), ("3\u{A0}500\u{202F}000.5", 3_500_000.5), ("\u{2212}12", -12),
    ("1e3", 1000), ("2.5E-2", 0.025), ("123456789012345678", 123_456_789_012_345_680),
  ])
  func `point dialect`(text: String, value: Double) {
    #expect(NumberParser.parse(text, decimalComma: false) == .value(value))
  }

  @Test(arguments: [
    ("1234,5", 1234.5), ("1.234,5", 1234.5), ("1.234.567", 1_234_567), ("1234.5", 1234.5),
    ("1,234", 1.234), ("0.123", 0.123), ("1 234,5", 1234.5), ("-1.234.567,25", -1_234_567.25),
    ("1.2345", 1.2345), ("12", 12), ("1.234e3", 1234),
  ])
  func `comma dialect`(text: String, value: Double) {
    #expect(NumberParser.parse(text, decimalComma: true) == .value(value))
  }

  @Test func `a point before three digits is ambiguous in the comma dialect only`() {
    #expect(NumberParser.parse("1.234", decimalComma: true) == .ambiguous(1.234))
    #expect(NumberParser.parse("1.234", decimalComma: false) == .value(1.234))
  }

  @Test(arguments: [
    "", "-", ".", "nan", "NaN", "inf", "-Infinity", "0x1A", "12abc", "1.2.3", "1 23", "12 34 567",
    "5%", "1e", "1e+", "--1", "1 .5", "n/a", "１２", "1e5e5", "1_000",
  ])
  func `no number`(text: String) {
    #expect(NumberParser.parse(text, decimalComma: false) == .invalid)
  }

  @Test(arguments: ["1,2,3", "1.23.456", "1,234.5", "12.3456,7", "1 234.567,8"])
  func `no number in the comma dialect`(text: String) {
    #expect(NumberParser.parse(text, decimalComma: true) == .invalid)
  }

  @Test func `commas and numbers beyond a double have outcomes of their own`() {
    #expect(NumberParser.parse("1,234", decimalComma: false) == .comma)
    #expect(NumberParser.parse("1,234.5", decimalComma: false) == .value(1234.5))
    #expect(NumberParser.parse("-7,000,000", decimalComma: false) == .value(-7_000_000))
    for doubtful in ["12,34.5", "1,23,456", "1234,567,890", "1,234.5,6"] {
      #expect(NumberParser.parse(doubtful, decimalComma: false) == .comma)
    }
    #expect(NumberParser.parse("1e400", decimalComma: false) == .outOfRange)
    #expect(NumberParser.parse("1e-400", decimalComma: false) == .outOfRange)
  }

  @Test(arguments: [
    (0.0, "0"), (-0.0, "0"), (1, "1"), (-3, "-3"), (0.1, "0.1"), (1234.5, "1234.5"),
    (0.00002, "0.00002"), (0.0000015, "0.0000015"), (1e-6, "0.000001"),
    (-0.00001234, "-0.00001234"),
    (999_999_999_999_999, "999999999999999"), (1e14, "100000000000000"), (.infinity, ""),
    (.nan, ""),
  ])
  func `numbers are written without exponent in the ordinary range`(value: Double, text: String) {
    #expect(NumberText.shortest(value) == text)
  }

  @Test func `numbers read back as written`() {
    var generator = SeededGenerator(seed: 11)
    for _ in 0..<5000 {
      let exponent = Int.random(in: -300...300, using: &generator)
      let digits = Double.random(in: -1...1, using: &generator)
      let value = Double("\(digits)e\(exponent)") ?? 0
      let text = NumberText.shortest(value)
      #expect(NumberParser.parse(text, decimalComma: false) == .value(value == 0 ? 0 : value))
      if abs(value) >= 1e-6, abs(value) < 1e15 { #expect(!text.contains("e")) }
    }
  }
}

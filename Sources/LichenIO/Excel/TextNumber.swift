/// Reads a number that somebody typed into a cell as text, where no dialect is known.
///
/// Accepted is what can mean one thing only: `12,5`, `1.234,5`, `1,234.5`, `1 234,5`, `1.234.567`,
/// `0,125`. A single mark before exactly three digits (`1.234`, `1,234`) may part thousands or
/// decimals, and is not decided here.
enum TextNumber {
  enum Outcome: Equatable {
    case value(Double)
    /// Both readings.
    case ambiguous(thousands: Double, decimal: Double)
    case invalid
  }

  static func parse(_ text: String) -> Outcome {
    let plain = NumberParser.parse(text, decimalComma: false)
    let comma = NumberParser.parse(text, decimalComma: true)
    switch (plain, comma) {
    case (.value, .ambiguous(let decimal)):
      return ambiguous(text, mark: ".", decimal: decimal)
    case (.value(let value), _): return .value(value)
    case (.comma, .value(let value)):
      if mayBeThousands(text) { return ambiguous(text, mark: ",", decimal: value) }
      return .value(value)
    case (_, .value(let value)): return .value(value)
    case (.comma, _):
      // What is no number with a decimal comma may be one with commas between thousands.
      return swapped(text)
    default: return .invalid
    }
  }

  private static func ambiguous(_ text: String, mark: Character, decimal: Double) -> Outcome {
    guard
      case .value(let thousands) = NumberParser.parse(
        text.filter { $0 != mark }, decimalComma: false)
    else { return .value(decimal) }
    return .ambiguous(thousands: thousands, decimal: decimal)
  }

  /// `1,234`, but not `0,234`, `1234,567` or `1,2345`.
  private static func mayBeThousands(_ text: String) -> Bool {
    let digits = text.drop { $0 == "-" || $0 == "+" || $0 == "\u{2212}" }
    let parts = digits.split(separator: ",", omittingEmptySubsequences: false)
    return parts.count == 2 && (1...3).contains(parts[0].count) && parts[0].first != "0"
      && parts[1].count == 3 && parts.joined().allSatisfy(\.isNumber)
  }

  private static func swapped(_ text: String) -> Outcome {
    let other = String(text.map { $0 == "," ? "." : $0 == "." ? "," : $0 })
    guard case .value(let value) = NumberParser.parse(other, decimalComma: true) else {
      return .invalid
    }
    return .value(value)
  }
}

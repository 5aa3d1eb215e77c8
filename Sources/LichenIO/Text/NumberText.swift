/// Writes numbers for machines: shortest text that reads back as the same number.
public enum NumberText {
  /// `1234.5`, `-3`, `0.00002`; no exponent for magnitudes from 1e-6 to below 1e15, no trailing
  /// `.0`, no negative zero.
  /// - Returns: Empty text for a number that is not finite.
  public static func shortest(_ value: Double) -> String {
    guard value.isFinite else { return "" }
    if value == 0 { return "0" }
    let text = value.description
    guard let mark = text.utf8.firstIndex(of: UInt8(ascii: "e")) else { return withoutPoint(text) }
    let magnitude = abs(value)
    guard magnitude >= 1e-6, magnitude < 1e15 else { return text.replacing(".0e", with: "e") }
    return positional(text, exponentMark: mark)
  }

  private static func withoutPoint(_ text: String) -> String {
    text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func positional(_ text: String, exponentMark: String.Index) -> String {
    let sign = text.hasPrefix("-") ? "-" : ""
    let mantissa = text[..<exponentMark].drop { $0 == "-" }
    let digits = withoutPoint(String(mantissa)).filter { $0 != "." }
    let exponent = Int(text[text.index(after: exponentMark)...]) ?? 0
    if exponent < 0 {
      return sign + "0." + String(repeating: "0", count: -exponent - 1) + digits
    }
    let missing = exponent + 1 - digits.count
    if missing >= 0 { return sign + digits + String(repeating: "0", count: missing) }
    return sign + digits.prefix(exponent + 1) + "." + digits.dropFirst(exponent + 1)
  }
}

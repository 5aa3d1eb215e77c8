import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

extension Language {
  /// Unbreakable space between a number and its unit.
  static let narrowGap = "\u{00A0}"

  /// A number with grouped digits: `1,234.5` in English. Never shows a negative zero.
  /// - Parameter decimals: Digits behind the decimal mark, 0...9.
  public func number(_ value: Double, decimals: Int = 0) -> String {
    guard value.isFinite else { return text("word.unknown") }
    let decimals = min(9, max(0, decimals))
    let power = pow(10.0, Double(decimals))
    let scaled = (abs(value) * power).rounded()
    // Beyond 2^53 doubles hold whole numbers only; digits behind the mark would be noise.
    guard scaled < 9_007_199_254_740_992 else {
      return abs(value) < 9e18
        ? (value < 0 ? minus : "") + grouped(String(Int64(abs(value)))) : "\(value)"
    }
    let digits = Int64(scaled)
    let divisor = Int64(power)
    let whole = grouped(String(digits / divisor))
    let sign = value < 0 && digits > 0 ? minus : ""
    guard decimals > 0 else { return sign + whole }
    let fraction = String(digits % divisor)
    let padding = String(repeating: "0", count: decimals - fraction.count)
    return sign + whole + decimalMark + padding + fraction
  }

  /// A number with so many significant digits as far as they stand behind the mark: `9.80`, `37.4`,
  /// `1,235`.
  public func significant(_ value: Double, digits: Int = 3) -> String {
    number(value, decimals: Self.decimals(value, digits: digits))
  }

  /// Digits before the decimal mark; 1 below 1.
  static func wholeDigits(_ value: Double) -> Int {
    abs(value) < 1 ? 1 : Int(floor(log10(abs(value)))) + 1
  }

  static func decimals(_ value: Double, digits: Int) -> Int {
    guard value != 0, value.isFinite else { return 0 }
    let exponent = Int(floor(log10(abs(value))))
    let decimals = max(0, digits - 1 - exponent)
    // Rounding may carry into the next power of ten: 9.996 is 10.0, not 10.00.
    let rounded = (abs(value) * pow(10, Double(decimals))).rounded() / pow(10, Double(decimals))
    return rounded >= pow(10, Double(exponent + 1)) ? max(0, decimals - 1) : decimals
  }

  /// A number with at most three significant digits and no trailing zeros, for running text.
  public func plain(_ value: Double, digits: Int = 3) -> String {
    let text = significant(value, digits: digits)
    guard text.contains(decimalMark) else { return text }
    var trimmed = Substring(text)
    while trimmed.hasSuffix("0") { trimmed.removeLast() }
    if trimmed.hasSuffix(decimalMark) { trimmed.removeLast(decimalMark.count) }
    return String(trimmed)
  }

  /// The same with a plus before gains: `+12`, `−3`, `0`.
  public func signed(_ value: Double, decimals: Int = 0) -> String {
    let text = number(value, decimals: decimals)
    return value > 0 && text.contains(where: { ("1"..."9").contains($0) }) ? "+\(text)" : text
  }

  /// A share 0...1 as per cent.
  public func percent(_ share: Double, decimals: Int = 0) -> String {
    text("format.percent", ["value": number(share * 100, decimals: decimals)])
  }

  /// `low–high`.
  func range(_ low: String, _ high: String) -> String {
    if low == high { return low }
    // A dash before a minus reads badly: `−5 to −3`, but `3–5`.
    let key = low.hasPrefix(minus) ? "format.range-signed" : "format.range"
    return text(key, ["low": low, "high": high])
  }

  /// A date in the words of the language.
  public func date(_ date: CalendarDate) -> String {
    text(
      "format.date",
      [
        "day": String(date.day), "month": String(date.month), "year": String(date.year),
        "name": text("month.\(date.month)"),
      ])
  }
}

extension Language {
  /// Digits in groups of three.
  private func grouped(_ digits: String) -> String {
    var result = ""
    for (index, digit) in digits.enumerated() {
      if index > 0, (digits.count - index) % 3 == 0 { result += groupMark }
      result.append(digit)
    }
    return result
  }
}

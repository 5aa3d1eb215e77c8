/// Reads numbers as people write them in tables.
///
/// - In every dialect: spaces, also no-break ones, may part thousands (`3 500 000`); a true minus
///   sign (U+2212) is a minus; `1e3` is 1000. Hexadecimal, `nan`, `inf` and numbers beyond the range
///   of a double are refused.
/// - In tables parted by comma or tab the decimal mark is a point. `1,234,567` and `1,234.5` can only
///   mean thousands and are read so; any other comma is refused, because it may mean decimals.
/// - In tables parted by semicolon, as spreadsheets save them where the comma is the decimal mark,
///   `1234,5` and `1.234,5` are 1234.5, `1.234.567` is 1234567 and `1234.5` is 1234.5. A single
///   point before exactly three digits (`1.234`) could be either; it is read as a decimal point, and
///   the caller warns.
enum NumberParser {
  enum Outcome: Equatable {
    case value(Double)
    /// The number as read, though another reading is possible.
    case ambiguous(Double)
    case comma
    case outOfRange
    case invalid
  }

  static func parse(_ text: String, decimalComma: Bool) -> Outcome {
    if let plain = plainNumber(text) { return .value(plain) }
    guard let (sign, body) = normalised(text) else { return .invalid }
    let parts = body.split(omittingEmptySubsequences: false) { $0 == 101 || $0 == 69 }
    guard parts.count <= 2 else { return .invalid }
    var exponent = ""
    if parts.count == 2 {
      guard let read = exponentText(parts[1]) else { return .invalid }
      exponent = read
    }
    var digits = parts[0]
    if !decimalComma, digits.contains(44) {
      guard let plain = withoutThousandsCommas(digits) else { return commaOutcome(digits) }
      digits = plain
    }
    guard
      let mantissa = mantissaText(
        digits, decimalComma: decimalComma, hasExponent: !exponent.isEmpty),
      let value = Double(sign + mantissa.text + exponent)
    else { return .invalid }
    let isUnderflow = value == 0 && mantissa.text.utf8.contains { (49...57).contains($0) }
    guard value.isFinite, !isUnderflow else { return .outOfRange }
    let result = value == 0 ? 0 : value
    return mantissa.isAmbiguous ? .ambiguous(result) : .value(result)
  }

  /// At most 15 digits, with a minus sign at most: the common case, without any search.
  private static func plainNumber(_ text: String) -> Double? {
    var value = 0
    var digits = 0
    var isNegative = false
    for byte in text.utf8 {
      if byte == 45, digits == 0, !isNegative {
        isNegative = true
      } else if (48...57).contains(byte), digits < 15 {
        value = value * 10 + Int(byte - 48)
        digits += 1
      } else {
        return nil
      }
    }
    return digits == 0 ? nil : Double(isNegative ? -value : value)
  }

  /// Sign, and the rest as ASCII with every kind of space made plain.
  private static func normalised(_ text: String) -> (sign: String, body: ArraySlice<UInt8>)? {
    var bytes: [UInt8] = []
    for scalar in text.unicodeScalars {
      switch scalar {
      case "\u{2212}": bytes.append(45)
      case "\u{00A0}", "\u{2007}", "\u{2009}", "\u{202F}": bytes.append(32)
      default:
        guard scalar.isASCII else { return nil }
        bytes.append(UInt8(scalar.value))
      }
    }
    guard let first = bytes.first, bytes.count <= 400 else { return nil }
    if first == 45 { return ("-", bytes.dropFirst()) }
    return ("", first == 43 ? bytes.dropFirst() : bytes[...])
  }

  private static func exponentText(_ bytes: ArraySlice<UInt8>) -> String? {
    let digits = bytes.first == 43 || bytes.first == 45 ? bytes.dropFirst() : bytes
    guard !digits.isEmpty, digits.count <= 5, digits.allSatisfy(isDigit) else { return nil }
    return "e" + String(decoding: bytes, as: UTF8.self)
  }

  /// The digits without commas that can only part thousands: two or more, or one before a point.
  private static func withoutThousandsCommas(_ bytes: ArraySlice<UInt8>) -> ArraySlice<UInt8>? {
    let marks = bytes.filter { $0 == 44 || $0 == 46 }
    let halves = bytes.split(separator: 46, omittingEmptySubsequences: false)
    guard marks.count > 1, halves.count <= 2,
      !halves.dropFirst().contains(where: { $0.contains(44) }),
      let whole = ungrouped(halves[0], separators: [44])
    else { return nil }
    return (Array(whole.utf8) + (halves.count == 2 ? [46] + halves[1] : []))[...]
  }

  private static func commaOutcome(_ bytes: ArraySlice<UInt8>) -> Outcome {
    bytes.allSatisfy { isDigit($0) || [32, 44, 46].contains($0) } ? .comma : .invalid
  }

  private static func mantissaText(
    _ bytes: ArraySlice<UInt8>, decimalComma: Bool, hasExponent: Bool
  ) -> (text: String, isAmbiguous: Bool)? {
    guard bytes.contains(where: isDigit) else { return nil }
    let commas = bytes.count { $0 == 44 }
    let points = bytes.count { $0 == 46 }
    var mark: UInt8 = 46
    var separators: [UInt8] = [32]
    var isAmbiguous = false
    if commas > 0 {
      mark = 44
      separators = [32, 46]
    } else if points > 1, decimalComma {
      mark = 44
      separators = [46]
    } else if points == 1, decimalComma, !hasExponent {
      isAmbiguous = mayBeThousands(bytes)
    }
    let parts = bytes.split(separator: mark, omittingEmptySubsequences: false)
    guard parts.count <= 2, let whole = ungrouped(parts[0], separators: separators) else {
      return nil
    }
    guard parts.count == 2 else { return (whole, isAmbiguous) }
    guard parts[1].allSatisfy(isDigit) else { return nil }
    let fraction = parts[1].isEmpty ? "0" : String(decoding: parts[1], as: UTF8.self)
    return ("\(whole).\(fraction)", isAmbiguous)
  }

  /// `1.234`, but not `0.234`, `1234.567` or `1.2345`.
  private static func mayBeThousands(_ bytes: ArraySlice<UInt8>) -> Bool {
    let parts = bytes.split(separator: 46, omittingEmptySubsequences: false)
    return (1...3).contains(parts[0].count) && parts[0].first != 48 && parts[1].count == 3
  }

  /// Digits without thousands separators, which must be of one kind and part groups of three.
  private static func ungrouped(_ bytes: ArraySlice<UInt8>, separators: [UInt8]) -> String? {
    if bytes.isEmpty { return "0" }
    let used = separators.filter { bytes.contains($0) }
    guard let separator = used.first else {
      return bytes.allSatisfy(isDigit) ? String(decoding: bytes, as: UTF8.self) : nil
    }
    let groups = bytes.split(separator: separator, omittingEmptySubsequences: false)
    guard used.count == 1, (1...3).contains(groups[0].count),
      groups.dropFirst().allSatisfy({ $0.count == 3 }),
      groups.allSatisfy({ $0.allSatisfy(isDigit) })
    else { return nil }
    return String(decoding: groups.joined(), as: UTF8.self)
  }

  private static func isDigit(_ byte: UInt8) -> Bool { (48...57).contains(byte) }
}

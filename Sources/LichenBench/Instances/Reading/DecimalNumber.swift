/// Reads a decimal number from bytes: `-12.5`, `3e-6`; no thousands marks, no hexadecimal, no `nan`.
enum DecimalNumber {
  private static let powers: [Double] = [
    1e0, 1e1, 1e2, 1e3, 1e4, 1e5, 1e6, 1e7, 1e8, 1e9, 1e10, 1e11, 1e12, 1e13, 1e14, 1e15, 1e16,
    1e17, 1e18, 1e19, 1e20, 1e21, 1e22,
  ]

  /// The double nearest to the text; infinite if it is beyond the range, `nil` if it is no number.
  ///
  /// Up to 15 digits with a power of ten up to 22 are exact in one operation (Clinger 1990, "How to
  /// read floating point numbers accurately"); the rest is left to the library.
  static func parse(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Double? {
    var position = bytes.startIndex
    let end = bytes.endIndex
    let base = bytes.base
    guard position < end else { return nil }
    let isNegative = base[position] == UInt8(ascii: "-")
    if isNegative || base[position] == UInt8(ascii: "+") { position += 1 }
    var mantissa: UInt64 = 0
    var digits = 0
    var scale = 0
    var hasPoint = false
    while position < end {
      let byte = base[position]
      if byte >= 48, byte <= 57 {
        if digits < 18 { mantissa = mantissa &* 10 &+ UInt64(byte &- 48) }
        digits += 1
        if hasPoint { scale -= 1 }
      } else if byte == UInt8(ascii: "."), !hasPoint {
        hasPoint = true
      } else {
        break
      }
      position += 1
    }
    guard digits > 0 else { return nil }
    if position < end {
      guard let exponent = exponent(base[position..<end]) else { return nil }
      scale += exponent
    }
    if digits <= 15, abs(scale) < powers.count {
      let whole = Double(mantissa)
      let value = scale < 0 ? whole / powers[-scale] : whole * powers[scale]
      return isNegative ? 0 - value : value
    }
    return Double(String(decoding: bytes, as: UTF8.self)).map { $0 == 0 ? 0 : $0 }
  }

  private static func exponent(_ bytes: Slice<UnsafeBufferPointer<UInt8>>) -> Int? {
    guard let mark = bytes.first, mark == UInt8(ascii: "e") || mark == UInt8(ascii: "E") else {
      return nil
    }
    var rest = bytes.dropFirst()
    let isNegative = rest.first == UInt8(ascii: "-")
    if isNegative || rest.first == UInt8(ascii: "+") { rest = rest.dropFirst() }
    guard !rest.isEmpty, rest.count <= 5 else { return nil }
    var value = 0
    for byte in rest {
      guard byte >= 48, byte <= 57 else { return nil }
      value = value * 10 + Int(byte - 48)
    }
    return isNegative ? -value : value
  }
}

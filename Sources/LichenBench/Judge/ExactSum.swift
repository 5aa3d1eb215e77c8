/// A sum of products of doubles without any rounding.
///
/// Every finite double is a whole number times a power of two, and so is every product of two. The sum
/// is one long fixed-point number of 32-bit digits that reaches from 2⁻²¹⁷⁶, below the least product,
/// past 2²⁰⁴⁸, above the greatest. Each digit has 31 bits of room for carries, which are settled only
/// now and then (Kulisch's long accumulator).
public struct ExactSum: Sendable {
  private static let digitCount = 138
  /// The last digit counts 2⁻²¹⁷⁶.
  private static let offset = 2176
  private static let additionsBetweenCarries = 1 << 28

  private var digits = [Int64](repeating: 0, count: digitCount)
  private var additions = 0
  /// Digits that may differ from 0, so that clearing a short sum is cheap.
  private var touched = digitCount..<digitCount

  public init() {}

  /// Adds `factor` · `value` exactly.
  /// - Precondition: Both are finite.
  public mutating func add(_ value: Double, times factor: Double = 1) {
    precondition(value.isFinite && factor.isFinite, "An exact sum takes finite numbers.")
    if value == 0 || factor == 0 { return }
    let (left, right) = (Self.parts(value), Self.parts(factor))
    let position = left.exponent + right.exponent + Self.offset
    let product = left.mantissa.multipliedFullWidth(by: right.mantissa)
    let isNegative = (value < 0) != (factor < 0)
    let (digit, shift) = (position / 32, position % 32)
    add(UInt128(product.low) << shift, at: digit, isNegative)
    add(UInt128(product.high) << shift, at: digit + 2, isNegative)
    additions += 1
    if additions == Self.additionsBetweenCarries { settle() }
  }

  /// Takes `factor` · `value` away exactly.
  public mutating func subtract(_ value: Double, times factor: Double = 1) {
    add(-value, times: factor)
  }

  /// Back to 0.
  public mutating func clear() {
    for digit in touched { digits[digit] = 0 }
    touched = Self.digitCount..<Self.digitCount
    additions = 0
  }

  /// -1, 0 or 1.
  public var sign: Int {
    var settled = self
    settled.settle()
    if settled.digits[Self.digitCount - 1] < 0 { return -1 }
    return settled.digits.contains { $0 != 0 } ? 1 : 0
  }

  /// The nearest double, ties to even; infinite beyond the range of doubles.
  public var rounded: Double {
    let (isNegative, digits) = magnitude
    guard let top = digits.lastIndex(where: { $0 != 0 }) else { return 0 }
    // The first 64 bits, with a mark in the last one if anything follows.
    var window: UInt128 = 0
    for place in 0..<3 where top - place >= 0 {
      window |= UInt128(digits[top - place]) << (64 - 32 * place)
    }
    let zeros = window.leadingZeroBitCount
    var leading = UInt64(truncatingIfNeeded: (window << zeros) >> 64)
    let isExact =
      UInt64(truncatingIfNeeded: window << zeros) == 0
      && !digits[..<max(0, top - 2)].contains { $0 != 0 }
    if !isExact { leading |= 1 }
    let exponent = 32 * (top - 2) + 64 - zeros - Self.offset
    let value = Double(sign: .plus, exponent: exponent, significand: Double(leading))
    return isNegative ? -value : value
  }

  /// The exact value as a whole number in base 16 times a power of two, such as `-0x1fp-34`.
  public var text: String {
    let (isNegative, digits) = magnitude
    guard let top = digits.lastIndex(where: { $0 != 0 }),
      let bottom = digits.firstIndex(where: { $0 != 0 })
    else { return "0x0p0" }
    var body = String(digits[top], radix: 16)
    for digit in digits[bottom..<top].reversed() {
      let text = String(digit, radix: 16)
      body += String(repeating: "0", count: 8 - text.count) + text
    }
    return "\(isNegative ? "-" : "")0x\(body)p\(32 * bottom - Self.offset)"
  }

  // MARK: Digits

  private static func parts(_ value: Double) -> (mantissa: UInt64, exponent: Int) {
    let pattern = Int(value.exponentBitPattern)
    return pattern == 0
      ? (value.significandBitPattern, -1074)
      : (value.significandBitPattern | (1 << 52), pattern - 1075)
  }

  private mutating func add(_ amount: UInt128, at digit: Int, _ isNegative: Bool) {
    if amount == 0 { return }
    var rest = amount
    var place = digit
    while rest != 0 {
      let part = Int64(UInt32(truncatingIfNeeded: rest))
      digits[place] += isNegative ? -part : part
      rest >>= 32
      place += 1
    }
    touched = min(touched.lowerBound, digit)..<Self.digitCount
  }

  /// Moves carries up: every digit but the first is then in 0..<2³², and the first carries the sign.
  private mutating func settle() {
    for digit in touched.dropLast() {
      let carry = digits[digit] >> 32
      digits[digit] -= carry << 32
      digits[digit + 1] += carry
    }
    additions = 0
  }

  private var magnitude: (isNegative: Bool, digits: [Int64]) {
    var settled = self
    settled.settle()
    guard settled.digits[Self.digitCount - 1] < 0 else { return (false, settled.digits) }
    for digit in settled.touched { settled.digits[digit] = -settled.digits[digit] }
    settled.settle()
    return (true, settled.digits)
  }
}

/// Some of the firms of a part, by their places; any number.
struct Coalition: Hashable, Sendable {
  private var words: [UInt64]

  /// Nobody.
  /// - Parameter count: Firms of the part.
  init(of count: Int) { words = [UInt64](repeating: 0, count: (count + 63) / 64) }

  /// Firms as bits, as `CooperativeGame` has them.
  /// - Parameter count: Firms of the part.
  init(bits: Int, of count: Int) {
    self.init(of: count)
    for firm in 0..<count where bits >> firm & 1 == 1 { insert(firm) }
  }

  mutating func insert(_ firm: Int) { words[firm / 64] |= 1 << UInt64(firm % 64) }
  mutating func remove(_ firm: Int) { words[firm / 64] &= ~(1 << UInt64(firm % 64)) }
  func contains(_ firm: Int) -> Bool { words[firm / 64] >> UInt64(firm % 64) & 1 == 1 }
}

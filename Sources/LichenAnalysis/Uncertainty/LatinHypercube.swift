/// Seeded samples that spread every factor evenly over its probability: with n samples, each of the
/// n equal shares of each factor is met once (McKay, Beckman and Conover 1979).
struct LatinHypercube {
  private var random: SplitMix64
  let count: Int

  init(seed: UInt64, count: Int) {
    random = SplitMix64(state: seed)
    self.count = count
  }

  /// Positions in 0...1 of one factor in all samples.
  /// - Complexity: O(count).
  mutating func column() -> [Double] {
    random.order(of: count).map { (Double($0) + random.unit()) / Double(count) }
  }
}

/// Steele, Lea and Flood 2014: the same numbers on every machine.
struct SplitMix64 {
  var state: UInt64

  mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var z = state
    z = (z ^ (z >> 30)) &* 0xBF58_476D_1CE4_E5B9
    z = (z ^ (z >> 27)) &* 0x94D0_49BB_1331_11EB
    return z ^ (z >> 31)
  }

  /// 0..<count in random order (Fisher-Yates).
  mutating func order(of count: Int) -> [Int] {
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, Int(next() % UInt64(last + 1)))
    }
    return order
  }

  /// 0..<1.
  mutating func unit() -> Double { Double(next() >> 11) * 0x1p-53 }
}

/// A repeatable source of choices: SplitMix64 (Steele, Lea and Flood 2014, "Fast splittable
/// pseudorandom number generators", fig. 14).
struct SeededChoices {
  private var state: UInt64

  init(seed: UInt64) { state = seed }

  mutating func next() -> UInt64 {
    state &+= Self.step
    return Self.mix(state)
  }

  /// What the state grows by: 2⁶⁴ over the golden ratio.
  static let step: UInt64 = 0x9E37_79B9_7F4A_7C15

  static func mix(_ value: UInt64) -> UInt64 {
    var mixed = value
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// Evenly spread over 0 ..< 1.
  mutating func share() -> Double { Double(next() >> 11) / Double(1 << 53) }
}

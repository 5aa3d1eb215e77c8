/// A repeatable source of randomness: SplitMix64 (Steele, Lea, Flood: Fast splittable pseudorandom
/// number generators, OOPSLA 2014, fig. 14).
///
/// Two generators with one seed give the same values on every machine, so that a failing test can
/// be run again from the seed that it prints.
public struct SeededGenerator: RandomNumberGenerator, Sendable {
  private var state: UInt64

  public init(seed: UInt64) { state = seed }

  public mutating func next() -> UInt64 {
    state &+= 0x9E37_79B9_7F4A_7C15
    var mixed = state
    mixed = (mixed ^ (mixed >> 30)) &* 0xBF58_476D_1CE4_E5B9
    mixed = (mixed ^ (mixed >> 27)) &* 0x94D0_49BB_1331_11EB
    return mixed ^ (mixed >> 31)
  }

  /// A number in `range`, evenly spread; written out because the library's own draw may change.
  public mutating func number(in range: ClosedRange<Double>) -> Double {
    let share = Double(next() >> 11) / Double(1 << 53)
    return range.lowerBound + share * (range.upperBound - range.lowerBound)
  }

  /// A whole number in `range`; the bias of the remainder does not matter for tests.
  public mutating func whole(in range: ClosedRange<Int>) -> Int {
    range.lowerBound + Int(next() % UInt64(range.count))
  }

  /// One of `values`, which must not be empty.
  public mutating func element<Value>(of values: [Value]) -> Value {
    values[whole(in: 0...(values.count - 1))]
  }

  /// Whether an event of this probability happens.
  public mutating func chance(_ probability: Double) -> Bool { number(in: 0...1) < probability }

  /// The values in a random order (Fisher and Yates).
  public mutating func shuffled<Value>(_ values: [Value]) -> [Value] {
    var values = values
    for last in stride(from: values.count - 1, to: 0, by: -1) {
      values.swapAt(last, whole(in: 0...last))
    }
    return values
  }
}

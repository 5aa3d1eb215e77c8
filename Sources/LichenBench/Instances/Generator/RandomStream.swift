/// A repeatable source of numbers, one stream per purpose, so that a variant adds its own draws without
/// changing any other.
struct RandomStream {
  enum Purpose: UInt64 {
    case sites = 1
    case materials, streams, links, permits, hubs, transport
  }

  private var choices: SeededChoices
  private var spare: Double?

  init(seed: UInt64, _ purpose: Purpose) {
    choices = SeededChoices(
      seed: SeededChoices.mix(seed &+ SeededChoices.step &* purpose.rawValue))
  }

  mutating func next() -> UInt64 { choices.next() }

  /// Evenly spread over 0 ..< 1.
  mutating func share() -> Double { choices.share() }

  mutating func number(_ low: Double, _ high: Double) -> Double { low + share() * (high - low) }

  /// Evenly spread over 0 ..< count.
  mutating func index(_ count: Int) -> Int {
    Int(next().multipliedFullWidth(by: UInt64(count)).high)
  }

  mutating func chance(_ probability: Double) -> Bool { share() < probability }

  /// Mean 0, deviation 1: the polar method (Marsaglia and Bray 1964).
  mutating func normal() -> Double {
    if let value = spare {
      spare = nil
      return value
    }
    while true {
      let (x, y) = (number(-1, 1), number(-1, 1))
      let square = x * x + y * y
      guard square > 0, square < 1 else { continue }
      let scale = (-2 * PortableMath.log(square) / square).squareRoot()
      spare = y * scale
      return x * scale
    }
  }

  /// exp of a normal number with mean ln(median).
  mutating func logNormal(median: Double, sigma: Double) -> Double {
    median * PortableMath.exp(sigma * normal())
  }

  /// Mean 0.5, by inversion.
  mutating func poissonHalf() -> Int {
    var left = share()
    var probability = 0.606_530_659_712_633_4
    var count = 0
    while left >= probability, count < 20 {
      left -= probability
      count += 1
      probability *= 0.5 / Double(count)
    }
    return count
  }
}

/// A choice among some, with given weights.
struct WeightedChoice {
  private let sums: [Double]

  init(_ weights: [Double]) {
    var sum = 0.0
    sums = weights.map {
      sum += $0
      return sum
    }
  }

  /// Weights 1, 1/2^s, 1/3^s, … (Zipf).
  static func zipf(_ count: Int, exponent: Double) -> [Double] {
    (1...max(1, count)).map { PortableMath.exp(-exponent * PortableMath.log(Double($0))) }
  }

  /// - Complexity: O(log n).
  func draw(_ random: inout RandomStream) -> Int {
    let wanted = random.share() * (sums.last ?? 0)
    var low = 0
    var high = sums.count - 1
    while low < high {
      let middle = (low + high) / 2
      if sums[middle] <= wanted { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

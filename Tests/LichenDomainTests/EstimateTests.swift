import LichenDomain
import LichenTestSupport
import Testing

@Suite("Estimate")
struct EstimateTests {
  @Test(
    "refuses ends that are out of order or not finite",
    arguments: [
      (2.0, 1.0, 3.0), (1, 3, 2), (3, 2, 1), (.nan, 1, 2), (0, .nan, 2), (0, 1, .nan),
      (-.infinity, 0, 1), (0, 1, .infinity),
    ])
  func refusal(_ low: Double, _ typical: Double, _ high: Double) {
    #expect(Estimate(low: low, typical: typical, high: high) == nil)
  }

  @Test("a figure without a range is exact")
  func exact() {
    #expect(Estimate(3).isExact)
    #expect(!Estimate.of(1, 2, 3).isExact)
  }

  /// A random estimate, of either sign or across zero, and a point inside it.
  private func draw(_ random: inout SeededGenerator) -> (estimate: Estimate, point: Double) {
    let ends = (0..<3).map { _ in random.number(in: -100...100) }.sorted()
    let point = random.number(in: ends[0]...ends[2])
    return (.of(ends[0], ends[1], ends[2]), point)
  }

  /// Slack for rounding of sums and products of numbers up to 100.
  private let rounding = 1e-9

  private func contains(_ estimate: Estimate, _ value: Double) -> Bool {
    estimate.low - rounding <= value && value <= estimate.high + rounding
  }

  @Test("every pointwise result lies in the interval result", arguments: UInt64(0)..<20)
  func containment(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let (left, a) = draw(&random)
      let (right, b) = draw(&random)
      let factor = random.number(in: -5...5)
      #expect(contains(left + right, a + b), "seed \(seed)")
      #expect(contains(left - right, a - b), "seed \(seed)")
      #expect(contains(left * right, a * b), "seed \(seed)")
      #expect(contains(-left, -a), "seed \(seed)")
      #expect(contains(left * factor, a * factor), "seed \(seed)")
      if abs(factor) > 0.01 { #expect(contains(left / factor, a / factor), "seed \(seed)") }
    }
  }

  @Test("ends are attained, so a result is not wider than needed", arguments: UInt64(0)..<20)
  func tightness(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<100 {
      let left = draw(&random).estimate
      let right = draw(&random).estimate
      let ends = [left.low, left.high].flatMap { a in [right.low, right.high].map { (a, $0) } }
      for (result, value) in [
        (left + right, { $0 + $1 }), (left - right, { $0 - $1 }), (left * right, { $0 * $1 }),
      ] as [(Estimate, (Double, Double) -> Double)] {
        let values = ends.map { value($0.0, $0.1) }
        #expect(abs(result.low - (values.min() ?? .nan)) <= rounding, "seed \(seed)")
        #expect(abs(result.high - (values.max() ?? .nan)) <= rounding, "seed \(seed)")
      }
    }
  }

  @Test("low ≤ typical ≤ high survives every operation", arguments: UInt64(0)..<20)
  func order(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    for _ in 0..<200 {
      let left = draw(&random).estimate
      let right = draw(&random).estimate
      let factor = random.number(in: -5...5)
      for result in [left + right, left - right, left * right, -left, left * factor, left / 3] {
        #expect(result.low <= result.typical && result.typical <= result.high, "seed \(seed)")
      }
    }
  }

  @Test("a product across zero reaches from the most negative to the most positive end")
  func productAcrossZero() {
    // [-2, 3] × [-5, 4]: ends 10, -8, -15, 12.
    let product = Estimate.of(-2, 1, 3) * Estimate.of(-5, 2, 4)
    #expect(product == .of(-15, 2, 12))
  }

  @Test("a negative factor swaps the ends")
  func negativeFactor() {
    #expect(Estimate.of(1, 2, 4) * -2 == .of(-8, -4, -2))
    #expect(Estimate.of(1, 2, 4) / -2 == .of(-2, -1, -0.5))
  }

  @Test("no result is negative zero, which would print as -0")
  func negativeZero() {
    for value in [-Estimate.zero, Estimate.zero * -1, Estimate(-0.0), Estimate.zero / -3] {
      #expect(value.low.sign == .plus)
      #expect(value.typical.sign == .plus)
      #expect(value.high.sign == .plus)
    }
  }

  @Test("the sum of nothing is zero, and a sum adds ends and typical values")
  func sum() {
    #expect([Estimate]().sum() == .zero)
    #expect([Estimate.of(1, 2, 3), .of(-1, 0, 5)].sum() == .of(0, 2, 8))
  }
}

import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenAnalysis

@Suite("Sampling")
struct SamplingTests {
  private static let ranges = [
    Estimate.of(50, 60, 80), .of(0, 0, 1), .of(-3, 5, 5), .of(1, 2, 3), .of(0, 1, 1000),
  ]

  @Test("quantiles turn the distribution function around", arguments: ranges)
  func quantiles(range: Estimate) {
    let triangle = Triangular(range)
    let width = range.high - range.low
    /// Share of the probability below `x`, from the areas of the two triangles.
    func below(_ x: Double) -> Double {
      if x <= range.typical {
        guard range.typical > range.low else { return 0 }
        return (x - range.low) * (x - range.low) / (width * (range.typical - range.low))
      }
      return 1 - (range.high - x) * (range.high - x) / (width * (range.high - range.typical))
    }
    for step in 0...100 {
      let p = Double(step) / 100
      #expect(abs(below(triangle.quantile(p)) - p) < 1e-9)
    }
  }

  @Test("mean and variance by cells agree with the closed forms", arguments: ranges)
  func moments(range: Estimate) {
    let triangle = Triangular(range)
    let width = range.high - range.low
    let mean = triangle.mean { $0 }
    #expect(abs(mean - triangle.mean) < 1e-4 * width)
    let variance = triangle.mean { ($0 - mean) * ($0 - mean) }
    #expect(abs(variance - triangle.variance) < 1e-3 * triangle.variance)
  }

  @Test("each share of each factor is met exactly once, and equal seeds give equal samples")
  func hypercube() {
    var first = LatinHypercube(seed: 7, count: 50)
    var second = LatinHypercube(seed: 7, count: 50)
    var columns: [[Double]] = []
    for _ in 0..<4 {
      let column = first.column()
      #expect(column == second.column())
      #expect(column.map { Int($0 * 50) }.sorted() == Array(0..<50))
      columns.append(column)
    }
    #expect(columns[0] != columns[1])
  }

  @Test("a curve through nodes is exact at them and linear between, also where nodes coincide")
  func curves() {
    let triangle = Triangular(.of(0, 0, 4))
    #expect(triangle.nodes == [0, 0, 0, 2, 4])
    let curve = PiecewiseLinear(nodes: triangle.nodes, values: [1, 1, 1, 3, 9])
    #expect(curve(0) == 1)
    #expect(curve(1) == 2)
    #expect(curve(2) == 3)
    #expect(curve(3) == 6)
    #expect(curve(4) == 9)
    let upper = PiecewiseLinear(nodes: Triangular(.of(0, 4, 4)).nodes, values: [0, 2, 4, 4, 4])
    #expect(upper(1) == 1)
    #expect(upper(4) == 4)
  }
}

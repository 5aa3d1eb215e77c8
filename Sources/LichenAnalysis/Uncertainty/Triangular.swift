import LichenDomain

/// The triangular distribution on low…high with its mode at the typical value.
///
/// Formulas: mean (a + m + b)/3, variance (a² + m² + b² − am − ab − mb)/18; quantile by inversion of
/// the distribution function, as in any handbook of statistics.
struct Triangular: Sendable {
  let low: Double
  let mode: Double
  let high: Double

  init(_ range: Estimate) {
    low = range.low
    mode = range.typical
    high = range.high
  }

  var mean: Double { (low + mode + high) / 3 }

  var variance: Double {
    (low * low + mode * mode + high * high - low * mode - low * high - mode * high) / 18
  }

  /// Value below which the share `p` of the probability lies.
  /// - Parameter p: 0...1.
  func quantile(_ p: Double) -> Double {
    guard high > low else { return mode }
    let atMode = (mode - low) / (high - low)
    return p < atMode
      ? low + (p * (high - low) * (mode - low)).squareRoot()
      : high - ((1 - p) * (high - low) * (high - mode)).squareRoot()
  }

  /// Low, half way up, typical, half way down, high.
  var nodes: [Double] { [low, (low + mode) / 2, mode, (mode + high) / 2, high] }

  /// Mean of a function that is linear between `nodes`, by the midpoints of equal shares.
  /// - Complexity: O(`cells`).
  func mean(_ function: (Double) -> Double) -> Double {
    (0..<Self.cells).reduce(0) { sum, cell in
      sum + function(quantile((Double(cell) + 0.5) / Double(Self.cells)))
    } / Double(Self.cells)
  }

  /// Fine enough that a mean is exact to a few parts in ten thousand of the range.
  static let cells = 2000
}

/// A function known at nodes and taken as linear between them.
struct PiecewiseLinear: Sendable {
  let nodes: [Double]
  let values: [Double]

  func callAsFunction(_ x: Double) -> Double {
    guard let first = nodes.first, let last = nodes.last, last > first else {
      return values.first ?? 0
    }
    var upper = 1
    while upper < nodes.count - 1, x > nodes[upper] { upper += 1 }
    // Nodes coincide where the typical value is an end of the range.
    var lower = upper - 1
    while lower > 0, nodes[lower] == nodes[upper] { lower -= 1 }
    let width = nodes[upper] - nodes[lower]
    if width <= 0 { return values[upper] }
    return values[lower] + (values[upper] - values[lower]) * (x - nodes[lower]) / width
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A linear axis of a chart: its ends and its round ticks.
struct ChartAxis: Sendable {
  let lower: Double
  let upper: Double
  let step: Double

  /// An axis that holds all values.
  /// - Parameters:
  ///   - holdsZero: Whether zero belongs on it.
  ///   - steps: About how many steps it has.
  ///   - isTight: Ends at the outermost values instead of the next whole steps.
  init(
    _ values: some Sequence<Double>, holdsZero: Bool, steps: Double = 5, isTight: Bool = false
  ) {
    var low = Double.infinity
    var high = -Double.infinity
    for value in values where value.isFinite {
      low = min(low, value)
      high = max(high, value)
    }
    if holdsZero || low > high {
      low = min(low, 0)
      high = max(high, 0)
    }
    if low == high {
      let room = max(1, abs(low)) * 0.5
      low = low == 0 ? 0 : low - room
      high += room
    }
    let raw = (high - low) / steps
    let size = pow(10, floor(log10(raw)))
    step = [1, 2, 5, 10].map { $0 * size }.first { $0 >= raw * 0.999 } ?? raw
    lower = isTight ? low : floor(low / step + 1e-9) * step
    upper = isTight ? high : ceil(high / step - 1e-9) * step
  }

  var ticks: [Double] {
    let first = ceil(lower / step - 1e-9)
    let count = Int(floor(upper / step + 1e-9) - first)
    return (0...max(0, min(count, 40))).map { (first + Double($0)) * step }
  }

  /// Digits behind the mark that tell neighbouring ticks apart.
  var decimals: Int { max(0, Int(-floor(log10(step) + 1e-9))) }

  /// Place along the axis, 0...1.
  func place(_ value: Double) -> Double { (value - lower) / (upper - lower) }
}

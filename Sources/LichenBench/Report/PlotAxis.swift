import Foundation

/// One axis of a plot: where values lie along it and where its ticks are.
struct PlotAxis: Sendable {
  let label: String
  let lower: Double
  let upper: Double
  let isLogarithmic: Bool
  /// Words for a tick; numbers by default.
  var words: @Sendable (Double) -> String = PlotAxis.number

  /// Place of a value along the axis, 0 ... 1, values beyond its ends at the ends.
  func place(_ value: Double) -> Double {
    let share =
      isLogarithmic
      ? (log10(max(value, lower)) - log10(lower)) / (log10(upper) - log10(lower))
      : (value - lower) / (upper - lower)
    return min(1, max(0, share))
  }

  /// Round values inside the axis: powers of ten, or steps of 1, 2 or 5.
  var ticks: [Double] {
    if isLogarithmic {
      let first = Int(log10(lower).rounded(.up))
      let last = Int((log10(upper) + 1e-9).rounded(.down))
      if last - first < 1 {
        return [1, 2, 5].flatMap { step in
          ((first - 1)...last).map { step * pow(10, Double($0)) }
        }.filter { $0 >= lower && $0 <= upper }.sorted()
      }
      return (first...last).map { pow(10, Double($0)) }
    }
    let raw = (upper - lower) / 5
    guard raw > 0, raw.isFinite else { return [lower] }
    let size = pow(10, log10(raw).rounded(.down))
    let step = [1, 2, 5, 10].map { $0 * size }.first { $0 >= raw } ?? raw
    let first = (lower / step).rounded(.up)
    return (0...20).map { (first + Double($0)) * step }.filter { $0 <= upper * (1 + 1e-12) }
  }

  static func number(_ value: Double) -> String {
    if value == 0 { return "0" }
    let size = abs(value)
    if size >= 1e6 || size < 1e-3 {
      let exponent = Int(log10(size).rounded(.down))
      let lead = value / pow(10, Double(exponent))
      let power = "10" + superscript(exponent)
      return abs(lead - 1) < 1e-9 ? power : FigureWords.value(lead, digits: 2) + "·" + power
    }
    return FigureWords.value(value, digits: 4)
  }

  private static func superscript(_ value: Int) -> String {
    let digits = Array("⁰¹²³⁴⁵⁶⁷⁸⁹")
    let body = String(abs(value)).compactMap { $0.wholeNumberValue }.map { digits[$0] }
    return (value < 0 ? "⁻" : "") + String(body)
  }
}

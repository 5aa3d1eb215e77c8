import Foundation

/// A power law y = factor · x^slope through points, by least squares of the logarithms.
public struct ScalingFit: Sendable, Hashable {
  public let slope: Double
  public let factor: Double

  /// - Parameter points: Above 0 on both axes; others are passed over.
  /// - Returns: `nil` unless two different x remain.
  public init?(_ points: [(x: Double, y: Double)]) {
    let logs = points.filter { $0.x > 0 && $0.y > 0 }.map { (log($0.x), log($0.y)) }
    let count = Double(logs.count)
    let meanX = logs.reduce(0) { $0 + $1.0 } / count
    let meanY = logs.reduce(0) { $0 + $1.1 } / count
    let spread = logs.reduce(0) { $0 + ($1.0 - meanX) * ($1.0 - meanX) }
    guard logs.count > 1, spread > 1e-12 else { return nil }
    slope = logs.reduce(0) { $0 + ($1.0 - meanX) * ($1.1 - meanY) } / spread
    factor = exp(meanY - slope * meanX)
  }
}

import Foundation

/// What a unit will need, for packing and for what is asked of a cluster.
///
/// Fitted in docs/scale.md: reading takes time in proportion to links, a search its effort, a proof of n links some n² and
/// more; far from exact for one component, good enough for many.
struct WorkEstimate: Sendable, Hashable {
  /// Of one processor [s].
  let seconds: Double
  /// [MB]
  let megabytes: Double

  init(seconds: Double, megabytes: Double) {
    self.seconds = seconds
    self.megabytes = megabytes
  }

  /// - Parameter links: Of each component.
  init(links: [Int], _ limits: PlanLimits) {
    let all = links.reduce(0, +)
    seconds =
      links.reduce(0.2 + Double(all) * 5e-6) { $0 + Self.seconds(links: $1, limits) }
    megabytes = 40 + Double(all) * 2e-3
  }

  /// Of making candidates.
  /// - Parameters:
  ///   - pairs: Pairs of streams that are valued, at most.
  ///   - bytes: Of the unit's tables.
  static func candidates(pairs: Int, bytes: Int) -> WorkEstimate {
    WorkEstimate(
      seconds: 0.5 + Double(pairs) * 1e-5 + Double(bytes) * 1e-7,
      megabytes: 80 + Double(pairs) * 1e-3 + Double(bytes) * 1.2e-5)
  }

  /// Search of one component [s].
  static func seconds(links: Int, _ limits: PlanLimits) -> Double {
    let most = Double(limits.effort) * 1e-3
    let size = Double(links)
    // Small ones are proved; the rest is searched until its effort is spent or nothing is left to try.
    return links <= 600 ? min(most, 1e-5 * size * size) : min(most, 2e-3 * size)
  }
}

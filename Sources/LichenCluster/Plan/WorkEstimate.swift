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
    megabytes = 40 + Double(all) * 1e-3
  }

  /// Of making candidates.
  /// - Parameters:
  ///   - pairs: Pairs of streams that are valued, at most.
  ///   - bytes: Of the unit's tables.
  static func candidates(pairs: Int, bytes: Int) -> WorkEstimate {
    WorkEstimate(
      seconds: 0.3 + Double(pairs) * 3e-6 + Double(bytes) * 5e-8,
      megabytes: 60 + Double(pairs) * 2.5e-4 + Double(bytes) * 8e-6)
  }

  /// Of joining what many units found, or dividing it.
  /// - Parameter links: Of the whole.
  static func joining(links: Int) -> WorkEstimate {
    WorkEstimate(seconds: 1 + Double(links) * 2e-5, megabytes: 100 + Double(links) * 1e-3)
  }

  /// Search of one component [s].
  static func seconds(links: Int, _ limits: PlanLimits) -> Double {
    let most = Double(limits.effort) * 1e-3
    let size = Double(links)
    // Small ones are proved; the rest is searched until its effort is spent or nothing is left to try.
    return links <= 600 ? min(most, 1e-5 * size * size) : min(most, 2e-3 * size)
  }
}

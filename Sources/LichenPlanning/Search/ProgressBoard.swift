import Synchronization

/// Adds up what is known of all parts and tells it.
final class ProgressBoard: Sendable {
  private struct Standing {
    var incumbents: [Double]
    var bounds: [Double]
    var incumbent = 0.0
    var bound: Double
    var settled = 0
  }

  private let standing: Mutex<Standing>
  private let count: Int
  private let tell: @Sendable (PlanProgress) -> Void

  /// - Parameter tell: Called by any thread, never at the same time.
  init(bounds: [Double], tell: @escaping @Sendable (PlanProgress) -> Void) {
    count = bounds.count
    self.tell = tell
    standing = Mutex(
      Standing(
        incumbents: Array(repeating: 0, count: bounds.count), bounds: bounds,
        bound: bounds.reduce(0, +)))
  }

  /// Takes note of a part's plan and bound.
  func update(_ part: Int, incumbent: Double?, bound: Double, isSettled: Bool) {
    standing.withLock { now in
      let incumbent = incumbent ?? now.incumbents[part]
      now.incumbent += incumbent - now.incumbents[part]
      now.incumbents[part] = incumbent
      // A part that has no plan at all has no bound either; the result says so.
      if bound.isFinite {
        now.bound += bound - now.bounds[part]
        now.bounds[part] = bound
      }
      if isSettled { now.settled += 1 }
      tell(
        PlanProgress(
          solvedComponents: min(count, now.settled), components: count, incumbent: now.incumbent,
          bound: max(now.bound, now.incumbent)))
    }
  }
}

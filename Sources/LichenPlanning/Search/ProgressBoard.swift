import Synchronization

/// Adds up what is known of all parts and tells it.
final class ProgressBoard: Sendable {
  private struct Standing {
    /// Worth of each part's best plan; `nil` before the first.
    var incumbents: [Double?]
    var bounds: [Double]
    var isSettled: [Bool]
    var incumbent = RunningSum()
    var bound = RunningSum()
    var withoutPlan: Int
    var settled = 0
  }

  private let standing: Mutex<Standing>
  private let tell: @Sendable (PlanProgress) -> Void

  /// - Parameters:
  ///   - incumbents: Worth of each part left alone; `nil` if that is not a plan.
  ///   - tell: Called by any thread, never at the same time.
  init(
    incumbents: [Double?], bounds: [Double], tell: @escaping @Sendable (PlanProgress) -> Void
  ) {
    self.tell = tell
    var now = Standing(
      incumbents: incumbents, bounds: bounds,
      isSettled: Array(repeating: false, count: bounds.count),
      withoutPlan: incumbents.count { $0 == nil })
    for incumbent in incumbents { now.incumbent.add(incumbent ?? 0) }
    for bound in bounds { now.bound.add(bound) }
    standing = Mutex(now)
  }

  /// Relative gap of the whole plan; `nil` until every part has a plan.
  var gap: Double? {
    standing.withLock { now in
      now.withoutPlan > 0
        ? nil : MIPResult.relativeGap(incumbent: now.incumbent.value, bound: now.bound.value)
    }
  }

  /// The relative gap of one part at which the whole plan, everything else as it is, would have a given
  /// one; 0 if the other parts alone are too far from it.
  func gap(of part: Int, forWhole gap: Double) -> Double {
    standing.withLock { now in
      let own = (incumbent: now.incumbents[part], bound: now.bounds[part])
      let others = now.incumbent.value - (own.incumbent ?? 0)
      let othersGap = now.bound.value - own.bound - others
      if now.bounds.count == 1 { return gap }
      guard now.withoutPlan == (own.incumbent == nil ? 1 : 0), others >= 0 else { return 0 }
      // gap of the part · its worth ≤ gap · (its worth + the others') - the others' gap: what is on its
      // safe side stands for a worth that is still to change.
      let spare = gap * others - othersGap
      let worth = spare > 0 ? own.bound : own.incumbent ?? 0
      return worth > 0 ? max(0, gap + spare / worth) * (1 - 1e-9) : 0
    }
  }

  /// Takes note of a part's plan and bound.
  /// - Parameter isSettled: Whether the part needs no further search.
  func update(_ part: Int, incumbent: Double?, bound: Double, isSettled: Bool) {
    standing.withLock { now in
      if let incumbent {
        if now.incumbents[part] == nil { now.withoutPlan -= 1 }
        now.incumbent.replace(now.incumbents[part] ?? 0, by: incumbent)
        now.incumbents[part] = incumbent
      }
      // A part that has no plan at all has no bound either; the result says so.
      if bound.isFinite {
        now.bound.replace(now.bounds[part], by: bound)
        now.bounds[part] = bound
      }
      if isSettled != now.isSettled[part] { now.settled += isSettled ? 1 : -1 }
      now.isSettled[part] = isSettled
      let incumbent = now.withoutPlan == 0 ? now.incumbent.value : nil
      tell(
        PlanProgress(
          solvedComponents: now.settled, components: now.bounds.count, incumbent: incumbent,
          bound: max(now.bound.value, incumbent ?? -.infinity)))
    }
  }
}

/// A sum whose terms change: what rounding loses is kept beside it, or a first term of 10¹² would leave
/// its rounding in what follows (two-sum, Knuth, The Art of Computer Programming 2, 4.2.2).
struct RunningSum {
  private var sum = 0.0
  private var lost = 0.0

  var value: Double { sum + lost }

  mutating func add(_ term: Double) {
    let next = sum + term
    let added = next - sum
    lost += (sum - (next - added)) + (term - added)
    sum = next
  }

  mutating func replace(_ old: Double, by new: Double) {
    add(new)
    add(-old)
  }
}

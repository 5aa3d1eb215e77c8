import Synchronization

/// Proofs: parts solved whole.
extension PlanRun {
  /// What an attempt at proofs may cost.
  struct Attempt {
    /// Search nodes of each; `nil` for as many as the limits allow.
    let nodes: Int?
    /// Share of the time that is left, for all parts of the attempt together.
    let share: Double

    static let only = Attempt(nodes: nil, share: 1)
    static let first = Attempt(nodes: 100, share: 0.3)
  }

  /// Solves parts whole, side by side, small ones first so that the time they leave goes to the large.
  func prove(_ chosen: [Int], as attempt: Attempt = .only) throws {
    let order = chosen.sorted { (parts[$0].count, $0) < (parts[$1].count, $1) }
    let failure = Mutex<(any Error)?>(nil)
    let rest = Atomic<Int>(order.reduce(0) { $0 + parts[$1].count })
    let workers = max(1, min(limits.threads, order.count))
    Parallel.forEach(order.count, threads: workers) { turn, _ in
      guard failure.withLock({ $0 == nil }) else { return }
      let index = order[turn]
      let size = self.parts[index].count
      let left = rest.wrappingSubtract(size, ordering: .relaxed).oldValue
      let share = min(1, Double(size * workers) / Double(max(1, left)))
      do {
        try self.prove(index, share: share * attempt.share, nodeLimit: attempt.nodes)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private func prove(_ index: Int, share: Double, nodeLimit: Int?) throws {
    let component = Component(
      model: model, part: parts[index], stages: stages, solver: solver,
      knownBound: knownBounds[index], relativeGap: wantedGap(index),
      nodeLimit: nodeLimit ?? limits.nodeLimit)
    let outcome = try component.solve(
      start: knownPlan(index), deadline: deadline(share: share), control: workControl)
    settleBetter(index, outcome)
  }

  /// The end of a part's share of the time that is left, so that no part starves the others.
  private func deadline(share: Double) -> ContinuousClock.Instant? {
    guard let deadline else { return nil }
    let left = max(.zero, deadline - ContinuousClock.now)
    return min(deadline, ContinuousClock.now + max(left * share, .milliseconds(100)))
  }
}

extension MIPResult {
  /// About the milliseconds of one processor that exact search takes: the root with its cuts grows with
  /// the square of the yes-or-no variables, a node in proportion (GLPK 5.0, measured from 60 to 600).
  static func effort(integers: Int, nodes: Int) -> Double {
    let size = Double(integers)
    return 1e-3 * size * size + 7e-3 * size * Double(nodes)
  }
}

extension PlanChecker {
  /// Differences found while adding up.
  struct Ledger {
    var differences: [PlanDifference] = []

    mutating func expect(_ path: String, _ stated: Double, _ recomputed: Double) {
      let scale = max(abs(stated), abs(recomputed), 1e-2)
      if !(abs(stated - recomputed) <= 1e-9 * scale) {
        add(path, "\(stated)", "\(recomputed)")
      }
    }

    mutating func atMost(_ path: String, _ value: Double, _ limit: Double) {
      if !(value <= limit + 1e-9 * max(1, abs(limit))) {
        add(path, "\(value)", "at most \(limit)")
      }
    }

    /// For balances that a solver keeps within its tolerance.
    mutating func near(_ path: String, _ stated: Double, _ recomputed: Double) {
      let scale = max(abs(stated), abs(recomputed), 1)
      if !(abs(stated - recomputed) <= 1e-6 * scale) {
        add(path, "\(stated)", "\(recomputed)")
      }
    }

    /// For limits that a solver keeps within its tolerance, and no rounding restores.
    mutating func atLeast(_ path: String, _ value: Double, _ limit: Double) {
      if !(value >= limit - 1e-6 * max(1, abs(limit))) {
        add(path, "\(value)", "at least \(limit)")
      }
    }

    mutating func add(_ path: String, _ stated: String, _ recomputed: String) {
      differences.append(PlanDifference(path: path, stated: stated, recomputed: recomputed))
    }
  }
}

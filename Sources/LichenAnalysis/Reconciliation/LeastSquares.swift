/// Least squares under linear limits: minimise Σ ((x − t)/σ)² with every row a·x ≤ b.
///
/// A projection onto a polyhedron in the scaled variables z = (x − t)/σ, by Hildreth's method
/// (Hildreth 1957: one multiplier at a time), then made exact on the limits found active. Small
/// problems only: it is dense.
struct LeastSquares: Sendable {
  struct Row: Sendable {
    /// Coefficients by variable.
    let entries: [(variable: Int, value: Double)]
    let limit: Double
  }

  /// Wanted values.
  let targets: [Double]
  /// Standard deviations, positive.
  let deviations: [Double]
  let rows: [Row]

  struct Solution: Sendable {
    let values: [Double]
    /// One per row, not negative; positive where the row holds the solution back.
    let multipliers: [Double]
  }

  /// - Returns: `nil` when the method does not settle, as where no point satisfies all rows.
  /// - Complexity: O(sweeps · entries), then O(active³).
  func solve() -> Solution? {
    let scaled = rows.map { row in
      (
        entries: row.entries.map { ($0.variable, $0.value * deviations[$0.variable]) },
        limit: row.limit - row.entries.reduce(0) { $0 + $1.value * targets[$1.variable] }
      )
    }
    let norms = scaled.map { $0.entries.reduce(0) { $0 + $1.1 * $1.1 } }
    // Rows in units of their own length, so that one tolerance fits all.
    var z = [Double](repeating: 0, count: targets.count)
    var multipliers = [Double](repeating: 0, count: rows.count)
    var settled = false
    for sweep in 1...Self.sweeps {
      var largest = 0.0
      for (index, row) in scaled.enumerated() where norms[index] > 0 {
        let activity = row.entries.reduce(0) { $0 + $1.1 * z[$1.0] }
        let step = max(-multipliers[index], (activity - row.limit) / norms[index])
        if step == 0 { continue }
        multipliers[index] += step
        for (variable, value) in row.entries { z[variable] -= step * value }
        largest = max(largest, abs(step) * norms[index].squareRoot())
      }
      settled = largest < Self.tolerance
      // The limits that matter are known long before the steps die out.
      if settled || sweep.isMultiple(of: Self.patience),
        let exact = polished(scaled, multipliers)
      {
        (z, multipliers) = exact
        settled = true
      }
      if settled { break }
    }
    guard settled else { return nil }
    return Solution(
      values: z.indices.map { targets[$0] + deviations[$0] * z[$0] }, multipliers: multipliers)
  }

  private static let sweeps = 200_000
  private static let patience = 100
  /// In standard deviations.
  private static let tolerance = 1e-12

  /// Solves the limits that hold the solution back as equations: (A Aᵀ) λ = −c, z = −Aᵀ λ.
  /// - Returns: `nil` unless no multiplier is negative and every row holds, which proves the point best.
  private func polished(
    _ scaled: [(entries: [(Int, Double)], limit: Double)], _ multipliers: [Double]
  ) -> ([Double], [Double])? {
    let active = multipliers.indices.filter { multipliers[$0] > 1e-9 }
    if active.isEmpty { return nil }
    var matrix = active.map { left in
      active.map { right in
        scaled[left].entries.reduce(0) { sum, entry in
          sum + entry.1
            * scaled[right].entries.filter { $0.0 == entry.0 }.reduce(0) { $0 + $1.1 }
        }
      } + [-scaled[left].limit]
    }
    guard LinearSystem.eliminate(&matrix) else { return nil }
    var z = [Double](repeating: 0, count: targets.count)
    var exact = [Double](repeating: 0, count: rows.count)
    for (position, row) in active.enumerated() {
      let multiplier = matrix[position][active.count]
      if multiplier < 0 { return nil }
      exact[row] = multiplier
      for (variable, value) in scaled[row].entries { z[variable] -= multiplier * value }
    }
    for row in scaled {
      let activity = row.entries.reduce(0) { $0 + $1.1 * z[$1.0] }
      if activity > row.limit + 1e-9 * max(1, abs(row.limit)) { return nil }
    }
    return (z, exact)
  }
}

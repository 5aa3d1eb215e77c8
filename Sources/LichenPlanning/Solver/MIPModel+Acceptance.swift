extension MIPModel {
  /// Solutions of a search may miss a row by this multiple of the tolerance given to it, because
  /// solvers work on scaled rows.
  public static let acceptanceFactor = 10.0

  /// Judges a point by the numbers of the model alone, whoever found it.
  ///
  /// Integer columns are rounded first, and values that miss a bound by rounding are moved onto it.
  /// A row may be missed by the tolerance times the largest of 1, its bound and its terms.
  /// - Parameters:
  ///   - values: One value per column.
  ///   - tolerance: Relative violation still accepted, more than 0.
  /// - Returns: The point as it satisfies the model; `nil` if it does not.
  /// - Complexity: O(columns + entries).
  public func accepted(_ values: [Double], tolerance: Double) -> [Double]? {
    guard values.count == columns.count else { return nil }
    var point = values
    for (index, column) in columns.enumerated() {
      let value = column.isInteger ? values[index].rounded(.toNearestOrEven) : values[index]
      guard value.isFinite,
        let moved = Self.moved(value, into: column.lower, column.upper, tolerance: tolerance)
      else { return nil }
      point[index] = moved
    }
    return rows.allSatisfy { $0.holds(at: point, tolerance: tolerance) } ? point : nil
  }

  private static func moved(
    _ value: Double, into lower: Double, _ upper: Double, tolerance: Double
  ) -> Double? {
    if value < lower { return lower - value <= tolerance * max(1, abs(lower)) ? lower : nil }
    if value > upper { return value - upper <= tolerance * max(1, abs(upper)) ? upper : nil }
    return value
  }
}

extension MIPRow {
  fileprivate func holds(at point: [Double], tolerance: Double) -> Bool {
    var (activity, largest) = (0.0, 1.0)
    for (column, value) in entries {
      let term = value * point[column]
      activity += term
      largest = max(largest, abs(term))
    }
    // Negated comparisons would let NaN, from terms that overflow, pass.
    let keepsLower =
      lower.isInfinite || lower - activity <= tolerance * max(largest, abs(lower))
    let keepsUpper =
      upper.isInfinite || activity - upper <= tolerance * max(largest, abs(upper))
    return keepsLower && keepsUpper
  }
}

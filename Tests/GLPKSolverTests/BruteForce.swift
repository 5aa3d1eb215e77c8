import LichenPlanning

/// Solves tiny models by trying everything; shares no code and no method with any solver.
///
/// Whole columns are enumerated between their bounds. What remains is a linear program in at most
/// a few columns, whose best point, if there is one, is a vertex: an intersection of as many row
/// and column bounds as there are continuous columns. All bounds must be finite.
struct BruteForce {
  let model: MIPModel
  private let integers: [Int]
  private let continuous: [Int]
  /// Largest violation at which a vertex counts as feasible; the models have small whole data.
  private let tolerance = 1e-7

  init(_ model: MIPModel) {
    self.model = model
    integers = model.columns.indices.filter { model.columns[$0].isInteger }
    continuous = model.columns.indices.filter { !model.columns[$0].isInteger }
  }

  /// The greatest objective; `nil` if no point satisfies the model.
  func optimum() -> Double? {
    var values = model.columns.map(\.lower)
    var best: Double?
    enumerate(from: 0, values: &values, best: &best)
    return best
  }

  private func enumerate(from position: Int, values: inout [Double], best: inout Double?) {
    guard position < integers.count else {
      considerVertices(values: values, best: &best)
      return
    }
    let column = model.columns[integers[position]]
    var value = column.lower
    while value <= column.upper {
      values[integers[position]] = value
      enumerate(from: position + 1, values: &values, best: &best)
      value += 1
    }
  }

  private func considerVertices(values: [Double], best: inout Double?) {
    if continuous.isEmpty {
      consider(values, best: &best)
      return
    }
    let planes = hyperplanes(values: values)
    var chosen: [Int] = []
    combine(planes, from: 0, chosen: &chosen) { selection in
      guard let point = intersection(of: selection.map { planes[$0] }) else { return }
      var candidate = values
      for (position, column) in continuous.enumerated() { candidate[column] = point[position] }
      consider(candidate, best: &best)
    }
  }

  private typealias Plane = (normal: [Double], side: Double)

  /// Every bound of a row or continuous column as an equation in the continuous columns.
  private func hyperplanes(values: [Double]) -> [Plane] {
    var planes: [Plane] = []
    for row in model.rows {
      var normal = [Double](repeating: 0, count: continuous.count)
      var fixed = 0.0
      for (column, value) in row.entries {
        if let position = continuous.firstIndex(of: column) {
          normal[position] += value
        } else {
          fixed += value * values[column]
        }
      }
      for side in Set([row.lower, row.upper]) where side.isFinite {
        planes.append((normal, side - fixed))
      }
    }
    for (position, index) in continuous.enumerated() {
      var normal = [Double](repeating: 0, count: continuous.count)
      normal[position] = 1
      let column = model.columns[index]
      for side in Set([column.lower, column.upper]) { planes.append((normal, side)) }
    }
    return planes
  }

  private func combine(
    _ planes: [Plane], from start: Int, chosen: inout [Int], visit: ([Int]) -> Void
  ) {
    if chosen.count == continuous.count {
      visit(chosen)
      return
    }
    for index in start..<planes.count {
      chosen.append(index)
      combine(planes, from: index + 1, chosen: &chosen, visit: visit)
      chosen.removeLast()
    }
  }

  /// Gaussian elimination with partial pivoting; `nil` if the planes do not meet in one point.
  private func intersection(of planes: [Plane]) -> [Double]? {
    let size = planes.count
    var matrix = planes.map { $0.normal + [$0.side] }
    for pivot in 0..<size {
      let best = (pivot..<size).max { abs(matrix[$0][pivot]) < abs(matrix[$1][pivot]) } ?? pivot
      matrix.swapAt(pivot, best)
      if abs(matrix[pivot][pivot]) < 1e-9 { return nil }
      for row in 0..<size where row != pivot {
        let factor = matrix[row][pivot] / matrix[pivot][pivot]
        if factor == 0 { continue }
        for column in pivot...size { matrix[row][column] -= factor * matrix[pivot][column] }
      }
    }
    return (0..<size).map { matrix[$0][size] / matrix[$0][$0] }
  }

  private func consider(_ values: [Double], best: inout Double?) {
    guard model.violation(at: values) <= tolerance else { return }
    best = max(best ?? -.infinity, model.objective(of: values))
  }
}

extension MIPModel {
  /// Greatest violation of any row or column bound, relative to the bound where it exceeds 1.
  func violation(at values: [Double]) -> Double {
    var worst = 0.0
    func compare(_ value: Double, _ lower: Double, _ upper: Double) {
      if lower.isFinite { worst = max(worst, (lower - value) / max(1, abs(lower))) }
      if upper.isFinite { worst = max(worst, (value - upper) / max(1, abs(upper))) }
    }
    for (column, value) in zip(columns, values) { compare(value, column.lower, column.upper) }
    for (index, row) in rows.enumerated() {
      compare(activity(ofRow: index, at: values), row.lower, row.upper)
    }
    return worst
  }
}

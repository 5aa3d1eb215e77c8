/// Textbook simplex of two phases with Bland's rule for max c·z, A·z ≤ b, z ≥ 0, with b of any sign
/// (Chvátal, Linear Programming, 1983, chapters 2-3: the auxiliary variable z₀). The feasible sets here
/// are bounded.
struct SmallSimplex {
  private var tableau: [[Double]]
  private var basis: [Int]
  private let columns: Int
  /// Column of z₀.
  private var auxiliary: Int { columns }

  /// - Returns: The optimum, or `nil` if nothing is feasible.
  static func maximum(_ objective: [Double], rows: [[Double]], limits: [Double]) -> Double? {
    var simplex = SmallSimplex(columns: objective.count, rows: rows, limits: limits)
    guard simplex.becomesFeasible() else { return nil }
    return simplex.maximise(objective + [0], barring: simplex.auxiliary)
  }

  /// Rows are scaled to a largest entry of 1.
  private init(columns: Int, rows: [[Double]], limits: [Double]) {
    self.columns = columns
    tableau = rows.enumerated().map { index, row in
      let largest = row.map(abs).max() ?? 0
      let scale = largest > 0 ? largest : 1
      let slacks = rows.indices.map { $0 == index ? 1.0 : 0 }
      return row.map { $0 / scale } + [-1] + slacks + [limits[index] / scale]
    }
    basis = rows.indices.map { columns + 1 + $0 }
  }

  /// Phase one: drives z₀ to zero.
  private mutating func becomesFeasible() -> Bool {
    let limits = tableau.map { $0.last ?? 0 }
    guard let worst = limits.indices.min(by: { limits[$0] < limits[$1] }), limits[worst] < 0
    else { return true }
    let scale = max(1, limits.map(abs).max() ?? 1)
    pivot(row: worst, column: auxiliary)
    var objective = [Double](repeating: 0, count: columns + 1)
    objective[auxiliary] = -1
    guard maximise(objective, barring: nil) > -1e-9 * scale else { return false }
    if let row = basis.firstIndex(of: auxiliary),
      let column = tableau[row].indices.dropLast().first(where: {
        $0 != auxiliary && abs(tableau[row][$0]) > 1e-9
      })
    {
      pivot(row: row, column: column)
    }
    return true
  }

  private mutating func maximise(_ objective: [Double], barring barred: Int?) -> Double {
    let scale = max(1e-300, objective.map(abs).max() ?? 0)
    while true {
      // Reduced costs anew each time: slow, and free of accumulated rounding.
      let padded = objective + [Double](repeating: 0, count: tableau.count)
      let entering = padded.indices.first { column in
        column != barred && !basis.contains(column)
          && padded[column]
            - tableau.indices.reduce(0) {
              $0 + padded[basis[$1]] * tableau[$1][column]
            } > 1e-11 * scale
      }
      guard let entering else {
        return tableau.indices.reduce(0) { $0 + padded[basis[$1]] * (tableau[$1].last ?? 0) }
      }
      let ratios = tableau.indices.filter { tableau[$0][entering] > 1e-11 }
        .map { (ratio: max(0, tableau[$0].last ?? 0) / tableau[$0][entering], row: $0) }
      guard let least = ratios.map(\.ratio).min() else { return .infinity }
      let ties = ratios.filter { $0.ratio <= least * (1 + 1e-12) + 1e-12 }
      guard let leaving = ties.min(by: { basis[$0.row] < basis[$1.row] }) else { return .infinity }
      pivot(row: leaving.row, column: entering)
    }
  }

  private mutating func pivot(row pivotRow: Int, column: Int) {
    let pivot = tableau[pivotRow][column]
    tableau[pivotRow] = tableau[pivotRow].map { $0 / pivot }
    for row in tableau.indices where row != pivotRow && tableau[row][column] != 0 {
      let factor = tableau[row][column]
      for entry in tableau[row].indices {
        tableau[row][entry] -= factor * tableau[pivotRow][entry]
      }
    }
    basis[pivotRow] = column
  }
}

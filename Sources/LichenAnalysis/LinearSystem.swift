/// Small dense systems of linear equations.
enum LinearSystem {
  /// Gauss-Jordan with pivoting: turns [A | B] into [1 | A⁻¹ B], for any number of right-hand columns.
  /// - Returns: `false` for a singular matrix, which is left half done.
  /// - Complexity: O(rows² · columns).
  static func eliminate(_ matrix: inout [[Double]]) -> Bool {
    let size = matrix.count
    for column in 0..<size {
      guard
        let pivot = (column..<size).max(by: {
          abs(matrix[$0][column]) < abs(matrix[$1][column])
        }), abs(matrix[pivot][column]) > 1e-12
      else { return false }
      matrix.swapAt(column, pivot)
      let head = matrix[column][column]
      for index in column..<matrix[column].count { matrix[column][index] /= head }
      for row in 0..<size where row != column {
        let factor = matrix[row][column]
        if factor == 0 { continue }
        for index in column..<matrix[row].count {
          matrix[row][index] -= factor * matrix[column][index]
        }
      }
    }
    return true
  }
}

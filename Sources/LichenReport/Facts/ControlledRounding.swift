/// Rounds the rows of a table to whole units so that they add up to the rounded total.
///
/// Every value becomes one of its two neighbouring whole numbers; those nearest to the upper one are
/// raised first (largest remainder). Values that are whole already stay.
enum ControlledRounding {
  /// - Parameter total: What the rows must add up to; the rounded sum if `nil`. Lies between the sum
  ///   of the lower and the sum of the upper neighbours.
  /// - Complexity: O(n log n).
  static func round(_ values: [Double], total: Double? = nil) -> [Double] {
    // A sum of thousands of lines carries noise of about this size; it is no remainder.
    let noise = 1e-7
    let lower = values.map { ($0 + noise).rounded(.down) }
    let target = total ?? values.reduce(0, +).rounded()
    var missing = Int(target - lower.reduce(0, +))
    var rounded = lower
    let order = values.indices.filter { values[$0] - lower[$0] > noise }.sorted {
      let left = values[$0] - lower[$0]
      let right = values[$1] - lower[$1]
      return left == right ? $0 < $1 : left > right
    }
    for index in order where missing > 0 {
      rounded[index] += 1
      missing -= 1
    }
    return rounded.map { $0 == 0 ? 0 : $0 }
  }
}

import Foundation
import LichenPlanning

/// Compares two JSON texts value by value.
struct JSONComparison {
  /// Relative difference up to which numbers count as equal.
  let tolerance: Double

  /// Differences of `stated` from `recomputed`, in order of place.
  func differences(_ stated: Data, _ recomputed: Data) -> [PlanDifference] {
    guard let left = try? JSONSerialization.jsonObject(with: stated, options: .fragmentsAllowed),
      let right = try? JSONSerialization.jsonObject(with: recomputed, options: .fragmentsAllowed)
    else { return [] }
    var found: [PlanDifference] = []
    compare(left, right, at: "", into: &found)
    return found
  }

  private func compare(
    _ left: Any, _ right: Any, at path: String, into found: inout [PlanDifference]
  ) {
    switch (left, right) {
    case (let left as [String: Any], let right as [String: Any]):
      for key in Set(left.keys).union(right.keys).sorted() {
        let place = path.isEmpty ? key : "\(path).\(key)"
        guard let stated = left[key] else {
          found.append(PlanDifference(path: place, stated: "nothing", recomputed: text(right[key])))
          continue
        }
        guard let expected = right[key] else {
          found.append(PlanDifference(path: place, stated: text(stated), recomputed: "nothing"))
          continue
        }
        compare(stated, expected, at: place, into: &found)
      }
    case (let left as [Any], let right as [Any]):
      if left.count != right.count {
        found.append(
          PlanDifference(
            path: path, stated: "\(left.count) items", recomputed: "\(right.count) items"))
      }
      for (index, pair) in zip(left, right).enumerated() {
        compare(pair.0, pair.1, at: "\(path)[\(index)]", into: &found)
      }
    case (let left as NSNumber, let right as NSNumber):
      let stated = left.doubleValue
      let expected = right.doubleValue
      let scale = max(abs(stated), abs(expected), 1e-3)
      if !(abs(stated - expected) <= tolerance * scale) {
        found.append(PlanDifference(path: path, stated: text(left), recomputed: text(right)))
      }
    default:
      if text(left) != text(right) {
        found.append(PlanDifference(path: path, stated: text(left), recomputed: text(right)))
      }
    }
  }

  private func text(_ value: Any?) -> String { value.map { "\($0)" } ?? "nothing" }
}

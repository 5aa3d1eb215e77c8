/// Parts a network into groups that exchange more within than between each other.
///
/// Greedy joining by modularity (Clauset, Newman, Moore 2004, Phys. Rev. E 70, 066111): starting from single nodes, the
/// two groups whose joining raises modularity most become one, until nothing raises it. Ties go to the
/// groups with the lowest members, so that equal input gives equal groups.
enum Communities {
  /// - Parameters:
  ///   - count: Nodes, numbered from 0.
  ///   - links: Pairs of nodes; a pair may occur several times. Loops count for nothing.
  /// - Returns: Members of each group in order, largest group first.
  /// - Complexity: O(nodes · pairs).
  static func groups(count: Int, links: [(Int, Int)]) -> [[Int]] {
    var members = (0..<count).map { [$0] }
    let links = links.filter { $0.0 != $0.1 }
    guard !links.isEmpty else { return members }
    let whole = Double(links.count) * 2
    /// Share of all ends between two groups, and of all ends in one.
    var between = [[Int: Double]](repeating: [:], count: count)
    var ends = [Double](repeating: 0, count: count)
    for (from, to) in links {
      between[from][to, default: 0] += 1 / whole
      between[to][from, default: 0] += 1 / whole
      ends[from] += 1 / whole
      ends[to] += 1 / whole
    }
    while let (first, second) = best(between, ends) {
      members[first] += members[second]
      members[second] = []
      for (other, share) in between[second] where other != first {
        between[first][other, default: 0] += share
        between[other][first, default: 0] += share
        between[other][second] = nil
      }
      between[first][second] = nil
      between[second] = [:]
      ends[first] += ends[second]
      ends[second] = 0
    }
    return members.filter { !$0.isEmpty }.map { $0.sorted() }
      .sorted { ($1.count, $0[0]) < ($0.count, $1[0]) }
  }

  /// The pair of groups whose joining gains most; `nil` when none gains.
  private static func best(_ between: [[Int: Double]], _ ends: [Double]) -> (Int, Int)? {
    var best: (gain: Int, pair: (Int, Int))?
    for first in between.indices {
      for (second, share) in between[first] where second > first {
        // Whole steps, so that rounding errors part no ties.
        let gain = Int(((share - ends[first] * ends[second]) * 1e12).rounded())
        guard gain > 0 else { continue }
        if let best, (best.gain, first, second) >= (gain, best.pair.0, best.pair.1) { continue }
        best = (gain, (first, second))
      }
    }
    return best?.pair
  }
}

/// What every group of firms can earn by itself, and ways to share what all earn together.
///
/// Players and coalitions are bits: player i is 1 << i, a coalition the sum of its players.
public struct CooperativeGame: Sendable, Hashable {
  public let playerCount: Int
  /// Worth by coalition, from the empty one, worth 0, to all together [one currency]; costs are negative.
  public let values: [Double]

  /// More players are too many for trying every coalition.
  public static let mostPlayers = 20

  /// - Parameter values: 2ⁿ finite figures for 1 ≤ n ≤ `mostPlayers`, the first 0.
  public init(values: [Double]) {
    precondition(values.count.nonzeroBitCount == 1 && values.count > 1, "A game has 2^n values.")
    precondition(values[0] == 0, "Nobody earns nothing.")
    playerCount = values.count.trailingZeroBitCount
    precondition(playerCount <= Self.mostPlayers, "A game has at most \(Self.mostPlayers) players.")
    self.values = values
  }

  /// All players.
  public var everyone: Int { values.count - 1 }
  /// What all earn together.
  public var total: Double { values[everyone] }

  public func isMember(_ player: Int, of coalition: Int) -> Bool { coalition >> player & 1 == 1 }

  /// What each adds to those before, on average over all orders in which they may come (Shapley 1953):
  /// Σ over S without i of |S|!·(n − |S| − 1)!/n! · (v(S + i) − v(S)).
  /// - Complexity: O(n·2ⁿ).
  public func shapleyValue() -> [Double] {
    // By size of S: 1 / (n · C(n − 1, s)).
    var weights = [1 / Double(playerCount)]
    for size in 1..<max(1, playerCount) {
      weights.append(weights[size - 1] * Double(size) / Double(playerCount - size))
    }
    var shares = [Double](repeating: 0, count: playerCount)
    for coalition in values.indices {
      for player in 0..<playerCount where !isMember(player, of: coalition) {
        let gain = values[coalition | 1 << player] - values[coalition]
        shares[player] += weights[coalition.nonzeroBitCount] * gain
      }
    }
    return shares
  }

  /// The total in proportion to something of each, such as what it earns alone; `nil` unless all are at
  /// least zero and one is above.
  public func proportionalShares(to sizes: [Double]) -> [Double]? {
    let sum = sizes.reduce(0, +)
    guard sizes.count == playerCount, sizes.allSatisfy({ $0 >= 0 }), sum > 0 else { return nil }
    return sizes.map { total * $0 / sum }
  }

  /// What a coalition misses under a split: v(S) − Σ of its shares; above zero it does better alone.
  public struct Complaint: Sendable, Hashable {
    public let coalition: Int
    public let amount: Double

    public init(coalition: Int, amount: Double) {
      self.coalition = coalition
      self.amount = amount
    }
  }

  /// The largest complaint of any coalition but nobody and everyone, the first of equals; `nil` for one
  /// player. A split of the total is in the core if it is not above zero.
  /// - Complexity: O(2ⁿ).
  public func largestComplaint(_ shares: [Double]) -> Complaint? {
    let sums = Self.sums(shares)
    var largest: Complaint?
    for coalition in 1..<everyone {
      let amount = values[coalition] - sums[coalition]
      if amount > largest?.amount ?? -.infinity {
        largest = Complaint(coalition: coalition, amount: amount)
      }
    }
    return largest
  }

  /// Σ of shares by coalition.
  static func sums(_ shares: [Double]) -> [Double] {
    var sums = [Double](repeating: 0, count: 1 << shares.count)
    for coalition in 1..<sums.count {
      sums[coalition] =
        sums[coalition & (coalition - 1)] + shares[coalition.trailingZeroBitCount]
    }
    return sums
  }
}

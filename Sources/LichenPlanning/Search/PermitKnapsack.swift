/// What the copies of a stream can earn where some of them need permits that it has to itself: a
/// best-first search over which permits are bought, with a knapsack for each choice. The cost of an
/// undecided permit is shared out among the links that need it, by what each could earn alone, which
/// only raises the bound.
///
/// Complexity: as many knapsacks as search steps; most streams take one to five.
final class PermitKnapsack {
  private struct Branch: HeapItem {
    var bought: UInt64
    var refused: UInt64
    var bound: Double
    /// To be decided next.
    var permit: Int

    func precedes(_ other: Branch) -> Bool { bound > other.bound }
  }

  /// Permits that one stream can decide on: the bits of a word.
  static let most = 64
  /// Knapsacks of one search; beyond it the value is bounded.
  private static let stepLimit = 24

  private let knapsack: NodeKnapsack
  /// All copies, without the costs of permits; the link is kept beside.
  private var items: [KnapsackItem] = []
  private var links: [Int] = []
  /// By item: its permits, as bits.
  private var needs: [UInt64] = []
  /// By item: what it could earn alone.
  private var worth: [Double] = []
  private var costs: [Double] = []
  /// By permit: what all that need it could earn alone.
  private var worthOfUsers: [Double] = []
  private var charged: [Double] = []
  /// Permits that mandatory links need, and those that can never pay.
  private var mustBuy: UInt64 = 0
  private var hopeless: UInt64 = 0
  private let branches = BinaryHeap<Branch>()
  /// Value of the best choice found.
  private(set) var value = 0.0
  private var bestOpen: [(item: Int, amount: Double)] = []
  private var open: [(item: Int, amount: Double)] = []

  /// - Parameter knapsack: Solves for each choice.
  init(_ knapsack: NodeKnapsack) { self.knapsack = knapsack }

  /// Takes over the copies that were added to the knapsack.
  /// - Parameters:
  ///   - newCosts: By permit, `most` at most.
  ///   - permits: Of a link, as bits.
  func take(costs newCosts: some Sequence<Double>, permits: (_ link: Int) -> UInt64) {
    items.removeAll(keepingCapacity: true)
    links.removeAll(keepingCapacity: true)
    needs.removeAll(keepingCapacity: true)
    worth.removeAll(keepingCapacity: true)
    costs.removeAll(keepingCapacity: true)
    costs.append(contentsOf: newCosts)
    worthOfUsers = Array(repeating: 0, count: costs.count)
    charged = worthOfUsers
    mustBuy = 0
    for index in 0..<knapsack.count {
      var item = knapsack.items[index]
      let link = Int(item.link)
      item.link = Int32(index)
      let mask = permits(link)
      let value = max(0, item.best)
      forEachBit(mask) { worthOfUsers[$0] += value }
      if item.isMandatory { mustBuy |= mask }
      items.append(item)
      links.append(link)
      needs.append(mask)
      worth.append(value)
    }
    hopeless = 0
    for permit in costs.indices where worthOfUsers[permit] <= costs[permit] {
      hopeless |= 1 << UInt64(permit)
    }
    hopeless &= ~mustBuy
  }

  /// Calls `body` with every open link of the best choice and its amount.
  func forEachOpen(_ body: (_ link: Int, _ amount: Double) -> Void) {
    for (item, amount) in bestOpen { body(links[item], amount) }
  }

  /// - Returns: An upper bound on the maximum; minus infinity if mandatory links do not fit.
  func solve(capacity: Double, countLimit: Int32, stepLimit: Int) -> Double {
    bestOpen.removeAll(keepingCapacity: true)
    value = mustBuy == 0 && !items.contains(where: \.isMandatory) ? 0 : -.infinity
    branches.removeAll()
    var closed = -Double.infinity
    func consider(_ bought: UInt64, _ refused: UInt64, parent: Double) {
      let (relaxed, permit) = relax(bought, refused, capacity, countLimit, stepLimit)
      let bound = min(relaxed, parent)
      if permit < 0 {
        closed = max(closed, bound)
      } else {
        branches.push(Branch(bought: bought, refused: refused, bound: bound, permit: permit))
      }
    }
    consider(mustBuy, hopeless, parent: .infinity)
    var steps = 1
    while let branch = branches.pop() {
      if branch.bound <= value + NodeKnapsack.tolerance * abs(value) || steps >= Self.stepLimit {
        // The best open branch bounds all others.
        return max(value, closed, branch.bound)
      }
      let bit: UInt64 = 1 << UInt64(branch.permit)
      consider(branch.bought | bit, branch.refused, parent: branch.bound)
      consider(branch.bought, branch.refused | bit, parent: branch.bound)
      steps += 2
    }
    return max(value, closed)
  }

  /// Bound of a choice; its plan is kept if it is the best.
  /// - Returns: The bound, and the undecided permit whose cost is farthest from being charged, or -1
  ///   if none is used for less than it costs.
  private func relax(
    _ bought: UInt64, _ refused: UInt64, _ capacity: Double, _ countLimit: Int32, _ stepLimit: Int
  ) -> (bound: Double, permit: Int) {
    let undecided = ~(bought | refused)
    knapsack.removeAll()
    for index in items.indices where needs[index] & refused == 0 {
      var item = items[index]
      forEachBit(needs[index] & undecided) { item.fixed += share($0, of: index) }
      if item.best > 0 || item.isMandatory { knapsack.add(item) }
    }
    let bound = knapsack.solve(capacity: capacity, countLimit: countLimit, stepLimit: stepLimit)
    if bound == -.infinity { return (bound, -1) }
    open.removeAll(keepingCapacity: true)
    var used: UInt64 = 0
    for permit in charged.indices { charged[permit] = 0 }
    knapsack.forEachOpen { index, amount in
      open.append((index, amount))
      used |= needs[index]
      forEachBit(needs[index] & undecided) { charged[$0] += share($0, of: index) }
    }
    var paid = 0.0
    var spent = 0.0
    var permit = -1
    var farthest = 0.0
    for index in costs.indices {
      let bit: UInt64 = 1 << UInt64(index)
      if bought & bit != 0 { paid += costs[index] }
      guard used & bit != 0 else { continue }
      spent += costs[index]
      let missing = undecided & bit != 0 ? costs[index] - charged[index] : 0
      if missing > max(farthest, 1e-9 * costs[index]) { (permit, farthest) = (index, missing) }
    }
    // The knapsack's value has undecided permits as they are charged.
    let worth = knapsack.value + charged.reduce(0, +) - spent
    if worth > value {
      value = worth
      swap(&bestOpen, &open)
    }
    return (bound - paid, permit)
  }

  /// An item's share of the cost of a permit.
  private func share(_ permit: Int, of item: Int) -> Double {
    worthOfUsers[permit] > 0 ? costs[permit] * worth[item] / worthOfUsers[permit] : 0
  }

  private func forEachBit(_ mask: UInt64, _ body: (Int) -> Void) {
    var rest = mask
    while rest != 0 {
      body(rest.trailingZeroBitCount)
      rest &= rest - 1
    }
  }
}

extension PermitKnapsack {
  /// Takes over the copies of a stream that were added to the knapsack.
  func take(copiesOf node: Int, in network: SearchNetwork) {
    take(
      costs: network.ownPermits(node).lazy.map { network.permitCost.base[Int($0)] },
      permits: { link in
        network.linkPermits(link).reduce(0) { mask, permit in
          let place = network.permitPlace.base[Int(permit)]
          return place >= 0 ? mask | 1 << UInt64(place) : mask
        }
      })
  }
}

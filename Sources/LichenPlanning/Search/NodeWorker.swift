/// Works out what one node does with its copies at given prices; one worker per thread.
final class NodeWorker {
  private let knapsack = NodeKnapsack()
  private let permits: PermitKnapsack
  /// Terms in side rows of facilities and measures that this worker decided to have.
  private var commonTerms: [(row: Int, value: Double)] = []

  init() { permits = PermitKnapsack(knapsack) }

  /// Hands over and forgets the terms of facilities and measures.
  func takeCommonTerms() -> [(row: Int, value: Double)] {
    defer { commonTerms.removeAll(keepingCapacity: true) }
    return commonTerms
  }

  /// Upper bound on what the node's copies can earn; their decisions are written.
  func value(of node: Int, in split: Decomposition) -> Double {
    let network = split.network
    if network.kind.base[node] == .facility {
      return FacilityBound.value(of: node, in: split, terms: &commonTerms)
    }
    collect(node, in: split)
    if !network.ownPermits(node).isEmpty { permits.take(copiesOf: node, in: network) }
    let measures = network.nodeMeasures(node)
    if measures.isEmpty {
      return solve(node, capacity: network.capacity.base[node], in: split)
    }
    return valueWithMeasures(node, Array(measures.map(Int.init)), in: split)
  }

  private func collect(_ node: Int, in split: Decomposition) {
    let network = split.network
    let isPlain = network.isPlain
    knapsack.removeAll()
    let members = network.links(node)
    for member in members {
      let link = Int(member)
      let upper = network.upper.base[link]
      let lower = network.lower.base[link]
      let required = network.isRequired.base[link]
      if Int(network.tail.base[link]) == node {
        split.tailFlow.base[link] = 0
        split.tailOpen.base[link] = 0
        let profit =
          isPlain
          ? network.benefit.base[link] - split.headProfit.base[link] : split.tailProfit(link)
        let fixed =
          isPlain ? network.fixed.base[link] - split.headFixed.base[link] : split.tailFixed(link)
        if max(profit * upper, profit * lower) - fixed <= 0, !required { continue }
        knapsack.add(
          KnapsackItem(
            profit: profit, fixed: fixed, lower: lower, upper: upper, link: link,
            isMandatory: required))
      } else {
        split.headFlow.base[link] = 0
        split.headOpen.base[link] = 0
        let profit = split.headProfit.base[link]
        let fixed = isPlain ? split.headFixed.base[link] : split.headCost(link)
        if max(profit * upper, profit * lower) - fixed <= 0, !required { continue }
        let ratio = network.ratio.base[link]
        knapsack.add(
          KnapsackItem(
            profit: profit / ratio, fixed: fixed, lower: lower * ratio, upper: upper * ratio,
            link: link, isMandatory: required))
      }
    }
  }

  private func solve(_ node: Int, capacity: Double, in split: Decomposition) -> Double {
    let bound = bound(node, capacity: capacity, in: split)
    let network = split.network
    let write = { (link: Int, amount: Double) in
      if Int(network.tail.base[link]) == node {
        split.tailFlow.base[link] = amount / network.upper.base[link]
        split.tailOpen.base[link] = 1
      } else {
        split.headFlow.base[link] =
          amount / (network.ratio.base[link] * network.upper.base[link])
        split.headOpen.base[link] = 1
      }
    }
    if network.ownPermits(node).isEmpty {
      knapsack.forEachOpen(write)
    } else {
      permits.forEachOpen(write)
    }
    return bound
  }

  private func bound(_ node: Int, capacity: Double, in split: Decomposition) -> Double {
    let network = split.network
    let countLimit = network.partnerLimit.base[node]
    return network.ownPermits(node).isEmpty
      ? knapsack.solve(
        capacity: capacity, countLimit: countLimit, stepLimit: Decomposition.stepLimit)
      : permits.solve(
        capacity: capacity, countLimit: countLimit, stepLimit: Decomposition.stepLimit)
  }

  /// Tries every set of measures; beyond six all that may help are had for nothing, which only raises
  /// the bound.
  private func valueWithMeasures(_ node: Int, _ measures: [Int], in split: Decomposition) -> Double
  {
    let network = split.network
    if measures.count > 6 {
      let free = measures.reduce(0.0) { sum, index in
        let worth = split.measureWorth(index)
        return sum + (network.measures[index].isRequired ? worth : max(0, worth))
      }
      let most = measures.reduce(network.capacity[node]) { $0 + max(0, network.measures[$1].shift) }
      return free + solve(node, capacity: most, in: split)
    }
    var best = -Double.infinity
    var bestSet = 0
    func capacity(_ set: Int) -> Double {
      measures.enumerated().reduce(network.capacity[node]) { sum, item in
        set & (1 << item.offset) == 0 ? sum : sum + network.measures[item.element].shift
      }
    }
    for set in 0..<(1 << measures.count) {
      var worth = 0.0
      var isAllowed = true
      for (offset, index) in measures.enumerated() {
        if set & (1 << offset) != 0 {
          worth += split.measureWorth(index)
        } else if network.measures[index].isRequired {
          isAllowed = false
        }
      }
      let capacity = capacity(set)
      guard isAllowed, capacity >= -1e-9 * max(1, network.capacity[node]) else { continue }
      let value = worth + bound(node, capacity: max(0, capacity), in: split)
      if value > best {
        best = value
        bestSet = set
      }
    }
    guard best > -.infinity else { return best }
    for (offset, index) in measures.enumerated() where bestSet & (1 << offset) != 0 {
      commonTerms += network.rows.measureTerms[index]
    }
    _ = solve(node, capacity: max(0, capacity(bestSet)), in: split)
    return best
  }
}

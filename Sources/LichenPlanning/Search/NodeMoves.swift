/// Improves a plan node by node: each node's openings and flows are chosen anew, exactly, with all
/// others as they are.
final class NodeMoves {
  private let network: SearchNetwork
  private let knapsack = NodeKnapsack()
  private let permits: PermitKnapsack
  /// Links that the running move has changed, with their flow before.
  private var journal: [(link: Int, flow: Double)] = []
  /// Prices of side rows, so that a node sees what others would pay for them.
  var rowPrices: FlatArray<Double>

  init(_ network: SearchNetwork) {
    self.network = network
    permits = PermitKnapsack(knapsack)
    rowPrices = FlatArray(repeating: 0, count: network.rows.count)
  }

  /// Benefit per unit less what side rows charge.
  func unitWorth(_ link: Int) -> Double {
    var worth = network.benefit.base[link]
    if network.rows.count > 0 {
      for entry in network.rows.entries(of: link) {
        worth -=
          rowPrices.base[Int(network.rows.row.base[entry])] * network.rows.perUnit.base[entry]
      }
    }
    return worth
  }

  /// Cost of opening, side rows and permits not yet bought included.
  /// - Parameter leavesOut: Whether permits are left out that one stream decides on.
  func openingCost(_ link: Int, in state: SearchState, leavesOut: Bool = false) -> Double {
    var cost = network.fixed.base[link]
    if network.rows.count > 0 {
      for entry in network.rows.entries(of: link) {
        cost +=
          rowPrices.base[Int(network.rows.row.base[entry])] * network.rows.perOpening.base[entry]
      }
    }
    if network.permitCost.count > 0, !state.isOpen(link) {
      cost += state.newPermits(link, leavesOut: leavesOut)
    }
    return cost
  }

  /// Chooses the direct links of a stream anew.
  /// - Returns: Whether the plan became better; otherwise it is as before.
  func reoptimise(_ node: Int, in state: SearchState, stepLimit: Int = 400) -> Bool {
    let network = network
    if network.kind.base[node] == .facility { return false }
    knapsack.removeAll()
    var now = 0.0
    var capacity = state.residual.base[node]
    var open = Int32(0)
    let own = network.ownPermits(node)
    for permit in own where state.permitUse.base[Int(permit)] > 0 {
      now -= network.permitCost.base[Int(permit)]
    }
    for member in network.links(node) {
      let link = Int(member)
      guard network.isDirect(link) else { continue }
      let isTail = Int(network.tail.base[link]) == node
      let ratio = network.ratio.base[link]
      let flow = state.flow.base[link]
      let worth = network.isPlain ? network.benefit.base[link] : unitWorth(link)
      let cost =
        network.isPlain
        ? network.fixed.base[link] : openingCost(link, in: state, leavesOut: !own.isEmpty)
      let isOpen = state.isOpen(link)
      if isOpen {
        now += worth * flow - cost
        capacity += isTail ? flow : ratio * flow
        open += 1
      }
      let other = isTail ? Int(network.head.base[link]) : Int(network.tail.base[link])
      if !isOpen, state.openCount.base[other] >= network.partnerLimit.base[other] { continue }
      let left = state.residual.base[other]
      var most = isTail ? flow + left / ratio : flow + left
      most = min(most, network.upper.base[link])
      let least = network.lower.base[link]
      if most < least || most <= 0 {
        // A flow at its least stays possible though rounding says that it is not.
        guard flow > 0, flow >= least else {
          if network.isRequired.base[link] { return false }
          continue
        }
        most = max(most, flow)
      }
      if worth * most <= cost, !network.isRequired.base[link] { continue }
      let scale = isTail ? 1 : ratio
      knapsack.add(
        KnapsackItem(
          profit: worth / scale, fixed: cost, lower: least * scale, upper: most * scale,
          link: link, isMandatory: network.isRequired.base[link]))
    }
    let others = state.openCount.base[node] - open
    let limit = network.partnerLimit.base[node]
    let countLimit = limit == .max ? .max : limit - others
    if own.isEmpty {
      _ = knapsack.solve(
        capacity: max(0, capacity), countLimit: countLimit, stepLimit: stepLimit)
    } else {
      permits.take(copiesOf: node, in: network)
      _ = permits.solve(
        capacity: max(0, capacity), countLimit: countLimit, stepLimit: stepLimit)
    }
    let value = own.isEmpty ? knapsack.value : permits.value
    guard value > now + 1e-9 * max(1, abs(now)) else { return false }
    return apply(node, to: state)
  }

  private func apply(_ node: Int, to state: SearchState) -> Bool {
    let network = network
    let before = state.merit
    journal.removeAll(keepingCapacity: true)
    for member in network.links(node) {
      let link = Int(member)
      if state.flow.base[link] > 0, network.isDirect(link) {
        journal.append((link, state.flow.base[link]))
        state.set(link, network.isRequired.base[link] ? network.lower.base[link] : 0)
      }
    }
    let old = journal.count
    func open(_ link: Int, _ amount: Double) {
      let scale = Int(network.tail.base[link]) == node ? 1 : network.ratio.base[link]
      journal.append((link, -1))
      state.set(link, max(network.lower.base[link], amount / scale))
    }
    if network.ownPermits(node).isEmpty {
      knapsack.forEachOpen(open)
    } else {
      permits.forEachOpen(open)
    }
    if network.isPlain || state.merit > before + 1e-9 * max(1, abs(before)) { return true }
    // Permits shared by links of the node, or rows, made the estimate too good.
    for entry in journal[old...] where !network.isRequired.base[entry.link] {
      state.set(entry.link, 0)
    }
    for entry in journal[..<old] { state.set(entry.link, entry.flow) }
    return false
  }

  /// Goes round all nodes until a round brings less than one part in ten thousand.
  /// - Parameter shouldStop: Asked now and then.
  func descend(_ state: SearchState, rounds: Int = 30, shouldStop: () -> Bool) {
    for _ in 0..<rounds {
      let before = state.merit
      for node in 0..<network.nodeCount {
        if node % 256 == 0, shouldStop() { return }
        _ = reoptimise(node, in: state)
      }
      if state.merit <= before + 1e-4 * abs(before) { return }
    }
  }

  /// Opens links one after the other, best score first, as long as they fit and pay.
  /// - Complexity: O(links · log links).
  func fillGreedily(_ state: SearchState, score: FlatArray<Double>, shouldStop: () -> Bool) {
    var order = (0..<Int32(network.linkCount)).filter {
      score.base[Int($0)] > 0 || !network.isPlain
    }
    order.sort {
      let (left, right) = (score.base[Int($0)], score.base[Int($1)])
      return left > right || (left == right && $0 < $1)
    }
    for (place, member) in order.enumerated() {
      if place % 4_096 == 0, shouldStop() { return }
      let link = Int(member)
      if !state.isOpen(link), network.isDirect(link) { add(link, to: state) }
    }
  }

  /// Opens one link with all it can carry, if that pays.
  func add(_ link: Int, to state: SearchState) {
    let amount = state.room(link)
    guard amount > 0, amount >= network.lower.base[link] else { return }
    if network.isPlain {
      if network.benefit.base[link] * amount > network.fixed.base[link] { state.set(link, amount) }
      return
    }
    guard unitWorth(link) * amount > openingCost(link, in: state) else { return }
    let before = state.merit
    state.set(link, amount)
    if state.merit <= before { state.set(link, 0) }
  }
}

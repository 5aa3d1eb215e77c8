import Synchronization

/// Lagrangian decomposition over nodes: every link is split into a copy at its tail and one at its
/// head that need not agree; profit and fixed cost are divided between them, and each node chooses
/// among its copies exactly. Whatever the division, the sum of the nodes' values is an upper bound on
/// every plan (Guignard & Kim, Mathematical Programming 39, 1987).
///
/// Permits that one stream has to itself are decided there. Other permits and side rows are priced:
/// y ≤ p at the head's copy, rows at the tail's.
///
/// Unchecked because threads share it: each writes only what belongs to its nodes.
final class Decomposition: @unchecked Sendable {
  let network: SearchNetwork
  /// Share of a link's profit per unit and of its fixed cost that the head's copy has.
  let headProfit: FlatArray<Double>
  let headFixed: FlatArray<Double>
  /// Price of each shared permit to each link that needs it, by position in the shared permits of
  /// links; ≥ 0.
  let permitPrice: FlatArray<Double>
  /// Price of each side row; ≥ 0.
  let rowPrice: FlatArray<Double>

  /// What the copies do: flow as a share of the most, and opening.
  let tailFlow: FlatArray<Double>
  let headFlow: FlatArray<Double>
  let tailOpen: FlatArray<Double>
  let headOpen: FlatArray<Double>
  let permitBought: FlatArray<Double>
  /// Left-hand sides of the side rows, by the tails' copies.
  let rowActivity: FlatArray<Double>
  /// Bound of each node at the last evaluation.
  let nodeValue: FlatArray<Double>
  private let workers: [NodeWorker]

  /// Search steps within one node; beyond it the node's value is bounded.
  static let stepLimit = 40

  init(_ network: SearchNetwork, threads: Int) {
    self.network = network
    headProfit = FlatArray(repeating: 0, count: network.linkCount)
    headFixed = FlatArray(repeating: 0, count: network.linkCount)
    permitPrice = FlatArray(repeating: 0, count: network.sharedPermits.members.count)
    rowPrice = FlatArray(repeating: 0, count: network.rows.count)
    tailFlow = FlatArray(repeating: 0, count: network.linkCount)
    headFlow = FlatArray(repeating: 0, count: network.linkCount)
    tailOpen = FlatArray(repeating: 0, count: network.linkCount)
    headOpen = FlatArray(repeating: 0, count: network.linkCount)
    permitBought = FlatArray(repeating: 0, count: network.permitCost.count)
    rowActivity = FlatArray(repeating: 0, count: network.rows.count)
    nodeValue = FlatArray(repeating: 0, count: network.nodeCount)
    workers = (0..<max(1, threads)).map { _ in NodeWorker() }
  }

  /// What the tail's copy earns per unit.
  func tailProfit(_ link: Int) -> Double {
    var profit = network.benefit.base[link] - headProfit.base[link]
    if network.rows.count > 0 {
      for entry in network.rows.entries(of: link) {
        profit -=
          rowPrice.base[Int(network.rows.row.base[entry])] * network.rows.perUnit.base[entry]
      }
    }
    return profit
  }

  func tailFixed(_ link: Int) -> Double {
    var cost = network.fixed.base[link] - headFixed.base[link]
    if network.rows.count > 0 {
      for entry in network.rows.entries(of: link) {
        cost +=
          rowPrice.base[Int(network.rows.row.base[entry])] * network.rows.perOpening.base[entry]
      }
    }
    return cost
  }

  func headCost(_ link: Int) -> Double {
    var cost = headFixed.base[link]
    if network.permitCost.count > 0 {
      for entry in network.sharedPermits.range(link) { cost += permitPrice.base[entry] }
    }
    return cost
  }

  /// The bound at the present division, or `nil` if stopped on the way; the copies' decisions are left
  /// in the arrays.
  /// - Parameters:
  ///   - threads: At most as many as the decomposition was made for.
  ///   - shouldStop: Asked by any thread, every few hundred nodes.
  /// - Complexity: O(links) plus the nodes' searches, shared by the threads.
  func evaluate(threads: Int, shouldStop: @Sendable () -> Bool) -> Double? {
    let count = network.nodeCount
    let chunk = 256
    let chunks = (count + chunk - 1) / chunk
    let isStopped = Atomic<Bool>(false)
    Parallel.forEach(chunks, threads: network.linkCount < 5_000 ? 1 : threads) { index, worker in
      if isStopped.load(ordering: .relaxed) { return }
      if shouldStop() { return isStopped.store(true, ordering: .relaxed) }
      for node in (index * chunk)..<min(count, (index + 1) * chunk) {
        self.nodeValue.base[node] = self.workers[worker].value(of: node, in: self)
      }
    }
    if isStopped.load(ordering: .relaxed) {
      for worker in workers { _ = worker.takeCommonTerms() }
      return nil
    }
    var total = 0.0
    var size = 0.0
    for node in 0..<count {
      total += nodeValue[node]
      size += abs(nodeValue[node])
    }
    for common in [permitValue(), rowValue(), looseMeasureValue()] {
      total += common.value
      size += common.size
    }
    // A node whose links cannot all be kept: no plan at all.
    if total == -.infinity { return total }
    // Directed rounding by a margin: sums of n terms err by at most n·2⁻⁵³ of their size.
    return total + 1e-11 * size
  }

  /// Division and prices at which the last bound was found, for later.
  func store(into memory: DivisionMemory) {
    memory.headProfit.copy(headProfit)
    memory.headFixed.copy(headFixed)
    memory.permitPrice.copy(permitPrice)
    memory.rowPrice.copy(rowPrice)
  }

  func restore(from memory: DivisionMemory) {
    headProfit.copy(memory.headProfit)
    headFixed.copy(memory.headFixed)
    permitPrice.copy(memory.permitPrice)
    rowPrice.copy(memory.rowPrice)
  }

  /// A permit is bought if those who need it pay more than it costs.
  private func permitValue() -> (value: Double, size: Double) {
    guard network.permitCost.count > 0 else { return (0, 0) }
    let paid = permitBought
    paid.fill(0)
    for link in 0..<network.linkCount {
      for entry in network.sharedPermits.range(link) {
        paid[Int(network.sharedPermits.members[entry])] += permitPrice[entry]
      }
    }
    var total = 0.0
    for permit in 0..<paid.count {
      let gain = paid[permit] - network.permitCost[permit]
      paid[permit] = gain > 0 ? 1 : 0
      total += max(0, gain)
    }
    return (total, total)
  }

  private func rowValue() -> (value: Double, size: Double) {
    let rows = network.rows
    guard rows.count > 0 else { return (0, 0) }
    rowActivity.fill(0)
    for link in 0..<network.linkCount where tailOpen[link] > 0 {
      let flow = tailFlow[link] * network.upper[link]
      for entry in rows.entries(of: link) {
        rowActivity[Int(rows.row[entry])] +=
          rows.perUnit[entry] * flow + rows.perOpening[entry] * tailOpen[link]
      }
    }
    // In one order, whichever thread decided: sums must not depend on the threads.
    let terms = workers.flatMap { $0.takeCommonTerms() }
    for (row, value) in terms.sorted(by: { ($0.row, $0.value) < ($1.row, $1.value) }) {
      rowActivity[row] += value
    }
    var total = 0.0
    var size = 0.0
    for row in 0..<rows.count {
      total += rowPrice[row] * rows.limits[row]
      size += abs(rowPrice[row] * rows.limits[row])
    }
    return (total, size)
  }

  /// Worth of a measure once rows have had their share.
  func measureWorth(_ index: Int) -> Double {
    var worth = network.measures[index].value
    for (row, term) in network.rows.measureTerms[index] { worth -= rowPrice[row] * term }
    return worth
  }

  /// Measures that change no stream of this part.
  private func looseMeasureValue() -> (value: Double, size: Double) {
    var total = 0.0
    for (index, measure) in network.measures.enumerated() where measure.node < 0 {
      let worth = measureWorth(index)
      guard measure.isRequired || worth > 0 else { continue }
      total += worth
      for (row, term) in network.rows.measureTerms[index] { rowActivity[row] += term }
    }
    return (total, abs(total))
  }
}

/// A division of profits and costs that was worth remembering.
final class DivisionMemory {
  let headProfit: FlatArray<Double>
  let headFixed: FlatArray<Double>
  let permitPrice: FlatArray<Double>
  let rowPrice: FlatArray<Double>

  init(_ decomposition: Decomposition) {
    headProfit = FlatArray(repeating: 0, count: decomposition.headProfit.count)
    headFixed = FlatArray(repeating: 0, count: decomposition.headFixed.count)
    permitPrice = FlatArray(repeating: 0, count: decomposition.permitPrice.count)
    rowPrice = FlatArray(repeating: 0, count: decomposition.rowPrice.count)
    decomposition.store(into: self)
  }
}

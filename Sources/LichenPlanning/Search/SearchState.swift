/// A plan under construction: flows with everything that follows from them, kept up to date link by
/// link.
///
/// Node limits always hold; side rows and the balance of facilities may be broken on the way, at a
/// price.
final class SearchState {
  let network: SearchNetwork
  let flow: FlatArray<Double>
  /// What a node has left: of supply, need, or intake.
  let residual: FlatArray<Double>
  /// Open links at each node.
  let openCount: FlatArray<Int32>
  /// What a facility has made and not yet given away.
  let product: FlatArray<Double>
  let permitUse: FlatArray<Int32>
  let rowActivity: FlatArray<Double>
  private(set) var isTaken: [Bool]
  /// Objective, penalties apart.
  private(set) var value = 0.0
  /// What one unit of violation of each row costs.
  var rowPenalty: FlatArray<Double>
  /// What one unit that is left of each row is worth.
  let rowCredit: FlatArray<Double>
  private(set) var penalty = 0.0

  init(_ network: SearchNetwork) {
    self.network = network
    flow = FlatArray(repeating: 0, count: network.linkCount)
    residual = FlatArray(repeating: 0, count: network.nodeCount)
    openCount = FlatArray(repeating: 0, count: network.nodeCount)
    product = FlatArray(repeating: 0, count: network.nodeCount)
    permitUse = FlatArray(repeating: 0, count: network.permitCost.count)
    rowActivity = FlatArray(repeating: 0, count: network.rows.count)
    rowPenalty = FlatArray(repeating: 0, count: network.rows.count)
    rowCredit = FlatArray(repeating: 0, count: network.rows.count)
    isTaken = network.measures.map(\.isRequired)
    rebuild()
  }

  /// Value less what broken rows cost, with what is left of rows as far as that is worth something.
  var merit: Double { value - penalty }

  func copy(_ other: SearchState) {
    flow.copy(other.flow)
    residual.copy(other.residual)
    openCount.copy(other.openCount)
    product.copy(other.product)
    permitUse.copy(other.permitUse)
    rowActivity.copy(other.rowActivity)
    isTaken = other.isTaken
    value = other.value
    updatePenalty()
  }

  /// Sums everything up from flows and measures, without drift; required links are open, with their
  /// least flow at least.
  func rebuild() {
    let network = network
    residual.copy(network.capacity)
    openCount.fill(0)
    product.fill(0)
    permitUse.fill(0)
    rowActivity.fill(0)
    value = 0
    for (index, measure) in network.measures.enumerated() where isTaken[index] {
      apply(measure: index, measure, sign: 1)
    }
    for link in 0..<network.linkCount {
      let amount = network.isRequired[link] ? max(flow[link], network.lower[link]) : flow[link]
      flow[link] = 0
      if network.isRequired[link] { open(link, sign: 1) }
      if amount > 0 { set(link, amount) }
    }
    updatePenalty()
  }

  func updatePenalty() {
    penalty = 0
    for row in 0..<network.rows.count { penalty += rowCost(row) }
  }

  private func rowCost(_ row: Int) -> Double {
    let excess = rowActivity.base[row] - network.rows.limits.base[row]
    return excess > 1e-9 * network.rows.scales.base[row]
      ? rowPenalty.base[row] * excess : rowCredit.base[row] * excess
  }

  private func addToRow(_ row: Int, _ amount: Double) {
    penalty -= rowCost(row)
    rowActivity.base[row] += amount
    penalty += rowCost(row)
  }

  // MARK: Links

  func isOpen(_ link: Int) -> Bool {
    flow.base[link] > 0 || network.isRequired.base[link]
  }

  /// Sets the flow of a link; 0 closes it unless it is required.
  func set(_ link: Int, _ amount: Double) {
    let network = network
    let old = flow.base[link]
    if old == amount { return }
    let change = amount - old
    flow.base[link] = amount
    value += network.benefit.base[link] * change
    let tail = Int(network.tail.base[link])
    let head = Int(network.head.base[link])
    let ratio = network.ratio.base[link]
    if network.isPlain {
      residual.base[tail] -= change
      residual.base[head] -= ratio * change
      if (old > 0) != (amount > 0), !network.isRequired.base[link] {
        value -= amount > 0 ? network.fixed.base[link] : -network.fixed.base[link]
        if network.limitsPartners {
          openCount.base[tail] += amount > 0 ? 1 : -1
          openCount.base[head] += amount > 0 ? 1 : -1
        }
      }
      return
    }
    if network.kind.base[tail] == .stream {
      residual.base[tail] -= change
    } else {
      product.base[tail] -= change
    }
    if network.kind.base[head] == .stream {
      residual.base[head] -= ratio * change
    } else {
      residual.base[head] -= change
      product.base[head] += ratio * change
    }
    if network.rows.count > 0 {
      for entry in network.rows.entries(of: link) {
        let unit = network.rows.perUnit.base[entry]
        if unit != 0 { addToRow(Int(network.rows.row.base[entry]), unit * change) }
      }
    }
    if (old > 0) != (amount > 0), !network.isRequired.base[link] {
      open(link, sign: amount > 0 ? 1 : -1)
    }
  }

  /// Counts a link as open or no longer.
  private func open(_ link: Int, sign: Int32) {
    let weight = Double(sign)
    value -= weight * network.fixed[link]
    for node in [Int(network.tail[link]), Int(network.head[link])] {
      openCount.base[node] += sign
      guard network.kind[node] == .facility else { continue }
      if openCount[node] == (sign > 0 ? 1 : 0) {
        value -= weight * network.opening[node]
        for (row, term) in network.rows.facilityTerms[node] ?? [] { addToRow(row, weight * term) }
      }
    }
    for permit in network.linkPermits(link) {
      permitUse.base[Int(permit)] += sign
      if permitUse[Int(permit)] == (sign > 0 ? 1 : 0) {
        value -= weight * network.permitCost[Int(permit)]
      }
    }
    if network.rows.count > 0 {
      for entry in network.rows.entries(of: link) {
        let term = network.rows.perOpening.base[entry]
        if term != 0 { addToRow(Int(network.rows.row.base[entry]), weight * term) }
      }
    }
  }

  /// Closes links at nodes that give or take more than they can, or with more than they may; of
  /// required links only what is above the least.
  func closeExcess() {
    for node in 0..<network.nodeCount {
      let slack = 1e-9 * max(1, abs(network.capacity[node]))
      for member in network.links(node) {
        let isOver = residual[node] < -slack || openCount[node] > network.partnerLimit[node]
        guard isOver else { break }
        let link = Int(member)
        if flow[link] > 0 { set(link, network.isRequired[link] ? network.lower[link] : 0) }
      }
    }
  }

  // MARK: Measures

  func setMeasure(_ index: Int, _ taken: Bool) {
    if isTaken[index] == taken { return }
    isTaken[index] = taken
    apply(measure: index, network.measures[index], sign: taken ? 1 : -1)
  }

  private func apply(measure index: Int, _ measure: SearchNetwork.Measure, sign: Double) {
    value += sign * measure.value
    if measure.node >= 0 { residual[measure.node] += sign * measure.shift }
    for (row, term) in network.rows.measureTerms[index] { addToRow(row, sign * term) }
  }

  // MARK: Questions

  /// Most that a closed link could carry now.
  func room(_ link: Int) -> Double {
    let network = network
    let tail = Int(network.tail.base[link])
    let head = Int(network.head.base[link])
    if network.limitsPartners {
      if openCount.base[tail] >= network.partnerLimit.base[tail] { return 0 }
      if openCount.base[head] >= network.partnerLimit.base[head] { return 0 }
    }
    return min(
      network.upper.base[link],
      min(residual.base[tail], residual.base[head] / network.ratio.base[link]))
  }

  /// Cost of permits that opening the link would have to buy.
  /// - Parameter leavesOut: Whether permits are left out that one stream decides on.
  func newPermits(_ link: Int, leavesOut: Bool) -> Double {
    var cost = 0.0
    let permits = leavesOut ? network.sharedPermits(link) : network.linkPermits(link)
    for permit in permits where permitUse.base[Int(permit)] == 0 {
      cost += network.permitCost.base[Int(permit)]
    }
    return cost
  }

  /// Whether every limit holds: nodes to a rounding, rows and facilities to 10⁻⁹ of their scale.
  var isFeasible: Bool {
    for row in 0..<network.rows.count
    where rowActivity[row] - network.rows.limits[row] > 1e-9 * network.rows.scales[row] {
      return false
    }
    for node in 0..<network.nodeCount {
      let scale = max(1, abs(network.capacity[node]))
      if residual[node] < -1e-9 * scale { return false }
      if network.kind[node] == .facility, abs(product[node]) > 1e-9 * scale { return false }
    }
    return true
  }
}

extension SideRows {
  /// Positions of a link's entries.
  func entries(of link: Int) -> Range<Int> { Int(starts.base[link])..<Int(starts.base[link + 1]) }
}

/// First plans, and new beginnings.
extension LargeSearch {
  /// Rows that a plan may break on the way are dear; those that call for flow lend it a price.
  func readyPrices() {
    let rows = network.rows
    guard rows.count > 0 else { return }
    var worth = 0.0
    for link in 0..<network.linkCount {
      worth += abs(network.benefit[link]) * network.upper[link] + abs(network.fixed[link])
    }
    for row in 0..<rows.count {
      state.rowPenalty[row] = 10 * worth / rows.scales[row]
      best.rowPenalty[row] = state.rowPenalty[row]
      guard rows.limits[row] < 0 else { continue }
      // About twice what a unit costs on the links that could bring it.
      let links = rows.links(row)
      var cost = 0.0
      for member in links {
        let link = Int(member)
        for entry in rows.entries(of: link)
        where Int(rows.row[entry]) == row && rows.perUnit[entry] < 0 {
          let loss = network.fixed[link] / network.upper[link] - network.benefit[link]
          cost += max(0, loss) / -rows.perUnit[entry]
        }
      }
      let price = links.isEmpty ? 0 : 2 * cost / Double(links.count)
      moves.rowPrices[row] = price
      split.rowPrice[row] = price
    }
    state.updatePenalty()
    best.updatePenalty()
  }

  /// The first plan: a given start mended, or greedy choices improved node by node.
  func construct() {
    if let start {
      take(flows: start.flows, measures: start.taken)
      keep()
      moves.descend(state, rounds: 3) { limits.hasEnded }
      keep()
      return
    }
    for index in network.measures.indices where network.measures[index].value > 0 {
      state.setMeasure(index, true)
      if network.measures[index].node >= 0, state.residual[network.measures[index].node] < 0 {
        state.setMeasure(index, network.measures[index].isRequired)
      }
    }
    for link in 0..<network.linkCount {
      score[link] = moves.unitWorth(link) * network.upper[link] - network.fixed[link]
    }
    moves.fillGreedily(state, score: score) { limits.hasEnded }
    keep()
    moves.descend(state) { limits.hasEnded }
    keep()
  }

  /// Makes a plan the state, mended where it breaks limits.
  /// - Parameters:
  ///   - flows: By link.
  ///   - measures: Which are taken.
  func take(flows: [Double], measures: [Bool]) {
    for (index, isTaken) in measures.enumerated() where !network.measures[index].isRequired {
      state.setMeasure(index, isTaken)
    }
    for (link, amount) in flows.enumerated() {
      // The model may have changed; less than the least of a link is nothing.
      let least = network.lower[link]
      state.flow[link] =
        amount > 0 && amount >= least * (1 - 1e-9)
        ? min(max(amount, least), network.upper[link]) : 0
    }
    state.rebuild()
    state.closeExcess()
  }

  /// A plan from the relaxation that spreads fixed costs over flows: where lots are small or absent its
  /// flows keep every limit, balances and needs that must be covered among them.
  /// - Throws: `MIPSolverError` if the solver fails.
  func constructByRelaxation() throws {
    guard network.linkCount <= Self.relaxationLimit, !limits.hasEnded else { return }
    let program = wholeProgram()
    var relaxed = program.model
    for column in relaxed.columns.indices { relaxed.columns[column].isInteger = false }
    let result = try solver.solve(
      relaxed, options: MIPOptions(timeLimit: limits.timeLeft), control: limits.control)
    effort += Double(network.linkCount)
    guard let values = result.values else { return }
    for (index, column) in program.measureColumns {
      state.setMeasure(index, values[column] > 0.5)
    }
    for (index, copy) in program.copies.enumerated() {
      let amount = min(1, values[2 * index]) * copy.upper
      state.set(copy.link, amount > 1e-9 * copy.upper ? max(amount, copy.lower) : 0)
    }
    state.rebuild()
    keep()
    moves.descend(state) { limits.hasEnded }
    keep()
  }

  /// Links up to which the simplex method is quick enough.
  private static let relaxationLimit = 5_000

  /// The network as one program.
  private func wholeProgram() -> NetworkProgram {
    var room = NetworkProgram.Room(all: network)
    for row in 0..<network.rows.count { room.rows[row] = network.rows.limits[row] }
    return NetworkProgram(
      network, copies: (0..<network.linkCount).map { .init(whole: $0, of: network) }, room: room)
  }

  /// Begins again from what the copies of the ascent do most.
  func beginAnew() {
    for link in 0..<network.linkCount {
      state.set(link, network.isRequired[link] ? network.lower[link] : 0)
      score[link] = ascent.likelihood[link]
    }
    // What runs through facilities stays as in the best plan: greedy choices cannot rebuild it.
    for node in network.facilities where hasPlan {
      for link in network.links(node) { state.set(Int(link), best.flow[Int(link)]) }
    }
    ball.likelihood.copy(ascent.likelihood)
    for row in 0..<network.rows.count {
      moves.rowPrices[row] = max(
        split.rowPrice[row], network.rows.limits[row] < 0 ? moves.rowPrices[row] : 0)
    }
    moves.fillGreedily(state, score: score) { limits.hasEnded }
    moves.descend(state) { limits.hasEnded }
    keep()
  }
}

/// Improves a plan piece by piece: a neighbourhood of links is planned anew by the MIP solver with the
/// rest as it is, several neighbourhoods that share nothing side by side.
final class SubproblemSearch {
  private let network: SearchNetwork
  private let moves: NodeMoves
  private let solver: any MIPSolver
  private var random: SearchRandom
  /// Prices of one unit of each node's capacity.
  let prices: FlatArray<Double>
  private let nodeMark: FlatArray<Int32>
  private let linkMark: FlatArray<Int32>
  private var permitMark: FlatArray<Int32>
  private var stamp: Int32 = 0

  /// Neighbourhoods per round, whatever the number of threads, so that the plan does not depend on it.
  static let batch = 8
  /// Range of chance in the order of links, in fixed costs: links whose prices say little would else
  /// be gathered the same way each time.
  private static let noise = 4.0
  /// Links that one node may bring, so that a piece has several nodes on either side.
  private static let mostOfNode = 21

  /// - Parameter moves: Knows what side rows charge and pay.
  init(_ network: SearchNetwork, moves: NodeMoves, solver: any MIPSolver, seed: UInt64) {
    self.network = network
    self.moves = moves
    self.solver = solver
    random = SearchRandom(seed: seed)
    prices = FlatArray(repeating: 0, count: network.nodeCount)
    nodeMark = FlatArray(repeating: 0, count: network.nodeCount)
    linkMark = FlatArray(repeating: 0, count: network.linkCount)
    permitMark = FlatArray(repeating: 0, count: network.permitCost.count)
  }

  /// Plans a batch of neighbourhoods anew.
  /// - Parameters:
  ///   - size: Links per neighbourhood.
  ///   - nodes: Where to begin; random nodes if empty.
  ///   - limits: Node limit and deadline of each search.
  /// - Returns: How many became better, and the effort.
  func round(
    _ state: SearchState, size: Int, around nodes: [Int] = [], threads: Int, nodeLimit: Int,
    timeLeft: @Sendable () -> Duration?, control: SolveControl
  ) throws -> (better: Int, effort: Double) {
    stamp &+= 1
    var pieces: [[Int]] = []
    for number in 0..<(nodes.isEmpty ? Self.batch : nodes.count) {
      var first = nodes.isEmpty ? [randomNode()] : [nodes[number]]
      // What one place spends of a budget may be worth more at another.
      if nodes.isEmpty, network.rows.count > 0 { first += [randomNode(), randomNode()] }
      first = Set(first.filter { $0 >= 0 && nodeMark[$0] != stamp }).sorted()
      let piece = neighbourhood(of: first, state, size: size)
      if piece.count > 1 { pieces.append(piece) }
    }
    if pieces.isEmpty { return (0, 1) }
    let programs = pieces.map { program($0, state, shares: pieces.count) }
    let starts = programs.map { program in
      program.start(flow: { state.flow[$0] }, isTaken: { state.isTaken[$0] })
    }
    let results = ResultBox<MIPResult>(count: programs.count)
    let solver = solver
    Parallel.forEach(programs.count, threads: threads) { index, _ in
      let options = MIPOptions(
        timeLimit: timeLeft(), relativeGap: 1e-5, nodeLimit: nodeLimit,
        usesCuts: programs[index].copies.count > 60, skipsGomoryCuts: true, start: starts[index],
        skipsHeuristics: true)
      results.put(
        Result { try solver.solve(programs[index].model, options: options, control: control) },
        at: index)
    }
    var better = 0
    var effort = 0.0
    for (index, program) in programs.enumerated() {
      let result = try results.get(index)
      effort += MIPResult.effort(integers: program.copies.count, nodes: result.nodes)
      if let values = result.values, apply(values, of: program, to: state) { better += 1 }
    }
    return (better, effort)
  }

  /// A node that no neighbourhood of this round has, or -1.
  private func randomNode() -> Int {
    if network.linkCount == 0 { return -1 }
    for _ in 0..<20 {
      let node = random.below(network.nodeCount)
      if nodeMark[node] != stamp, !network.links(node).isEmpty { return node }
    }
    return -1
  }

  /// Grows a set of links from some nodes, those in use and those near the margin first; nothing it
  /// touches is shared with a set grown before in this round.
  private func neighbourhood(of first: [Int], _ state: SearchState, size: Int) -> [Int] {
    var own = Set(first)
    var ownPermits: Set<Int> = []
    var queue = first
    var found: [Int] = []
    var next = 0
    while next < queue.count, found.count < size {
      let node = queue[next]
      next += 1
      var near: [(score: Double, link: Int)] = []
      for member in network.links(node) {
        let link = Int(member)
        if linkMark[link] == stamp { continue }
        let score = closeness(link, state)
        if score > -1 { near.append((score, link)) }
      }
      near.sort { ($0.score, $1.link) > ($1.score, $0.link) }
      for (_, link) in near.prefix(Self.mostOfNode) where found.count < size {
        let other = network.opposite(of: node, on: link)
        if nodeMark[other] == stamp, !own.contains(other) { continue }
        let permits = network.linkPermits(link)
        if permits.contains(where: {
          permitMark[Int($0)] == stamp && !ownPermits.contains(Int($0))
        }) {
          continue
        }
        linkMark[link] = stamp
        found.append(link)
        ownPermits.formUnion(permits.map(Int.init))
        if own.insert(other).inserted { queue.append(other) }
      }
    }
    for node in own { nodeMark[node] = stamp }
    for permit in ownPermits { permitMark[permit] = stamp }
    return found
  }

  /// Reduced profit, side rows counted, over fixed cost, with a premium for links in use.
  private func closeness(_ link: Int, _ state: SearchState) -> Double {
    let cost = max(
      network.fixed[link], 0.02 * abs(network.benefit[link]) * network.upper[link], 1e-9)
    let net =
      (moves.unitWorth(link) - prices[Int(network.tail[link])]
        - prices[Int(network.head[link])] * network.ratio[link]) * network.upper[link]
      - network.fixed[link]
    let score = net / cost + (random.unit() - 0.5) * Self.noise
    return state.isOpen(link) || !network.isDirect(link) ? max(score, -0.5) + 3 : score
  }

  private func program(_ links: [Int], _ state: SearchState, shares: Int) -> NetworkProgram {
    let network = network
    var own: [Int: Double] = [:]
    var ownOpen: [Int: Int32] = [:]
    var product: [Int: Double] = [:]
    var permitUse: [Int: Int32] = [:]
    for link in links {
      let flow = state.flow[link]
      let (tail, head) = (Int(network.tail[link]), Int(network.head[link]))
      if network.kind[tail] == .stream {
        own[tail, default: 0] += flow
      } else {
        product[tail, default: 0] += flow
      }
      if network.kind[head] == .stream {
        own[head, default: 0] += network.ratio[link] * flow
      } else {
        own[head, default: 0] += flow
        product[head, default: 0] -= network.ratio[link] * flow
      }
      guard state.isOpen(link) else { continue }
      ownOpen[tail, default: 0] += 1
      ownOpen[head, default: 0] += 1
      for permit in network.linkPermits(link) { permitUse[Int(permit), default: 0] += 1 }
    }
    var room = NetworkProgram.Room(all: network)
    room.capacity = { node in
      // Measures are decided here, so the capacity is the one without them.
      let shift = network.nodeMeasures(node).reduce(0.0) {
        state.isTaken[Int($1)] ? $0 + network.measures[Int($1)].shift : $0
      }
      return state.residual[node] + (own[node] ?? 0) - shift
    }
    room.partners = { node in
      let limit = network.partnerLimit[node]
      return limit == .max ? .max : limit - state.openCount[node] + (ownOpen[node] ?? 0)
    }
    room.product = { state.product[$0] + (product[$0] ?? 0) }
    room.isOpen = { state.openCount[$0] > (ownOpen[$0] ?? 0) }
    room.permitCost = { _, permit in
      state.permitUse[permit] > permitUse[permit] ?? 0 ? nil : network.permitCost[permit]
    }
    room.rows = rowRoom(links, own: ownOpen, state, shares: shares)
    let copies = links.map { NetworkProgram.Copy(whole: $0, of: network) }
    return NetworkProgram(network, copies: copies, room: room)
  }

  /// What the piece uses of each side row, and its share of what nobody uses.
  private func rowRoom(
    _ links: [Int], own ownOpen: [Int: Int32], _ state: SearchState, shares: Int
  ) -> [Int: Double] {
    let rows = network.rows
    if rows.count == 0 { return [:] }
    var used: [Int: Double] = [:]
    for link in links {
      let (flow, open) = (state.flow[link], state.isOpen(link) ? 1.0 : 0)
      for entry in rows.entries(of: link) {
        used[Int(rows.row[entry]), default: 0] +=
          rows.perUnit[entry] * flow + rows.perOpening[entry] * open
      }
    }
    let nodes = Set(links.flatMap { [Int(network.tail[$0]), Int(network.head[$0])] }).sorted()
    for node in nodes {
      for measure in network.nodeMeasures(node) where state.isTaken[Int(measure)] {
        for (row, term) in rows.measureTerms[Int(measure)] { used[row, default: 0] += term }
      }
      if network.kind[node] == .facility, state.openCount[node] > 0,
        state.openCount[node] == ownOpen[node] ?? 0
      {
        for (row, term) in rows.facilityTerms[node] ?? [] { used[row, default: 0] += term }
      }
    }
    // A piece that uses none of a row may still want some.
    var wanted = Set(used.keys)
    for link in links {
      for entry in rows.entries(of: link) { wanted.insert(Int(rows.row[entry])) }
    }
    var room: [Int: Double] = [:]
    for row in wanted.sorted() {
      let slack = rows.limits[row] - state.rowActivity[row]
      room[row] = (used[row] ?? 0) + slack / Double(shares)
    }
    return room
  }

  private func apply(_ values: [Double], of program: NetworkProgram, to state: SearchState) -> Bool
  {
    let merit = state.merit
    let before = program.copies.map { state.flow[$0.link] }
    let taken = program.measureColumns.map { state.isTaken[$0.index] }
    for copy in program.copies { state.set(copy.link, copy.isRequired ? copy.lower : 0) }
    for (index, column) in program.measureColumns { state.setMeasure(index, values[column] > 0.5) }
    for (index, copy) in program.copies.enumerated() where values[2 * index + 1] > 0.5 {
      let share = values[2 * index]
      let amount = share > 1 - 1e-9 ? copy.upper : share * copy.upper
      state.set(copy.link, max(copy.lower, amount))
    }
    if state.merit > merit + 1e-9 * max(1, abs(merit)) { return true }
    for copy in program.copies { state.set(copy.link, copy.isRequired ? copy.lower : 0) }
    for (index, entry) in program.measureColumns.enumerated() {
      state.setMeasure(entry.index, taken[index])
    }
    for (index, copy) in program.copies.enumerated() { state.set(copy.link, before[index]) }
    return false
  }
}

/// Results by index, written by several threads, each in its own place.
final class ResultBox<Value: Sendable>: @unchecked Sendable {
  private let base: UnsafeMutablePointer<Result<Value, any Error>?>
  private let count: Int

  init(count: Int) {
    self.count = count
    base = .allocate(capacity: max(1, count))
    base.initialize(repeating: nil, count: count)
  }

  deinit {
    base.deinitialize(count: count)
    base.deallocate()
  }

  func put(_ result: Result<Value, any Error>, at index: Int) { base[index] = result }

  func get(_ index: Int) throws -> Value {
    guard let result = base[index] else { preconditionFailure("No result \(index).") }
    return try result.get()
  }
}

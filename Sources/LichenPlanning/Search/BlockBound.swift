/// Tightens a decomposition bound by blocks of nodes: inside a block links are whole and the MIP solver
/// finds the best of all its nodes together; links that cross its border stay divided as they are.
///
/// Each block replaces the sum of its nodes' values by something smaller, so every solved block lowers
/// the bound by itself. Unchecked because threads read it side by side; one alone writes.
final class BlockBound: @unchecked Sendable {
  private struct Block {
    var nodes: [Int]
    /// What its nodes and whole permits are worth apart.
    var apart: Double
  }

  /// A proof of what a block is worth at most.
  struct Claim {
    /// `nil` if nothing was proved.
    let bound: Double?
    let effort: Double
  }

  private let split: Decomposition
  private let network: SearchNetwork
  private let solver: any MIPSolver
  private var blocks: [Block] = []
  private var next = 0
  private let blockOf: FlatArray<Int32>
  /// By permit: the block that has all its heads, or -1.
  private let permitBlock: FlatArray<Int32>
  private(set) var bound: Double

  /// Blocks per round.
  static let batch = 8
  /// Whatever a MIP solver claims is raised by this share of the block's size: its tolerances.
  static let margin = 1e-7

  /// No blocks at all if stopped on the way.
  /// - Parameters:
  ///   - split: At the division whose bound is to be tightened.
  ///   - size: Whole links per block.
  ///   - weight: Which links are better kept whole.
  init(
    _ split: Decomposition, solver: any MIPSolver, size: Int, seed: UInt64, threads: Int,
    shouldStop: @Sendable () -> Bool, weight: (Int) -> Double
  ) {
    self.split = split
    self.solver = solver
    network = split.network
    blockOf = FlatArray(repeating: -1, count: network.nodeCount)
    permitBlock = FlatArray(repeating: -1, count: network.permitCost.count)
    bound = .infinity
    guard let value = split.evaluate(threads: threads, shouldStop: shouldStop) else { return }
    bound = value
    partition(size: size, seed: seed, weight: weight)
    findWholePermits()
    price()
  }

  var isDone: Bool { next >= blocks.count }

  // MARK: Partition

  /// Grows blocks node by node, the strongest tie first.
  private func partition(size: Int, seed: UInt64, weight: (Int) -> Double) {
    var random = SearchRandom(seed: seed)
    var order = Array(0..<network.nodeCount)
    order.shuffle(using: &random)
    let queue = BinaryHeap<Joining>()
    let tie = FlatArray<Double>(repeating: 0, count: network.nodeCount)
    for first in order where blockOf[first] < 0 {
      let number = Int32(blocks.count)
      var members: [Int] = []
      var touched = [first]
      queue.removeAll()
      queue.push(Joining(tie: 0, node: first))
      var whole = 0
      while whole < size, let strongest = queue.pop() {
        let node = strongest.node
        if blockOf[node] >= 0 || strongest.tie < tie[node] - 1e-12 { continue }
        blockOf[node] = number
        members.append(node)
        for member in network.links(node) {
          let link = Int(member)
          let other = network.opposite(of: node, on: link)
          if blockOf[other] == number {
            whole += 1
          } else if blockOf[other] < 0 {
            if tie[other] == 0 { touched.append(other) }
            tie[other] += weight(link)
            queue.push(Joining(tie: tie[other], node: other))
          }
        }
      }
      for node in touched { tie[node] = 0 }
      blocks.append(Block(nodes: members.sorted(), apart: 0))
    }
  }

  private func findWholePermits() {
    for permit in 0..<network.permitCost.count {
      let heads = network.permitLinks(permit).map { blockOf[Int(network.head[Int($0)])] }
      guard let first = heads.first, heads.allSatisfy({ $0 == first }) else { continue }
      permitBlock[permit] = first
    }
  }

  /// Adds up what each block is worth apart.
  private func price() {
    for index in blocks.indices {
      blocks[index].apart = blocks[index].nodes.reduce(0) { $0 + split.nodeValue[$1] }
    }
    for permit in 0..<network.permitCost.count where permitBlock[permit] >= 0 {
      var paid = 0.0
      for user in network.permitLinks(permit) {
        for entry in network.sharedPermits.range(Int(user))
        where Int(network.sharedPermits.members[entry]) == permit {
          paid += split.permitPrice[entry]
        }
      }
      blocks[Int(permitBlock[permit])].apart += max(0, paid - network.permitCost[permit])
    }
  }

  // MARK: Solving

  /// The blocks to be solved next.
  func nextBatch() -> Range<Int> {
    let first = next
    next = min(blocks.count, next + Self.batch)
    return first..<next
  }

  /// What the MIP solver proves of a block. Threads may ask side by side.
  /// - Throws: `MIPSolverError` if the MIP solver fails.
  func claim(_ index: Int, nodeLimit: Int, timeLimit: Duration?, control: SolveControl) throws
    -> Claim
  {
    let program = program(of: blocks[index], number: index)
    let binaries = program.copies.count
    let apart = measuresApart(blocks[index], program.copies)
    if binaries == 0 { return Claim(bound: apart, effort: 0) }
    let options = MIPOptions(
      timeLimit: timeLimit, relativeGap: 1e-5, nodeLimit: nodeLimit, usesCuts: binaries > 60,
      skipsGomoryCuts: true, skipsHeuristics: binaries <= 60,
      branching: binaries > 150 ? .pseudoCost : .standard)
    let result = try solver.solve(program.model, options: options, control: control)
    let size = program.model.columns.reduce(0) { $0 + abs($1.objective) }
    return Claim(
      bound: result.bound.map { $0 + apart + Self.margin * max(abs($0), 1e-2 * size) },
      effort: MIPResult.effort(integers: binaries, nodes: result.nodes))
  }

  /// Most that measures are worth at nodes without any copy, which the program leaves out.
  private func measuresApart(_ block: Block, _ copies: [NetworkProgram.Copy]) -> Double {
    if network.measures.isEmpty { return 0 }
    var inProgram: Set<Int> = []
    for copy in copies {
      if copy.hasTail { inProgram.insert(Int(network.tail[copy.link])) }
      if copy.hasHead { inProgram.insert(Int(network.head[copy.link])) }
    }
    var worth = 0.0
    for node in block.nodes where !inProgram.contains(node) {
      for measure in network.nodeMeasures(node) {
        let own = split.measureWorth(Int(measure))
        worth += network.measures[Int(measure)].isRequired ? own : max(0, own)
      }
    }
    return worth
  }

  /// Lowers the bound by what a block is worth less together than apart.
  func lower(_ index: Int, to claim: Double) { bound -= max(0, blocks[index].apart - claim) }

  private func program(of block: Block, number: Int) -> NetworkProgram {
    let network = network
    let split = split
    var copies: [NetworkProgram.Copy] = []
    for node in block.nodes {
      for member in network.links(node) {
        let link = Int(member)
        let isTail = Int(network.tail[link]) == node
        let other = network.opposite(of: node, on: link)
        let isWhole = Int(blockOf[other]) == number
        if isWhole, !isTail { continue }
        if let copy = copy(of: link, isWhole: isWhole, isTail: isTail, block: number) {
          copies.append(copy)
        }
      }
    }
    var room = NetworkProgram.Room(all: network)
    room.opening = { node in
      (network.rows.facilityTerms[node] ?? []).reduce(network.opening[node]) {
        $0 + split.rowPrice[$1.row] * $1.value
      }
    }
    room.measureWorth = { split.measureWorth($0) }
    room.permitCost = { [permitBlock, blockOf] link, permit in
      // A link whose head lies outside pays at its head.
      Int(blockOf[Int(network.head[link])]) == number && Int(permitBlock[permit]) == number
        ? network.permitCost[permit] : nil
    }
    return NetworkProgram(network, copies: copies, room: room)
  }

  /// The part of a link that a block sees, or `nil` if it can never pay there.
  private func copy(of link: Int, isWhole: Bool, isTail: Bool, block: Int) -> NetworkProgram.Copy? {
    let hasTail = isWhole || isTail
    let hasHead = isWhole || !isTail
    var profit = 0.0
    var fixed = 0.0
    if hasTail {
      profit += split.tailProfit(link)
      fixed += split.tailFixed(link)
    }
    if hasHead {
      profit += split.headProfit[link]
      fixed += split.headFixed[link]
      for entry in network.sharedPermits.range(link)
      where permitBlock[Int(network.sharedPermits.members[entry])] != Int32(block) {
        fixed += split.permitPrice[entry]
      }
    }
    let (lower, upper) = (network.lower[link], network.upper[link])
    let required = network.isRequired[link]
    let touchesFacility = !network.isDirect(link)
    if max(profit * upper, profit * lower) - fixed <= 0, !required, !touchesFacility { return nil }
    return NetworkProgram.Copy(
      link: link, profit: profit, fixed: fixed, lower: lower, upper: upper, hasTail: hasTail,
      hasHead: hasHead, isRequired: required)
  }
}

/// A node that may join a block, with the strength of its ties; equal ones in order of node.
private struct Joining: HeapItem {
  let tie: Double
  let node: Int

  func precedes(_ other: Joining) -> Bool {
    tie > other.tie || (tie == other.tie && node < other.node)
  }
}

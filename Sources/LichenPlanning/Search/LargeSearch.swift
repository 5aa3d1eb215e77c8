/// Plans a part that is too large for exact search: a plan from below and a proof from above, each
/// helping the other, until time, work or ideas run out.
///
/// Rounds of a size that depends on nothing but the network: some steps of the dual ascent beside some
/// moves of the local search, on two threads or one after the other. What the copies of the ascent do
/// most often starts the search anew. When the ascent has come to rest, blocks tighten the bound and
/// pieces of the plan are made anew, both by the MIP solver.
final class LargeSearch {
  /// What is known so far.
  struct Standing: Sendable {
    /// By link; `nil` before the first plan.
    let flows: [Double]?
    let taken: [Bool]
    /// Value of the best plan.
    let incumbent: Double?
    let bound: Double
    /// About one unit per millisecond of one processor.
    let effort: Double
    let stopReason: MIPResult.StopReason
  }

  private let network: SearchNetwork
  private let solver: any MIPSolver
  private let limits: Limits
  private let state: SearchState
  private let best: SearchState
  private let moves: NodeMoves
  private let ball: BallSearch
  private let pieces: SubproblemSearch
  private let split: Decomposition
  private let ascent: DualAscent
  private let score: FlatArray<Double>
  private var bound: Double
  private var hasPlan = false
  private var effort = 0.0
  private var stopReason = MIPResult.StopReason.timeLimit
  private var phase = Phase.begin
  private var round = 0
  private var idleRounds = 0
  private var blocks: BlockBound?
  private let start: Start?
  private let onProgress: (_ incumbent: Double?, _ bound: Double) -> Void

  private enum Phase {
    case begin, ascent
    case refinement(level: Int)
  }

  /// Where a search may begin instead of from nothing.
  struct Start {
    /// By link and by measure of the network.
    var flows: [Double]
    var taken: [Bool]
    var division: NetworkDivision?
  }

  struct Limits: Sendable {
    var deadline: ContinuousClock.Instant?
    /// Units of effort; `nil` is unlimited.
    var effort: Double?
    var relativeGap: Double
    var threads: Int
    var control: SolveControl

    var timeLeft: Duration? { deadline.map { max(.zero, $0 - ContinuousClock.now) } }
  }

  /// - Parameters:
  ///   - bound: A valid bound to begin with.
  ///   - onProgress: Called after every step.
  init(
    _ network: SearchNetwork, solver: any MIPSolver, bound: Double, limits: Limits,
    start: Start? = nil,
    onProgress: @escaping (_ incumbent: Double?, _ bound: Double) -> Void = { _, _ in }
  ) {
    self.start = start
    self.network = network
    self.solver = solver
    self.limits = limits
    self.bound = bound
    self.onProgress = onProgress
    state = SearchState(network)
    best = SearchState(network)
    moves = NodeMoves(network)
    ball = BallSearch(network, moves: moves, seed: 1)
    pieces = SubproblemSearch(network, solver: solver, seed: 2)
    split = Decomposition(network, threads: limits.threads)
    ascent = DualAscent(split)
    score = FlatArray(repeating: 0, count: network.linkCount)
  }

  /// Whether another step can bring nothing.
  private(set) var isDone = false

  /// Whether it is done or its time is up.
  var isOver: Bool { isDone || limits.hasEnded }

  /// Does one round of whatever comes next.
  /// - Throws: `MIPSolverError` if the MIP solver fails.
  func step() throws {
    switch phase {
    case .begin: begin()
    case .ascent: try ascend()
    case .refinement(let level): try refine(level)
    }
    if gap <= max(limits.relativeGap, 1e-9) {
      finish(gap <= 1e-9 ? .completed : .gapLimit)
    } else if let most = limits.effort, effort >= most {
      finish(.nodeLimit)
    } else if bound == -.infinity {
      finish(.completed)
    }
    report()
  }

  private func begin() {
    readyPrices()
    construct()
    let prices = NodePrices(
      network, incumbent: max(best.value, 0), iterations: network.linkCount > 500_000 ? 150 : 400)
    effort += Double(network.linkCount) * 1e-3
    if network.facilities.isEmpty, network.rows.count == 0, network.measures.isEmpty {
      bound = min(bound, prices.bound * (1 + 1e-9))
    }
    ball.prices.copy(prices.prices)
    pieces.prices.copy(prices.prices)
    if let division = start?.division {
      ascent.start(from: division)
    } else {
      ascent.start(from: prices.prices)
    }
    phase = .ascent
  }

  // MARK: Limits and news

  private func finish(_ reason: MIPResult.StopReason) {
    isDone = true
    stopReason = reason
  }

  private var gap: Double {
    hasPlan ? max(0, bound - best.value) / max(abs(best.value), 1e-10) : .infinity
  }

  private func report() { onProgress(hasPlan ? best.value : nil, bound) }

  /// Relative gap of this part; infinite without a plan.
  var relativeGap: Double { gap }

  /// What one more round may bring, per link: an infinite amount before the first.
  var promise: Double {
    if case .begin = phase { return .infinity }
    return (bound - (hasPlan ? best.value : 0)) / Double(max(1, network.linkCount))
  }

  /// The best plan and the bound so far.
  func standing() -> Standing {
    Standing(
      flows: hasPlan ? best.flow.array : nil, taken: best.isTaken,
      incumbent: hasPlan ? best.value : nil, bound: bound, effort: effort, stopReason: stopReason)
  }

  /// The division of links at the best bound, for a later search in a similar network.
  var division: NetworkDivision { ascent.division }

  /// Keeps the state if it is a better plan.
  private func keep() {
    if hasPlan, state.value <= best.value { return }
    state.rebuild()
    guard state.isFeasible, !hasPlan || state.value > best.value else { return }
    best.copy(state)
    hasPlan = true
  }

  // MARK: First plans

  /// Rows that a plan may break on the way are dear; those that call for flow lend it a price.
  private func readyPrices() {
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

  private func construct() {
    if let start {
      for (index, isTaken) in start.taken.enumerated() where !network.measures[index].isRequired {
        state.setMeasure(index, isTaken)
      }
      for (link, amount) in start.flows.enumerated() {
        // The model may have changed; less than the least of a link is nothing.
        let least = network.lower[link]
        state.flow[link] =
          amount > 0 && amount >= least * (1 - 1e-9)
          ? min(max(amount, least), network.upper[link]) : 0
      }
      state.rebuild()
      state.closeExcess()
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

  /// Begins again from what the copies of the ascent do most.
  private func beginAnew() {
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

  // MARK: Ascent beside local search

  /// Steps of the ascent in one round.
  private static let stepsPerRound = 10
  /// Rounds after which the search begins anew; before the first there is only the ascent.
  private static let newBeginnings: Set<Int> = [4, 12, 30]
  private static let firstBeginning = 4

  private func ascend() throws {
    round += 1
    let last = bound
    runSideBySide()
    bound = min(bound, ascent.bound)
    if bound == -.infinity { return }
    keep()
    if start?.division == nil, Self.newBeginnings.contains(round) {
      beginAnew()
      if !network.facilities.isEmpty { try openFacilities() }
    }
    // At rest when a hundred rounds more would not bring a fifth of the way to the plan.
    let progress = (last - bound) / max(abs(bound), 1e-10)
    idleRounds = progress < max(2e-6, 2e-3 * min(gap, 1)) ? idleRounds + 1 : 0
    if idleRounds >= 6, round >= 6 || start?.division != nil { phase = .refinement(level: 0) }
  }

  /// A move of the local search takes about as long as a step of the ascent on as many links; where the
  /// network outgrows the processor's caches it takes longer.
  private var linksPerMove: Int { 40 + network.linkCount / 3_750 }

  private func runSideBySide() {
    let count = Self.stepsPerRound
    effort += Double(network.linkCount * count) * 9e-4
    if start?.division == nil, round < Self.firstBeginning {
      ascent.run(count, incumbent: hasPlan ? best.value : 0, threads: limits.threads) {
        limits.hasEnded
      }
      return
    }
    let moveCount = max(50, network.linkCount * count / linksPerMove)
    let steps = SideBySide { [self] in
      ascent.run(count, incumbent: hasPlan ? best.value : 0, threads: 1) { limits.hasEnded }
    }
    let moves = SideBySide { [self] in improve(moves: moveCount) }
    Parallel.forEach(2, threads: limits.threads) { index, _ in
      index == 0 ? steps.run() : moves.run()
    }
  }

  private func improve(moves count: Int) {
    for move in 0..<count {
      if move % 64 == 0, limits.hasEnded { return }
      _ = ball.move(state)
    }
  }

  private func openFacilities() throws {
    for group in stride(from: 0, to: network.facilities.count, by: SubproblemSearch.batch) {
      if limits.hasEnded { return }
      let nodes = network.facilities[
        group..<min(network.facilities.count, group + SubproblemSearch.batch)]
      try solvePieces(size: 120, around: Array(nodes))
    }
  }

  // MARK: Blocks and pieces

  /// Links per block and per piece, from small to large.
  private static let sizes = [
    (block: 8, piece: 60), (block: 25, piece: 100), (block: 60, piece: 150),
  ]
  /// Rounds of pieces without success after which a level ends.
  private static let patience = 12
  /// Moves of the local search beside one batch of blocks.
  private static let movesPerBatch = 6_000

  private func refine(_ level: Int) throws {
    let blocks = blocks ?? makeBlocks(level)
    self.blocks = blocks
    if !blocks.isDone {
      try tighten(blocks)
    } else if idleRounds < Self.patience {
      idleRounds =
        try solvePieces(size: Self.sizes[level].piece, around: []) > 0 ? 0 : idleRounds + 1
    }
    guard blocks.isDone, idleRounds >= Self.patience else { return }
    self.blocks = nil
    idleRounds = 0
    if level + 1 < Self.sizes.count {
      phase = .refinement(level: level + 1)
    } else {
      finish(.partialSearch)
    }
  }

  /// A batch of blocks beside moves of the local search.
  private func tighten(_ blocks: BlockBound) throws {
    let turn = blocks.nextBatch()
    let moves = SideBySide { [self] in improve(moves: Self.movesPerBatch) }
    let claims = ResultBox<Double?>(count: turn.count)
    Parallel.forEach(turn.count + 1, threads: limits.threads) { [limits] index, _ in
      if index == 0 { return moves.run() }
      claims.put(
        Result {
          try blocks.claim(
            turn[turn.startIndex + index - 1], nodeLimit: 1_000, timeLimit: limits.timeLeft,
            control: limits.control)
        }, at: index - 1)
    }
    for (offset, index) in turn.enumerated() {
      if let claim = try claims.get(offset) { blocks.lower(index, to: claim) }
    }
    effort += 400
    bound = min(bound, blocks.bound)
    keep()
  }

  private func makeBlocks(_ level: Int) -> BlockBound {
    ascent.returnToBest()
    idleRounds = 0
    effort += Double(network.linkCount) * 1e-3
    return BlockBound(
      split, solver: solver, size: Self.sizes[level].block, seed: UInt64(level),
      threads: limits.threads,
      weight: { [self] in tie($0) })
  }

  @discardableResult
  private func solvePieces(size: Int, around nodes: [Int]) throws -> Int {
    let better = try pieces.round(
      state, size: size, around: nodes, threads: limits.threads, nodeLimit: 3 * size,
      timeLeft: { [limits] in limits.timeLeft }, control: limits.control)
    effort += Double(SubproblemSearch.batch * size) * 0.2
    if better > 0 { keep() }
    return better
  }

  /// How much a link is worth keeping whole: most if it is open, or nearly.
  private func tie(_ link: Int) -> Double {
    (best.isOpen(link) ? 2 : 0) + 2 * ascent.likelihood[link] + 0.02
  }
}

extension LargeSearch.Limits {
  /// Whether time is up or somebody cancelled; cheap enough to ask often.
  var hasEnded: Bool {
    control.isCancelled || deadline.map { ContinuousClock.now >= $0 } ?? false
  }
}

/// Work beside which other work runs that shares no memory that either writes.
private struct SideBySide: @unchecked Sendable {
  let run: () -> Void
}

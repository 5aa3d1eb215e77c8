/// What one round does.
extension LargeSearch {
  /// Steps of the ascent in one round.
  private static let stepsPerRound = 10
  /// Rounds after which the search begins anew; before the first there is only the ascent.
  private static let newBeginnings: Set<Int> = [4, 12, 30]
  private static let firstBeginning = 4

  /// Some steps of the ascent beside some moves of the local search.
  func ascend() throws {
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
        [limits] in limits.hasEnded
      }
      return
    }
    let moveCount = max(50, network.linkCount * count / linksPerMove)
    for row in 0..<network.rows.count where network.rows.limits[row] > 0 {
      moves.rowPrices[row] = split.rowPrice[row]
    }
    let steps = SideBySide { [self] in
      ascent.run(count, incumbent: hasPlan ? best.value : 0, threads: 1) {
        [limits] in limits.hasEnded
      }
    }
    let moves = SideBySide { [self] in improve(moves: moveCount) }
    Parallel.forEach(2, threads: limits.threads) { index, _ in
      index == 0 ? steps.run() : moves.run()
    }
  }

  /// Moves of the local search. Where a budget binds, what is left of it has its price for most of them, so
  /// that one place can give up what another puts to better use; the last ones spend it.
  private func improve(moves count: Int) {
    let saving = network.rows.count > 0 ? count * 3 / 4 : 0
    credit(saving > 0)
    for move in 0..<count {
      if move % 64 == 0, limits.hasEnded { break }
      if move == saving { credit(false) }
      _ = ball.move(state)
    }
    credit(false)
  }

  private func credit(_ isOn: Bool) {
    for row in 0..<network.rows.count where network.rows.limits[row] > 0 {
      state.rowCredit[row] = isOn ? moves.rowPrices[row] : 0
    }
    state.updatePenalty()
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

  /// How much is solved whole at a time.
  private struct Level {
    /// Links per block, and the nodes of its search.
    let block: Int
    let nodes: Int
    /// Links per piece.
    let piece: Int
    /// Moves of the local search that take about as long as a batch of blocks.
    let moves: Int
  }

  /// From small to large.
  private static let levels = [
    Level(block: 8, nodes: 200, piece: 60, moves: 1_000),
    Level(block: 25, nodes: 500, piece: 100, moves: 3_000),
    Level(block: 60, nodes: 1_000, piece: 150, moves: 8_000),
    Level(block: 120, nodes: 2_000, piece: 200, moves: 16_000),
    Level(block: 240, nodes: 4_000, piece: 250, moves: 32_000),
  ]
  /// A network of fewer blocks is better solved whole.
  private static let leastBlocks = 4
  /// Rounds of pieces without success after which a level ends.
  private static let patience = 12

  /// A batch of blocks while there are any, then pieces until they bring nothing.
  func refine(_ level: Int) throws {
    let blocks = blocks ?? makeBlocks(level)
    self.blocks = blocks
    if !blocks.isDone {
      try tighten(blocks, Self.levels[level])
    } else if idleRounds < Self.patience {
      idleRounds =
        try solvePieces(size: Self.levels[level].piece, around: []) > 0 ? 0 : idleRounds + 1
    }
    guard blocks.isDone, idleRounds >= Self.patience else { return }
    self.blocks = nil
    idleRounds = 0
    if level + 1 < Self.levels.count,
      Self.leastBlocks * Self.levels[level + 1].block <= network.linkCount
    {
      phase = .refinement(level: level + 1)
    } else {
      finish(.partialSearch)
    }
  }

  /// Goes on after the last level: as large blocks and pieces as before, but others.
  func goOn() {
    isDone = false
    repetitions += 1
  }

  /// A batch of blocks beside moves of the local search.
  private func tighten(_ blocks: BlockBound, _ level: Level) throws {
    let turn = blocks.nextBatch()
    let moves = SideBySide { [self] in improve(moves: level.moves) }
    let claims = ResultBox<BlockBound.Claim>(count: turn.count)
    Parallel.forEach(turn.count + 1, threads: limits.threads) { [limits] index, _ in
      if index == 0 { return moves.run() }
      claims.put(
        Result {
          try blocks.claim(
            turn[turn.startIndex + index - 1], nodeLimit: level.nodes, timeLimit: limits.timeLeft,
            control: limits.control)
        }, at: index - 1)
    }
    for (offset, index) in turn.enumerated() {
      let claim = try claims.get(offset)
      if let bound = claim.bound { blocks.lower(index, to: bound) }
      effort += claim.effort
    }
    effort += Double(level.moves) * 0.03
    bound = min(bound, blocks.bound)
    keep()
  }

  private func makeBlocks(_ level: Int) -> BlockBound {
    ascent.returnToBest()
    idleRounds = 0
    effort += Double(network.linkCount) * 1e-3
    return BlockBound(
      split, solver: solver, size: Self.levels[level].block, seed: UInt64(level + repetitions),
      threads: limits.threads, shouldStop: { [limits] in limits.hasEnded },
      weight: { [self] in tie($0) })
  }

  @discardableResult
  private func solvePieces(size: Int, around nodes: [Int]) throws -> Int {
    let (better, cost) = try pieces.round(
      state, size: size, around: nodes, threads: limits.threads, nodeLimit: 3 * size,
      timeLeft: { [limits] in limits.timeLeft }, control: limits.control)
    effort += cost
    if better > 0 { keep() }
    return better
  }

  /// How much a link is worth keeping whole: most if it is open, or nearly.
  private func tie(_ link: Int) -> Double {
    (best.isOpen(link) ? 2 : 0) + 2 * ascent.likelihood[link] + 0.02
  }
}

/// Work beside which other work runs that shares no memory that either writes.
private struct SideBySide: @unchecked Sendable {
  let run: () -> Void
}

import Synchronization

/// Search of many parts in turns.
extension PlanRun {
  /// A part that is searched in turns; unchecked because one thread at a time has it.
  final class Searched: @unchecked Sendable {
    let index: Int
    let search: LargeSearch
    /// At a proof.
    var attempts = 0
    /// Whether the last attempt ended for another reason than its limits.
    var isHopeless = false

    init(_ index: Int, _ search: LargeSearch) {
      self.index = index
      self.search = search
    }
  }

  /// Yes-or-no variables of the largest part whose proof is attempted when its search has ended.
  private static let many = 1_000
  /// Search nodes of the first attempt at a proof; each further one has ten times as many.
  private static let firstNodes = 100

  /// Gives each part a search and its first round, side by side, large parts first: they have most to
  /// gain.
  func begin(_ chosen: [Int]) throws {
    // Before the search, so that it does not end later than asked.
    for index in chosen where sizes[index] == nil {
      sizes[index] = MIPBuilder(model: model, part: parts[index]).size
    }
    let order = chosen.filter { searches[$0] == nil }
      .sorted { (parts[$1].count, $0) < (parts[$0].count, $1) }
    let begun = ResultBox<Searched?>(count: order.count)
    // Where effort is counted, news comes in one order.
    Parallel.forEach(order.count, threads: isCounted ? 1 : limits.threads) { turn, _ in
      begun.put(
        Result {
          if self.hasEnded { return nil }
          let part = Searched(order[turn], self.makeSearch(order[turn]))
          try part.search.step()
          return part
        }, at: turn)
    }
    for turn in order.indices { searches[order[turn]] = try begun.get(turn) }
  }

  /// Searches parts in turns, always those that promise most.
  func search(_ chosen: [Int]) throws {
    try begin(chosen.filter { !isKnown($0) })
    if !isCloseEnough { try begin(chosen) }
    while !hasEnded, !isCloseEnough {
      let waiting = chosen.compactMap { searches[$0] }.filter(isWaiting)
        .sorted { promise($0) > promise($1) }
      guard let first = waiting.first else { break }
      // One that promises much more than any other is worth all threads.
      let others = waiting.dropFirst().prefix(isCounted ? 0 : limits.threads - 1)
        .prefix { promise($0) >= promise(first) / 2 }
      try takeTurns([first] + others, of: waiting.count)
    }
    for index in chosen where !isSettled(index) {
      let part = searches[index]
      var last =
        part == nil
        ? outcomes.withLock { $0[index] } ?? outcome(of: nil, index)
        : outcome(of: part?.search.standing(), index)
      // What may still be searched or proved was not: a limit was reached.
      if isCloseEnough || part.map(isWaiting) ?? true { last.stopReason = limitReached }
      settleBetter(index, last)
    }
  }

  /// What the next turn of a part may bring, per unit of effort.
  private func promise(_ part: Searched) -> Double {
    let cost = wantsProof(part) ? effort(of: part) : 0
    return part.search.promise(after: cost)
  }

  /// Turns of parts side by side; those with short turns take more of them until all have had one.
  private func takeTurns(_ next: [Searched], of waiting: Int) throws {
    let threads = max(1, limits.threads / next.count)
    let share = max(Double(next.count) / Double(waiting), 0.1)
    let unfinished = Atomic<Int>(next.count)
    let ends = ResultBox<Void>(count: next.count)
    Parallel.forEach(next.count, threads: next.count) { index, _ in
      let part = next[index]
      part.search.limits.threads = threads
      part.search.limits.relativeGap = self.wantedGap(part.index)
      ends.put(
        Result {
          do {
            defer { unfinished.subtract(1, ordering: .relaxed) }
            try self.takeTurn(part, share: share)
          }
          while unfinished.load(ordering: .relaxed) > 0, self.isWaiting(part),
            !self.hasEnded
          {
            try self.takeTurn(part, share: share)
          }
        }, at: index)
    }
    for index in next.indices { try ends.get(index) }
  }

  /// A round of search, or an attempt at a proof when its ascent has come to rest or its search has ended.
  /// - Parameter share: Of the time left that a proof may take.
  private func takeTurn(_ part: Searched, share: Double) throws {
    if wantsProof(part) {
      try attempt(part, share: share)
    } else {
      try part.search.step()
      if part.search.isDone { settle(part) }
    }
    // What can be neither searched to its end nor proved uses the time that it was given.
    if part.search.isDone, deadline != nil, !isSettled(part.index), !mayBeProved(part) {
      part.search.goOn()
    }
  }

  private func settle(_ part: Searched) {
    settleBetter(part.index, outcome(of: part.search.standing(), part.index))
  }

  /// Whether a part is not at its end.
  private func isWaiting(_ part: Searched) -> Bool {
    !isSettled(part.index) && (!part.search.isDone || mayBeProved(part))
  }

  private func mayBeProved(_ part: Searched) -> Bool {
    !isCounted && integers[part.index] <= Self.many && !part.isHopeless
  }

  /// The first proof is attempted when the search has come to rest and has cost as much.
  private func wantsProof(_ part: Searched) -> Bool {
    guard mayBeProved(part) else { return false }
    return part.search.isDone
      || part.search.isAtRest && part.attempts == 0 && integers[part.index] <= limits.exactLimit
        && part.search.effort >= effort(of: part)
  }

  /// Search nodes of the next attempt.
  private func nodes(of part: Searched) -> Int {
    (0..<part.attempts).reduce(Self.firstNodes) { nodes, _ in nodes * 10 }
  }

  private func effort(of part: Searched) -> Double {
    MIPResult.effort(integers: integers[part.index], nodes: nodes(of: part))
  }

  private func attempt(_ part: Searched, share: Double) throws {
    settle(part)
    let cost = effort(of: part)
    try prove([part.index], as: Attempt(nodes: nodes(of: part), share: share))
    part.attempts += 1
    guard let found = outcomes.withLock({ $0[part.index] }) else { return }
    part.isHopeless = ![.nodeLimit, .timeLimit, .gapLimit].contains(found.stopReason)
    part.search.learn(found, cost: cost)
  }

  /// Whether time is up or somebody cancelled.
  private var hasEnded: Bool { searchLimits(0).hasEnded }

  private func searchLimits(_ relativeGap: Double) -> LargeSearch.Limits {
    LargeSearch.Limits(
      deadline: deadline, effort: limits.nodeLimit.map(Double.init),
      relativeGap: relativeGap, threads: limits.threads, control: workControl)
  }

  private func makeSearch(_ index: Int) -> LargeSearch {
    let part = parts[index]
    let earlier = outcomes.withLock { $0[index] }
    let network = SearchNetwork(model: model, part: part, weights: stages[0])
    let division = start?.memory.divisions[part]
    let start = knownPlan(index).map {
      LargeSearch.Start(flows: $0.flows, taken: $0.taken, division: division)
    }
    return LargeSearch(
      network, solver: solver, bound: min(knownBounds[index], earlier?.bound ?? .infinity),
      limits: searchLimits(wantedGap(index)), start: start,
      onProgress: { [unowned self] incumbent, bound in
        report(index, incumbent: incumbent, bound: bound)
      })
  }
}

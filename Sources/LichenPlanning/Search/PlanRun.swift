import Synchronization

/// One search over all parts of a model: small parts are proved whole, large ones searched in turns,
/// always the one with most left to gain, and what then remains unproved is proved if time allows.
final class PlanRun {
  private let model: PlanningModel
  private let stages: [PlanningModel.Weights]
  private let solver: any MIPSolver
  private let limits: SearchLimits
  private let control: SolveControl
  private let memoryWatch: MemoryWatch?
  private let deadline: ContinuousClock.Instant?
  private let start: PlanStart?
  private let board: ProgressBoard
  private let parts: [PlanningModel.Part]
  private let trivialBounds: [Double]
  /// Yes-or-no variables by part.
  private let integers: [Int]
  private let outcomes: Mutex<[ComponentOutcome?]>
  private var memory = PlanMemory()
  /// Rows and columns that the programs of searched parts would have.
  private var sizes: [Int: (rows: Int, columns: Int)] = [:]

  init(
    _ model: PlanningModel, stages: [PlanningModel.Weights], solver: any MIPSolver,
    limits: SearchLimits, control: SolveControl, start: PlanStart?,
    onProgress: @escaping @Sendable (PlanProgress) -> Void
  ) {
    self.model = model
    self.stages = stages
    self.solver = solver
    self.limits = limits
    let control = SolveControl(within: control)
    self.control = control
    memoryWatch = limits.memoryLimit.map { MemoryWatch(limit: $0, control: control) }
    self.start = start
    deadline = limits.timeLimit.map { ContinuousClock.now + $0 }
    parts = model.components().map {
      $0.links.count > limits.exactLimit ? model.inLocalOrder($0) : $0
    }
    trivialBounds = parts.map { Component.trivialBound(model: model, part: $0, stages[0]) }
    let isBudgetBinding = model.isBudgetBinding
    integers = parts.map {
      MIPBuilder.integerCount(model: model, part: $0, isBudgetBinding: isBudgetBinding)
    }
    outcomes = Mutex(Array(repeating: nil, count: parts.count))
    board = ProgressBoard(
      incumbents: parts.map { model.canIdle($0) ? 0 : nil }, bounds: trivialBounds,
      tell: onProgress)
  }

  /// - Throws: `MIPSolverError` if the back end fails.
  func run() throws -> PlanSearchResult {
    let exact = parts.indices.filter { integers[$0] <= limits.exactLimit }
    // Counted effort and lexicographic objectives are for exact search, as far as that goes.
    if limits.nodeLimit != nil || stages.count > 1 {
      try prove(exact)
      try search(parts.indices.filter { integers[$0] > limits.exactLimit })
    } else {
      try prove(exact.filter { integers[$0] <= Self.few }, as: .small)
      try prove(exact.filter { integers[$0] > Self.few }, as: .middle)
      try search(parts.indices.filter { !isSettled($0) })
      try prove(parts.indices.filter { integers[$0] <= Self.many && !isSettled($0) })
    }
    return PlanSearchResult(
      outcomes.withLock { $0.compactMap { $0 } }, model: model, solver: solver, memory: memory)
  }

  /// Whether a part needs no further search.
  private func isSettled(_ index: Int) -> Bool {
    outcomes.withLock { $0[index]?.isSettled ?? false }
  }

  // MARK: Exact search

  /// What a part may cost before it is searched in another way.
  private struct Attempt {
    /// Search nodes; `nil` for as many as the limits allow.
    let nodes: Int?
    /// Share of the time that is left, for all parts of the attempt together.
    let share: Double

    static let small = Attempt(nodes: nil, share: 0.3)
    static let middle = Attempt(nodes: 100, share: 0.1)
    static let last = Attempt(nodes: nil, share: 1)
  }

  /// Yes-or-no variables of a small part, and of one whose proof is worth trying when nothing else is left
  /// to do.
  private static let few = 250
  private static let many = 5_000

  /// Solves parts whole, side by side, small ones first so that the time they leave goes to the large.
  private func prove(_ chosen: [Int], as attempt: Attempt = .last) throws {
    let order = chosen.sorted { (parts[$0].count, $0) < (parts[$1].count, $1) }
    let failure = Mutex<(any Error)?>(nil)
    let rest = Atomic<Int>(order.reduce(0) { $0 + parts[$1].count })
    let workers = max(1, min(limits.threads, order.count))
    let shared = Shared(run: self)
    Parallel.forEach(order.count, threads: workers) { turn, _ in
      guard failure.withLock({ $0 == nil }) else { return }
      let index = order[turn]
      let run = shared.run
      let size = run.parts[index].count
      let left = rest.wrappingSubtract(size, ordering: .relaxed).oldValue
      let share = min(1, Double(size * workers) / Double(max(1, left)))
      do {
        try run.prove(index, share: share * attempt.share, nodeLimit: attempt.nodes)
      } catch {
        failure.withLock { $0 = $0 ?? error }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
  }

  private func prove(_ index: Int, share: Double, nodeLimit: Int?) throws {
    let component = Component(
      model: model, part: parts[index], stages: stages, solver: solver,
      relativeGap: limits.relativeGap,
      nodeLimit: nodeLimit ?? limits.nodeLimit)
    let earlier = outcomes.withLock { $0[index] }
    let known = earlier.flatMap { $0.hasPlan ? ($0.flows, $0.taken) : nil } ?? startOfPart(index)
    var outcome = try component.solve(
      start: known, deadline: deadline(share: share), control: control)
    if let earlier { outcome = outcome.joined(with: earlier, relativeGap: limits.relativeGap) }
    settle(index, outcome)
  }

  private func startOfPart(_ index: Int) -> (flows: [Double], taken: [Bool])? {
    guard let start else { return nil }
    return (
      parts[index].links.map { start.flows[$0] }, parts[index].measures.map { start.taken[$0] }
    )
  }

  /// The end of a part's share of the time that is left, so that no part starves the others.
  private func deadline(share: Double) -> ContinuousClock.Instant? {
    guard let deadline else { return nil }
    let left = max(.zero, deadline - ContinuousClock.now)
    return min(deadline, ContinuousClock.now + max(left * share, .milliseconds(100)))
  }

  private func settle(_ index: Int, _ outcome: ComponentOutcome) {
    var outcome = outcome
    if outcome.stopReason == .cancelled, memoryWatch?.isPassed == true {
      outcome.stopReason = .memoryLimit
    }
    outcomes.withLock { $0[index] = outcome }
    board.update(
      index, incumbent: outcome.hasPlan ? outcome.objective : nil, bound: outcome.bound,
      isSettled: outcome.isSettled)
  }

  // MARK: Search of large parts

  private func search(_ chosen: [Int]) throws {
    if chosen.isEmpty { return }
    let limits = LargeSearch.Limits(
      deadline: deadline, effort: limits.nodeLimit.map(Double.init),
      relativeGap: limits.relativeGap, threads: limits.threads, control: control)
    // Before the search, so that it does not end later than asked.
    for index in chosen { sizes[index] = MIPBuilder(model: model, part: parts[index]).size }
    // Large parts first: they have most to gain, and need most time.
    let order = chosen.sorted { (parts[$1].count, $0) < (parts[$0].count, $1) }
    var searches: [(index: Int, search: LargeSearch)] = []
    while !limits.hasEnded {
      // Each gets a first round; then whoever promises most.
      let next: Int
      if searches.count < order.count {
        next = searches.count
        searches.append((order[next], makeSearch(order[next], limits: limits)))
      } else {
        let waiting = searches.indices.filter { !searches[$0].search.isOver }
        guard
          let most = waiting.max(by: {
            searches[$0].search.promise < searches[$1].search.promise
          })
        else { break }
        next = most
      }
      try searches[next].search.step()
    }
    for (index, search) in searches {
      memory.divisions[parts[index]] = search.division
      settleBetter(index, outcome(of: search.standing(), index))
    }
    for index in order[searches.count...] { settleBetter(index, outcome(of: nil, index)) }
  }

  /// Settles a part with what was found now or before, whichever is better.
  private func settleBetter(_ index: Int, _ found: ComponentOutcome) {
    let earlier = outcomes.withLock { $0[index] }
    settle(
      index, earlier.map { found.joined(with: $0, relativeGap: limits.relativeGap) } ?? found)
  }

  private func makeSearch(_ index: Int, limits: LargeSearch.Limits) -> LargeSearch {
    let part = parts[index]
    var limits = limits
    if integers[index] <= self.limits.exactLimit, let left = limits.timeLeft {
      // The other half is for a proof.
      limits.deadline = ContinuousClock.now + left / 2
    }
    let earlier = outcomes.withLock { $0[index] }
    let network = SearchNetwork(model: model, part: part, weights: stages[0])
    let division = start?.memory.divisions[part]
    let known = earlier.flatMap { $0.hasPlan ? ($0.flows, $0.taken) : nil } ?? startOfPart(index)
    let start = known.map {
      LargeSearch.Start(flows: $0.flows, taken: $0.taken, division: division)
    }
    return LargeSearch(
      network, solver: solver, bound: min(trivialBounds[index], earlier?.bound ?? .infinity),
      limits: limits, start: start,
      onProgress: { [board] incumbent, bound in
        board.update(index, incumbent: incumbent, bound: bound, isSettled: false)
      })
  }

  /// - Parameter found: What a search found; `nil` if time was up before it began.
  private func outcome(of found: LargeSearch.Standing?, _ index: Int) -> ComponentOutcome {
    let part = parts[index]
    let isImpossible = found?.bound == -.infinity
    let flows = found?.flows
    let idle = flows == nil && model.canIdle(part) && !isImpossible
    let objective = found?.incumbent ?? 0
    let bound = isImpossible ? objective : max(found?.bound ?? trivialBounds[index], objective)
    let isProven = flows != nil && bound - objective <= 1e-9 * max(abs(objective), 1e-10)
    let status: MIPResult.Status =
      isImpossible
      ? .infeasible : isProven ? .optimal : flows != nil || idle ? .feasible : .noSolution
    let reason = found?.stopReason ?? (control.isCancelled ? .cancelled : .timeLimit)
    guard let sizes = sizes[index] else { preconditionFailure("sizes are counted first") }
    return ComponentOutcome(
      part: part, flows: flows ?? Array(repeating: 0, count: part.links.count),
      taken: flows == nil
        ? part.measures.map { model.measures[$0].isRequired } : found?.taken ?? [],
      hasPlan: flows != nil || idle, status: status, stopReason: reason,
      objective: objective, bound: bound,
      summary: ComponentSummary(
        links: part.links.count, rows: sizes.rows, columns: sizes.columns,
        integers: integers[index],
        status: status.rawValue, rawStatus: "decomposition, \(reason.rawValue)",
        objective: objective, bound: bound, nodes: Int(found?.effort ?? 0)))
  }

  /// Lets worker threads use the run, which they only read but for the locked outcomes.
  private struct Shared: @unchecked Sendable { let run: PlanRun }
}

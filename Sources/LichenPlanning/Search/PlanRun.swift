import Synchronization

/// One search over all parts of a model: small parts are proved whole, the others searched in turns,
/// always the one with most left to gain, with attempts at proofs in between.
///
/// Unchecked because threads share it: outcomes are locked, the rest is written by one alone.
final class PlanRun: @unchecked Sendable {
  let model: PlanningModel
  let stages: [PlanningModel.Weights]
  let solver: any MIPSolver
  let limits: SearchLimits
  private let control: SolveControl
  /// Of the work at hand: also stopped when the whole plan is close enough.
  let workControl: SolveControl
  private let memoryWatch: MemoryWatch?
  let deadline: ContinuousClock.Instant?
  let start: PlanStart?
  let board: ProgressBoard
  let parts: [PlanningModel.Part]
  /// By part: no plan is worth more, whatever the search finds.
  let knownBounds: [Double]
  /// Yes-or-no variables by part.
  let integers: [Int]
  let outcomes: Mutex<[ComponentOutcome?]>
  /// Rows and columns that the programs of searched parts would have.
  var sizes: [Int: (rows: Int, columns: Int)] = [:]
  var searches: [Int: Searched] = [:]

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
    workControl = SolveControl(within: control)
    memoryWatch = limits.memoryLimit.map { MemoryWatch(limit: $0, control: control) }
    self.start = start
    deadline = limits.timeLimit.map { ContinuousClock.now + $0 }
    parts = model.components().map {
      $0.links.count > limits.exactLimit ? model.inLocalOrder($0) : $0
    }
    let claims = parts.map { start?.memory.claim(on: $0, of: model, stages) }
    knownBounds = zip(parts, claims).map { part, claim in
      let trivial = Component.trivialBound(model: model, part: part, stages[0])
      return if case .bound(let bound) = claim { min(bound, trivial) } else { trivial }
    }
    let isBudgetBinding = model.isBudgetBinding
    integers = parts.map {
      MIPBuilder.integerCount(model: model, part: $0, isBudgetBinding: isBudgetBinding)
    }
    outcomes = Mutex(Array(repeating: nil, count: parts.count))
    board = ProgressBoard(
      incumbents: parts.map { model.canIdle($0) ? 0 : nil }, bounds: knownBounds,
      tell: onProgress)
    for (index, claim) in claims.enumerated() {
      guard case .outcome(let outcome) = claim else { continue }
      settle(index, outcome.again(relativeGap: limits.relativeGap))
    }
  }

  /// Yes-or-no variables of a part that is likely to be proved at once.
  private static let few = 100

  /// - Throws: `MIPSolverError` if the back end fails.
  func run() throws -> PlanSearchResult {
    if isCounted {
      try prove(parts.indices.filter { integers[$0] <= limits.exactLimit && !isSettled($0) })
      try search(parts.indices.filter { integers[$0] > limits.exactLimit && !isSettled($0) })
    } else {
      // First plans of what matters most before proofs of what matters least.
      try begin(parts.indices.filter { integers[$0] > limits.exactLimit && !isKnown($0) })
      try prove(parts.indices.filter { integers[$0] <= Self.few && !isSettled($0) }, as: .first)
      try search(parts.indices.filter { !isSettled($0) })
    }
    let found = outcomes.withLock { $0.compactMap { $0 } }
    return PlanSearchResult(found, model: model, solver: solver, memory: memory(of: found))
  }

  /// What a later search may begin with.
  private func memory(of found: [ComponentOutcome]) -> PlanMemory {
    var memory = PlanMemory(model: model, stages: stages)
    for outcome in found { memory.outcomes[outcome.part] = outcome }
    for (index, part) in parts.enumerated() {
      memory.divisions[part] = searches[index]?.search.division ?? start?.memory.divisions[part]
    }
    return memory
  }

  /// Whether effort is counted instead of timed, or objectives follow one another: both are for exact
  /// search as far as that goes.
  var isCounted: Bool { limits.nodeLimit != nil || stages.count > 1 }

  /// Whether anything was found out about a part, now or by an earlier search.
  func isKnown(_ index: Int) -> Bool { outcomes.withLock { $0[index] != nil } }

  /// Whether a part needs no further search.
  func isSettled(_ index: Int) -> Bool {
    guard let outcome = outcomes.withLock({ $0[index] }) else { return false }
    // A part as close as asked for is searched on while the whole plan is not, unless effort is counted.
    return outcome.isSettled || (isCounted && outcome.stopReason == .gapLimit)
  }

  /// The best plan of a part so far, or the one to start with.
  func knownPlan(_ index: Int) -> (flows: [Double], taken: [Bool])? {
    if let found = outcomes.withLock({ $0[index] }), found.hasPlan {
      return (found.flows, found.taken)
    }
    guard let start else { return nil }
    return (
      parts[index].links.map { start.flows[$0] }, parts[index].measures.map { start.taken[$0] }
    )
  }

  /// Whether the whole plan is as close to its bound as asked for, whatever single parts are.
  var isCloseEnough: Bool { limits.relativeGap > 0 && board.gap ?? .infinity <= limits.relativeGap }

  /// The gap at which a part may be left. Where effort is counted, that cannot depend on how far others
  /// are.
  func wantedGap(_ index: Int) -> Double {
    isCounted ? limits.relativeGap : board.gap(of: index, forWhole: limits.relativeGap)
  }

  /// Why a search ends before its work is done.
  var limitReached: MIPResult.StopReason {
    control.isCancelled ? .cancelled : isCloseEnough ? .gapLimit : .timeLimit
  }

  /// Settles a part with what was found now or before, whichever is better.
  func settleBetter(_ index: Int, _ found: ComponentOutcome) {
    let earlier = outcomes.withLock { $0[index] }
    settle(
      index, earlier.map { found.joined(with: $0, relativeGap: wantedGap(index)) } ?? found)
  }

  private func settle(_ index: Int, _ outcome: ComponentOutcome) {
    var outcome = outcome
    if outcome.stopReason == .cancelled, memoryWatch?.isPassed == true {
      outcome.stopReason = .memoryLimit
    }
    outcomes.withLock { $0[index] = outcome }
    report(
      index, incumbent: outcome.hasPlan ? outcome.objective : nil, bound: outcome.bound,
      isSettled: outcome.isSettled || outcome.stopReason == .gapLimit)
  }

  /// Tells news of a part. Work on all parts stops when the whole is close enough, unless effort is counted:
  /// what others have done by then depends on the machine.
  func report(_ index: Int, incumbent: Double?, bound: Double, isSettled: Bool = false) {
    board.update(index, incumbent: incumbent, bound: bound, isSettled: isSettled)
    if !isCounted, isCloseEnough { workControl.cancel() }
  }

  /// - Parameter found: What a search found; `nil` if time was up before it began.
  func outcome(of found: LargeSearch.Standing?, _ index: Int) -> ComponentOutcome {
    let part = parts[index]
    let isImpossible = found?.bound == -.infinity
    let flows = found?.flows
    let idle = flows == nil && model.canIdle(part) && !isImpossible
    let objective = found?.incumbent ?? 0
    let bound = isImpossible ? objective : max(found?.bound ?? knownBounds[index], objective)
    let isProven = flows != nil && bound - objective <= 1e-9 * max(abs(objective), 1e-10)
    let status: MIPResult.Status =
      isImpossible
      ? .infeasible : isProven ? .optimal : flows != nil || idle ? .feasible : .noSolution
    let reason = found?.stopReason ?? limitReached
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
}

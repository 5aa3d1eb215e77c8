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

  let network: SearchNetwork
  let solver: any MIPSolver
  var limits: Limits
  let state: SearchState
  let best: SearchState
  let moves: NodeMoves
  let ball: BallSearch
  let pieces: SubproblemSearch
  let split: Decomposition
  let ascent: DualAscent
  let score: FlatArray<Double>
  var bound: Double
  var hasPlan = false
  var effort = 0.0
  private var stopReason = MIPResult.StopReason.timeLimit
  var phase = Phase.begin
  var round = 0
  var idleRounds = 0
  var blocks: BlockBound?
  /// Of the last level of refinement.
  var repetitions = 0
  let start: Start?
  private let onProgress: (_ incumbent: Double?, _ bound: Double) -> Void

  enum Phase {
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
    pieces = SubproblemSearch(network, moves: moves, solver: solver, seed: 2)
    split = Decomposition(network, threads: limits.threads)
    ascent = DualAscent(split)
    score = FlatArray(repeating: 0, count: network.linkCount)
  }

  /// Whether the search is at its end.
  var isDone = false

  /// Whether the ascent has come to rest.
  var isAtRest: Bool {
    if case .refinement = phase { return true }
    return false
  }

  /// Does one round of whatever comes next.
  /// - Throws: `MIPSolverError` if the MIP solver fails.
  func step() throws {
    switch phase {
    case .begin: try begin()
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

  private func begin() throws {
    readyPrices()
    construct()
    if !hasPlan { try constructByRelaxation() }
    let prices = NodePrices(
      network, incumbent: max(best.value, 0),
      // A known division bounds better than prices do.
      iterations: start?.division != nil ? 50 : network.linkCount > 500_000 ? 150 : 400
    ) { limits.hasEnded }
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

  func finish(_ reason: MIPResult.StopReason) {
    isDone = true
    stopReason = reason
  }

  /// Relative gap of this part; infinite without a plan.
  var gap: Double {
    hasPlan ? max(0, bound - best.value) / max(abs(best.value), 1e-10) : .infinity
  }

  private func report() { onProgress(hasPlan ? best.value : nil, bound) }

  /// What effort may bring, per unit; infinite before the first.
  ///
  /// Gaps fall about as a power of the effort, so that what a unit brings is in proportion to gap over
  /// effort.
  /// - Parameter further: Effort that can only be spent as a whole.
  func promise(after further: Double = 0) -> Double {
    if case .begin = phase { return .infinity }
    return max(0, bound - (hasPlan ? best.value : 0)) / (effort + further)
  }

  /// The best plan and the bound so far.
  func standing() -> Standing {
    Standing(
      flows: hasPlan ? best.flow.array : nil, taken: best.isTaken,
      incumbent: hasPlan ? best.value : nil, bound: bound, effort: effort,
      stopReason: isDone ? stopReason : limits.control.isCancelled ? .cancelled : .timeLimit)
  }

  /// The division of links at the best bound, for a later search in a similar network.
  var division: NetworkDivision { ascent.division }

  /// Takes over what an attempt at a proof found.
  /// - Parameter cost: Effort of the attempt.
  func learn(_ found: ComponentOutcome, cost: Double) {
    effort += cost
    bound = min(bound, found.bound)
    guard found.hasPlan, !hasPlan || found.objective > best.value else { return }
    take(flows: found.flows, measures: found.taken)
    keep()
  }

  /// Keeps the state if it is a better plan.
  func keep() {
    if hasPlan, state.value <= best.value { return }
    state.rebuild()
    guard state.isFeasible, !hasPlan || state.value > best.value else { return }
    best.copy(state)
    hasPlan = true
  }
}

extension LargeSearch.Limits {
  /// Whether time is up or somebody cancelled; cheap enough to ask often.
  var hasEnded: Bool {
    control.isCancelled || deadline.map { ContinuousClock.now >= $0 } ?? false
  }
}

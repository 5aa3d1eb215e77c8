import LichenPlanning

/// A way to plan a network, put beside others by the benchmark.
///
/// An algorithm maximises `PlanningModel.Weights.benefit` and keeps every family of constraints as well
/// as its idea allows. What it cannot keep is told by the judge, never mended behind its back.
public protocol MatchingAlgorithm: Sendable {
  /// Short name for tables and the command line, such as `greedy-value`.
  var name: String { get }
  /// Whether another seed can give another plan.
  var isRandom: Bool { get }
  /// What it does and where it comes from, in a sentence or two.
  var summary: String { get }

  /// Plans a model within limits; blocks the calling thread.
  /// - Throws: `AlgorithmRefusal` for a model that is too large or of a kind it cannot take, or what a
  ///   solver behind it throws.
  func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
}

/// What one run may use.
public struct RunLimits: Sendable, Hashable, Codable {
  /// Wall-clock time [s], more than 0.
  public var seconds: Double
  public var seed: UInt64
  /// At least 1.
  public var threads: Int

  public init(seconds: Double, seed: UInt64 = 1, threads: Int = 1) {
    self.seconds = seconds
    self.seed = seed
    self.threads = threads
  }
}

/// What a run tells while it goes on, and how it learns that it should end.
public struct RunProgress: Sendable {
  private let start: ContinuousClock.Instant
  private let incumbent: @Sendable (Double) -> Void
  private let bound: @Sendable (Double) -> Void
  /// Handed on to solvers, so that cancelling reaches them.
  public let control: SolveControl

  /// - Parameters:
  ///   - onIncumbent: Takes the value of a better plan; it may be called from any thread.
  ///   - onBound: Takes a proven bound.
  public init(
    control: SolveControl = SolveControl(),
    onIncumbent: @escaping @Sendable (Double) -> Void = { _ in },
    onBound: @escaping @Sendable (Double) -> Void = { _ in }
  ) {
    start = ContinuousClock.now
    self.control = control
    incumbent = onIncumbent
    bound = onBound
  }

  public func foundPlan(worth value: Double) { incumbent(value) }
  public func proved(bound value: Double) { bound(value) }

  /// Seconds since the run began.
  public var seconds: Double { (ContinuousClock.now - start) / .seconds(1) }

  /// Whether time is up or the run was cancelled.
  public func isOver(_ limits: RunLimits) -> Bool {
    control.isCancelled || seconds >= limits.seconds
  }

  /// Time left, never below zero.
  public func timeLeft(_ limits: RunLimits) -> Duration {
    .seconds(max(0, limits.seconds - seconds))
  }
}

/// What an algorithm hands back.
public struct AlgorithmResult: Sendable {
  /// `nil` if the method found none that keeps every constraint; `note` then says what is lacking.
  public let plan: NetworkPlan?
  /// No plan is worth more; `nil` if nothing was proved.
  public let bound: Double?
  public let stopRule: StopRule
  /// What a reader of the table should know, if anything.
  public let note: String?
  /// Progress told after the fact, by algorithms that run outside; replaces what was reported.
  public let curve: [ProgressPoint]?

  /// Why a run ended.
  public enum StopRule: String, Sendable, Codable {
    /// The algorithm came to its own end.
    case finished
    /// A proof that no plan is better.
    case proof
    case timeLimit = "time limit"
    case memoryLimit = "memory limit"
    case cancelled
  }

  public init(
    plan: NetworkPlan?, bound: Double? = nil, stopRule: StopRule = .finished, note: String? = nil,
    curve: [ProgressPoint]? = nil
  ) {
    self.plan = plan
    self.bound = bound
    self.stopRule = stopRule
    self.note = note
    self.curve = curve
  }
}

/// Where a run stood at one moment.
public struct ProgressPoint: Sendable, Hashable, Codable {
  /// Since the run began [s].
  public let seconds: Double
  public let incumbent: Double?
  public let bound: Double?

  public init(seconds: Double, incumbent: Double?, bound: Double?) {
    self.seconds = seconds
    self.incumbent = incumbent
    self.bound = bound
  }
}

/// A model that an algorithm does not take.
public enum AlgorithmRefusal: Error, Hashable, Sendable, CustomStringConvertible {
  case tooLarge(links: Int, limit: Int)
  /// No plan came within the time limit, or none exists.
  case noPlan(String)

  public var description: String {
    switch self {
    case .tooLarge(let links, let limit):
      "The model has \(links) links; this method is given at most \(limit)."
    case .noPlan(let reason): "No plan: \(reason)."
    }
  }
}

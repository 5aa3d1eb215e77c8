import Synchronization

/// A handle on a running solve: cancels it from any thread and follows its progress.
///
/// One control may be shared by several solves; cancelling stops them all. It never rewinds: a
/// solve started with a cancelled control stops at once. A control within another stops with it, and
/// may stop alone.
public final class SolveControl: Sendable {
  /// Called now and then on the solving thread; must return quickly and must not start a solve.
  public typealias ProgressHandler = @Sendable (SolveProgress) -> Void

  private let cancelled = Atomic<Bool>(false)
  private let handler: ProgressHandler?
  private let outer: SolveControl?

  public init(onProgress handler: ProgressHandler? = nil) {
    self.handler = handler
    outer = nil
  }

  /// A control of its own that also stops, and reports, with another.
  public init(within outer: SolveControl) {
    self.outer = outer
    handler = nil
  }

  /// Asks the solve to stop; it returns what it has, soon after.
  public func cancel() {
    cancelled.store(true, ordering: .relaxed)
  }

  public var isCancelled: Bool {
    cancelled.load(ordering: .relaxed) || outer?.isCancelled == true
  }

  /// Hands progress to the handler, if there is one; for back ends.
  public func report(_ progress: SolveProgress) {
    handler?(progress)
    outer?.report(progress)
  }
}

/// Where a running solve stands.
public struct SolveProgress: Hashable, Sendable {
  /// Objective of the best solution so far; `nil` if none is known.
  public let incumbent: Double?
  /// No solution can be better than this; `nil` if nothing is proved yet.
  public let bound: Double?
  /// Relative gap between the two, as a fraction; `nil` unless both are known.
  public let gap: Double?
  /// Branch-and-bound nodes processed.
  public let nodes: Int
  /// Size of the model being solved.
  public let rows: Int
  public let columns: Int
  /// Time since the call [s].
  public let seconds: Double

  public init(
    incumbent: Double?, bound: Double?, nodes: Int, rows: Int, columns: Int, seconds: Double
  ) {
    self.incumbent = incumbent
    self.bound = bound
    self.gap = MIPResult.relativeGap(incumbent: incumbent, bound: bound)
    self.nodes = nodes
    self.rows = rows
    self.columns = columns
    self.seconds = seconds
  }
}

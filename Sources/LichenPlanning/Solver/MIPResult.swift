/// What a solve proved, why it stopped, and the back end's own words.
public struct MIPResult: Hashable, Sendable {
  /// What the numbers mean.
  public enum Status: String, Sendable, Codable, CaseIterable {
    /// The solution is proved best, within the solver's tolerances.
    case optimal
    /// The solution satisfies the model; a better one may exist, up to the bound.
    case feasible
    /// No solution exists.
    case infeasible
    /// Solutions exist with an objective as great as one likes.
    case unbounded
    /// Stopped before any solution was found; nothing is known about whether one exists.
    case noSolution
  }

  /// Why the solver stopped.
  public enum StopReason: String, Sendable, Codable, CaseIterable {
    case completed, timeLimit, gapLimit, nodeLimit, memoryLimit, cancelled
    /// A planner searched only the promising part of a model to its end.
    case partialSearch
    /// The back end broke down, but a verified solution was already at hand.
    case solverFailure
  }

  public let status: Status
  public let stopReason: StopReason
  /// The back end's own codes, such as "glp_intopt 0, GLP_OPT".
  public let rawStatus: String
  /// Objective of `values`, constant included, computed anew from the model.
  public let objective: Double?
  /// One value per column; integer columns are exactly whole.
  public let values: [Double]?
  /// No solution can be better than this; `nil` if nothing was proved.
  public let bound: Double?
  /// Relative gap between objective and bound, as a fraction; `nil` unless both are known.
  public let gap: Double?
  /// Shadow price of each row: change of the optimum per unit by which its binding bound rises.
  /// Only for an optimal linear program.
  public let rowDuals: [Double]?
  /// Reduced cost of each column: change of the optimum per unit by which its binding bound
  /// rises. Only for an optimal linear program.
  public let reducedCosts: [Double]?
  /// Branch-and-bound nodes processed; 0 for a linear program.
  public let nodes: Int
  /// Time from call to return [s].
  public let seconds: Double

  public init(
    status: Status, stopReason: StopReason, rawStatus: String, objective: Double? = nil,
    values: [Double]? = nil, bound: Double? = nil, rowDuals: [Double]? = nil,
    reducedCosts: [Double]? = nil, nodes: Int = 0, seconds: Double = 0
  ) {
    self.status = status
    self.stopReason = stopReason
    self.rawStatus = rawStatus
    self.objective = objective
    self.values = values
    self.bound = bound
    self.gap = Self.relativeGap(incumbent: objective, bound: bound)
    self.rowDuals = rowDuals
    self.reducedCosts = reducedCosts
    self.nodes = nodes
    self.seconds = seconds
  }

  /// `|incumbent - bound| / max(|incumbent|, 1e-10)`; `nil` unless both are known.
  public static func relativeGap(incumbent: Double?, bound: Double?) -> Double? {
    guard let incumbent, let bound else { return nil }
    return abs(incumbent - bound) / max(abs(incumbent), 1e-10)
  }
}

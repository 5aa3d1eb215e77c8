import CGLPK
import LichenPlanning

extension CGLPKOptions {
  /// The shim's form of options that are already validated.
  init(_ options: MIPOptions) {
    self.init(
      time_limit: options.timeLimit.map { $0 / .seconds(1) } ?? .infinity,
      relative_gap: options.relativeGap, feasibility_tolerance: options.feasibilityTolerance,
      integrality_tolerance: options.integralityTolerance,
      node_limit: options.nodeLimit.map(Int64.init) ?? .max,
      uses_cuts: options.usesCuts ? 1 : 0)
  }
}

extension CGLPKOutcome {
  var resultStatus: MIPResult.Status {
    switch status {
    case CGLPK_OPTIMAL: .optimal
    case CGLPK_FEASIBLE: .feasible
    case CGLPK_INFEASIBLE: .infeasible
    case CGLPK_UNBOUNDED: .unbounded
    default: .noSolution
    }
  }

  var stopReason: MIPResult.StopReason {
    switch stop {
    case CGLPK_TIME_LIMIT: .timeLimit
    case CGLPK_GAP_LIMIT: .gapLimit
    case CGLPK_NODE_LIMIT: .nodeLimit
    case CGLPK_CANCELLED: .cancelled
    case CGLPK_SOLVER_FAILURE: .solverFailure
    default: .completed
    }
  }

  var rawStatusText: String { Self.text(raw_status) }
  var messageText: String { Self.text(message) }

  /// A C array of characters, which Swift sees as a tuple, up to its first zero.
  private static func text<Characters>(_ characters: Characters) -> String {
    withUnsafeBytes(of: characters) { String(decoding: $0.prefix { $0 != 0 }, as: UTF8.self) }
  }
}

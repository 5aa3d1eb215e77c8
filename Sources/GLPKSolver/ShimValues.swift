import CGLPK
import LichenPlanning

extension MIPOptions {
  /// Calls `body` with the shim's form of options that are already validated; the pointers are
  /// void afterwards.
  func withShimOptions(_ body: (UnsafePointer<CGLPKOptions>) -> Void) {
    withOptionalStart { start in
      var options = CGLPKOptions(
        time_limit: timeLimit.map { $0 / .seconds(1) } ?? .infinity,
        relative_gap: relativeGap, feasibility_tolerance: feasibilityTolerance,
        integrality_tolerance: integralityTolerance,
        node_limit: nodeLimit.map(Int64.init) ?? .max,
        uses_cuts: usesCuts ? 1 : 0, skips_gomory: skipsGomoryCuts ? 1 : 0,
        skips_heuristics: skipsHeuristics ? 1 : 0,
        branching: Int32(branching.shimValue.rawValue), start: start)
      body(&options)
    }
  }

  private func withOptionalStart(_ body: (UnsafePointer<Double>?) -> Void) {
    guard let start else { return body(nil) }
    start.withUnsafeBufferPointer { body($0.baseAddress) }
  }
}

extension MIPOptions.Branching {
  fileprivate var shimValue: CGLPKBranching {
    switch self {
    case .standard: CGLPK_BRANCH_STANDARD
    case .pseudoCost: CGLPK_BRANCH_PSEUDO_COST
    }
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

import LichenAnalysis
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

extension Engine {
  /// How far a plan's value may move with everything that is known as a range only, and what is
  /// worth measuring first. Blocks, as `match` does.
  /// - Throws: `EngineError.facilitiesInPlan` for a plan with shared plants; `MIPSolverError` if the solver fails.
  public func uncertainty(
    of result: MatchResult, options: UncertaintyOptions = UncertaintyOptions(),
    control: SolveControl = SolveControl()
  ) throws -> UncertaintyResult {
    guard result.plan.facilities.isEmpty else { throw EngineError.facilitiesInPlan }
    return try UncertaintyAnalysis(
      graph: result.graph, plan: result.plan, solver: solver, options: options
    ).run(control: control)
  }

  /// Candidates that can be planned, and exchanges planned, up to which the report of a run carries
  /// the uncertainty without being asked; larger parks ask for it by `lichen uncertainty`.
  public static let uncertaintyLimit = (candidates: 300, exchanges: 60)

  /// As `uncertainty(of:)` where the park is small enough and there is a plan; else `nil`.
  public func usualUncertainty(
    of result: MatchResult, control: SolveControl = SolveControl()
  ) throws -> UncertaintyResult? {
    let plannable = result.graph.candidates.rows.count(where: \.isPlannable)
    guard plannable <= Self.uncertaintyLimit.candidates, !result.plan.exchanges.isEmpty,
      result.plan.facilities.isEmpty,
      result.plan.exchanges.count <= Self.uncertaintyLimit.exchanges,
      result.plan.certificate.status == .optimal
    else { return nil }
    return try uncertainty(of: result, control: control)
  }
}

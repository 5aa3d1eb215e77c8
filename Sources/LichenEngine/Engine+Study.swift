import LichenAnalysis
import LichenMatching
import LichenPlanning
import LichenReport

/// Questions about a plan. Each blocks while it plans again; call it off the cooperative pool.
extension Engine {
  /// A plan to ask questions of.
  /// - Throws: `PlanningError` for contradictory options.
  public func study(of result: MatchResult) throws -> PlanStudy {
    try PlanStudy(graph: result.graph, plan: result.plan, solver: solver)
  }

  /// What a second figure costs in money.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func pareto(
    of result: MatchResult, options: ParetoOptions = ParetoOptions(), language: Language,
    control: SolveControl = SolveControl()
  ) throws -> Answer {
    var search = try ParetoSearch(study(of: result), options: options)
    let front = try search.run(control: control)
    return Answer(
      "pareto", document: ParetoDocument(front, of: result.plan),
      section: .pareto(front, of: result, language: language))
  }
}

import LichenAnalysis
import LichenMatching
import LichenPlanning
import LichenReport

/// Questions of those who pay.
extension Engine {
  /// What the plan is worth over the years: to the park, each firm and each item.
  /// - Throws: `FinanceError` for options out of range, an unknown rate or life.
  public func finance(
    of result: MatchResult, options: FinanceOptions = FinanceOptions()
  ) throws -> Answer {
    let found = try FinanceAnalysis(plan: result.plan, options: options).run()
    return Answer("finance", document: FinanceDocument(found)) { language in
      .finance(found, of: result, language: language)
    }
  }

  /// What to build in which year. Blocks while it plans; call it off the cooperative pool.
  /// - Throws: `RoadmapError` and `PlanningError` for contradictory options, `ValidationError` for a row that
  ///   is wrong in one of the years, `MIPSolverError` if the solver fails.
  public func roadmap(
    of result: MatchResult, options: RoadmapOptions,
    control: SolveControl = SolveControl()
  ) throws -> Answer {
    let found = try RoadmapAnalysis(plan: result.plan, solver: solver, options: options)
      .run(control: control)
    return Answer("roadmap", document: RoadmapDocument(found)) { language in
      .roadmap(found, of: result, language: language)
    }
  }
}

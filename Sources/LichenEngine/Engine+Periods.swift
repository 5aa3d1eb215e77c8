import LichenAnalysis
import LichenMatching
import LichenPlanning
import LichenReport

extension Engine {
  /// What the seasons take from the yearly plan, and the plan and stores that reckon with them. Blocks while
  /// it plans again.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func periods(
    of result: MatchResult, control: SolveControl = SolveControl()
  ) throws -> Answer {
    let periods = try PeriodsAnalysis(study(of: result)).run(control: control)
    return Answer("periods", document: PeriodsDocument(periods)) { language in
      .periods(periods, of: result, language: language)
    }
  }
}

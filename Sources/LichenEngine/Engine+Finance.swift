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
}

import LichenAnalysis
import LichenDomain
import LichenIO
import LichenMatching
import LichenPlanning
import LichenReport

extension Engine {
  /// What makes a park an eco-industrial park.
  /// - Throws: `ValidationError` if the table is unsound.
  public func ecoParkCriteria() throws -> [EcoParkCriterion] {
    try CriterionReader.read(file: data.programme.appendingPathComponent("eip_indicators.csv"))
  }

  /// What a plan moves of the criteria of eco-industrial parks, of the network and of its flows.
  /// - Throws: `ValidationError` if the table of criteria is unsound.
  public func indicators(of result: MatchResult) throws -> Answer {
    let analysis = IndicatorAnalysis(
      plan: result.plan, rediscovery: result.rediscovery, criteria: try ecoParkCriteria())
    return Answer("indicators", document: IndicatorsDocument(analysis)) { language in
      .indicators(analysis, of: result, language: language)
    }
  }

  /// Every item of Viet Nam's form A.5 and of the international framework, filled where a park's tables answer it.
  /// - Throws: `ValidationError` if the table of criteria is unsound.
  public func indicatorSheet(of result: MatchResult) throws
    -> @Sendable (Language) -> AnalysisSection
  {
    let analysis = IndicatorAnalysis(
      plan: result.plan, rediscovery: result.rediscovery, criteria: try ecoParkCriteria())
    return { .indicatorSheet(analysis, of: result, language: $0) }
  }

  /// The plan beside what really happened, and the plan made again around what is built.
  /// - Throws: `PlanningError` for contradictory options, `MIPSolverError` if the solver fails.
  public func monitor(
    of result: MatchResult, options: MonitorOptions = MonitorOptions(),
    again: ReoptimisationOptions = ReoptimisationOptions(),
    control: SolveControl = SolveControl()
  ) throws -> Answer {
    let monitor = MonitorAnalysis(plan: result.plan, options: options)
    let replanned = try Reoptimisation(monitor, options: again, solver: solver, control: control)
    let prior = try acceptancePriors().first { $0.id == "recp-acceptance-cautious" }
    return Answer("monitor", document: MonitorDocument(monitor, replanned)) { language in
      .monitor(monitor, again: replanned, prior: prior, of: result, language: language)
    }
  }
}

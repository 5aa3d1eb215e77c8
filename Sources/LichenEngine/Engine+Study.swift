import LichenAnalysis
import LichenDomain
import LichenGraph
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

  /// What is settled and what is free among plans nearly as good.
  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public func alternatives(
    of result: MatchResult, options: AlternativesOptions = AlternativesOptions(),
    control: SolveControl = SolveControl()
  ) throws -> Answer {
    let found = try AlternativesSearch(study(of: result), options: options).run(control: control)
    return Answer("alternatives", document: AlternativesDocument(found, of: result.plan)) {
      language in
      .alternatives(found, of: result, language: language)
    }
  }

  /// What each part of the law costs.
  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public func barriers(
    of result: MatchResult, options: BarrierOptions = BarrierOptions()
  ) throws -> Answer {
    let found = try BarrierAnalysis(study(of: result), options: options).run()
    return Answer("barriers", document: BarrierDocument(found, of: result.plan)) { language in
      .barriers(found, of: result, language: language)
    }
  }

  /// What one more unit of each scarce thing is worth.
  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public func shadow(
    of result: MatchResult, share: Double = 0.01
  ) throws -> Answer {
    let found = try MarginalAnalysis(study(of: result), share: share).run()
    return Answer("shadow", document: MarginalDocument(found, of: result.plan)) { language in
      .shadow(found, of: result, language: language)
    }
  }

  /// Why a park has no plan with these options; an empty conflict if it has one.
  /// - Throws: `PlanningError` for selectors that name nothing, `MIPSolverError`.
  public func conflicts(
    in park: Park, options: PlanningOptions
  ) throws -> Answer {
    let graph = CandidateGenerator(park: park).graph(threads: options.threads)
    var search = try ConflictSearch(graph: graph, options: options, solver: solver)
    let found = try search.run()
    return Answer("conflicts", document: ConflictDocument(found, in: park)) { language in
      .conflicts(found, in: park, language: language)
    }
  }

  /// What a second figure costs in money.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func pareto(
    of result: MatchResult, options: ParetoOptions = ParetoOptions(),
    control: SolveControl = SolveControl()
  ) throws -> Answer {
    var search = try ParetoSearch(study(of: result), options: options)
    let front = try search.run(control: control)
    return Answer("pareto", document: ParetoDocument(front, of: result.plan)) { language in
      .pareto(front, of: result, language: language)
    }
  }
}

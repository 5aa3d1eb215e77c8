import LichenAnalysis
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenReport

/// A question about a plan whose answer takes many plans that need nothing of one another.
public enum SampledQuestion: Codable, Sendable, Hashable {
  case stress(StressOptions)
  case share(FairSplitOptions)
  case roadmap(RoadmapOptions)

  /// As the command is called that asks it.
  public var name: String {
    switch self {
    case .stress: "stress"
    case .share: "share"
    case .roadmap: "roadmap"
    }
  }
}

/// What was found, before it is written for anybody.
enum SampledFinding: Sendable {
  case stress(StressResult)
  case share(FairSplit)
  case roadmap(RoadmapResult)
}

extension Engine {
  /// Answers a question about a plan. Blocks while it plans again; call it off the cooperative pool.
  /// - Parameter workforce: Who makes the plans; this process's threads if absent. The answer does not depend on it, as
  ///   long as no time limit stops a search.
  /// - Throws: `AnalysisError`, `RoadmapError`, `ValidationError` or `PlanningError` for a question that has no answer,
  ///   `MIPSolverError` if the solver fails, and what the workforce throws.
  public func answer(
    to question: SampledQuestion, of result: MatchResult, by workforce: (any Workforce)? = nil,
    control: SolveControl = SolveControl()
  ) throws -> Answer {
    let plan = result.plan
    switch try finding(
      question, graph: result.graph, plan: plan, by: workforce, control: control)
    {
    case .stress(let found):
      return Answer(question.name, document: StressDocument(found, of: plan)) { language in
        .stress(found, of: result, language: language)
      }
    case .share(let split):
      return Answer(question.name, document: FairSplitDocument(split)) { language in
        .share(split, of: result, language: language)
      }
    case .roadmap(let found):
      return Answer(question.name, document: RoadmapDocument(found)) { language in
        .roadmap(found, of: result, language: language)
      }
    }
  }

  func finding(
    _ question: SampledQuestion, graph: ExchangeGraph, plan: Plan, by workforce: (any Workforce)?,
    control: SolveControl = SolveControl()
  ) throws -> SampledFinding {
    switch question {
    case .stress(let options):
      .stress(
        try StressResult(
          PlanStudy(graph: graph, plan: plan, solver: solver), options: options, by: workforce))
    case .share(let options):
      .share(
        try FairSplitAnalysis(
          graph: graph, planning: plan.options, solver: solver, options: options, by: workforce
        ).run())
    case .roadmap(let options):
      .roadmap(
        try RoadmapAnalysis(plan: plan, solver: solver, options: options, by: workforce)
          .run(control: control))
    }
  }
}

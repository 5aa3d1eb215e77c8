import LichenAnalysis
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// A park as it is declared, ready for questions of "what if": its plan, and what can be moved.
public struct WhatIfBase: Sendable {
  public let park: Park
  public let baseline: PlannedScenario
  public let levers: ParkLevers
}

/// What a what-if page asks. Each call blocks while it plans; call it off the cooperative pool.
extension Engine {
  /// Plans a park as declared and works out its levers.
  /// - Parameter options: Makes the planner's options of a park's settings.
  /// - Throws: `ValidationError`, `MIPSolverError` if the solver fails.
  public func whatIfBase(
    of park: Park, options: (ParkSettings) -> PlanningOptions,
    control: SolveControl = SolveControl(),
    onProgress: @escaping @Sendable (PlanProgress) -> Void = { _ in }
  ) throws -> WhatIfBase {
    let ready = try scenario(.baseline, of: park, options: options)
    let baseline = try planned(ready, control: control, onProgress: onProgress)
    return WhatIfBase(
      park: park, baseline: baseline,
      levers: ParkLevers(
        baseline, mostCarbon: try mostCarbon(of: baseline, control: control)))
  }

  /// The most CO2e that a plan of the same network avoids [kg/a]; `nil` if it is not proven.
  private func mostCarbon(of planned: PlannedScenario, control: SolveControl) throws -> Double? {
    var options = planned.plan.options
    options.carbonFloor = nil
    options.objective = .carbon
    let problem = try PlanningProblem(graph: planned.graph, options: options)
    let result = try PlanSolver(solver: solver, options: options)
      .solve(problem.model, control: control)
    return result.status == .optimal ? result.objective : nil
  }

  /// The baseline beside scenarios that are planned already.
  /// - Parameter regret: Whether each plan is judged in each scenario.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func compared(
    _ baseline: PlannedScenario, _ scenarios: [PlannedScenario], regret: Bool = false,
    control: SolveControl = SolveControl()
  ) throws -> ScenarioComparison {
    try ScenarioComparison(
      baseline: baseline, scenarios: scenarios, solver: regret ? solver : nil,
      threads: baseline.plan.options.threads, control: control)
  }

  /// What CO2e costs in money, from the plan of a scenario on: each point is a plan.
  /// - Parameter points: Points after which the search stops.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func front(
    of planned: PlannedScenario, points: Int = 7, control: SolveControl = SolveControl()
  ) throws -> ParetoFront {
    // A floor is a choice of a point on the front, not a limit of it.
    var options = planned.plan.options
    options.carbonFloor = nil
    let problem = try PlanningProblem(graph: planned.graph, options: options)
    let found = try PlanSolver(solver: solver, options: options)
      .solve(problem.model, control: control)
    let plan = Plan(graph: planned.graph, problem: problem, options: options, result: found)
    var asked = ParetoOptions()
    asked.points = points
    var search = try ParetoSearch(
      PlanStudy(graph: planned.graph, plan: plan, solver: solver), options: asked)
    return try search.run(control: control)
  }

  /// What is settled and what is free among plans nearly as good as that of a scenario.
  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public func alternatives(
    of planned: PlannedScenario, options: AlternativesOptions = AlternativesOptions(),
    control: SolveControl = SolveControl()
  ) throws -> Alternatives {
    let study = try PlanStudy(graph: planned.graph, plan: planned.plan, solver: solver)
    return try AlternativesSearch(study, options: options).run(control: control)
  }

  /// The plan of a scenario with what explains it, for reports.
  /// - Throws: `MIPSolverError` if the solver fails.
  public func result(of planned: PlannedScenario, control: SolveControl = SolveControl()) throws
    -> MatchResult
  {
    let generator = CandidateGenerator(park: planned.plan.park)
    return MatchResult(
      graph: planned.graph, plan: planned.plan,
      rediscovery: Rediscovery(plan: planned.plan, generator: generator),
      whyNot: try WhyNotAnalysis(
        plan: planned.plan, graph: planned.graph, solver: solver, control: control))
  }
}

import GLPKSolver
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenTestSupport

@testable import LichenAnalysis

/// Plans small parks as the engine does.
enum Planned {
  static func plan(
    _ park: Park, configure: (inout PlanningOptions) -> Void = { _ in }
  ) throws -> (graph: ExchangeGraph, plan: Plan) {
    let graph = CandidateGenerator(park: park).graph()
    var options = PlanningOptions(settings: park.settings)
    options.threads = 1
    configure(&options)
    let problem = try PlanningProblem(graph: graph, options: options)
    let result = try PlanSolver(solver: GLPKSolver(), options: options).solve(problem.model)
    return (graph, Plan(graph: graph, problem: problem, options: options, result: result))
  }

  static func uncertainty(_ park: Park, samples: Int = 256) throws -> UncertaintyResult {
    let (graph, plan) = try plan(park)
    var options = UncertaintyOptions()
    options.samples = samples
    return try UncertaintyAnalysis(
      graph: graph, plan: plan, solver: GLPKSolver(), options: options
    ).run()
  }

  /// Ash park whose only range is the price of clinker, 50 to 80, typically 60 EUR/t; 0.9 t per t.
  static let onePrice: Catalogue = {
    var parts = CatalogueParts.standard
    parts.put(
      Fixtures.route("fly_ash", "clinker", ratio: Estimate(0.9), .buildingMaterial, cost: 10))
    return parts.catalogue
  }()
}

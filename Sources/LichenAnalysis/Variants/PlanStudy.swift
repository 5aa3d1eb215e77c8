import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// A planned park to ask questions of: its graph, its model with the plan in the model's terms, and the means to plan
/// variants of it.
public struct PlanStudy: Sendable {
  public let graph: ExchangeGraph
  public let plan: Plan
  /// The model that the plan solves, with nothing left out that the plan holds.
  public let problem: PlanningProblem
  public let solver: any MIPSolver
  /// Of this plan's objective; remembers every part that it has solved.
  public let variants: VariantSolver
  /// The plan's yearly flow per link of the model [reference units/a].
  public let flows: [Double]
  /// Links of the model that the plan opens.
  public let isOpen: [Bool]
  /// Measures of the model that the plan takes.
  public let isTaken: [Bool]

  /// - Parameter plan: Of this graph.
  /// - Throws: `PlanningError` for contradictory options.
  /// - Complexity: O(candidates).
  public init(graph: ExchangeGraph, plan: Plan, solver: any MIPSolver) throws {
    self.graph = graph
    self.plan = plan
    self.solver = solver
    let problem = try PlanningProblem(graph: graph, options: plan.options)
    self.problem = problem
    var quantities: [String: Double] = [:]
    for exchange in plan.exchanges { quantities[exchange.candidate.id] = exchange.quantity }
    for leg in plan.legs { quantities[leg.leg.id] = leg.quantity }
    flows = problem.model.linkNames.map { quantities[$0] ?? 0 }
    isOpen = problem.model.linkNames.map { quantities[$0] != nil }
    let taken = Set(plan.measures.map(\.option.id))
    isTaken = problem.measures.map { taken.contains($0.option.id) }
    variants = VariantSolver(
      solver: solver, stages: plan.options.stages, limits: plan.options.limits)
  }

  public var model: PlanningModel { problem.model }
  public var park: Park { graph.park }
  /// Of the plan's first objective.
  public var weights: PlanningModel.Weights { plan.options.stages[0] }
  public var threads: Int { plan.options.threads }

  /// The plan of a variant of a problem.
  /// - Parameter found: What was found for the problem's model.
  func plan(_ found: VariantPlan, of problem: PlanningProblem, graph: ExchangeGraph) -> Plan {
    Plan(
      graph: graph, problem: problem, options: plan.options,
      result: PlanSearchResult(
        flows: found.flows, isOpen: found.isOpen, isTaken: found.isTaken, status: found.status,
        objective: found.objective, bound: found.bound, solver: solver))
  }

  /// The problem with nothing left out: links that never pay by themselves may serve another question.
  /// - Throws: `PlanningError` for contradictory options.
  func wholeProblem() throws -> PlanningProblem {
    var options = plan.options
    // Plans in stages leave nothing out.
    options.objective = .benefitThenCarbon
    return try PlanningProblem(graph: graph, options: options)
  }

  /// The model of `wholeProblem`.
  func wholeModel() throws -> PlanningModel { try wholeProblem().model }

  /// The enterprises that a link of the model joins, a plant's site for its end of a leg.
  public func ends(ofLink index: Int) -> (from: EnterpriseID, to: EnterpriseID) {
    let candidate = model.links[index].candidate
    if candidate >= graph.candidates.count {
      let leg = graph.legs[candidate - graph.candidates.count]
      return (leg.giver, leg.taker)
    }
    let row = graph.candidates.row(candidate)
    return (
      park.outputs[Int(row.output)].enterprise, park.inputs[Int(row.input)].enterprise
    )
  }

  /// The model without what any of these enterprises takes part in: its links, measures and plants.
  public func model(closing closed: Set<EnterpriseID>) -> PlanningModel {
    model.restricted(
      to: PlanningModel.Part(
        links: model.links.indices.filter { index in
          let ends = ends(ofLink: index)
          return !closed.contains(ends.from) && !closed.contains(ends.to)
        },
        measures: problem.measures.indices.filter {
          !closed.contains(problem.measures[$0].option.enterprise)
        }))
  }
}

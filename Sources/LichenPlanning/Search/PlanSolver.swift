/// What the search over all components found, in physical units.
public struct PlanSearchResult: Sendable {
  /// Yearly flow per link of the model [reference units/a]; 0 for closed links.
  public let flows: [Double]
  /// Links that are open: with flow, or required.
  public let isOpen: [Bool]
  /// Measures that are taken, in the order of the model.
  public let isTaken: [Bool]
  public let status: MIPResult.Status
  public let stopReason: MIPResult.StopReason
  /// Value of the plan in the first objective, as the solver reports it.
  public let objective: Double
  /// Proven upper bound on the first objective.
  public let bound: Double
  public let components: [ComponentSummary]
  public let solverName: String
  public let solverVersion: String
  /// What the searches of large parts learnt, for a later search; see `PlanStart`.
  let memory: PlanMemory
}

/// One component of the problem and what the solver said about it.
public struct ComponentSummary: Sendable, Hashable, Codable {
  public let links: Int
  public let rows: Int
  public let columns: Int
  public let integers: Int
  public let status: String
  public let rawStatus: String
  public let objective: Double
  public let bound: Double
  /// Of the longest of its searches: search nodes, or units of effort of a decomposition.
  public let nodes: Int

  public init(
    links: Int, rows: Int, columns: Int, integers: Int, status: String, rawStatus: String,
    objective: Double, bound: Double, nodes: Int
  ) {
    self.links = links
    self.rows = rows
    self.columns = columns
    self.integers = integers
    self.status = status
    self.rawStatus = rawStatus
    self.objective = objective
    self.bound = bound
    self.nodes = nodes
  }

  /// The same component with the sizes of a program.
  public func resized(to builder: MIPBuilder) -> ComponentSummary {
    let size = builder.size
    return ComponentSummary(
      links: builder.links.count, rows: size.rows, columns: size.columns,
      integers: builder.integerCount, status: status, rawStatus: rawStatus, objective: objective,
      bound: bound, nodes: nodes)
  }
}

/// Progress over all components.
public struct PlanProgress: Sendable {
  /// Components that need no further search.
  public let solvedComponents: Int
  public let components: Int
  /// Value of the best plan so far; `nil` until every component has one.
  public let incumbent: Double?
  /// Proven: no plan is worth more.
  public let bound: Double
}

/// Solves a planning model by components, side by side, each to the wanted gap.
///
/// Blocks the calling thread; call it off the cooperative pool.
public struct PlanSolver: Sendable {
  private let solver: any MIPSolver
  private let stages: [PlanningModel.Weights]
  private let limits: SearchLimits

  /// - Parameter stages: The objectives to optimise in turn, at least one; later ones only choose
  ///   among optima of the earlier.
  public init(solver: any MIPSolver, stages: [PlanningModel.Weights], limits: SearchLimits) {
    precondition(!stages.isEmpty, "A plan needs an objective.")
    self.solver = solver
    self.stages = stages
    self.limits = limits
  }

  /// - Parameters:
  ///   - model: Already reduced.
  ///   - start: A plan for the same links from an earlier search, to begin with.
  ///   - control: Cancels the search; the best plan so far is returned.
  ///   - onProgress: Called from worker threads, never at the same time.
  /// - Throws: `MIPSolverError` if the back end fails. Infeasibility is a result.
  public func solve(
    _ model: PlanningModel, start: PlanStart? = nil, control: SolveControl = SolveControl(),
    onProgress: @escaping @Sendable (PlanProgress) -> Void = { _ in }
  ) throws -> PlanSearchResult {
    try PlanRun(
      model, stages: stages, solver: solver, limits: limits, control: control, start: start,
      onProgress: onProgress
    ).run()
  }
}

extension PlanSearchResult {
  /// A plan that was found in another way; it remembers nothing for a later search.
  public init(
    flows: [Double], isOpen: [Bool], isTaken: [Bool], status: MIPResult.Status,
    objective: Double, bound: Double, solver: any MIPSolver
  ) {
    self.init(
      flows: flows, isOpen: isOpen, isTaken: isTaken, status: status, stopReason: .completed,
      objective: objective, bound: bound, components: [], solverName: solver.name,
      solverVersion: solver.version)
  }

  /// A plan that other processes found, part by part; it remembers nothing for a later search.
  public init(
    flows: [Double], isOpen: [Bool], isTaken: [Bool], status: MIPResult.Status,
    stopReason: MIPResult.StopReason, objective: Double, bound: Double,
    components: [ComponentSummary], solverName: String, solverVersion: String
  ) {
    self.init(
      flows: flows, isOpen: isOpen, isTaken: isTaken, status: status, stopReason: stopReason,
      objective: objective, bound: bound, components: components, solverName: solverName,
      solverVersion: solverVersion, memory: PlanMemory())
  }

  /// Adds up what was found for all parts.
  init(
    _ outcomes: [ComponentOutcome], model: PlanningModel, solver: any MIPSolver, memory: PlanMemory
  ) {
    var flows = [Double](repeating: 0, count: model.links.count)
    var isOpen = model.links.map(\.isRequired)
    var isTaken = model.measures.map(\.isRequired)
    var objective = 0.0
    var bound = 0.0
    for outcome in outcomes {
      for (link, flow) in zip(outcome.part.links, outcome.flows) {
        flows[link] = flow
        if flow > 0 { isOpen[link] = true }
      }
      for (measure, taken) in zip(outcome.part.measures, outcome.taken) where taken {
        isTaken[measure] = true
      }
      objective += outcome.objective
      bound += outcome.bound
    }
    self.init(
      flows: flows, isOpen: isOpen, isTaken: isTaken,
      status: model.status(joining: outcomes.map(\.status)),
      stopReason: outcomes.map(\.stopReason).first { $0 != .completed } ?? .completed,
      objective: objective, bound: max(bound, objective), components: outcomes.map(\.summary),
      solverName: solver.name, solverVersion: solver.version, memory: memory)
  }
}

extension PlanningModel {
  /// What the statuses of all parts mean for the whole.
  package func status(joining statuses: [MIPResult.Status]) -> MIPResult.Status {
    if statuses.contains(.infeasible) || hasUnservedNeed { return .infeasible }
    if statuses.contains(.unbounded) { return .unbounded }
    if statuses.contains(.noSolution) { return .noSolution }
    return statuses.allSatisfy { $0 == .optimal } ? .optimal : .feasible
  }
}

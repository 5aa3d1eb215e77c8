import Dispatch
import Synchronization

/// What the search over all components found, in physical units.
public struct PlanSearchResult: Sendable {
  /// Yearly flow per link of the model [reference units/a]; 0 for closed links.
  public let flows: [Double]
  /// Links that are open: with flow, or required.
  public let isOpen: [Bool]
  public let status: MIPResult.Status
  public let stopReason: MIPResult.StopReason
  /// Value of the plan in the first objective, as the solver reports it.
  public let objective: Double
  /// Proven upper bound on the first objective.
  public let bound: Double
  public let components: [ComponentSummary]
  public let solverName: String
  public let solverVersion: String
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
  public let nodes: Int

  /// The same component with the sizes of `program`.
  func resized(to program: MIPModel, links: Int) -> ComponentSummary {
    ComponentSummary(
      links: links, rows: program.rows.count, columns: program.columns.count,
      integers: program.columns.count { $0.isInteger }, status: status, rawStatus: rawStatus,
      objective: objective, bound: bound, nodes: nodes)
  }
}

/// Progress over all components.
public struct PlanProgress: Sendable {
  public let solvedComponents: Int
  public let components: Int
  /// Best known value of the whole plan so far, and the proven bound on it.
  public let incumbent: Double
  public let bound: Double
}

/// Solves a planning model by components, side by side, each to the wanted gap.
///
/// Blocks the calling thread; call it off the cooperative pool.
public struct PlanSolver: Sendable {
  private let solver: any MIPSolver
  private let options: PlanningOptions

  public init(solver: any MIPSolver, options: PlanningOptions) {
    self.solver = solver
    self.options = options
  }

  /// - Parameters:
  ///   - model: Already reduced.
  ///   - control: Cancels the search; the best plan so far is returned.
  ///   - onProgress: Called from worker threads, never at the same time.
  /// - Throws: `MIPSolverError` if the back end fails. Infeasibility is a result.
  public func solve(
    _ model: PlanningModel, control: SolveControl = SolveControl(),
    onProgress: @escaping @Sendable (PlanProgress) -> Void = { _ in }
  ) throws -> PlanSearchResult {
    let components = model.components()
    let stages = options.objective.stages(carbonPrice: options.carbonPrice)
    let deadline = options.timeLimit.map { ContinuousClock.now + $0 }
    let outcomes = Mutex<[ComponentOutcome?]>(Array(repeating: nil, count: components.count))
    let failure = Mutex<(any Error)?>(nil)
    let next = Atomic<Int>(0)
    let workers = max(1, min(options.threads, components.count))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard index < components.count, failure.withLock({ $0 == nil }) else { return }
        do {
          let component = Component(
            model: model, links: components[index], stages: stages, solver: solver,
            relativeGap: options.relativeGap, nodeLimit: options.nodeLimit)
          let outcome = try component.solve(deadline: deadline, control: control)
          outcomes.withLock { known in
            known[index] = outcome
            onProgress(Self.progress(known, components: components, model: model, stages: stages))
          }
        } catch {
          failure.withLock { $0 = $0 ?? error }
          return
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return merge(outcomes.withLock { $0.compactMap { $0 } }, model: model)
  }

  private static func progress(
    _ known: [ComponentOutcome?], components: [[Int]], model: PlanningModel,
    stages: [PlanningModel.Weights]
  ) -> PlanProgress {
    var incumbent = 0.0
    var bound = 0.0
    for (outcome, links) in zip(known, components) {
      incumbent += outcome?.objective ?? 0
      bound +=
        outcome?.bound ?? Component.trivialBound(model: model, links: links, stages[0])
    }
    return PlanProgress(
      solvedComponents: known.count { $0 != nil }, components: components.count,
      incumbent: incumbent, bound: bound)
  }

  private func merge(_ outcomes: [ComponentOutcome], model: PlanningModel) -> PlanSearchResult {
    var flows = [Double](repeating: 0, count: model.links.count)
    var isOpen = model.links.map(\.isRequired)
    var objective = 0.0
    var bound = 0.0
    for outcome in outcomes {
      for (link, flow) in zip(outcome.links, outcome.flows) {
        flows[link] = flow
        if flow > 0 { isOpen[link] = true }
      }
      objective += outcome.objective
      bound += outcome.bound
    }
    let statuses = outcomes.map(\.status)
    let status: MIPResult.Status
    if statuses.contains(.infeasible) {
      status = .infeasible
    } else if statuses.contains(.unbounded) {
      status = .unbounded
    } else if statuses.contains(.noSolution) {
      status = .noSolution
    } else {
      status = statuses.allSatisfy { $0 == .optimal } ? .optimal : .feasible
    }
    let reason = outcomes.map(\.stopReason).first { $0 != .completed } ?? .completed
    return PlanSearchResult(
      flows: flows, isOpen: isOpen, status: status, stopReason: reason, objective: objective,
      bound: max(bound, objective), components: outcomes.map(\.summary), solverName: solver.name,
      solverVersion: solver.version)
  }
}

struct ComponentOutcome: Sendable {
  let links: [Int]
  let flows: [Double]
  let status: MIPResult.Status
  let stopReason: MIPResult.StopReason
  let objective: Double
  let bound: Double
  let summary: ComponentSummary
}

/// One connected part of the problem.
struct Component {
  let model: PlanningModel
  let links: [Int]
  let stages: [PlanningModel.Weights]
  let solver: any MIPSolver
  let relativeGap: Double
  let nodeLimit: Int?

  /// Σ over links of the best each could add alone: valid because streams, permits and limits only
  /// take away. Required links that lose count with their loss.
  static func trivialBound(
    model: PlanningModel, links: [Int], _ weights: PlanningModel.Weights
  ) -> Double {
    links.reduce(0) { sum, index in
      let link = model.links[index]
      let best = model.bestValue(of: link, weights)
      return sum + (link.isRequired ? best : max(0, best))
    }
  }

  /// Solves the stages in turn, each keeping the optima of the earlier ones.
  func solve(deadline: ContinuousClock.Instant?, control: SolveControl) throws -> ComponentOutcome {
    let builder = MIPBuilder(model: model, links: links)
    var floor: (weights: PlanningModel.Weights, optimum: Double)?
    var best: MIPResult?
    var first: (program: MIPModel, result: MIPResult)?
    for weights in stages {
      let program = builder.program(maximising: weights, keeping: floor)
      var stageOptions = MIPOptions(relativeGap: relativeGap, nodeLimit: nodeLimit)
      if let deadline {
        stageOptions.timeLimit = max(.zero, deadline - ContinuousClock.now)
      }
      let result = try solver.solve(program, options: stageOptions, control: control)
      if first == nil { first = (program, result) }
      // A later stage that found nothing leaves the earlier stage's plan standing.
      guard result.values != nil else { break }
      best = result
      guard result.status == .optimal, let objective = result.objective else { break }
      if floor == nil { floor = (weights, objective) }
    }
    guard let first else { preconditionFailure("an objective has at least one stage") }
    return outcome(builder, first: first.program, first.result, values: best?.values)
  }

  private func outcome(
    _ builder: MIPBuilder, first program: MIPModel, _ result: MIPResult, values: [Double]?
  ) -> ComponentOutcome {
    let trivial = Self.trivialBound(model: model, links: links, stages[0])
    var status = result.status
    var flows = [Double](repeating: 0, count: links.count)
    var objective = 0.0
    if let values, let found = result.objective {
      flows = builder.flows(from: values)
      objective = found
    } else if status == .noSolution, !links.contains(where: { model.links[$0].isRequired }) {
      // Doing nothing is always possible where nothing is required.
      status = .feasible
    }
    let bound = min(result.bound ?? trivial, trivial)
    let safeBound = status == .optimal ? max(result.bound ?? objective, objective) : bound
    return ComponentOutcome(
      links: links, flows: flows, status: status, stopReason: result.stopReason,
      objective: objective, bound: max(safeBound, objective),
      summary: ComponentSummary(
        links: links.count, rows: program.rows.count, columns: program.columns.count,
        integers: program.columns.count { $0.isInteger }, status: status.rawValue,
        rawStatus: result.rawStatus, objective: objective, bound: max(safeBound, objective),
        nodes: result.nodes))
  }
}

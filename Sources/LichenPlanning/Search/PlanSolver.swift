import Dispatch
import Synchronization

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
  public func resized(to program: MIPModel, links: Int) -> ComponentSummary {
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
  ///   - control: Cancels the search; the best plan so far is returned.
  ///   - onProgress: Called from worker threads, never at the same time.
  /// - Throws: `MIPSolverError` if the back end fails. Infeasibility is a result.
  public func solve(
    _ model: PlanningModel, control: SolveControl = SolveControl(),
    onProgress: @escaping @Sendable (PlanProgress) -> Void = { _ in }
  ) throws -> PlanSearchResult {
    let components = model.components()
    let deadline = limits.timeLimit.map { ContinuousClock.now + $0 }
    // Small parts first: they are quickly proven, and whatever time they leave goes to the large ones.
    let order = components.indices.sorted {
      (components[$0].count, $0) < (components[$1].count, $1)
    }
    let outcomes = Mutex<[ComponentOutcome?]>(Array(repeating: nil, count: components.count))
    let failure = Mutex<(any Error)?>(nil)
    let waiting = Mutex<(next: Int, size: Int)>((0, model.whole.count))
    let workers = max(1, min(limits.threads, components.count))
    DispatchQueue.concurrentPerform(iterations: workers) { _ in
      while failure.withLock({ $0 == nil }) {
        let turn = waiting.withLock { state -> (index: Int, share: Double)? in
          guard state.next < order.count else { return nil }
          let index = order[state.next]
          let share = Double(components[index].count) * Double(workers) / Double(state.size)
          state.next += 1
          state.size -= components[index].count
          return (index, min(1, share))
        }
        guard let (index, share) = turn else { return }
        do {
          let component = Component(
            model: model, part: components[index], stages: stages, solver: solver,
            relativeGap: limits.relativeGap, nodeLimit: limits.nodeLimit,
            exactLimit: limits.exactLimit)
          let outcome = try component.solve(
            deadline: Self.deadline(share: share, of: deadline), control: control)
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

  /// The end of a part's share of the time that is left, so that no part starves the others.
  private static func deadline(share: Double, of deadline: ContinuousClock.Instant?)
    -> ContinuousClock.Instant?
  {
    guard let deadline else { return nil }
    let left = max(.zero, deadline - ContinuousClock.now)
    return min(deadline, ContinuousClock.now + max(left * share, .milliseconds(500)))
  }

  private static func progress(
    _ known: [ComponentOutcome?], components: [PlanningModel.Part], model: PlanningModel,
    stages: [PlanningModel.Weights]
  ) -> PlanProgress {
    var incumbent = 0.0
    var bound = 0.0
    for (outcome, part) in zip(known, components) {
      incumbent += outcome?.objective ?? 0
      bound +=
        outcome?.bound ?? Component.trivialBound(model: model, part: part, stages[0])
    }
    return PlanProgress(
      solvedComponents: known.count { $0 != nil }, components: components.count,
      incumbent: incumbent, bound: bound)
  }

  private func merge(_ outcomes: [ComponentOutcome], model: PlanningModel) -> PlanSearchResult {
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
      flows: flows, isOpen: isOpen, isTaken: isTaken, status: status, stopReason: reason,
      objective: objective,
      bound: max(bound, objective), components: outcomes.map(\.summary), solverName: solver.name,
      solverVersion: solver.version)
  }
}

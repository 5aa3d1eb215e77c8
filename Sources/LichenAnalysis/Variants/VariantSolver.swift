import LichenPlanning
import Synchronization

/// The best plan of one variant of a model.
public struct VariantPlan: Sendable {
  /// Yearly flow per link of the variant [reference units/a].
  public let flows: [Double]
  /// Links of the variant that are open.
  public let isOpen: [Bool]
  /// Measures of the variant that are taken.
  public let isTaken: [Bool]
  /// Value in the first objective.
  public let objective: Double
  /// Proven: no plan of the variant is worth more.
  public let bound: Double
  /// `optimal`, `feasible` (with a gap), or why there is no plan.
  public let status: MIPResult.Status
  /// Its parts, each told by all that its optimum depends on: equal networks have equal marks, in any process.
  public let networks: [UInt64]

  public var hasPlan: Bool { status == .optimal || status == .feasible }
}

/// Plans variants of one model, with links, measures or limits left out or changed: part by part, and equal parts
/// only once, so that a change somewhere costs nothing elsewhere.
///
/// Answers do not depend on the order of the questions or on the threads that ask, as long as no time limit stops a
/// search.
public final class VariantSolver: Sendable {
  private let solver: any MIPSolver
  private let stages: [PlanningModel.Weights]
  private let limits: SearchLimits
  private let memory = Mutex<[PartKey: Outcome]>([:])

  private struct Outcome {
    let flows: [Double]
    let isOpen: [Bool]
    let isTaken: [Bool]
    let objective: Double
    let bound: Double
    let status: MIPResult.Status
  }

  /// - Parameters:
  ///   - stages: The objectives in turn, at least one.
  ///   - limits: Of each part's search; a search works on one thread.
  public init(solver: any MIPSolver, stages: [PlanningModel.Weights], limits: SearchLimits) {
    self.solver = solver
    self.stages = stages
    var limits = limits
    limits.threads = 1
    self.limits = limits
  }

  /// Plans a variant.
  /// - Throws: `MIPSolverError` if the solver fails. Infeasibility is a result.
  /// - Complexity: that of the parts not met before.
  public func solve(
    _ variant: PlanningModel, control: SolveControl = SolveControl()
  ) throws -> VariantPlan {
    if variant.links.isEmpty, variant.measures.isEmpty, variant.carbonFloor ?? 0 > 0 {
      return Self.nothing(of: variant, .infeasible)
    }
    let isBudgetBinding = variant.isBudgetBinding
    var flows = [Double](repeating: 0, count: variant.links.count)
    var isOpen = [Bool](repeating: false, count: variant.links.count)
    var isTaken = [Bool](repeating: false, count: variant.measures.count)
    var objective = 0.0
    var bound = 0.0
    var statuses: [MIPResult.Status] = []
    var networks: [UInt64] = []
    for part in variant.components() {
      let key = PartKey(variant, part: part, isBudgetBinding: isBudgetBinding)
      networks.append(key.mark)
      let outcome = try outcome(of: variant, part: part, key: key, control: control)
      for (place, link) in part.links.enumerated() {
        flows[link] = outcome.flows[place]
        isOpen[link] = outcome.isOpen[place]
      }
      for (place, measure) in part.measures.enumerated() {
        isTaken[measure] = outcome.isTaken[place]
      }
      objective += outcome.objective
      bound += outcome.bound
      statuses.append(outcome.status)
    }
    let status: MIPResult.Status =
      [.infeasible, .unbounded, .noSolution, .feasible].first(where: statuses.contains) ?? .optimal
    return VariantPlan(
      flows: flows, isOpen: isOpen, isTaken: isTaken, objective: objective,
      bound: max(bound, objective), status: status, networks: networks)
  }

  private func outcome(
    of variant: PlanningModel, part: PlanningModel.Part, key: PartKey, control: SolveControl
  ) throws -> Outcome {
    if let known = memory.withLock({ $0[key] }) { return known }
    let result = try PlanSolver(solver: solver, stages: stages, limits: limits)
      .solve(variant.restricted(to: part), control: control)
    let outcome = Outcome(
      flows: result.flows, isOpen: result.isOpen, isTaken: result.isTaken,
      objective: result.objective, bound: result.bound, status: result.status)
    if result.stopReason != .cancelled { memory.withLock { $0[key] = outcome } }
    return outcome
  }

  private static func nothing(of variant: PlanningModel, _ status: MIPResult.Status) -> VariantPlan
  {
    VariantPlan(
      flows: variant.links.map { _ in 0 }, isOpen: variant.links.map { _ in false },
      isTaken: variant.measures.map { _ in false }, objective: 0, bound: 0, status: status,
      networks: [])
  }
}

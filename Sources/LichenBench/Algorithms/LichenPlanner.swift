import LichenPlanning

/// The planner of this project.
public struct LichenPlanner: MatchingAlgorithm {
  public let name = "lichen"
  public let isRandom = false
  public let summary = "This project's planner."
  private let solver: any MIPSolver

  public init(solver: any MIPSolver) { self.solver = solver }

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    let reduced = model.withoutHopelessLinks(.benefit).0
    let planner = PlanSolver(
      solver: solver, stages: [.benefit],
      limits: SearchLimits(timeLimit: progress.timeLeft(limits), threads: limits.threads))
    let result = try planner.solve(reduced, control: progress.control) { step in
      if let value = step.incumbent { progress.foundPlan(worth: value) }
      progress.proved(bound: step.bound)
    }
    let stop = AlgorithmResult.StopRule(result.stopReason, isProved: result.status == .optimal)
    switch result.status {
    case .infeasible: throw AlgorithmRefusal.noPlan("proved that none exists")
    case .unbounded: throw AlgorithmRefusal.noPlan("the model is unbounded")
    case .noSolution: throw AlgorithmRefusal.noPlan("none found in time")
    case .optimal, .feasible: break
    }
    return AlgorithmResult(
      plan: NetworkPlan(
        flows: Self.widen(result.flows, from: reduced, to: model), isTaken: result.isTaken),
      bound: result.bound, stopRule: stop)
  }

  /// Flows per link of the whole model; the links of the reduced one are some of its links in order.
  private static func widen(
    _ flows: [Double], from reduced: PlanningModel, to model: PlanningModel
  ) -> [Double] {
    if reduced.links.count == model.links.count { return flows }
    var wide = [Double](repeating: 0, count: model.links.count)
    var next = 0
    for index in model.links.indices where next < reduced.links.count {
      if reduced.linkNames[next] == model.linkNames[index]
        && reduced.links[next] == model.links[index]
      {
        wide[index] = flows[next]
        next += 1
      }
    }
    return wide
  }
}

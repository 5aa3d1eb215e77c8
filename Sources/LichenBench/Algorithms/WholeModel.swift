import LichenPlanning

/// The whole mixed-integer program in the hands of one solver: GLPK plain, HiGHS, CBC, glpsol.
public struct WholeModel: MatchingAlgorithm {
  /// Columns, rows and their names take some kilobytes per link; more would not fit common machines.
  static let largestModel = 500_000

  public let name: String
  public let isRandom = false
  public var summary: String { "The whole mixed-integer program by \(solver.name)." }
  private let solver: any MIPSolver

  public init(name: String, solver: any MIPSolver) {
    self.name = name
    self.solver = solver
  }

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    guard model.links.count <= Self.largestModel else {
      throw AlgorithmRefusal.tooLarge(links: model.links.count, limit: Self.largestModel)
    }
    let builder = MIPBuilder(model: model)
    let control = SolveControl { step in
      if let value = step.incumbent { progress.foundPlan(worth: value) }
      if let bound = step.bound { progress.proved(bound: bound) }
    }
    let result = try solver.solve(
      builder.program(maximising: .benefit),
      options: MIPOptions(timeLimit: progress.timeLeft(limits)), control: control)
    let stop = AlgorithmResult.StopRule(result.stopReason, isProved: result.status == .optimal)
    guard let values = result.values else {
      throw AlgorithmRefusal.noPlan(
        result.status == .infeasible
          ? "\(solver.name) says that none exists" : "none found in time (\(result.rawStatus))")
    }
    return AlgorithmResult(
      plan: NetworkPlan(flows: builder.flows(from: values), isTaken: builder.taken(from: values)),
      bound: result.bound, stopRule: stop, note: result.rawStatus)
  }
}

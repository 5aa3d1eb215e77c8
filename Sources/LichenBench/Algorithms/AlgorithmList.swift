import LichenPlanning

/// The algorithms that ship, in the order of the table: from doing nothing to proving.
public enum AlgorithmList {
  /// - Parameters:
  ///   - solver: Solves linear programs and blocks for those that need it.
  ///   - others: Further solvers that get the whole model, by name, if they are installed.
  public static func shipped(
    solver: any MIPSolver, others: [(name: String, solver: any MIPSolver)] = []
  ) -> [any MatchingAlgorithm] {
    let simple: [any MatchingAlgorithm] = [
      DoNothing(), ExactNameMatch(), WeightedScore(), StableAllocation(), GreedyByValue(),
      GreedyByAverageCost(), Auction(), MinimumCostFlow(solver: solver),
      LinearRounding(solver: solver), SlopeScaling(solver: solver), LagrangianHeuristic(),
      WholeModel(name: solver.name.lowercased(), solver: solver),
    ]
    return simple + others.map { WholeModel(name: $0.name, solver: $0.solver) }
      + [LichenPlanner(solver: solver)]
  }
}

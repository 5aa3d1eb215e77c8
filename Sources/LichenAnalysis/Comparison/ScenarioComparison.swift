import LichenDomain
import LichenPlanning

/// Scenarios beside the park as declared.
public struct ScenarioComparison: Sendable {
  public let baseline: PlannedScenario
  /// In the order asked for.
  public let scenarios: [PlannedScenario]
  /// How each scenario's plan differs from the baseline's.
  public let differences: [NetworkDifference]
  /// The baseline first, then the scenarios; `nil` if it was not asked for.
  public let regret: RegretMatrix?

  /// - Parameter solver: Judges every plan in every scenario; `nil` leaves the regret out.
  /// - Throws: `MIPSolverError` if the solver fails.
  public init(
    baseline: PlannedScenario, scenarios: [PlannedScenario], solver: (any MIPSolver)?,
    threads: Int, control: SolveControl = SolveControl()
  ) throws {
    self.baseline = baseline
    self.scenarios = scenarios
    differences = scenarios.map { NetworkDifference(from: baseline, to: $0) }
    regret = try solver.map {
      try RegretMatrix(
        [baseline] + scenarios, solver: $0, threads: threads, control: control)
    }
  }

  /// The baseline and the scenarios.
  public var all: [PlannedScenario] { [baseline] + scenarios }
}

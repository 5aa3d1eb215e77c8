import CGLPK
import LichenPlanning

/// Branch and cut by GLPK, the GNU Linear Programming Kit; the only importer of its shim.
///
/// `solve` runs synchronously on the calling thread and blocks it until the solve is done, limited
/// or cancelled. Call it off the cooperative pool: from a thread of your own or a dispatch queue.
/// Any number of threads may solve at once. Results do not depend on the thread or on other
/// solves; with a time limit they depend on the speed of the machine.
///
/// Limits and cancellation are honoured inside a linear program as well, within about 0.1 s plus
/// at most 0.1 s in which the last solution is made exact. While GLPK generates cuts for one very
/// large model, or in the first slow node of a search, it can take longer.
public struct GLPKSolver: MIPSolver {
  public var name: String { "GLPK" }
  public var version: String { String(cString: cglpk_version()) }

  public init() {}

  /// Maximises the model; see `MIPSolver`.
  ///
  /// Solutions are verified against the model outside GLPK, and their continuous columns solved
  /// again with the integer columns fixed at whole values, before they are returned. A start is
  /// verified in the same way before it is used, with its integer columns rounded; one that does
  /// not satisfy the model is ignored.
  public func solve(
    _ model: MIPModel, options: MIPOptions, control: SolveControl
  ) throws -> MIPResult {
    try model.validate()
    try options.validate(for: model)
    let program = try FlatProgram(model, solver: name)
    let run = program.solve(options: options, control: control)
    return try result(of: run, for: model)
  }

  private func result(of run: ProgramRun, for model: MIPModel) throws -> MIPResult {
    let outcome = run.outcome
    switch run.code {
    case CGLPK_DONE: break
    case CGLPK_NESTED: throw MIPSolverError.nestedSolve(solver: name)
    case CGLPK_NO_MEMORY:
      throw MIPSolverError.backEndFailed(solver: name, message: "out of memory")
    default:
      throw MIPSolverError.backEndFailed(
        solver: name, message: "\(outcome.messageText) (\(outcome.rawStatusText))")
    }
    let values = outcome.has_solution != 0 ? run.values : nil
    let objective = values.map(model.objective(of:))
    // The bound comes from sums in another order; it must not fall below the objective for that.
    let bound = outcome.bound.isFinite ? max(outcome.bound, objective ?? -.infinity) : nil
    return MIPResult(
      status: outcome.resultStatus, stopReason: outcome.stopReason,
      rawStatus: outcome.rawStatusText, objective: objective, values: values, bound: bound,
      rowDuals: outcome.has_duals != 0 ? run.rowDuals : nil,
      reducedCosts: outcome.has_duals != 0 ? run.reducedCosts : nil,
      nodes: Int(outcome.nodes), seconds: outcome.seconds)
  }
}

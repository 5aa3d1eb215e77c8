/// Something that solves mixed-integer programs: the one seam between models and back ends.
public protocol MIPSolver: Sendable {
  /// Name of the back end, such as "GLPK", for reports.
  var name: String { get }
  /// Version of the back end, for reports.
  var version: String { get }

  /// Maximises the model on the calling thread and returns when it is done, stopped or cancelled.
  ///
  /// The call blocks for as long as the limits allow: never make it on a thread of the
  /// cooperative pool. Infeasible, unbounded and stopped are results, not errors.
  /// - Throws: `MIPModelError` for a model that is not well formed, `MIPOptionsError` for options
  ///   out of range, `MIPSolverError` if the back end fails.
  func solve(_ model: MIPModel, options: MIPOptions, control: SolveControl) throws -> MIPResult
}

extension MIPSolver {
  /// Solves without a way to cancel or to follow progress.
  public func solve(_ model: MIPModel, options: MIPOptions = MIPOptions()) throws -> MIPResult {
    try solve(model, options: options, control: SolveControl())
  }
}

/// A back end that could not do its work, although model and options are in order.
public enum MIPSolverError: Error, Hashable, Sendable, CustomStringConvertible {
  /// The back end gave up; `message` holds its own words.
  case backEndFailed(solver: String, message: String)
  /// The model has more rows, columns or coefficients than the back end can count.
  case modelTooLarge(solver: String, rows: Int, columns: Int, entries: Int)
  /// The back end has no such option; `option` is a property of `MIPOptions`.
  case optionNotSupported(solver: String, option: String)
  /// A progress callback of one solve started another on the same thread.
  case nestedSolve(solver: String)

  public var description: String {
    switch self {
    case .backEndFailed(let solver, let message):
      "\(solver) could not solve the model: \(message)"
    case .modelTooLarge(let solver, let rows, let columns, let entries):
      "\(solver) cannot hold \(rows) rows, \(columns) columns and \(entries) coefficients."
    case .optionNotSupported(let solver, let option):
      "\(solver) cannot honour the option '\(option)'; leave it at its default."
    case .nestedSolve(let solver):
      "\(solver) was started from inside its own progress callback; start it on another thread."
    }
  }
}

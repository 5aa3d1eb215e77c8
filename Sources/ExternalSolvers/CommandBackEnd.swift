import Foundation
import LichenPlanning

/// What distinguishes one solver's command from another; `CommandSolve` does the rest.
protocol CommandBackEnd: MIPSolver {
  /// Signal on which the command stops and hands over what it has, or simply ends.
  var stopSignal: Int32 { get }

  /// The first option that the command cannot honour; `nil` if it honours all.
  func unsupportedOption(_ options: MIPOptions) -> String?

  /// Command and arguments for a job whose model file is written; may write further files.
  func commandLine(for job: CommandJob) throws -> (command: URL, arguments: [String])

  /// What a line of output says about the search; `nil` for most lines.
  func news(in line: Substring) -> CommandNews?

  /// What the command has found, from its files and its output.
  /// - Returns: `nil` if it left nothing that can be read.
  func answer(to job: CommandJob, log: String) throws -> CommandAnswer?

  /// The same question in a way on which the command breaks down less; `nil` if there is none.
  func simplerJob(than job: CommandJob) -> CommandJob?
}

extension CommandBackEnd {
  func simplerJob(than job: CommandJob) -> CommandJob? { nil }
}

/// One question to a command: a model file in a folder, with limits.
struct CommandJob {
  let model: MIPModel
  var options: MIPOptions
  let folder: WorkFolder
  /// Time the command may take [s]; `nil` for any.
  let seconds: Double?
  /// A start that satisfies the model; `nil` for none.
  let start: [Double]?

  var modelFile: URL { folder.file("model.mps") }
  var answerFile: URL { folder.file("answer") }
}

/// Where a search stands, in the sense of the model: greater is better.
struct CommandNews {
  var incumbent: Double?
  var bound: Double?
  var nodes = 0
}

/// What a command claims about a model; nothing in it is verified yet.
struct CommandAnswer {
  enum Claim {
    /// The values are best, within the gap asked for.
    case optimal
    /// The values satisfy the model.
    case feasible
    case infeasible
    case unbounded
    /// One of the two; the command does not know which.
    case infeasibleOrUnbounded
    case nothing
  }

  var claim: Claim
  /// Why the command stopped, if not because it was done.
  var stop: MIPResult.StopReason?
  /// The command's own words.
  var rawStatus: String
  /// One value per column of the model, in its order.
  var values: [Double]?
  /// No solution is greater; `nil` if the command does not say.
  var bound: Double?
  var nodes = 0
}

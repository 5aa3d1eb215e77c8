import ArgumentParser
import Foundation
import LichenAnalysis
import LichenBench
import LichenCluster
import LichenDomain
import LichenEngine
import LichenIO
import LichenMatching
import LichenPlanning

/// Bad data, as opposed to wrong usage: both libraries call their error the same.
typealias DataError = LichenDomain.ValidationError
/// Wrong usage of the command.
typealias UsageError = ArgumentParser.ValidationError

/// Maps every error to an exit code and a message; the only place that does.
enum Failure {
  /// Codes of sysexits.h where one fits.
  enum Code: Int32 {
    case internalError = 1
    case noPlan = 3
    case usage = 64
    case badData = 65
  }

  static func code(of error: any Error) -> Code {
    switch error {
    case is DataError, is PlanDocumentError, is RefusedPlan, is RefusedPlanError: .badData
    case is KnownValuesError: .badData
    case let error as WorkError: error.isUsage ? .usage : .badData
    case is PlanningError, is BenchmarkSetError, is FinanceError, is RoadmapError,
      is AnalysisError, is EditionError:
      .usage
    case FileWritingError.folderNotEmpty, FileWritingError.isFolder, FileWritingError.isNoFolder,
      FileWritingError.fileExists:
      .usage
    case let error as EngineError:
      switch error {
      case .noData: .internalError
      case .facilitiesInPlan: .usage
      case .unreadable, .noPlanBeside: .badData
      }
    case let error as BrowserError: error.isMissing ? .usage : .internalError
    default: .internalError
    }
  }

  /// Prints the error on standard error and ends the process.
  static func exit<Command: ParsableArguments>(with error: any Error, command: Command.Type)
    -> Never
  {
    switch error {
    case let error as DataError:
      Console.note(error.description)
      let errors = error.issues.count { $0.severity == .error }
      Console.note("\(errors) error\(errors == 1 ? "" : "s"); nothing was written.")
    case is PlanDocumentError, is PlanningError, is EngineError, is RefusedPlanError,
      is EditionError, is MIPSolverError,
      is FileWritingError, is RefusedPlan, is NoPlan, is KnownValuesError, is BenchmarkSetError,
      is ChildProcessError, is BrowserError, is FinanceError, is RoadmapError,
      is AnalysisError, is WorkError:
      Console.note("error: \(error)")
    default:
      // Usage, help and version are the parser's own business.
      Command.exit(withError: error)
    }
    if error is NoPlan { Foundation.exit(Code.noPlan.rawValue) }
    Foundation.exit(code(of: error).rawValue)
  }
}

/// A plan that does not follow from its declarations.
struct RefusedPlan: Error, CustomStringConvertible {
  let count: Int
  var description: String {
    "the plan is refused: \(count) difference\(count == 1 ? "" : "s") from the declarations."
  }
}

/// The constraints admit no plan, or none was found in time.
struct NoPlan: Error, CustomStringConvertible {
  let status: MIPResult.Status
  /// What was asked for [kg CO2e/a], if anything was.
  var floor: Double?
  /// The most that could be had without the floor [kg CO2e/a], if known.
  var most: Double?

  var description: String {
    if status == .infeasible, let floor, let most, most < floor {
      return "no plan avoids \(Console.number(floor / 1000)) t CO2e/a; the most within the other "
        + "limits is \(Console.number(most / 1000)) t. Lower co2_floor (--co2-floor), or lift a limit."
    }
    return switch status {
    case .infeasible:
      "no plan satisfies all required exchanges and limits. `lichen conflicts`, with the same options, "
        + "says which of them contradict and what would have to give."
    case .unbounded: "the problem is unbounded; a quantity or price must be wrong."
    default: "no plan was found within the time limit."
    }
  }
}

import Foundation
import LichenIO
import LichenPlanning

/// An algorithm in any language: a program that reads an instance folder and writes a plan.
///
/// It is called as `PROGRAM ARGUMENTS… INSTANCE_FOLDER OUTPUT_FOLDER SECONDS SEED THREADS` and writes into
/// the output folder `plan.csv` (id,quantity: flow per link), and if it likes `measures.csv` (id),
/// `bound.txt` (a number) and `progress.csv` (seconds,incumbent,bound; empty where unknown). It is
/// killed some time after its time limit. No `plan.csv` means that it found no plan. Links, measures and numbers that do not exist are errors.
public struct ExternalCommand: MatchingAlgorithm {
  /// Grace after the time limit: a tenth of it and five seconds, for starting up and writing.
  static func patience(_ seconds: Double) -> Double { seconds * 1.1 + 5 }

  public let name: String
  public let isRandom: Bool
  public var summary: String { "External command: \(command.joined(separator: " "))" }
  let command: [String]
  /// Puts the instance of a model into a new folder, or finds it; returns the instance folder.
  let instanceFolder: @Sendable (PlanningModel, URL) throws -> URL

  /// - Parameter command: Program and arguments; a program without `/` is looked for on the search path.
  public init(
    name: String, command: [String], isRandom: Bool,
    instanceFolder: @escaping @Sendable (PlanningModel, URL) throws -> URL
  ) {
    self.name = name
    self.command = command
    self.isRandom = isRandom
    self.instanceFolder = instanceFolder
  }

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-bench-\(UUID().uuidString)")
    let output = scratch.appendingPathComponent("output")
    try FileManager.default.createDirectory(at: output, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let instance = try instanceFolder(model, scratch.appendingPathComponent("instance"))
    let log = scratch.appendingPathComponent("log.txt")
    let child = ChildProcess(
      executable: try program(),
      arguments: command.dropFirst() + [
        instance.path, output.path, NumberText.shortest(limits.seconds), "\(limits.seed)",
        "\(limits.threads)",
      ], log: log)
    let outcome = try child.run(
      timeLimit: Self.patience(limits.seconds), isUnwanted: { progress.control.isCancelled })
    let answer = ExternalAnswer(folder: output)
    guard outcome.exitCode == 0 || outcome.timedOut else {
      let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
      throw ExternalCommandError.failed(
        name: name,
        end: outcome.exitCode.map { "exit code \($0)" } ?? "signal \(outcome.signal ?? 0)",
        said: String(said.suffix(400)))
    }
    return AlgorithmResult(
      plan: try answer.plan(of: model), bound: try answer.bound(),
      stopRule: outcome.timedOut ? .timeLimit : .finished, curve: try answer.curve())
  }

  private func program() throws -> URL {
    guard let name = command.first else { throw ExternalCommandError.noProgram("") }
    if name.contains("/") { return URL(fileURLWithPath: name) }
    let path = ProcessInfo.processInfo.environment["PATH"] ?? ""
    let found = path.split(separator: ":").map { URL(fileURLWithPath: "\($0)/\(name)") }
      .first { FileManager.default.isExecutableFile(atPath: $0.path) }
    guard let found else { throw ExternalCommandError.noProgram(name) }
    return found
  }
}

/// What an external command did wrong.
public enum ExternalCommandError: Error, Hashable, Sendable, CustomStringConvertible {
  case noProgram(String)
  case failed(name: String, end: String, said: String)
  case badAnswer(file: String, line: Int, found: String, expected: String)

  public var description: String {
    switch self {
    case .noProgram(let name): "'\(name)' is no program on the search path."
    case .failed(let name, let end, let said): "\(name) ended with \(end): \(said)"
    case .badAnswer(let file, let line, let found, let expected):
      "\(file), line \(line): found '\(found)'; expected \(expected)."
    }
  }
}

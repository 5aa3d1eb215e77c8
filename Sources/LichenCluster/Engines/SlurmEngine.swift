import Foundation
import LichenBench

/// Slurm: a job array per batch; see sbatch(1), squeue(1), scancel(1).
///
/// All jobs of a folder of work have one name, and the index at which an array begins as comment: what is queued is
/// known from Slurm alone, even if this program was killed between handing over and writing down.
public struct SlurmEngine: ClusterEngine {
  public let name = "slurm"
  public let worksAtOnce = false
  private let folder: WorkFolder
  private let settings: EngineSettings
  private let jobName: String

  /// - Parameter key: Of this folder of work; two folders have two.
  public init(_ folder: WorkFolder, settings: EngineSettings, key: String) {
    self.folder = folder
    self.settings = settings
    jobName = "lichen-\(key)"
  }

  public func submit(_ batch: UnitBatch) throws -> String {
    let logs = folder.url.appendingPathComponent("logs")
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
    let base = batch.indices.first ?? 0
    var arguments = [
      "--parsable", "--job-name=\(jobName)", "--comment=\(base)", "--ntasks=1", "--cpus-per-task=1",
      "--array=\(WorkError.list(batch.indices.map { $0 - base }, most: .max).replacing(", ", with: ","))",
      "--mem=\(Int(batch.megabytes.rounded(.up)))M",
      "--time=\(max(1, Int((batch.seconds / 60).rounded(.up))))",
      "--output=\(logs.path)/slurm-%A_%a.log", "--chdir=\(folder.url.path)",
    ]
    if !batch.after.isEmpty {
      arguments.append("--dependency=afterok:" + batch.after.joined(separator: ":"))
    }
    arguments += settings.arguments
    arguments += [
      "--wrap",
      "exec \(Self.quoted(settings.program)) work \(Self.quoted(folder.url.path)) $((\(base) + SLURM_ARRAY_TASK_ID))",
    ]
    let answer = try run("sbatch", arguments)
    // "JOB" or "JOB;CLUSTER".
    let id = answer.split(separator: ";").first.map(String.init) ?? ""
    guard Int(id) != nil else { throw WorkError.engine("sbatch answered '\(answer)'.") }
    return id
  }

  public func live() throws -> LiveUnits {
    var live = LiveUnits()
    let answer = try run(
      "squeue", ["--noheader", "--array", "--name=\(jobName)", "--format=%F|%K|%T|%r|%k"])
    for line in answer.split(separator: "\n") {
      let words = line.split(separator: "|", omittingEmptySubsequences: false).map(String.init)
      guard words.count == 5, let task = Int(words[1]), let base = Int(words[4]) else { continue }
      switch words[2] {
      case "PENDING":
        live.waiting.insert(base + task)
        if words[3] == "DependencyNeverSatisfied" { live.stuck.insert(words[0]) }
      default: live.running.insert(base + task)
      }
    }
    return live
  }

  public func cancel(_ jobs: [String]) throws {
    if jobs.isEmpty {
      _ = try run("scancel", ["--name=\(jobName)"])
    } else {
      _ = try run("scancel", jobs)
    }
  }

  private static func quoted(_ text: String) -> String {
    "'" + text.replacing("'", with: "'\\''") + "'"
  }

  private func run(_ program: String, _ arguments: [String]) throws -> String {
    let log = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-\(program)-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: log) }
    let child = ChildProcess(
      executable: URL(fileURLWithPath: "/usr/bin/env"), arguments: [program] + arguments, log: log)
    let outcome: ChildProcess.Outcome
    do {
      outcome = try child.run(timeLimit: 120)
    } catch {
      throw WorkError.engine("\(program) cannot be started: \(error)")
    }
    let text = ((try? String(contentsOf: log, encoding: .utf8)) ?? "")
      .trimmingCharacters(in: .whitespacesAndNewlines)
    guard outcome.exitCode == 0 else {
      throw WorkError.engine(
        outcome.exitCode == 127
          ? "\(program) is not installed here: Slurm's commands are needed to hand work over to it."
          : "\(program) failed: \(text.isEmpty ? "no answer in two minutes" : text)")
    }
    return text
  }
}

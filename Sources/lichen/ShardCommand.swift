import ArgumentParser
import Foundation
import GLPKSolver
import LichenBench
import LichenCluster
import LichenEngine
import LichenPlanning

struct ShardCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "shard", abstract: "Divides work into units for many processes or machines.")

  @Argument(help: "Folder of an instance.", completion: .directory) var source: String
  @Option(name: .shortAndLong, help: "Folder of work to make.", completion: .directory)
  var output: String
  @Option(help: "How many units there should be.") var units = 16
  @Option(help: "How often blocks are planned, with better prices each time.") var rounds = 1
  @Option(
    name: .customLong("block-links"), help: "Components of more links are cut; 0 for never.")
  var blockLinks = 50_000
  @Option(help: "Effort per component or block, about ms of one processor.") var effort = 20_000
  @Option(help: "Proven relative gap at which a component or block is left.") var gap = 0.0

  func run() throws {
    let instance = try InstanceReader.read(folder: URL(fileURLWithPath: source)).instance
    let folder = try Work(engine: Engine.version, solver: GLPKSolver()).shard(
      instance, to: URL(fileURLWithPath: output),
      limits: PlanLimits(effort: effort, gap: gap, blockLinks: blockLinks), units: units,
      rounds: rounds)
    for (number, stage) in folder.manifest.stages.enumerated() {
      Console.say(
        "stage \(number + 1): \(stage.kind.rawValue), units \(stage.first) to \(stage.indices.upperBound - 1)"
      )
    }
  }
}

struct WorkCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "work", abstract: "Works on one unit of a folder of work.")

  @Argument(help: "Folder of work.", completion: .directory) var folder: String
  @Argument(help: "Index of the unit, from 0.") var index: Int
  @Option(help: "Threads.") var threads = 1

  func run() throws {
    let work = Work(engine: Engine.version, solver: GLPKSolver())
    let progress = try work.work(
      index, in: WorkFolder(URL(fileURLWithPath: folder), engine: Engine.version),
      threads: threads)
    Console.say("unit \(index): \(progress)")
  }
}

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Joins the results of a folder of work.")

  @Argument(help: "Folder of work.", completion: .directory) var folder: String

  func run() throws {
    let work = Work(engine: Engine.version, solver: GLPKSolver())
    let (instance, result) = try work.merge(
      WorkFolder(URL(fileURLWithPath: folder), engine: Engine.version))
    let verdict = PlanJudge(instance.model).judge(
      NetworkPlan(flows: result.flows, isTaken: result.isTaken))
    Console.say(
      "objective \(result.objective) bound \(result.bound) gap \((result.bound - result.objective) / result.objective) judge \(verdict.objective) \(verdict.violations.first.map { "\($0)" } ?? "accepted")"
    )
  }
}

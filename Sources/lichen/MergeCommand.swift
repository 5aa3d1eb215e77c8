import ArgumentParser
import Foundation
import LichenBench
import LichenCluster
import LichenEngine
import LichenIO
import LichenMatching

struct MergeCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "merge", abstract: "Joins the results of a folder of work into one plan.",
    discussion: """
      Every result is checked: that it is whole, of its unit and of this version, that its plan keeps every \
      constraint in exact arithmetic and is worth what it claims. A park's plan is written as by lichen \
      match; an instance's as flows.csv and plan.json. Runs of a sweep become one table, as lichen bench \
      writes it.

      EXAMPLES
        lichen merge work -o result
        lichen merge work -o result --format html,pdf --lang vi
      """)

  @Argument(help: "Folder of work with a result of every unit.", completion: .directory)
  var folder: String
  @Option(name: .shortAndLong, help: "Folder for the results.", completion: .directory)
  var output: String?
  @OptionGroup var report: ReportOptions
  @OptionGroup var data: DataOptions

  func run() throws {
    try Self.merge(
      WorkFolder(URL(fileURLWithPath: folder), engine: Engine.version), engine: data.engine(),
      output: output, report: report)
  }

  static func merge(
    _ folder: WorkFolder, engine: Engine, output: String?, report: ReportOptions
  ) throws {
    switch folder.manifest.purpose {
    case .park:
      let result = try engine.merged(folder)
      let target = try output.map { try report.target($0, engine, result.plan.park) }
      let written = try target?.write(result)
      Console.say(MatchSummary(result).text)
      if let written { Console.say("\nReport: \(written)") }
    case .instance, .nation:
      let merged = try MergedInstance(engine.work().merge(folder))
      if let output {
        let target = URL(fileURLWithPath: output)
        if folder.manifest.purpose == .nation {
          try NationTables(folder, merged).write(to: target)
        }
        try merged.write(to: target)
      }
      Console.say(merged.text)
      if let output { Console.say("\nPlan: \(output)/flows.csv") }
      guard merged.hasPlan else { throw NoPlan(status: merged.result.status) }
    case .sweep:
      try SweepSource.merge(folder, engine: engine, output: output)
    case .analysis:
      throw UsageError("These are pieces of an analysis: the command that made them joins them.")
    }
  }
}

import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenMatching
import LichenPlanning

struct MatchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "match", abstract: "Plans the best network and writes the report.",
    discussion: """
      Writes report.html, report.xlsx and report.json, plan.json, candidates.csv, exchanges.csv and \
      the declarations used into one folder. Each file appears whole or not at all.

      EXAMPLES
        lichen match data/parks/kalundborg -o result
        lichen match my-park -o result --budget 5000000 --partners 3
        lichen match my-park -o result --objective carbon --time-limit 60
        lichen match my-park --json | jq .totals
      """)

  @OptionGroup var park: ParkOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var data: DataOptions

  @Option(
    name: .shortAndLong, help: "Folder for the results; without it they are only printed.",
    completion: .directory)
  var output: String?

  @Flag(help: "Print the plan as JSON instead of tables.") var json = false

  func run() throws {
    let engine = try data.engine()
    let checked = try park.load(engine)
    let target = try output.map { try report.target($0, engine, checked) }
    let options = plan.planning(checked.settings)
    let showsProgress = Console.showsProgress
    let result = try engine.match(checked, options: options) { progress in
      guard showsProgress else { return }
      Console.progress(
        "planning: \(progress.solvedComponents) of \(progress.components) parts, "
          + "value \(Console.number(progress.incumbent)), "
          + "bound \(Console.number(progress.bound))")
    }
    if showsProgress { Console.endProgress() }
    let written = try target?.write(result)
    if json {
      let document = try PlanJSON.encode(PlanDocument(result.plan))
      FileHandle.standardOutput.write(document)
    } else {
      Console.say(MatchSummary(result).text)
      if let written { Console.say("\nReport: \(written)") }
    }
    switch result.plan.certificate.status {
    case .infeasible, .unbounded, .noSolution:
      throw NoPlan(
        status: result.plan.certificate.status, floor: options.carbonFloor,
        most: options.carbonFloor == nil ? nil : try engine.mostCarbon(checked, options: options))
    case .optimal, .feasible: break
    }
  }
}

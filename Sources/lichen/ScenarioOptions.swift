import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenIO
import LichenMatching

/// What `whatif` and `compare` share.
struct ScenarioOptions: ParsableArguments {
  @OptionGroup var park: ParkOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var report: ReportOptions
  @OptionGroup var data: DataOptions

  @Option(
    name: .shortAndLong,
    help: "Folder for plan, report with this answer, and the answer as JSON.",
    completion: .directory)
  var output: String?

  @Flag(help: "Print the answer as JSON instead of text.") var json = false

  /// The park that scenarios change: flags for prices and limits count as its own settings, so that a
  /// scenario's word comes after them.
  func base(_ engine: Engine) throws -> Park {
    var overrides = park.overrides()
    overrides.carbonPrice = plan.carbonPrice
    overrides.capitalBudget = plan.budget
    overrides.carbonFloor = plan.carbonFloor
    overrides.partnerLimit = plan.partners
    let declared = try engine.park(at: park.url, overrides: overrides)
    let base = park.fill ? try engine.filled(declared).park : declared
    if !json { for warning in base.warnings { Console.note(warning.description) } }
    return base
  }

  /// The planner's options of a changed park.
  func planning(_ settings: ParkSettings) -> PlanningOptions {
    var plan = plan
    plan.carbonPrice = nil
    plan.budget = nil
    plan.carbonFloor = nil
    plan.partners = nil
    return plan.planning(settings)
  }

  /// Where names and flags of the command line stand, for messages.
  static let place = SourceLocation(file: "the command line")

  /// Where the answer goes if it is written; made before the search.
  /// - Parameter park: The park of the report.
  func target(_ engine: Engine, _ park: Park) throws -> ReportTarget? {
    try output.map { try report.target($0, engine, park) }
  }

  /// Writes and prints an answer.
  /// - Parameter result: The match whose report carries the answer; asked for only if it is written.
  func tell(
    _ answer: Answer, _ engine: Engine, to target: ReportTarget?, result: () throws -> MatchResult
  ) throws {
    let written = try target.map { try $0.write(result(), answers: [answer]) }
    if json {
      FileHandle.standardOutput.write(try answer.json())
    } else {
      Console.say(SectionText(answer.section(try report.language(engine))).text)
      if let written { Console.say("\nReport: \(written)") }
    }
  }
}

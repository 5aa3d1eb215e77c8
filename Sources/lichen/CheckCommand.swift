import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine

struct CheckCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "check", abstract: "Says everything that is wrong with a park, at once.",
    discussion: """
      EXAMPLES
        lichen check data/parks/kalundborg
        lichen check my-park --json
      """)

  @OptionGroup var park: ParkOptions
  @OptionGroup var data: DataOptions
  @Flag(help: "Print the issues as JSON.") var json = false

  func run() throws {
    let engine = try data.engine()
    do {
      let checked = try park.load(engine, quiet: json)
      let contradictions = engine.contradictions(in: checked)
      let scenarios = try engine.issues(ofScenariosIn: park.url, of: checked)
      if scenarios.issues.hasErrors { throw DataError(scenarios.issues) }
      if json { return try printIssues(checked.warnings + contradictions + scenarios.issues) }
      for issue in contradictions + scenarios.issues { Console.note(issue.description) }
      let quantified = (checked.outputs.map(\.quantity) + checked.inputs.map(\.quantity))
        .count { $0 != nil }
      Console.say(
        """
        \(checked.settings.title): sound. In \(checked.settings.baseYear): \
        \(checked.declaration.enterprises.count) enterprises, \(checked.outputs.count) outputs, \
        \(checked.inputs.count) inputs (\(quantified) of \
        \(checked.outputs.count + checked.inputs.count) streams quantified), \
        \(checked.facilities.isEmpty ? "" : "\(checked.facilities.count) facilities, ")\
        \(checked.exchanges.count) documented exchanges, \
        \(scenarios.names.isEmpty ? "" : "\(scenarios.names.count) scenarios, ")\
        \(checked.warnings.count) warnings.
        """)
      for suggestion in try engine.suggestions(for: checked.unmatched, catalogue: checked.catalogue)
      {
        let likely = suggestion.proposals.materials.prefix(3).map {
          "\($0.id) \(Console.number($0.score * 100)) %"
        }
        Console.say(
          "unmatched: '\(suggestion.stream.text)' of \(suggestion.stream.enterprise) may be "
            + likely.joined(separator: ", "))
      }
      if !contradictions.isEmpty {
        let count = contradictions.count
        Console.say(
          "\(count) contradiction\(count == 1 ? "" : "s") between declared quantities: "
            + "lichen reconcile proposes the least change.")
      }
    } catch let error as DataError where json {
      try printIssues(error.issues)
      throw ExitCode(Failure.Code.badData.rawValue)
    }
  }

  private func printIssues(_ issues: [ValidationIssue]) throws {
    try Console.sayJSON(issues)
  }
}

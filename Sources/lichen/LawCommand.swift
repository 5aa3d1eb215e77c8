import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenGraph
import LichenLaw
import LichenReport

struct LawCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "law", abstract: "Says which rules bear on an exchange, and why.",
    discussion: "Nothing that it prints is legal advice.",
    subcommands: [LawExplainCommand.self, LawTableCommand.self])
}

struct LawExplainCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "explain",
    abstract: "Prints the whole legal reasoning on one output and one input of a park.",
    discussion: """
      Facts, hazard, every rule that was looked at with the reason why it does or does not apply, \
      the verdict, what is still open, waiting time, cost and the weakest confidence on the way. \
      Not legal advice.

      EXAMPLES
        lichen law explain data/parks/kalundborg asnaes-fly-ash cement-clinker
        lichen law explain my-park ash kiln --date 2022-07-14 --route coal_fly_ash__clinker
      """)

  @Argument(help: "Folder of the park.", completion: .directory) var park: String
  @Argument(help: "Id of an output.") var output: String
  @Argument(help: "Id of an input.") var input: String
  @Option(help: "Day on which the law is read, as YYYY-MM-DD; the park's own by default.")
  var date: String?
  @Option(help: "Year whose rows are read, instead of the park's base year.") var year: Int?
  @Option(help: "One route of several between the two.") var route: String?
  @OptionGroup var data: DataOptions
  @Flag(help: "Print as JSON.") var json = false

  func validate() throws {
    try LawDate.check(date)
    if let year, !(1900...2200).contains(year) {
      throw UsageError("--year is \(year); expected 1900 to 2200.")
    }
  }

  func run() throws {
    let engine = try data.engine()
    var overrides = Engine.Overrides()
    overrides.lawDate = date.flatMap { CalendarDate($0) }
    overrides.baseYear = year
    let park = try engine.park(at: URL(fileURLWithPath: park), overrides: overrides)
    let output = try stream(self.output, among: park.outputs, "output", "outputs.csv", park)
    let input = try stream(self.input, among: park.inputs, "input", "inputs.csv", park)
    let cases = try chosen(CandidateGenerator(park: park).legalCases(from: output, to: input), park)
    let text = LawText(try engine.language("en"), catalogue: park.catalogue)
    if json {
      return try Console.sayJSON(cases.map { LawExplanationDocument($0, park, text) })
    }
    Console.say(
      cases.map { LawExplanation($0, park, text).text }.joined(separator: "\n\n\n"))
  }

  private func stream<S: LichenDomain.Stream>(
    _ id: String, among streams: [S], _ kind: String, _ file: String, _ park: Park
  ) throws -> S {
    if let found = streams.first(where: { $0.id.rawValue == id }) { return found }
    let hint =
      Spelling.suggestion(for: id, among: streams.map(\.id.rawValue))
      ?? "there are: " + streams.prefix(8).map(\.id.rawValue).joined(separator: ", ")
      + (streams.count > 8 ? " and \(streams.count - 8) more" : "")
    throw UsageError(
      "there is no \(kind) '\(id)' in \(file) that holds in \(park.settings.baseYear); \(hint)")
  }

  private func chosen(_ cases: [LegalCase], _ park: Park) throws -> [LegalCase] {
    if cases.isEmpty {
      throw UsageError(
        "no route of the catalogue leads from output '\(output)' to input '\(input)', so there is no "
          + "use to judge; see 'lichen law table' for the material alone.")
    }
    guard let route else { return cases }
    let found = cases.filter { $0.route.id.rawValue == route }
    if found.isEmpty {
      let ids = cases.map(\.route.id.rawValue)
      throw UsageError(
        "no route '\(route)' between them; "
          + (Spelling.suggestion(for: route, among: ids)
            ?? "routes: \(ids.joined(separator: ", "))"))
    }
    return found
  }
}

/// Days of the law as an option.
enum LawDate {
  static func check(_ text: String?) throws {
    if let text, CalendarDate(text) == nil {
      throw UsageError("--date is '\(text)'; expected a day as YYYY-MM-DD.")
    }
  }

  /// Today in Greenwich; only a command may look at the clock.
  static func today() -> CalendarDate {
    let text = Date().formatted(.iso8601.year().month().day())
    guard let date = CalendarDate(text) else { preconditionFailure("\(text) is a day") }
    return date
  }
}

import ArgumentParser
import LichenEngine
import LichenMatching
import LichenReport

/// Which reports a command writes.
struct ReportOptions: ParsableArguments {
  @Option(
    name: .customLong("format"),
    help: """
      Formats of the report, parted by commas: \
      \(ReportFormat.allCases.map(\.rawValue).joined(separator: ", ")).
      """)
  var formats = NameList(names: ["html", "xlsx", "json"])

  @Option(name: .customLong("lang"), help: "Languages of the report, parted by commas: en, vi.")
  var languages = NameList(names: ["en"])

  @Option(
    name: .customLong("audience"),
    help: "Who may read the report, parted by commas: full, board, enterprise:ID.")
  var audiences = NameList(names: ["full"])

  @Option(
    help: """
      Template of a programme: a folder, or the name of a shipped one (unido-viet-nam, academic).
      """)
  var template: String?

  func validate() throws {
    for name in formats.names where ReportFormat(rawValue: name) == nil {
      throw UsageError(
        "--format \(name) is unknown; expected \(ReportFormat.allCases.map(\.rawValue)).")
    }
    for name in audiences.names where Audience(name) == nil {
      throw UsageError("--audience \(name) is unknown; expected full, board or enterprise:ID.")
    }
  }

  var request: ReportRequest {
    ReportRequest(
      formats: formats.names.compactMap { ReportFormat(rawValue: $0) }, languages: languages.names,
      audiences: audiences.names.compactMap { Audience($0) }, template: template)
  }

  func publisher(_ engine: Engine) throws -> ReportPublisher {
    try ReportPublisher(request, engine: engine)
  }

  /// The language in which the command itself answers: the first of the report's.
  func language(_ engine: Engine) throws -> Language { try engine.language(languages.names[0]) }
}

/// Names parted by commas, each once, in the order given.
struct NameList: ExpressibleByArgument, CustomStringConvertible {
  let names: [String]

  init(names: [String]) { self.names = names }

  init?(argument: String) {
    let names = argument.split(separator: ",").map { String($0.filter { $0 != " " }) }
      .filter { !$0.isEmpty }
    if names.isEmpty { return nil }
    self.init(names: names.reduce(into: []) { if !$0.contains($1) { $0.append($1) } })
  }

  var description: String { names.joined(separator: ",") }
  var defaultValueDescription: String { description }
}

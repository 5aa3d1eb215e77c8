import ArgumentParser
import Foundation
import LichenDomain
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
  var formats = NameList(names: ReportRequest().formats.map(\.rawValue))

  @Option(name: .customLong("lang"), help: "Languages of the report, parted by commas: en, vi.")
  var languages = NameList(names: ReportRequest().languages)

  @Option(
    name: .customLong("audience"),
    help: "Who may read the report, parted by commas: full, board, enterprise:ID.")
  var audiences = NameList(names: ReportRequest().audiences.map(\.name))

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

  /// Whatever the reports need is read before a long search, not found missing after it.
  /// - Parameter park: Has the enterprises that are readers.
  func target(_ folder: String, _ engine: Engine, _ park: Park) throws -> ReportTarget {
    let publisher = try publisher(engine)
    try publisher.check(park)
    return ReportTarget(folder: folder, publisher: publisher, engine: engine)
  }

  /// The language in which the command itself answers: the first of the report's.
  func language(_ engine: Engine) throws -> Language { try engine.language(languages.names[0]) }
}

/// A folder for results, with all that its reports need.
struct ReportTarget {
  let folder: String
  let publisher: ReportPublisher
  let engine: Engine

  /// - Returns: Path of the first report asked for.
  func write(_ result: MatchResult, answers: [Answer] = []) throws -> String {
    let reports = try ResultFolder(url: URL(fileURLWithPath: folder)).write(
      result, extras: engine.reportExtras(of: result), answers: answers, publisher: publisher)
    return ([folder] + reports.prefix(1)).joined(separator: "/")
  }
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

import ArgumentParser
import Foundation
import LichenEngine
import LichenIO

struct SurveyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "survey",
    abstract: "Plans several parks and tells what is found again, blocked and missed.",
    discussion: """
      A folder of parks stands for every park in it; PARK@YEAR plans a park in another year.

      EXAMPLES
        lichen survey data/parks data/parks/kalundborg@2018
        lichen survey data/parks --update data/parks/README.md
      """)

  @Argument(help: "Parks, folders of parks, or PARK@YEAR.", completion: .directory)
  var parks: [String]

  @Option(
    help: "Document whose text between the marks of the survey is replaced by the new table.",
    completion: .file())
  var update: String?

  @OptionGroup var data: DataOptions

  func run() throws {
    let engine = try data.engine()
    let clock = ContinuousClock()
    let surveys = try parks.flatMap(Self.places).map { place in
      if Console.showsProgress { Console.progress("surveying \(place.url.lastPathComponent)") }
      var overrides = Engine.Overrides()
      overrides.baseYear = place.year
      return try engine.survey(place.url, overrides: overrides, clock: clock)
    }
    if Console.showsProgress { Console.endProgress() }
    let table = SurveyTable(surveys)
    guard let update else { return Console.say(table.markdown()) }
    try SurveyTable.section.update(update, with: table.markdown())
  }

  private struct Place {
    let url: URL
    let year: Int?
  }

  private static func places(_ argument: String) throws -> [Place] {
    let parts = argument.split(separator: "@", omittingEmptySubsequences: false)
    if parts.count == 2, let year = Int(parts[1]) {
      return [Place(url: URL(fileURLWithPath: String(parts[0])), year: year)]
    }
    let url = URL(fileURLWithPath: argument)
    if isPark(url) || url.pathExtension == "xlsx" { return [Place(url: url, year: nil)] }
    let names = (try? FileManager.default.contentsOfDirectory(atPath: argument)) ?? []
    let found = names.sorted().map { url.appendingPathComponent($0) }.filter(isPark)
    if found.isEmpty {
      throw UsageError("\(argument) is no park and holds none: no datapackage.json was found.")
    }
    return found.map { Place(url: $0, year: nil) }
  }

  private static func isPark(_ url: URL) -> Bool {
    FileManager.default.fileExists(atPath: url.appendingPathComponent("datapackage.json").path)
  }
}

extension MarkedSection {
  /// Writes a document anew with `text` between its marks.
  /// - Throws: `UsageError` without marks, `FileWritingError`.
  func update(_ path: String, with text: String) throws {
    let file = URL(fileURLWithPath: path)
    guard let document = try? String(contentsOf: file, encoding: .utf8),
      let updated = replacing(in: document, with: text)
    else { throw UsageError("\(path) cannot be read or has no marks \(begin) and \(end).") }
    try AtomicFile.write(updated, to: file)
  }
}

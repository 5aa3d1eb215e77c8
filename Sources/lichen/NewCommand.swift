import ArgumentParser
import Foundation
import LichenEngine
import LichenIO

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Writes an empty park to fill in.",
    discussion: """
      EXAMPLES
        lichen new hai-phong
        lichen new hai-phong --title "Hai Phong park" --jurisdiction VN --currency VND
        lichen new --xlsx hai-phong.xlsx --lang vi --jurisdiction VN --currency VND
      """)

  @Argument(
    help: "Folder to make, which must not exist or be empty; with --xlsx the file to make.",
    completion: .directory)
  var folder: String

  @Flag(help: "Make an Excel workbook with drop-down lists instead of a folder.")
  var xlsx = false

  @Option(name: .customLong("lang"), help: "Language of the workbook: en or vi.")
  var language: WorkbookVocabulary.Language = .english

  @Option(help: "Name that people read.")
  var title: String?

  @Option(help: "Code of jurisdictions.csv: DK, VN, TH, AU-WA, …")
  var jurisdiction: String = "EU"

  @Option(help: "Currency of all figures without their own.")
  var currency: String = "EUR"

  @Option(help: "Year that the park describes.")
  var year: Int = 2024

  @OptionGroup var data: DataOptions

  func run() throws {
    let engine = try data.engine()
    let url = URL(fileURLWithPath: folder)
    let name = xlsx ? url.deletingPathExtension().lastPathComponent : url.lastPathComponent
    let declaration = try engine.emptyPark(
      name: name, title: title, jurisdiction: jurisdiction, currency: currency,
      year: year)
    if xlsx {
      try WorkbookTarget.check(url, replacing: false)
      try engine.writeWorkbook(declaration, to: url, language: language, hasExamples: true)
      Console.say("\(url.path) is ready. Fill it in, save it, then: lichen check \(folder)")
      return
    }
    try ParkTemplate.write(declaration.settings, to: url)
    Console.say(
      """
      \(url.path) is ready. Fill in enterprises.csv, outputs.csv and inputs.csv; README.md there \
      says what each column means. Then: lichen check \(folder)
      """)
  }
}

/// The file that a workbook is written to.
enum WorkbookTarget {
  /// - Throws: `FileWritingError` if there is such a file, which must not be lost;
  ///   `UsageError` if the name is no workbook's.
  static func check(_ url: URL, replacing: Bool) throws {
    guard url.pathExtension.lowercased() == "xlsx" else {
      throw UsageError(
        "'\(url.lastPathComponent)' is to be a workbook; its name must end in .xlsx.")
    }
    if !replacing, FileManager.default.fileExists(atPath: url.path) {
      throw FileWritingError.fileExists(path: url.path)
    }
  }
}

extension WorkbookVocabulary.Language: ExpressibleByArgument {}

import ArgumentParser
import Foundation
import LichenEngine
import LichenIO

struct ConvertCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "convert",
    abstract: "Turns a park's folder into an Excel workbook, or a workbook into a folder.",
    discussion: """
      Every row and every setting is carried over; both forms of a park give the same plan. A \
      folder's README and other files that are no tables stay behind.

      EXAMPLES
        lichen convert data/parks/kalundborg kalundborg.xlsx
        lichen convert hai-phong hai-phong.xlsx --lang vi
        lichen convert hai-phong.xlsx hai-phong
      """)

  @Argument(help: "Folder of a park, or a workbook (.xlsx).", completion: .file())
  var park: String

  @Argument(help: "What to make: a file that ends in .xlsx, or a folder.", completion: .file())
  var target: String

  @Option(name: .customLong("lang"), help: "Language of a workbook's headers: en or vi.")
  var language: WorkbookVocabulary.Language = .english

  @Flag(help: "Take the place of what is there.")
  var replace = false

  @OptionGroup var data: DataOptions

  func run() throws {
    let engine = try data.engine()
    let source = URL(fileURLWithPath: park)
    let url = URL(fileURLWithPath: target)
    let isWorkbook = url.pathExtension.lowercased() == "xlsx"
    if isWorkbook { try WorkbookTarget.check(url, replacing: replace) }
    let (declaration, warnings) = try engine.declaration(at: source)
    for warning in warnings { Console.note(warning.description) }
    if isWorkbook {
      try engine.writeWorkbook(declaration, to: url, language: language)
    } else {
      try ParkWriter.write(declaration, to: url, replacing: replace)
    }
    Console.say("\(url.path) is written.")
  }
}

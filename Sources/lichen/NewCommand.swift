import ArgumentParser
import Foundation
import LichenIO

struct NewCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "new", abstract: "Writes an empty park to fill in.",
    discussion: """
      EXAMPLES
        lichen new hai-phong
        lichen new hai-phong --title "Hai Phong park" --jurisdiction VN --currency VND
      """)

  @Argument(help: "Folder to make; it must not exist or be empty.", completion: .directory)
  var folder: String

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
    let declaration = try engine.emptyPark(
      name: url.lastPathComponent, title: title, jurisdiction: jurisdiction, currency: currency,
      year: year)
    try ParkTemplate.write(declaration.settings, to: url)
    Console.say(
      """
      \(url.path) is ready. Fill in enterprises.csv, outputs.csv and inputs.csv; README.md there \
      says what each column means. Then: lichen check \(folder)
      """)
  }
}

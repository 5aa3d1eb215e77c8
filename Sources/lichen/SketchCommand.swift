import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenIO

struct SketchCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "sketch",
    abstract: "Makes a park of a list of enterprises: name, sector, size, place.",
    discussion: """
      The list is a CSV table with the columns name, sector, size and place; also id, isic, \
      blueprint, size_low, size_high, size_unit, lat, lon, zone, licences, source, confidence and \
      notes. Typical inputs and outputs of each sector fill the park, as ranges marked 'blueprint'.

      EXAMPLES
        lichen sketch list.csv -o my-park --jurisdiction VN --currency VND
        lichen sketch list.csv -o my-park --within 2     2 km between sites of one place
        lichen sketch --list-sectors                     what sector and size may be
      """)

  @Argument(help: "The list, a CSV table.", completion: .file(extensions: ["csv"]))
  var list: String?

  @Option(
    name: .shortAndLong, help: "Folder of the park to make; it must not exist or be empty.",
    completion: .directory)
  var output: String?

  @Option(help: "Short name of the park; the folder's name by default.")
  var name: String?

  @Option(help: "Name that people read.")
  var title: String?

  @Option(help: "Code of jurisdictions.csv; that of the places by default.")
  var jurisdiction: String?

  @Option(help: "Currency of all figures; that of the jurisdiction by default.")
  var currency: String?

  @Option(help: "Year that the park describes.")
  var year: Int = 2024

  @Option(help: "Way between two sites that stand at the point of one place, in km.")
  var within: Double?

  @Flag(help: "Write the enterprises only, without estimated streams.") var bare = false
  @Flag(help: "Print the sectors, with what their size is counted in.") var listSectors = false

  @OptionGroup var data: DataOptions

  func validate() throws {
    if listSectors { return }
    if list == nil { throw UsageError("Name the list of enterprises, or ask --list-sectors.") }
    if output == nil { throw UsageError("Name the folder of the park to make with -o.") }
    if let within, !(within > 0 && within.isFinite) {
      throw UsageError("--within is \(within); it must be more than 0 km.")
    }
  }

  func run() throws {
    let engine = try data.engine()
    if listSectors { return printSectors(engine.catalogue) }
    guard let list, let output else { return }
    let url = URL(fileURLWithPath: output)
    var settings = Engine.SketchSettings(name: name ?? url.lastPathComponent, year: year)
    settings.title = title
    settings.jurisdiction = jurisdiction
    settings.currency = currency
    settings.withinKm = within
    let bare = try engine.sketch(list: URL(fileURLWithPath: list), settings: settings)
    let park = self.bare ? bare : try engine.filled(bare).park
    for warning in park.warnings { Console.note(warning.description) }
    try ParkWriter.write(park.declaration, to: url)
    Console.say(
      """
      \(output) is ready: \(park.enterprises.count) enterprises, \(park.outputs.count) outputs and \
      \(park.inputs.count) inputs estimated from blueprints, \(park.unmatched.count) streams \
      without a material. Replace what you know better, then: lichen match \(output) -o result
      """)
  }

  private func printSectors(_ catalogue: Catalogue) {
    let rows = catalogue.sectorBook.sectors.map { sector in
      [
        sector.id, sector.names.english, sector.names.vietnamese ?? "", sector.isic,
        sector.reference, sector.acceptedSizeUnits,
        SizeWord.allCases.map { Console.number(sector.sizes[$0]) }.joined(separator: " / "),
      ]
    }
    Console.say(
      Console.table(
        ["sector", "name", "tên", "ISIC", "blueprint is per", "size in", "small / medium / large"],
        rows))
  }
}

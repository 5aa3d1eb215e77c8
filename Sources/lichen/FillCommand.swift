import ArgumentParser
import Foundation
import LichenEngine
import LichenIO

struct FillCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "fill",
    abstract: "Estimates from sector blueprints what enterprises did not declare.",
    discussion: """
      Every enterprise with a blueprint and a size gets the typical inputs and outputs of its \
      sector, as ranges with source and the mark 'blueprint' in the column basis. What it declares \
      itself is never changed. The same without writing: --fill of match, candidates and export.

      EXAMPLES
        lichen fill my-park -o my-park-filled
      """)

  @OptionGroup var park: ParkOptions

  @Option(
    name: .shortAndLong, help: "Folder of the filled park; it must not exist or be empty.",
    completion: .directory)
  var output: String

  @OptionGroup var data: DataOptions

  func run() throws {
    let engine = try data.engine()
    let declared = try engine.park(at: park.url, overrides: park.overrides())
    let (filled, fill) = try engine.filled(declared)
    for warning in filled.warnings { Console.note(warning.description) }
    try ParkWriter.write(filled.declaration, to: URL(fileURLWithPath: output))
    let quantified = fill.added.count { $0.yearly != nil }
    Console.say(
      """
      \(output): \(fill.added.count) streams estimated from blueprints (\(quantified) with a \
      quantity) beside \(declared.outputs.count + declared.inputs.count) declared ones.
      """)
  }
}

import ArgumentParser
import Foundation
import LichenAnalysis
import LichenDomain
import LichenEngine
import LichenIO

struct ReconcileCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "reconcile",
    abstract: "Says which declared quantities contradict each other, and how to mend them least.",
    discussion: """
      Compares documented exchanges with the streams they join, energy and water given off with \
      what is taken in, and what was measured with what is declared. Proposes the least squares \
      correction inside the declared ranges; nothing is changed unless -o names a folder for a \
      corrected copy.

      EXAMPLES
        lichen reconcile my-park
        lichen reconcile my-park -o my-park-reconciled
      """)

  @OptionGroup var park: ParkOptions

  @Option(
    name: .shortAndLong, help: "Folder for a corrected copy; it must not exist or be empty.",
    completion: .directory)
  var output: String?

  @OptionGroup var data: DataOptions
  @Flag(help: "Print contradictions and proposals as JSON.") var json = false

  func run() throws {
    let engine = try data.engine()
    let checked = try park.load(engine, quiet: json)
    let found = try engine.reconciliation(of: checked)
    if json {
      try printJSON(found)
    } else {
      printTables(found)
    }
    guard let output else { return }
    if found.corrections.isEmpty {
      return Console.note("No row is to be changed; nothing was written.")
    }
    try ParkWriter.write(
      found.corrected(checked.declaration), to: URL(fileURLWithPath: output))
    Console.note("\(output): a copy with \(found.corrections.count) rows corrected.")
  }

  private func printTables(_ found: Reconciliation) {
    if found.contradictions.isEmpty {
      return Console.say("No declared quantities contradict each other.")
    }
    for contradiction in found.contradictions {
      Console.say("\(contradiction.sentence)\n  \(contradiction.advice)")
    }
    if !found.corrections.isEmpty {
      let rows = found.corrections.map { correction in
        let figure = correction.figure
        let factor = figure.unitFactor
        return [
          "\(figure.location)", figure.reference,
          Console.number(figure.value / factor, decimals: 1),
          Console.number(correction.written, decimals: 1),
          "\(Console.number(figure.low / factor, decimals: 1)) to "
            + Console.number(figure.high / factor, decimals: 1),
          figure.hasDeclaredRange ? "declared" : "by confidence",
        ]
      }
      Console.say(
        "\nThe least change that mends it\n"
          + Console.table(
            ["row", "figure", "declared", "proposed", "range", "range is"], rows, right: [2, 3, 4]))
    }
    for narrow in found.tooNarrow {
      let figure = narrow.figure
      Console.say(
        "\nNo values inside the ranges agree: \(figure.reference) (\(figure.location)) would have "
          + "to be \(Console.number(narrow.written, decimals: 1)), outside "
          + "\(Console.number(figure.low / figure.unitFactor, decimals: 1)) to "
          + "\(Console.number(figure.high / figure.unitFactor, decimals: 1)).")
    }
  }

  private struct Row: Encodable {
    let file: String
    let row: Int?
    let reference: String
    let declared: Double
    let proposed: Double
    let low: Double
    let high: Double

    init(_ correction: Reconciliation.Correction) {
      let figure = correction.figure
      file = figure.location.file
      row = figure.location.row
      reference = figure.reference
      declared = figure.value / figure.unitFactor
      proposed = correction.written
      low = figure.low / figure.unitFactor
      high = figure.high / figure.unitFactor
    }
  }

  private struct Found: Encodable {
    let kind: String
    let subject: String
    let used: Double
    let available: Double
    let unit: String
    let rows: [String]
  }

  private struct Document: Encodable {
    let contradictions: [Found]
    let corrections: [Row]
    let tooNarrow: [Row]
  }

  private func printJSON(_ found: Reconciliation) throws {
    let document = Document(
      contradictions: found.contradictions.map {
        Found(
          kind: $0.kind.rawValue, subject: $0.subject, used: $0.usedSum,
          available: $0.availableSum, unit: "\($0.unit)/yr",
          rows: ($0.used + $0.available).map(\.reference))
      }, corrections: found.corrections.map(Row.init), tooNarrow: found.tooNarrow.map(Row.init))
    try Console.sayJSON(document)
  }
}

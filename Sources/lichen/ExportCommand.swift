import ArgumentParser
import Foundation
import LichenEngine
import LichenIO
import LichenMatching
import LichenPlanning

struct ExportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "export", abstract: "Writes the planning problem for another solver.",
    discussion: """
      MPS is written as a minimisation of the negative objective, as most readers expect; LP as a \
      maximisation.

      EXAMPLES
        lichen export data/parks/kalundborg --format mps -o kalundborg.mps
        lichen export data/parks/kalundborg --format lp | less
      """)

  enum Format: String, ExpressibleByArgument, CaseIterable {
    case mps, lp
  }

  @OptionGroup var park: ParkOptions
  @OptionGroup var plan: PlanOptions
  @OptionGroup var data: DataOptions
  @Option(help: "mps or lp.") var format: Format

  @Option(name: .shortAndLong, help: "File to write; standard output without it.")
  var output: String?

  func run() throws {
    let engine = try data.engine()
    let checked = try park.load(engine)
    let program = try engine.program(checked, options: plan.planning(checked.settings))
    let text: String
    switch format {
    case .mps: text = try MPSWriter().text(for: program)
    case .lp: text = try CPLEXLPWriter().text(for: program)
    }
    if let output {
      try AtomicFile.write(text, to: URL(fileURLWithPath: output))
    } else {
      FileHandle.standardOutput.write(Data(text.utf8))
    }
  }
}

import ArgumentParser
import Foundation
import LichenDomain
import LichenEngine
import LichenIO

struct VerifyCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "verify", abstract: "Recomputes a plan from the declarations, without a solver.",
    discussion: """
      Checks feasibility, every line, sum and total of a plan.json. The declarations are those that \
      'lichen match' wrote beside the plan, or the park named with --park.

      EXAMPLES
        lichen verify result/plan.json
        lichen verify result/plan.json --park data/parks/kalundborg
      """)

  @Argument(help: "The plan.json to check.", completion: .file(extensions: ["json"]))
  var plan: String

  @Option(help: "Folder or workbook of the park that the plan is for.", completion: .file())
  var park: String?

  @OptionGroup var data: DataOptions
  @Flag(help: "Print the differences as JSON.") var json = false

  func run() throws {
    let engine = try data.engine()
    let url = URL(fileURLWithPath: plan)
    let bytes: Data
    do {
      bytes = try Data(contentsOf: url)
    } catch {
      throw EngineError.unreadable(path: plan, reason: "\(error.localizedDescription)")
    }
    let folder =
      park.map { URL(fileURLWithPath: $0) }
      ?? url.deletingLastPathComponent().appendingPathComponent("park")
    guard FileManager.default.fileExists(atPath: folder.path) else {
      throw EngineError.noPlanBeside(path: plan)
    }
    let declaration = try engine.declaration(at: folder).declaration
    let differences = try engine.verify(plan: bytes, declaration: declaration)
    if json {
      try Console.sayJSON(differences)
    }
    if differences.isEmpty {
      if !json { Console.say("The plan is sound: every figure follows from the declarations.") }
      return
    }
    if !json { for difference in differences { Console.note(difference.description) } }
    throw RefusedPlan(count: differences.count)
  }
}

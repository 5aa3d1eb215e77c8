import ArgumentParser
import Foundation
import LichenEngine
import LichenMatching

struct ReportCommand: ParsableCommand {
  static let configuration = CommandConfiguration(
    commandName: "report", abstract: "Writes reports of a plan: formats, languages, readers.",
    discussion: """
      Takes a folder that 'lichen match' wrote, or its plan.json; nothing is searched anew. The plan is \
      checked against its declarations first. Reports for a board or an enterprise hold nothing that \
      such readers may not see; give them these files, never the folder.

      EXAMPLES
        lichen report result --format html,pdf,xlsx --lang en,vi
        lichen report result --audience board -o for-the-board
        lichen report result/plan.json --audience enterprise:gyproc --lang vi -o for-gyproc
      """)

  @Argument(help: "Folder of a result, or its plan.json.", completion: .file())
  var plan: String

  @OptionGroup var report: ReportOptions
  @OptionGroup var data: DataOptions

  @Option(
    name: .shortAndLong, help: "Folder for the reports; the result's own if not given.",
    completion: .directory)
  var output: String?

  func run() throws {
    let engine = try data.engine()
    let publisher = try report.publisher(engine)
    let url = URL(fileURLWithPath: plan)
    var isFolder: ObjCBool = false
    let exists = FileManager.default.fileExists(atPath: url.path, isDirectory: &isFolder)
    let file = exists && isFolder.boolValue ? url.appendingPathComponent("plan.json") : url
    let result = try engine.result(plan: file)
    let files = try publisher.files(of: result, extras: engine.reportExtras(of: result))
    let folder = output.map { URL(fileURLWithPath: $0) } ?? file.deletingLastPathComponent()
    try ResultFolder(url: folder).write(files)
    for file in files { Console.say(folder.appendingPathComponent(file.name).relativePath) }
  }
}

import Foundation
import LichenTestSupport
import Testing

/// Files of the network, through the command.
struct NetworkFileTests {
  private static let formats = ["geojson", "graphml", "dot", "mermaid"]

  @Test(
    "GIS, graph and drawing programs read the network of a shipped park, equal to its plan",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"),
    arguments: ["kalundborg", "kwinana", "deep-c"])
  func judged(park: String) throws {
    let python = try #require(Repository.judgesPython)
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun([
      "match", "data/parks/\(park)", "-o", folder.path, "--lang", "vi,en", "--format",
      Self.formats.joined(separator: ","),
    ])
    #expect(run.status == 0, "\(run.error)")
    let judge = try Repository.run(
      python,
      [Repository.root.appendingPathComponent("Tests/judges/network.py").path, folder.path])
    #expect(judge.status == 0, "\(judge.output)\(judge.error)")
    for ending in ["geojson", "graphml", "dot", "mmd"] {
      let english = try Data(contentsOf: folder.appendingPathComponent("report.\(ending)"))
      let other = try Data(contentsOf: folder.appendingPathComponent("report.vi.\(ending)"))
      #expect(english != other, "\(ending) has words")
    }
    let html = folder.appendingPathComponent("report.html").path
    #expect(!FileManager.default.fileExists(atPath: html), "nobody asked for the page")
  }

  @Test("In CI there is Graphviz", .enabled(if: Repository.isCI, "not in CI"))
  func graphvizInCI() { #expect(Repository.command("dot") != nil) }
}

import Foundation
import LichenDomain
import LichenEngine
import LichenMatching
import LichenTestSupport
import Testing

@Suite("lichen periods")
struct PeriodsCommandTests {
  private static let park = "data/parks/mekong-agro"

  @Test("the Mekong cluster: what the seasons take, as a report and as the same JSON twice")
  func mekong() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let printed = try CommandRun(["periods", Self.park, "--json"])
    #expect(printed.status == 0, "\(printed.error)")
    let written = try CommandRun(["periods", Self.park, "-o", folder.path])
    #expect(written.status == 0, "\(written.error)")
    let file = folder.appendingPathComponent("periods.json")
    #expect(try String(contentsOf: file, encoding: .utf8) == printed.output)
    let html = try String(
      contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(html.contains("Months and stores") && html.contains("id=\"periods\""))
    #expect(written.output.contains("MONTHS AND STORES"))
    let document = try #require(
      try JSONSerialization.jsonObject(with: Data(printed.output.utf8)) as? [String: Any])
    func objective(_ key: String) throws -> Double {
      try #require((document[key] as? [String: Any])?["objective"] as? Double)
    }
    let (promised, operated) = (try objective("promised"), try objective("operated"))
    let (storeless, planned) = (try objective("without_stores"), try objective("planned"))
    #expect(document["status"] as? String == "optimal")
    #expect(operated < storeless && storeless <= planned && planned < promised)
  }

  @Test(
    "periods.json satisfies its shipped schema, with and without seasons",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"),
    arguments: ["mekong-agro", "kalundborg"])
  func schema(park: String) throws {
    let python = try #require(Repository.judgesPython)
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(["periods", "data/parks/\(park)", "--json"])
    #expect(run.status == 0, "\(run.error)")
    let file = folder.appendingPathComponent("periods.json")
    try run.output.write(to: file, atomically: true, encoding: .utf8)
    let judge = try Repository.run(
      python,
      [
        Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
        Repository.data.appendingPathComponent("schemas/periods.schema.json").path, file.path,
      ])
    #expect(judge.status == 0, "\(judge.output)\(judge.error)")
  }

  @Test("frictionless accepts the package with seasons")
  func frictionless() throws {
    guard let python = Repository.judgesPython else { return }
    let judge = try Repository.run(
      python.deletingLastPathComponent().appendingPathComponent("frictionless"),
      ["validate", Repository.park("mekong-agro").appendingPathComponent("datapackage.json").path])
    #expect(judge.status == 0, "\(judge.output)")
  }

  @Test("profiles and stores change nothing of the yearly plan")
  func yearly() throws {
    let engine = Repository.engine
    let park = try engine.park(at: Repository.park("mekong-agro"))
    #expect(park.outputs.contains { $0.profile != nil } && !park.storages.isEmpty)
    var declaration = park.declaration
    declaration.profiles = []
    declaration.storages = []
    for index in declaration.outputs.indices { declaration.outputs[index].profile = "" }
    for index in declaration.inputs.indices { declaration.inputs[index].profile = "" }
    let plain = try Park(declaration, catalogue: park.catalogue)
    let plans = try [park, plain].map {
      try engine.match($0, options: PlanningOptions(settings: $0.settings)).plan
    }
    #expect(plans[0].certificate.incumbent == plans[1].certificate.incumbent)
    #expect(
      plans[0].exchanges.map { "\($0.candidate.id) \($0.quantity)" }
        == plans[1].exchanges.map { "\($0.candidate.id) \($0.quantity)" })
  }
}

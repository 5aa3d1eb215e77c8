import Foundation
import LichenDomain
import LichenEngine
import LichenIO
import LichenTestSupport
import LichenWords
import Testing

/// Confirmations, and the published table of results.
struct ClassifyTests {
  /// A park in which nobody has explained two streams, with a line end and spaces of its own.
  private func makePark(_ folder: URL) throws -> URL {
    let park = folder.appendingPathComponent("park")
    try ParkTemplate.write(
      Repository.engine.emptyPark(
        name: "words", title: "Words", jurisdiction: "VN", currency: "VND", year: 2024
      ).settings, to: park)
    try FileManager.default.removeItem(at: park.appendingPathComponent("classifications.csv"))
    let package = park.appendingPathComponent("datapackage.json")
    // A package as somebody else wrote it: without the table, in odd spacing.
    var object = try #require(
      JSONSerialization.jsonObject(with: Data(contentsOf: package)) as? [String: Any])
    let resources = try #require(object["resources"] as? [[String: Any]])
    object["resources"] = resources.filter { $0["name"] as? String != "classifications" }
    try JSONSerialization.data(withJSONObject: object, options: [.sortedKeys])
      .write(to: package)
    try """
    id,name,sector,isic,lat,lon
    mill,Mill,rice mill,1061,10,105
    plant,Plant,steel,2410,10,105
    """.write(
      to: park.appendingPathComponent("enterprises.csv"), atomically: true, encoding: .utf8)
    try """
    id,enterprise,name,material,quantity,unit,period
    husk,mill,husk,Vỏ trấu ép loại 1,100,t,yr
    husk2,mill,husk,vỏ  trấu ép LOẠI 1,50,t,yr
    odd,plant,odd,qwrtz plmkn,10,t,yr
    """.write(to: park.appendingPathComponent("outputs.csv"), atomically: true, encoding: .utf8)
    return park
  }

  private func bytes(_ folder: URL) throws -> [String: Data] {
    var bytes: [String: Data] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      bytes[name] = try Data(contentsOf: folder.appendingPathComponent(name))
    }
    return bytes
  }

  @Test("a confirmation is kept with the park, listed, reused for equal words, and touches no more")
  func confirmation() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let park = try makePark(folder)
    let engine = Repository.engine
    let before = try bytes(park)
    let first = try engine.park(at: park)
    #expect(first.unmatched.map(\.id.rawValue) == ["husk", "husk2", "odd"])

    let run = try CommandRun([
      "classify", park.path, "--confirm", "husk=rice_husk,02 03 04", "--date", "2024-05-31",
    ])
    #expect(run.status == 0, "\(run.error)")
    let after = try bytes(park)
    #expect(
      Set(after.keys).subtracting(before.keys) == ["classifications.csv"])
    for (name, data) in before where name != "datapackage.json" { #expect(after[name] == data) }
    let old = try #require(before["datapackage.json"].map { String(decoding: $0, as: UTF8.self) })
    let new = try #require(after["datapackage.json"].map { String(decoding: $0, as: UTF8.self) })
    let common = zip(old, new).prefix { $0 == $1 }.count
    #expect(new.hasPrefix(old.prefix(common)) && new.hasSuffix(old.dropFirst(common)))

    let second = try engine.park(at: park)
    #expect(second.unmatched.map(\.id.rawValue) == ["odd"])
    #expect(second.outputs.map(\.material.rawValue) == ["rice_husk", "rice_husk"])
    #expect(!second.warnings.contains { $0.code == "unlisted-table" })

    // A second confirmation is added behind the first.
    _ = try CommandRun([
      "classify", park.path, "--confirm", "odd=mill_scale", "--date", "2024-06-01",
    ])
    let text = try String(
      contentsOf: park.appendingPathComponent("classifications.csv"), encoding: .utf8)
    let firstTable = try #require(after["classifications.csv"])
    #expect(text.hasPrefix(String(decoding: firstTable, as: UTF8.self)))
    #expect(try engine.park(at: park).unmatched.isEmpty)
  }

  @Test("what is doubtful is never accepted, and what is accepted is said")
  func acceptance() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let park = try makePark(folder)
    let listed = try CommandRun(["classify", park.path])
    #expect(listed.output.contains("rice_husk") && listed.output.contains("qwrtz plmkn"))
    #expect(
      !FileManager.default.fileExists(
        atPath: park.appendingPathComponent("classifications.csv").path))
    let run = try CommandRun(["classify", park.path, "--accept-above", "0.85"])
    #expect(run.status == 0, "\(run.error)")
    #expect(run.output.contains("rice_husk"))
    #expect(try Repository.engine.park(at: park).unmatched.map(\.id.rawValue) == ["odd"])
  }

  @Test(
    "a wrong confirmation writes nothing and says why",
    arguments: [
      (["--confirm", "husk=rice_huskk"], "rice_husk", 65),
      (["--confirm", "huskk=rice_husk"], "husk", 65),
      (["--confirm", "husk=rice_husk,99 99 99"], "waste code", 65),
      (["--confirm", "husk"], "STREAM=MATERIAL", 64),
      (["--confirm", "husk=rice_husk", "--confirm", "husk2=rice_bran"], "one text", 65),
      (["--accept-above", "0.2"], "0.5 to 1", 64),
    ])
  func refused(arguments: [String], word: String, status: Int32) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let park = try makePark(folder)
    let before = try bytes(park)
    let run = try CommandRun(["classify", park.path] + arguments)
    #expect(run.status == status)
    #expect(run.error.contains(word), "\(run.error)")
    #expect(try bytes(park) == before)
  }

  @Test("a workbook cannot hold a confirmation, and that is said")
  func workbook() throws {
    let run = try CommandRun(["classify", "park.xlsx", "--confirm", "a=rice_husk"])
    #expect(run.status == 64)
    #expect(run.error.contains("folder"))
  }

  @Test("the tables in data/words/README.md are those of a fresh run")
  func publishedTable() throws {
    let engine = Repository.engine
    let fresh = try engine.evaluation(on: engine.data.words.appendingPathComponent("test.csv"))
    let readme = try String(
      contentsOf: engine.data.words.appendingPathComponent("README.md"), encoding: .utf8)
    for table in fresh.markdown.components(separatedBy: "\n\n") {
      #expect(readme.contains(table), "lichen classify evaluate gives\n\(table)")
    }
    // The method must beat plain TF-IDF on titles beyond chance, and its scores must mean something.
    func row(_ method: String, _ measure: String, _ withSector: Bool) throws -> EvaluationRow {
      try #require(
        fresh.rows.first {
          $0.method == method && $0.measure == measure && $0.withSector == withSector
            && $0.language == "all"
        })
    }
    let own = try row("lichen", "code", false)
    let plain = try row("TF-IDF, titles in both", "code", false)
    #expect(own.interval1[0] > plain.interval1[1])
    #expect(own.interval10[0] > plain.interval10[1])
    #expect((fresh.calibrationError["european"] ?? 1) < 0.15)
    #expect((fresh.calibrationError["material"] ?? 1) < 0.15)
  }
}

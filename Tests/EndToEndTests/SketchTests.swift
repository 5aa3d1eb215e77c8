import Foundation
import LichenTestSupport
import Testing

/// Parks from little: list in, plan and what to measure out.
struct SketchTests {
  private static let list = """
    name,sector,size,place
    Rice mill,rice_mill,60000 t/yr,"10.10, 105.70"
    Second mill,Xay xát lúa gạo,large,Trà Nóc 1
    Brick works,bricks,50000 t/yr,Tra Noc 2
    Brewery,1103,1000000 hL/yr,"10.09, 105.71"
    Unclear,food,small,Tra Noc 2

    """

  private static func write(_ text: String, _ name: String, in folder: URL) throws {
    try text.write(to: folder.appendingPathComponent(name), atomically: true, encoding: .utf8)
  }

  @Test("a list becomes a park, a plan, a proof and five things to measure")
  func whole() throws {
    try Repository.inFolder { folder in
      try Self.write(Self.list, "list.csv", in: folder)
      let sketch = try CommandRun(
        ["sketch", "list.csv", "-o", "park", "--within", "1.5"], in: folder)
      #expect(sketch.status == 0, "\(sketch.error)")
      #expect(sketch.error.contains("list.csv, row 6, column sector: no blueprint"))
      #expect(try CommandRun(["check", "park"], in: folder).status == 0)
      let match = try CommandRun(["match", "park", "-o", "result"], in: folder)
      #expect(match.status == 0, "\(match.error)")
      #expect(match.output.contains("estimated from blueprints"))
      #expect(try CommandRun(["verify", "result/plan.json"], in: folder).status == 0)
      let html = try String(
        contentsOf: folder.appendingPathComponent("result/report.html"), encoding: .utf8)
      #expect(html.contains("Measure these first"))
      #expect(html.contains("Estimated from blueprints"))
      let json = try CommandRun(["uncertainty", "park", "--json", "--samples", "32"], in: folder)
      #expect(json.status == 0, "\(json.error)")
      let document = try #require(
        JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [String: Any])
      let measurements = try #require(document["measurements"] as? [[String: Any]])
      #expect(measurements.count >= 3)
      #expect(document["samples"] as? Int == 32)
      let money = try #require(document["money_per_year"] as? [String: Double])
      let naive = try #require(document["naive_money_per_year"] as? [String: Double])
      #expect((naive["low"] ?? 0) < (money["low"] ?? 0))
      #expect((money["low"] ?? 0) < (money["high"] ?? 0))
    }
  }

  @Test("filling in memory and filling on disk give one plan")
  func fillAgrees() throws {
    try Repository.inFolder { folder in
      try Self.write(Self.list, "list.csv", in: folder)
      let bare = ["sketch", "list.csv", "-o", "bare", "--bare", "--within", "1.5"]
      #expect(try CommandRun(bare, in: folder).status == 0)
      #expect(try CommandRun(["fill", "bare", "-o", "filled"], in: folder).status == 0)
      let memory = try CommandRun(["match", "bare", "--fill", "--json"], in: folder)
      let disk = try CommandRun(["match", "filled", "--json"], in: folder)
      #expect(memory.status == 0)
      #expect(memory.output == disk.output)
      #expect(try CommandRun(["fill", "bare", "-o", "filled"], in: folder).status == 64)
    }
  }

  @Test("a broken list writes nothing and names every cell")
  func broken() throws {
    try Repository.inFolder { folder in
      try Self.write(
        "name,sector,size,place,blueprint\nA,,5 kegs/yr,Nowhere land,brewry\n,cement,x,,\n",
        "list.csv", in: folder)
      let run = try CommandRun(["sketch", "list.csv", "-o", "park"], in: folder)
      #expect(run.status == 65)
      #expect(run.error.contains("row 2, column blueprint: unknown blueprint"))
      #expect(run.error.contains("did you mean brewery?"))
      #expect(run.error.contains("row 2, column place: unknown place"))
      #expect(run.error.contains("row 3, column name: missing value"))
      #expect(run.error.contains("row 3, column size: invalid number"))
      #expect(
        !FileManager.default.fileExists(atPath: folder.appendingPathComponent("park").path))
    }
  }

  @Test("wrong usage says what is missing")
  func usage() throws {
    #expect(try CommandRun(["sketch"]).status == 64)
    #expect(try CommandRun(["sketch", "list.csv"]).status == 64)
    #expect(try CommandRun(["sketch", "list.csv", "-o", "x", "--within", "0"]).status == 64)
    #expect(try CommandRun(["uncertainty", "data/parks/kwinana", "--samples", "3"]).status == 64)
    let sectors = try CommandRun(["sketch", "--list-sectors"])
    #expect(sectors.status == 0)
    #expect(sectors.output.contains("pangasius"))
  }

  @Test("contradictions are told by check, explained by reconcile and mended only in a copy")
  func reconcile() throws {
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("park")
      try FileManager.default.copyItem(at: Repository.park("kalundborg"), to: park)
      let table = park.appendingPathComponent("exchanges.csv")
      let before = try String(contentsOf: table, encoding: .utf8)
      let agreed = try CommandRun(["reconcile", "park"], in: folder)
      #expect(agreed.output.contains("No declared quantities contradict"))
      // The gypsum of 1995 with an eighth more than the power station makes.
      #expect(before.contains(",80000,t/yr,"))
      let changed = before.replacingOccurrences(of: ",80000,t/yr,", with: ",90000,t/yr,")
      try changed.write(to: table, atomically: true, encoding: .utf8)
      let check = try CommandRun(["check", "park"], in: folder)
      #expect(check.status == 0)
      #expect(check.error.contains("contradiction"))
      #expect(check.output.contains("lichen reconcile"))
      let found = try CommandRun(["reconcile", "park", "-o", "mended"], in: folder)
      #expect(found.status == 0, "\(found.error)")
      #expect(found.output.contains("10000 t/yr too much"))
      #expect(try String(contentsOf: table, encoding: .utf8) == changed)
      let again = try CommandRun(["reconcile", "mended"], in: folder)
      #expect(again.output.contains("No declared quantities contradict"))
    }
  }
}

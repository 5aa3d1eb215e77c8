import Foundation
import LichenTestSupport
import Testing

/// `lichen law` as people and scripts use it.
struct LawCommandTests {
  private static let case1 = [
    "law", "explain", "data/parks/kalundborg", "asnaes-fly-ash", "cement-clinker",
  ]

  @Test("explain prints facts, hazard, verdict, checklist and every rule with its reason")
  func explain() throws {
    let run = try CommandRun(Self.case1)
    #expect(run.status == 0, "\(run.error)")
    for text in [
      "This is not legal advice.", "Verdict: PERMIT: DK-003",
      "waste code: 10 01 02 in the European List of Waste", "Hazard: not hazardous",
      "days, side by side: 90–270 days", "cost, summed: unknown", "weakest confidence: verified",
      "DK-003: Has the municipality granted", "OPEN", "speaks of another material to be replaced",
      "recalled: check before relying on it",
    ] { #expect(run.output.contains(text), "\(text)") }
    let rules = run.output.matches(of: #/\n    (?:DK|EU|INT)-\d+ /#).count
    #expect(run.output.contains("Rules looked at: \(rules)"))
  }

  @Test("explain reads the law of the day asked for")
  func date() throws {
    let early = try CommandRun(Self.case1 + ["--date", "2009-01-01"])
    #expect(early.output.contains("Law as of 2009-01-01"))
    #expect(early.output.contains("EU-007") && early.output.contains("not in force on the date"))
  }

  @Test("explain speaks JSON")
  func json() throws {
    let run = try CommandRun(Self.case1 + ["--json"])
    let parsed = try JSONSerialization.jsonObject(with: Data(run.output.utf8))
    let first = try #require((parsed as? [[String: Any]])?.first)
    #expect(first["effect"] as? String == "permit")
    #expect(first["deciding_rules"] as? [String] == ["DK-003"])
    #expect(first["not_legal_advice"] as? Bool == true)
    #expect((first["rules"] as? [Any])?.count ?? 0 > 30)
    #expect(first["steps_of_unknown_cost"] as? [String] == ["DK-003"])
  }

  @Test("table lists one line per use, and each place reads a code in its own list")
  func table() throws {
    let ash = try CommandRun(
      ["law", "table", "coal_fly_ash", "--jurisdiction", "VN", "--date", "2026-06-01"])
    #expect(ash.status == 0, "\(ash.error)")
    #expect(ash.output.contains("VN-025 VN-029 VN-031"))
    #expect(ash.output.contains("not legal advice"))
    let lamp = try CommandRun(["law", "table", "16 01 06", "--date", "2026-06-01"])
    #expect(lamp.output.contains("Viet Nam (VN): status waste, hazardous"))
    #expect(lamp.output.contains("Denmark (DK): status waste, not hazardous"))
    #expect(!lamp.output.contains("Thailand"))
    let json = try CommandRun(
      ["law", "table", "Coal fly ash (PFA)", "--date", "2026-06-01", "--json"])
    let tables = try JSONSerialization.jsonObject(with: Data(json.output.utf8)) as? [[String: Any]]
    #expect(
      tables?.compactMap { $0["jurisdiction"] as? String } == ["AU-WA", "DK", "EU", "TH", "VN"])
    #expect(tables?.allSatisfy { ($0["lines"] as? [Any])?.count == 12 } == true)
  }

  @Test(
    "what is misspelt is named, with the nearest spelling",
    arguments: [
      (["explain", "data/parks/kalundborg", "asnaes-fly-ahs", "cement-clinker"], "asnaes-fly-ash"),
      (["explain", "data/parks/kalundborg", "asnaes-fly-ash", "cement-clinkr"], "cement-clinker"),
      (["explain", "data/parks/kalundborg", "asnaes-fly-ash", "novo-steam"], "no route"),
      (
        [
          "explain", "data/parks/kalundborg", "asnaes-fly-ash", "cement-clinker", "--route",
          "coal_fly_ash_clinker",
        ], "coal_fly_ash__clinker"
      ),
      (["explain", "data/parks/kalundborg", "a", "b", "--date", "soon"], "YYYY-MM-DD"),
      (["table", "coal_fly_ahs"], "coal_fly_ash"),
      (["table", "coal_fly_ash", "--jurisdiction", "VM"], "VN"),
      (["table", "99 99 99"], "99 99 99"),
    ])
  func mistakes(arguments: [String], hint: String) throws {
    let run = try CommandRun(["law"] + arguments)
    #expect(run.status == 64)
    #expect(run.error.contains(hint), "\(run.error)")
    #expect(run.output.isEmpty)
  }

  @Test("the report shows hazard, waiting time, cost and open points of every planned exchange")
  func report() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    _ = try CommandRun(["match", "data/parks/kalundborg", "-o", folder.path])
    let html = try String(contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
    for text in [
      "Exchange by exchange", "3 open points", "not hazardous (by its waste code)",
      "Settled by the documented exchange", "open legal points", "Apply early",
    ] { #expect(html.contains(text), "\(text)") }
  }
}

import Foundation
import LichenDomain
import LichenIO
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenEngine

/// What-if and comparison, through the command and through the engine.
struct ScenarioCommandTests {
  private static func combined(_ changes: [(String, String)]) throws -> CombinedScenario {
    try ScenarioBook([]).combined(
      [], at: SourceLocation(file: "test"),
      flags: ScenarioFiles.flags(changes.map { "\($0.0)=\($0.1)" }))
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(try JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test("The written park of a scenario, matched by itself, has the very plan")
  func roundTrip() throws {
    try Repository.inFolder { folder in
      let out = folder.appendingPathComponent("result")
      let run = try CommandRun([
        "whatif", "data/parks/kalundborg", "lean-years", "--set", "figure.ets=x1", "-o", out.path,
      ])
      #expect(run.status == 65)
      #expect(run.error.contains("unknown figure") && run.error.contains("--set, row 1"))
      let sound = try CommandRun([
        "whatif", "data/parks/kalundborg", "lean-years", "--set", "figure.carbon_eu=x1.1", "--set",
        "rule.DK-007=off", "--set", "electricity_co2=-10%", "--set", "price.clinker=+5%", "--set",
        "distance.asnaes.cement.truck=300", "-o", out.path,
      ])
      #expect(sound.status == 0, "\(sound.error)")
      let again = try CommandRun([
        "match", out.appendingPathComponent("park").path, "--json",
      ])
      #expect(again.status == 0, "\(again.error)")
      let written = try String(
        contentsOf: out.appendingPathComponent("plan.json"), encoding: .utf8)
      #expect(again.output == written)
      #expect(try CommandRun(["verify", out.appendingPathComponent("plan.json").path]).status == 0)
      let report = try String(
        contentsOf: out.appendingPathComponent("report.html"), encoding: .utf8)
      #expect(report.contains("id=\"whatif\"") && report.contains("Gyproc (closed)"))
    }
  }

  @Test("Each result says where a change came from and what it replaced")
  func provenance() throws {
    let run = try CommandRun([
      "whatif", "data/parks/kalundborg", "lean-years", "--set", "capital_budget=5e6", "--json",
    ])
    #expect(run.status == 0, "\(run.error)")
    let scenario = try #require(try Self.object(run.output)["scenario"] as? [String: Any])
    #expect(scenario["parts"] as? [String] == ["budget-half", "gyproc-closed", "lean-years"])
    let changes = try #require(scenario["changes"] as? [[String: Any]])
    #expect(
      changes.map { $0["key"] as? String }
        == ["capital_budget", "enterprise.asnaes.size", "enterprise.gyproc"])
    #expect(changes[0]["origin"] as? String == "--set")
    let replaced = try #require(changes[0]["replaced"] as? [[String: Any]])
    #expect(replaced[0]["file"] as? String == "scenarios/budget-half.yaml")
    #expect(changes[2]["before"] as? String == "open")
  }

  @Test("Scenarios of the shipped parks are sound, and every regret of one's own plan is 0")
  func shipped() throws {
    for park in Repository.parkNames {
      let (book, issues) = ScenarioFiles.inspect(park: Repository.park(park))
      #expect(issues.isEmpty, "\(issues)")
      if book.scenarios.isEmpty { continue }
      let base = try Repository.engine.park(at: Repository.park(park))
      let comparison = try Repository.engine.compare(
        try book.names.map { try book.combined([$0], at: SourceLocation(file: "test")) }, of: base)
      let cells = try #require(comparison.regret?.cells)
      for index in cells.indices { #expect(cells[index][index]?.regret == 0, "\(park) \(index)") }
      #expect(cells.flatMap(\.self).allSatisfy { ($0?.regret ?? 0) >= 0 })
      // The baseline is what match finds.
      let match = try Repository.engine.match(
        base, options: PlanningOptions(settings: base.settings))
      #expect(
        try PlanJSON.encode(PlanDocument(match.plan))
          == PlanJSON.encode(PlanDocument(comparison.baseline.plan)))
    }
    let kalundborg = ScenarioFiles.inspect(park: Repository.park("kalundborg")).book.names
    #expect(kalundborg == ["budget-half", "carbon-60", "gyproc-closed", "lean-years"])
  }

  @Test(
    "Both results satisfy their shipped schemas",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func schemas() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      func judge(_ verb: String, _ arguments: [String]) throws {
        let run = try CommandRun([verb] + arguments + ["--json"])
        let file = folder.appendingPathComponent("\(verb).json")
        try run.output.write(to: file, atomically: true, encoding: .utf8)
        let schema = Repository.data.appendingPathComponent("schemas/\(verb).schema.json")
        let judged = try Repository.run(
          python,
          [
            Repository.root.appendingPathComponent("Tests/judges/schema.py").path, schema.path,
            file.path,
          ])
        #expect(judged.status == 0, "\(arguments): \(judged.output)\(judged.error)")
      }
      for park in ["kalundborg", "kwinana", "deep-c"] {
        try judge("compare", ["data/parks/\(park)"])
      }
      try judge("whatif", ["data/parks/kalundborg", "lean-years"])
      // No plan is an answer too.
      try judge("whatif", ["data/parks/kwinana", "--set", "co2_floor=1e9"])
      try judge("whatif", ["data/parks/deep-c", "--set", "objective=carbon"])
    }
  }

  @Test("What leaves no plan ends with exit code 3, what cannot be planned with 65 and its line")
  func noPlan() throws {
    let none = try CommandRun(["whatif", "data/parks/kwinana", "--set", "co2_floor=1e9"])
    #expect(none.status == 3 && none.output.contains("no plan possible"))
    let unknown = try CommandRun([
      "whatif", "data/parks/kwinana", "--set", "exchange.kwrp-water:tiwest-steam=required",
    ])
    #expect(unknown.status == 65, "\(unknown.error)")
    #expect(unknown.error.contains("--set, row 1, column exchange.kwrp-water:tiwest-steam"))
    #expect(try CommandRun(["whatif", "data/parks/kwinana"]).status == 64)
    let name = try CommandRun(["compare", "data/parks/kwinana", "carbon-acu"])
    #expect(name.status == 65 && name.error.contains("did you mean carbon-accu?"))
  }

  @Test("check reads every scenario of a park and tells all that is wrong with them")
  func check() throws {
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("park")
      try FileManager.default.copyItem(at: Repository.park("kalundborg"), to: park)
      let sound = try CommandRun(["check", park.path])
      #expect(sound.status == 0 && sound.output.contains("4 scenarios"))
      try "changes:\n  enterprise.gyprok: closed\n".write(
        to: park.appendingPathComponent("scenarios/a.yaml"), atomically: true, encoding: .utf8)
      try "changes:\n  carbon_price: [\n".write(
        to: park.appendingPathComponent("scenarios/b.yaml"), atomically: true, encoding: .utf8)
      let broken = try CommandRun(["check", park.path])
      #expect(broken.status == 65)
      #expect(broken.error.contains("scenarios/a.yaml, row 2") && broken.error.contains("gyproc?"))
      #expect(broken.error.contains("scenarios/b.yaml, row 3"))
      let file = folder.appendingPathComponent("mine.yaml")
      try "changes:\n  carbon_price: 10\n".write(to: file, atomically: true, encoding: .utf8)
      let other = try CommandRun(["whatif", "data/parks/kwinana", file.path, "--json"])
      #expect(other.status == 0, "\(other.error)")
    }
  }

  @Test("A new enterprise gets the streams of its blueprint, and changes may name them")
  func newEnterprise() throws {
    let engine = Repository.engine
    let base = try engine.park(at: Repository.park("kalundborg"))
    let blueprint = try #require(engine.catalogue.sectorBook.sector("gypsum_board"))
    let place = [
      ("enterprise.new-board.blueprint", blueprint.id),
      ("enterprise.new-board.size", "50000 \(blueprint.unitPerYear)"),
      ("enterprise.new-board.lat", "55.67"), ("enterprise.new-board.lon", "11.11"),
    ]
    let added = try engine.scenario(Self.combined(place), of: base)
    let own = added.park.inputs.filter { $0.enterprise.rawValue == "new-board" }
    #expect(!own.isEmpty && own.allSatisfy { $0.basis == .blueprint })
    #expect(
      added.park.outputs.filter { $0.enterprise.rawValue != "new-board" }.map(\.id)
        == base.outputs.map(\.id))
    let input = try #require(own.first { $0.quantity != nil })
    let dropped = try engine.scenario(
      Self.combined(place + [("stream.\(input.id)", "none")]), of: base)
    #expect(dropped.park.input(input.id) == nil)
    #expect(throws: ValidationError.self) {
      try engine.scenario(
        Self.combined([("enterprise.x.blueprint", "nothing-like-it")]), of: base)
    }
  }

  @Test("A flag's limit is the baseline's, and a scenario's word comes after it")
  func flags() throws {
    let run = try CommandRun([
      "whatif", "data/parks/kalundborg", "budget-half", "--budget", "1000000", "--json",
    ])
    #expect(run.status == 0, "\(run.error)")
    let root = try Self.object(run.output)
    let scenario = try #require(root["scenario"] as? [String: Any])
    let changes = try #require(scenario["changes"] as? [[String: Any]])
    #expect(changes[0]["before"] as? String == "1000000 EUR")
    func capital(_ figures: Any?) -> Double? {
      ((figures as? [String: Any])?["capital"] as? [String: Any])?["typical"] as? Double
    }
    let before = try #require(capital(root["baseline"]))
    let after = try #require(capital(scenario["figures"]))
    #expect(before <= 1_000_000 && after > before && after <= 3_700_000)
  }
}

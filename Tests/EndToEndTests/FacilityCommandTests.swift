import Foundation
import LichenDomain
import LichenIO
import LichenTestSupport
import Testing

/// A park with a shared plant and a CO2e floor, through the command.
struct FacilityCommandTests {
  /// Ash lies too far from the works for its route's usual value, so that a plant between them is an
  /// alternative; the direct exchanges are left out by option.
  private static func write(to folder: URL, capacity: Double? = 30_000) throws {
    var park = ParkBuilder(name: "hub", jurisdiction: "DK", baseYear: 2024)
    park.enterprise("north", at: (55.60, 11.00))
    park.enterprise("works", at: (55.61, 11.05))
    park.output(
      "ash", of: "north", "coal_fly_ash", 20_000, disposalCost: 40, wasteCode: "10 01 02")
    park.input("clinker-in", of: "works", "clinker", 90_000, price: 60)
    park.facility(
      "mill", at: (55.605, 11.02), routes: ["coal_fly_ash__clinker"], capacity: capacity,
      capital: 500_000, running: 60_000, lifetime: 20)
    try ParkWriter.write(park.declaration, to: folder)
  }

  private static let forbidden = ["--forbid", "ash:clinker-in"]

  @Test("A plan through a plant is written, verified, and refused when a leg is altered")
  func match() throws {
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("park")
      let out = folder.appendingPathComponent("out")
      try Self.write(to: park)
      let run = try CommandRun(["match", park.path, "-o", out.path] + Self.forbidden)
      #expect(run.status == 0, "\(run.error)")
      #expect(run.output.contains("facility mill"))
      let legs = try String(
        contentsOf: out.appendingPathComponent("legs.csv"), encoding: .utf8)
      #expect(legs.contains("ash:mill:coal_fly_ash__clinker") && legs.contains("mill:clinker-in"))
      let plan = out.appendingPathComponent("plan.json")
      #expect(try CommandRun(["verify", plan.path]).status == 0)
      let text = try String(contentsOf: plan, encoding: .utf8)
      let forged = text.replacing("\"intake\" : 20000", with: "\"intake\" : 20001")
      #expect(forged != text)
      try forged.write(to: plan, atomically: true, encoding: .utf8)
      let refused = try CommandRun(["verify", plan.path])
      #expect(refused.status == 65 && refused.error.contains("facilities[0].intake"))
      let uncertain = try CommandRun(["uncertainty", park.path] + Self.forbidden)
      #expect(uncertain.status == 64 && uncertain.error.contains("shared plants"))
    }
  }

  @Test("A floor that nothing reaches ends with code 3 and the most that can be had")
  func floor() throws {
    try Repository.inFolder { folder in
      try Self.write(to: folder.appendingPathComponent("park"))
      let park = folder.appendingPathComponent("park").path
      let run = try CommandRun(["match", park, "--co2-floor", "1000000"])
      #expect(run.status == 3)
      #expect(run.error.contains("no plan avoids 1,000,000 t CO2e/a; the most within the other"))
      #expect(try CommandRun(["match", park, "--co2-floor", "100"]).status == 0)
      #expect(try CommandRun(["match", park, "--co2-floor", "-1"]).status == 64)
      let file = try CommandRun(["export", park, "--format", "lp", "--co2-floor", "100"])
      #expect(file.status == 0 && file.output.contains("r_carbon"))
    }
  }

  @Test(
    "The park and its plan satisfy the shipped schemas, a workbook gives the same plan",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func judged() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("park")
      try Self.write(to: park)
      let frictionless = python.deletingLastPathComponent().appendingPathComponent("frictionless")
      let package = try Repository.run(frictionless, ["validate", park.path])
      #expect(package.status == 0, "\(package.output)")
      let run = try CommandRun(["match", park.path, "--json"] + Self.forbidden)
      let plan = folder.appendingPathComponent("plan.json")
      try run.output.write(to: plan, atomically: true, encoding: .utf8)
      let judge = try Repository.run(
        python,
        [
          Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
          Repository.data.appendingPathComponent("schemas/plan.schema.json").path, plan.path,
        ])
      #expect(judge.status == 0, "\(judge.output)\(judge.error)")
      let workbook = folder.appendingPathComponent("park.xlsx").path
      #expect(try CommandRun(["convert", park.path, workbook, "--lang", "vi"]).status == 0)
      let again = try CommandRun(["match", workbook, "--json"] + Self.forbidden)
      #expect(again.output == run.output)
    }
  }

  @Test("A slip in a plant's row is told with file, row, column and the nearest spelling")
  func slips() throws {
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("park")
      try Self.write(to: park)
      let table = park.appendingPathComponent("facilities.csv")
      let text = try String(contentsOf: table, encoding: .utf8)
      try text.replacing("coal_fly_ash__clinker", with: "coal_fly_ash__clinkr")
        .write(to: table, atomically: true, encoding: .utf8)
      let run = try CommandRun(["check", park.path])
      #expect(run.status == 65)
      #expect(run.error.contains("facilities.csv, row 2, column routes: unknown route"))
      #expect(run.error.contains("did you mean coal_fly_ash__clinker"))
    }
  }
}

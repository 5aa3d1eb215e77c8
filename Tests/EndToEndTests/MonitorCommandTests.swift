import Foundation
import LichenTestSupport
import Testing

@Suite("Indicators and monitor, as a user runs them")
struct MonitorCommandTests {
  /// An invented park: a boiler house, a brick works and a laundry that nobody has ever seen.
  private static let tables = [
    "enterprises": """
    id,name,sector,lat,lon,zone
    boiler,Invented Boiler House,energy,10.90,106.87,Invented park
    bricks,Invented Brick Works,building,10.91,106.87,Invented park
    laundry,Invented Laundry,services,10.90,106.88,outside the park

    """,
    "outputs": """
    id,enterprise,material,waste_code,quantity,unit,current_route,disposal_cost,confidence
    ash,boiler,coal_fly_ash,,4000,t/yr,landfill,200000,estimated
    suds,laundry,wash_water,,9000,m3/yr,sewer,,estimated

    """,
    "inputs": """
    id,enterprise,material,quantity,unit,price,confidence
    sand,bricks,natural_sand,9000,t/yr,300000,estimated

    """,
    "options": """
    id,enterprise,name,capital,saving,co2,status,confidence
    leaks,boiler,Mend steam leaks,20000000,90000000,60,done,estimated
    lamps,bricks,Better lamps,50000000,20000000,,proposed,estimated

    """,
    "actuals": """
    id,subject,period,quantity,unit,money
    a1,ash:sand,2025-Q1,700,t,
    a2,ash:sand,2025-Q2,900,t,150000000

    """,
    "progress": """
    subject,status,date,notes,source,confidence
    ash:sand,identified,2023-04-01,,invented,estimated
    ash:sand,agreed,2024-02-01,,invented,estimated
    ash:sand,running,2025-01-15,,invented,estimated

    """,
  ]

  private static func park(in folder: URL) throws -> URL {
    let park = folder.appendingPathComponent("invented")
    let made = try CommandRun([
      "new", park.path, "--jurisdiction", "VN", "--currency", "VND", "--year", "2024",
    ])
    #expect(made.status == 0, "\(made.error)")
    for (name, text) in tables {
      try text.write(
        to: park.appendingPathComponent("\(name).csv"), atomically: true, encoding: .utf8)
    }
    return park
  }

  private static func object(_ text: String) throws -> [String: Any] {
    try #require(JSONSerialization.jsonObject(with: Data(text.utf8)) as? [String: Any])
  }

  @Test(
    "indicators and monitor satisfy their shipped schemas",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func schemas() throws {
    let python = try #require(Repository.judgesPython)
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let parks = [
      try Self.park(in: folder).path, "data/parks/kalundborg", "data/parks/hoa-khanh",
      "data/parks/hiep-phuoc",
    ]
    for command in ["indicators", "monitor"] {
      for (index, park) in parks.enumerated() {
        let run = try CommandRun([command, park, "--json", "--time-limit", "20"])
        #expect(run.status == 0, "\(command) \(park): \(run.error)")
        let file = folder.appendingPathComponent("\(command)-\(index).json")
        try run.output.write(to: file, atomically: true, encoding: .utf8)
        let judge = try Repository.run(
          python,
          [
            Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
            Repository.data.appendingPathComponent("schemas/\(command).schema.json").path,
            file.path,
          ])
        #expect(judge.status == 0, "\(command) \(park): \(judge.output)\(judge.error)")
      }
    }
  }

  @Test("monitor of an invented park: delivered, forecast, totals, and the plan made again")
  func monitor() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let park = try Self.park(in: folder)
    let run = try CommandRun(["monitor", park.path, "--json"])
    #expect(run.status == 0, "\(run.error)")
    let found = try Self.object(run.output)
    #expect(found["format"] as? String == "lichen/monitor/1" && found["year"] as? Int == 2025)
    let subjects = try #require(found["subjects"] as? [[String: Any]])
    let ash = try #require(subjects.first { $0["id"] as? String == "ash:sand" })
    #expect(ash["status"] as? String == "running")
    let forecast = try #require(ash["forecast_quantity"] as? [String: Any])
    #expect(forecast["reported"] as? Double == 1600 && forecast["typical"] as? Double == 3200)
    let again = try #require(found["replanned"] as? [String: Any])
    #expect(again["kept"] as? [String] == ["ash:sand"])
    let programme = try #require(found["programme"] as? [String: Any])
    let measures = try #require(programme["measures"] as? [String: Any])
    #expect(measures["found"] as? Int == 2 && measures["running"] as? Int == 1)

    let out = folder.appendingPathComponent("out")
    let written = try CommandRun(["monitor", park.path, "-o", out.path])
    #expect(written.status == 0 && written.output.contains("PLAN AND ACTUAL"), "\(written.error)")
    let report = try String(
      contentsOf: out.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(report.contains("Plan and actual") && report.contains("Invented Boiler House"))
    #expect(
      FileManager.default.fileExists(atPath: out.appendingPathComponent("monitor.json").path))
  }

  @Test("indicators of an invented park: what is met, what is marked, what is not known")
  func indicators() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(["indicators", Self.park(in: folder).path, "--json"])
    #expect(run.status == 0, "\(run.error)")
    let found = try Self.object(run.output)
    let criteria = try #require(found["criteria"] as? [[String: Any]])
    func criterion(_ id: String) throws -> [String: Any] {
      try #require(criteria.first { $0["id"] as? String == id })
    }
    // All ash goes to landfill today.
    let landfill = try criterion("IF-EN-I11")
    #expect(landfill["state_today"] as? String == "not-met")
    #expect(landfill["check_before_relying"] as? Bool == true)
    // One firm of the two inside has a measure: 50 of 20 %, and others may have one.
    let recp = try criterion("VN-37-2c")
    #expect(recp["state_today"] as? String == "met")
    // Whether the partners have ISO systems no table says.
    let symbiosis = try criterion("VN-37-2b")
    #expect(symbiosis["state_with_plan"] as? String == "cannot-be-said")
    #expect(symbiosis["reaches_threshold_with_plan"] as? Bool == true)
    let unknown = try #require(found["not_known"] as? [[String: Any]])
    #expect(criteria.count + unknown.count == 80)
    #expect(unknown.allSatisfy { !($0["needs"] as? String ?? "").isEmpty })
    let text = try CommandRun([
      "indicators", Self.park(in: folder.appendingPathComponent("b")).path,
    ])
    #expect(text.status == 0 && text.output.contains("check before relying on it"))
  }

  @Test("a stage that goes back is refused, with its row")
  func order() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let park = try Self.park(in: folder)
    let progress = park.appendingPathComponent("progress.csv")
    try (Self.tables["progress"] ?? "").appending(
      "ash:snad,agreed,2025-02-01,,,\nash:sand,agreed,2025-02-01,,,\n"
    )
    .write(to: progress, atomically: true, encoding: .utf8)
    let run = try CommandRun(["check", park.path])
    #expect(run.status == 65)
    #expect(run.error.contains("status-order") || run.error.contains("reached on 2025-01-15"))
    #expect(run.error.contains("sand") && run.error.contains("progress.csv"))
  }
}

import Foundation
import LichenTestSupport
import Testing

/// Excel workbooks, with openpyxl and LibreOffice as writers and readers of their own.
@Suite("Workbooks in other programs' hands")
struct WorkbookTests {
  private static let office = Repository.command("soffice")
  private static let judge = Repository.root.appendingPathComponent("Tests/judges/workbook.py").path

  /// Lets LibreOffice open a file and save it as .xlsx.
  private static func saved(_ file: URL, in folder: URL) throws -> URL {
    let office = try #require(office)
    let target = folder.appendingPathComponent("saved")
    let run = try Repository.run(
      office,
      [
        // Two runs must not share a profile.
        "-env:UserInstallation=\(folder.appendingPathComponent("profile").absoluteString)",
        "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", target.path,
        file.path,
      ])
    let result = target.appendingPathComponent(
      file.deletingPathExtension().lastPathComponent + ".xlsx")
    try #require(FileManager.default.fileExists(atPath: result.path), "\(run.output)\(run.error)")
    return result
  }

  private static func tables(_ folder: URL) throws -> [String: String] {
    var tables: [String: String] = [:]
    for name in try FileManager.default.contentsOfDirectory(atPath: folder.path) {
      tables[name] = try String(
        contentsOf: folder.appendingPathComponent(name), encoding: .utf8)
    }
    return tables
  }

  /// The rows that the workbook of `workbook.py fill` and `workbook.fods` stand for.
  private static let rows = [
    "enterprises.csv": [
      "id,name,sector,lat,lon,licences",
      "nhiet-dien,Công ty Nhiệt điện Đông Bắc,energy,20.85,106.75,",
      "xi-mang,Công ty Xi măng Sông Cấm,cement,20.86,106.7,hazardous-waste",
    ],
    "outputs.csv": [
      "id,enterprise,name,material,quantity,quantity_low,unit,current_route,disposal_cost,from_year,"
        + "notes,confidence",
      "thach-cao,nhiet-dien,Thạch cao FGD,thạch cao ướt lẫn đá,40000,,t/yr,sewer,,2019,,",
      "tro-bay,nhiet-dien,Tro bay,coal_fly_ash,12500.5,9800.25,tấn/năm,landfill,-12.5,2020,"
        + "đo tại bãi,estimated",
    ],
    "inputs.csv": [
      "id,enterprise,name,material,quantity,unit,price,max_share",
      "clinker,xi-mang,Clanhke,clinker,60000,t/yr,1250000,0.3",
    ],
  ]

  /// A folder with those rows, to be brought into normal form by the command.
  private static func expected(in folder: URL) throws -> URL {
    let park = folder.appendingPathComponent("expected")
    try FileManager.default.createDirectory(at: park, withIntermediateDirectories: true)
    for (name, lines) in rows {
      try (lines.joined(separator: "\n") + "\n").write(
        to: park.appendingPathComponent(name), atomically: true, encoding: .utf8)
    }
    let package = """
      {"name": "thu-nghiem", "title": "KCN Thử nghiệm", "lichen": {"format": 1, "jurisdiction": "VN",
      "currency": "VND", "base_year": 2023, "law_date": "2023-06-30", "discount_rate": 0.08,
      "existing_exchanges": "kept"}, "resources": [{"name": "enterprises", "path": "enterprises.csv"},
      {"name": "outputs", "path": "outputs.csv"}, {"name": "inputs", "path": "inputs.csv"}]}
      """
    try package.write(
      to: park.appendingPathComponent("datapackage.json"), atomically: true, encoding: .utf8)
    let normal = folder.appendingPathComponent("normal")
    let run = try CommandRun(["convert", park.path, normal.path])
    #expect(run.status == 0, "\(run.error)")
    return normal
  }

  /// Converts a workbook into a folder and compares every byte of it.
  private static func check(_ workbook: URL, equals expected: URL, in folder: URL) throws
    -> CommandRun
  {
    let target = folder.appendingPathComponent("converted")
    let run = try CommandRun(["convert", workbook.path, target.path])
    #expect(run.status == 0, "\(run.error)")
    #expect(try tables(target) == tables(expected))
    return run
  }

  @Test(
    "A workbook filled in by openpyxl with Vietnamese headers and comma decimals loses nothing",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func openpyxl() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent("park.xlsx")
      let judge = try Repository.run(python, [Self.judge, "fill", file.path])
      #expect(judge.status == 0, "\(judge.error)")
      let run = try Self.check(file, equals: Self.expected(in: folder), in: folder)
      let notes = run.error.split(separator: "\n").map { $0.prefix { $0 != ";" } }
      #expect(
        notes == [
          "warning: park.xlsx, sheet Doanh nghiệp, cell A3, column STT: unknown column",
          "warning: park.xlsx, sheet Doanh nghiệp, cell H3, column Số điện thoại: unknown column",
          "warning: park.xlsx, sheet Nháp: unknown sheet",
        ])
    }
  }

  @Test(
    "A workbook filled in by LibreOffice with Vietnamese headers and comma decimals loses nothing",
    .enabled(if: Self.office != nil, "LibreOffice is not installed"))
  func libreOffice() throws {
    try Repository.inFolder { folder in
      let source = Repository.root.appendingPathComponent("Tests/judges/workbook.fods")
      _ = try Self.check(
        Self.saved(source, in: folder), equals: Self.expected(in: folder), in: folder)
    }
  }

  @Test(
    "A formula without a value is refused at its cell, and read once LibreOffice has worked it out",
    .enabled(
      if: Self.office != nil && Repository.judgesPython != nil,
      "LibreOffice or the Python judges are not installed"))
  func formulas() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent("park.xlsx")
      _ = try Repository.run(python, [Self.judge, "formulas", file.path])
      let refused = try CommandRun(["check", file.path, "--json"])
      #expect(refused.status == 65)
      let issues = try #require(
        JSONSerialization.jsonObject(with: Data(refused.output.utf8)) as? [[String: Any]])
      let issue = try #require(issues.first { $0["severity"] as? String == "error" })
      #expect(issue["code"] as? String == "formula-without-value")
      let place = try #require(issue["location"] as? [String: Any])
      #expect(place["sheet"] as? String == "Đầu ra")
      #expect(place["cell"] as? String == "E3")
      let target = folder.appendingPathComponent("park")
      let run = try CommandRun(["convert", Self.saved(file, in: folder).path, target.path])
      #expect(run.status == 0, "\(run.error)")
      #expect(try #require(Self.tables(target)["outputs.csv"]).contains(",12600,"))
    }
  }

  @Test(
    "openpyxl finds every cell of a shipped park where the table has it",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func readByOpenpyxl() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent("kwinana.xlsx")
      #expect(try CommandRun(["convert", "data/parks/kwinana", file.path]).status == 0)
      let dump = try Repository.run(python, [Self.judge, "dump", file.path])
      let sheets = try #require(
        JSONSerialization.jsonObject(with: Data(dump.output.utf8)) as? [String: [[Any]]])
      #expect(sheets["Lists"] == nil, "the lists are hidden")
      let outputs = try #require(sheets["Outputs"])
      #expect(outputs[1].first as? String == "Id")
      let normal = folder.appendingPathComponent("normal")
      _ = try CommandRun(["convert", file.path, normal.path])
      let lines = try #require(Self.tables(normal)["outputs.csv"]).split(separator: "\n")
      #expect(outputs.count == lines.count + 1, "a title stands above the header")
      let ids = outputs.dropFirst(2).map { $0[0] as? String ?? "" }
      #expect(ids == lines.dropFirst().map { String($0.prefix { $0 != "," }) })
      let quantity = try #require(outputs[1].firstIndex { $0 as? String == "Quantity" })
      let sum = outputs.dropFirst(2).compactMap { $0[quantity] as? Double }.reduce(0, +)
      let declared = try Repository.engine.park(at: Repository.park("kwinana")).declaration
      #expect(
        sum == declared.outputs.sorted { $0.id < $1.id }.compactMap(\.quantity.typical).reduce(0, +)
      )
    }
  }

  @Test(
    "A park that LibreOffice opens and saves comes back byte for byte",
    .enabled(if: Self.office != nil, "LibreOffice is not installed"),
    arguments: [("kalundborg", "en"), ("map-ta-phut", "vi")])
  func resaved(park: String, language: String) throws {
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent("park.xlsx")
      let source = "data/parks/\(park)"
      #expect(try CommandRun(["convert", source, file.path, "--lang", language]).status == 0)
      let normal = folder.appendingPathComponent("normal")
      #expect(try CommandRun(["convert", source, normal.path]).status == 0)
      let run = try Self.check(Self.saved(file, in: folder), equals: normal, in: folder)
      #expect(run.error.isEmpty)
    }
  }

  @Test(
    "Folder and workbook of one park give one plan",
    arguments: ["kalundborg", "kwinana", "mekong-agro"])
  func onePlan(park: String) throws {
    try Repository.inFolder { folder in
      let source = "data/parks/\(park)"
      let plan = try CommandRun(["match", source, "--json"])
      #expect(plan.status == 0)
      for language in ["en", "vi"] {
        let file = folder.appendingPathComponent("\(language).xlsx").path
        #expect(try CommandRun(["convert", source, file, "--lang", language]).status == 0)
        let other = try CommandRun(["match", file, "--json"])
        #expect(other.output == plan.output, "\(language)")
        let written = folder.appendingPathComponent("plan.json")
        try plan.output.write(to: written, atomically: true, encoding: .utf8)
        #expect(try CommandRun(["verify", written.path, "--park", file]).status == 0)
        #expect(
          try CommandRun(["candidates", file]).output == CommandRun(["candidates", source]).output)
      }
    }
  }

  @Test("A new workbook becomes a park by filling in two rows, and nothing is overwritten unasked")
  func commands() throws {
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent("New Park.xlsx").path
      let arguments = ["new", "--xlsx", file, "--lang", "vi", "--jurisdiction", "VN"]
      #expect(try CommandRun(arguments).status == 0)
      let again = try CommandRun(arguments)
      #expect(again.status == 64)
      #expect(again.error.contains("exists already"))
      #expect(try CommandRun(["check", file]).status == 65, "it has no enterprise yet")
      #expect(try CommandRun(["new", "--xlsx", folder.path + "/x.csv"]).status == 64)
      #expect(try CommandRun(["convert", "data/parks/kwinana", file]).status == 64)
      #expect(try CommandRun(["convert", "data/parks/kwinana", file, "--replace"]).status == 0)
      #expect(try CommandRun(["check", file]).status == 0)
      #expect(
        try CommandRun(["convert", file, folder.path]).status == 64, "the folder is not empty")
      #expect(
        try CommandRun(["convert", folder.path + "/none.xlsx", folder.path + "/p"]).status == 65)
      #expect(
        try FileManager.default.contentsOfDirectory(atPath: folder.path) == ["New Park.xlsx"])
    }
  }

  @Test(
    "LibreOffice and openpyxl are there where all judges must be", .enabled(if: Repository.isCI))
  func judgesAreThere() {
    #expect(Self.office != nil)
    #expect(Repository.judgesPython != nil)
  }
}

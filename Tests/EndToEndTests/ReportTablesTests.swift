import Foundation
import LichenDomain
import LichenIO
import LichenTestSupport
import Testing

/// Reports as workbook, data package, document and sources, in other programs' hands.
@Suite("Reports as tables, judged by other programs")
struct ReportTablesTests {
  private static let office = Repository.command("soffice")
  private static let judge = Repository.root.appendingPathComponent("Tests/judges/report.py").path

  /// Matches a park and writes every tabular format.
  @discardableResult
  private static func match(_ park: URL, to folder: URL, _ options: [String] = []) throws
    -> CommandRun
  {
    let run = try CommandRun(
      ["match", park.path, "-o", folder.path, "--format", "xlsx,csv,json,sources"] + options)
    return run
  }

  // MARK: Parks

  /// A plant, a leg to it and one from it, and measures that are taken and left.
  private static func plantPark(at folder: URL) throws {
    var park = ParkBuilder(name: "hub", jurisdiction: "DK", baseYear: 2024)
    park.enterprise("north", at: (55.60, 11.00))
    park.enterprise("works", at: (55.61, 11.05))
    park.output(
      "ash", of: "north", "coal_fly_ash", 20_000, disposalCost: 40, wasteCode: "10 01 02")
    park.output("steam", of: "works", "steam_mp", 30_000, route: "sold")
    park.input("clinker-in", of: "works", "clinker", 90_000, price: 60)
    park.input("steam-in", of: "north", "steam_mp", 20_000, price: 30)
    for (id, running) in [("mill", 60_000.0), ("dear", 90_000_000)] {
      park.facility(
        id, at: (55.605, 11.02), routes: ["coal_fly_ash__clinker"], capacity: 30_000,
        capital: 500_000, running: running, lifetime: 20)
    }
    for (id, capital, saving, co2) in [
      ("lamps", 1000.0, 900.0, Double?.some(5)), ("fans", 1_000_000, 1, 2), ("vague", 10, 500, nil),
    ] {
      var row = OptionRow(
        id: id, enterprise: "works", location: SourceLocation(file: "options.csv", row: 2))
      row.capital = capital
      row.saving = saving
      row.co2 = co2
      park.declaration.options.append(row)
    }
    try ParkWriter.write(park.declaration, to: folder)
  }

  /// Names and notes that a spreadsheet would run, were they written as formulas.
  private static let poison = [
    "=cmd|' /C calc'!A0", "+1+1", "-2+3", "@SUM(A1)", "=HYPERLINK(\"http://x.invalid\";\"y\")",
  ]

  private static func poisonedPark(at folder: URL) throws {
    var park = ParkBuilder(name: "poison", jurisdiction: "DK", baseYear: 2024)
    park.enterprise("north", at: (55.60, 11.00))
    park.enterprise("works", at: (55.61, 11.05))
    park.declaration.enterprises[0].name = poison[0]
    park.declaration.enterprises[1].name = poison[1]
    park.output("ash", of: "north", "coal_fly_ash", 20_000, disposalCost: 40) {
      $0.name = poison[2]
      $0.provenance.source = poison[4]
    }
    park.input("clinker-in", of: "works", "clinker", 90_000, price: 60)
    park.declaration.inputs[0].name = poison[3]
    try ParkWriter.write(park.declaration, to: folder)
  }

  private static func emptyPark(at folder: URL) throws {
    var park = ParkBuilder(name: "empty", jurisdiction: "VN", currency: "VND", baseYear: 2024)
    park.enterprise("alone", at: (10.7, 106.7))
    park.output("ash", of: "alone", "coal_fly_ash", 20_000)
    try ParkWriter.write(park.declaration, to: folder)
  }

  /// Parks to judge, by name, with the options of the command.
  private static func parks(in folder: URL, shipped: [String], seeds: ClosedRange<UInt64>) throws
    -> [(name: String, park: URL, [String])]
  {
    func made(_ name: String, _ write: (URL) throws -> Void) throws -> URL {
      let url = folder.appendingPathComponent("park-\(name)")
      try write(url)
      return url
    }
    var parks: [(name: String, park: URL, [String])] = shipped.map {
      ($0, Repository.park($0), [])
    }
    parks += [
      ("plants", try made("plants", plantPark), ["--forbid", "ash:clinker-in"]),
      ("poison", try made("poison", poisonedPark), []),
      ("empty", try made("empty", emptyPark), []),
      ("contradiction", Repository.park("kalundborg"), ["--co2-floor", "100000000"]),
    ]
    for seed in seeds {
      let url = try made("random-\(seed)") { url in
        var random = RandomPark(seed: seed)
        try ParkWriter.write(random.declaration(enterprises: 6, streams: 4...9), to: url)
      }
      parks.append(("random-\(seed)", url, []))
    }
    return parks
  }

  // MARK: Workbooks

  private static func recalculated(_ files: [URL], in folder: URL) throws -> URL {
    let office = try #require(office)
    let target = folder.appendingPathComponent("saved")
    let run = try Repository.run(
      office,
      [
        "-env:UserInstallation=\(folder.appendingPathComponent("profile").absoluteString)",
        "--headless", "--convert-to", "xlsx:Calc MS Excel 2007 XML", "--outdir", target.path,
      ] + files.map(\.path))
    #expect(run.status == 0, "\(run.output)\(run.error)")
    return target
  }

  @Test(
    "LibreOffice works out every formula to the value shown and to the totals of plan.json",
    .enabled(
      if: Repository.judgesPython != nil && Self.office != nil,
      "the Python judges or LibreOffice are not installed"))
  func formulas() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      let parks = try Self.parks(
        in: folder, shipped: ["kalundborg", "kwinana", "deep-c", "hiep-phuoc"], seeds: 1...6)
      var bare: [URL] = []
      for (name, park, options) in parks {
        let run = try Self.match(park, to: folder.appendingPathComponent(name), options)
        #expect([0, 3].contains(run.status), "\(name): \(run.error)")
        // Without any value worked out before, so that none can be taken over.
        let file = folder.appendingPathComponent("\(name).xlsx")
        let judge = try Repository.run(
          python,
          [
            Self.judge, "bare", folder.appendingPathComponent("\(name)/report.xlsx").path,
            file.path,
          ])
        #expect(judge.status == 0, "\(name): \(judge.error)")
        bare.append(file)
      }
      let saved = try Self.recalculated(bare, in: folder)
      for (name, _, _) in parks {
        let judge = try Repository.run(
          python,
          [
            Self.judge, "check", folder.appendingPathComponent("\(name)/report.xlsx").path,
            saved.appendingPathComponent("\(name).xlsx").path,
            folder.appendingPathComponent("\(name)/plan.json").path,
          ])
        #expect(judge.status == 0, "\(name): \(judge.output)\(judge.error)")
        if name == "kalundborg" {
          #expect(!judge.output.hasPrefix("0 formulas"))
        }
      }
    }
  }

  @Test(
    "A changed ledger line changes the plan's total by as much",
    .enabled(
      if: Repository.judgesPython != nil && Self.office != nil,
      "the Python judges or LibreOffice are not installed"))
  func live() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      let out = folder.appendingPathComponent("out")
      try Self.match(Repository.park("kalundborg"), to: out)
      let files = ["plain", "changed"].map { folder.appendingPathComponent("\($0).xlsx") }
      for (file, change) in zip(files, [[], ["Ledger", "F4", "1000"]]) {
        let judge = try Repository.run(
          python,
          [Self.judge, "bare", out.appendingPathComponent("report.xlsx").path, file.path] + change)
        #expect(judge.status == 0, "\(judge.error)")
      }
      let saved = try Self.recalculated(files, in: folder)
      let judge = try Repository.run(
        python,
        [Self.judge, "difference"]
          + files.map { saved.appendingPathComponent($0.lastPathComponent).path })
      let differences = try JSONDecoder().decode([Double].self, from: Data(judge.output.utf8))
      #expect(differences.count == 9)
      #expect(abs(differences[0] - 1000) < 1e-3, "\(differences)")
      #expect(differences.dropFirst().allSatisfy { abs($0) < 1e-3 }, "\(differences)")
    }
  }

  private struct Texts: Decodable {
    let sheets: [String]
    let texts: [String]
    let dates: [String]
    let formulas: [String]
  }

  @Test(
    "Texts that look like formulas stay texts in workbook and tables",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func injection() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("park")
      let out = folder.appendingPathComponent("out")
      try Self.poisonedPark(at: park)
      #expect(try Self.match(park, to: out).status == 0)
      let judge = try Repository.run(
        python, [Self.judge, "texts", out.appendingPathComponent("report.xlsx").path])
      let book = try JSONDecoder().decode(Texts.self, from: Data(judge.output.utf8))
      for text in Self.poison {
        #expect(book.texts.contains { $0.contains(text) }, "\(text)")
        #expect(!book.formulas.contains { $0.contains(text) }, "\(text)")
      }
      let tables = out.appendingPathComponent("report-csv")
      let names = try FileManager.default.contentsOfDirectory(atPath: tables.path)
      #expect(names.count == 14)
      for name in names where name.hasSuffix(".csv") {
        let table = try String(contentsOf: tables.appendingPathComponent(name), encoding: .utf8)
        for cell in ["\n=", ",=", ",\"=", ",@", ",+1"] {
          #expect(!table.contains(cell), "\(name): \(cell)")
        }
      }
    }
  }

  @Test(
    "openpyxl reads sheets, real dates and the park's Vietnamese words",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func words() throws {
    let python = try #require(Repository.judgesPython)
    try Repository.inFolder { folder in
      try Self.match(Repository.park("hiep-phuoc"), to: folder)
      let judge = try Repository.run(
        python, [Self.judge, "texts", folder.appendingPathComponent("report.xlsx").path])
      let book = try JSONDecoder().decode(Texts.self, from: Data(judge.output.utf8))
      #expect(book.sheets.prefix(4) == ["Summary", "Exchanges", "Ledger", "Enterprises"])
      #expect(book.sheets.contains("Measures") && !book.sheets.contains("Plants and legs"))
      #expect(book.dates.count == 1)
      let declared = try String(
        contentsOf: Repository.park("hiep-phuoc").appendingPathComponent("enterprises.csv"),
        encoding: .utf8)
      let foreign = book.texts.filter { $0.unicodeScalars.contains { $0.value > 0x1EA0 } }
      #expect(declared.unicodeScalars.contains { $0.value > 0x1EA0 } == !foreign.isEmpty)
    }
  }

  // MARK: The others

  @Test(
    "frictionless accepts the tables, jsonschema the document, a BibTeX reader the sources",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func judges() throws {
    let python = try #require(Repository.judgesPython)
    let frictionless = python.deletingLastPathComponent().appendingPathComponent("frictionless")
    try Repository.inFolder { folder in
      for (name, park, options) in try Self.parks(
        in: folder, shipped: ["kwinana", "hiep-phuoc"], seeds: 7...8)
      {
        let out = folder.appendingPathComponent(name)
        try Self.match(park, to: out, options)
        let package = try Repository.run(
          frictionless,
          ["validate", out.appendingPathComponent("report-csv/datapackage.json").path])
        #expect(package.status == 0, "\(name): \(package.output)")
        let schema = try Repository.run(
          python,
          [
            Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
            Repository.data.appendingPathComponent("schemas/report.schema.json").path,
            out.appendingPathComponent("report.json").path,
          ])
        #expect(schema.status == 0, "\(name): \(schema.output)\(schema.error)")
        let sources = try Repository.run(
          python, [Self.judge, "bib", out.appendingPathComponent("sources.bib").path])
        #expect(sources.status == 0, "\(name): \(sources.error)")
        try Self.checkSources(sources.output, out, name)
      }
    }
  }

  /// Every key of the table is an entry, each once, and the other way round.
  private static func checkSources(_ output: String, _ folder: URL, _ name: String) throws {
    let entries = try JSONDecoder().decode([[String: String]].self, from: Data(output.utf8))
    let keys = entries.compactMap { $0["key"] }
    #expect(Set(keys).count == keys.count, "\(name)")
    let table = try String(
      contentsOf: folder.appendingPathComponent("sources.csv"), encoding: .utf8)
    let used = Set(
      table.split(separator: "\n").dropFirst().compactMap { line in
        line.split(separator: ",", omittingEmptySubsequences: false).last.map(String.init)
      }.filter { !$0.isEmpty })
    #expect(used == Set(keys), "\(name)")
  }

  @Test("The document says what the plan says")
  func document() throws {
    try Repository.inFolder { folder in
      try Self.match(Repository.park("kalundborg"), to: folder)
      func object(_ name: String) throws -> [String: Any] {
        let data = try Data(contentsOf: folder.appendingPathComponent(name))
        return try #require(try JSONSerialization.jsonObject(with: data) as? [String: Any])
      }
      let report = try object("report.json")
      let plan = try object("plan.json")
      #expect(report["format"] as? String == "lichen/report/1")
      #expect(report["audience"] as? String == "full" && report["language"] as? String == "en")
      let stated = try #require(report["totals"] as? [String: Any])
      let totals = try #require(plan["totals"] as? [String: Any])
      for key in ["money", "carbon_kg", "capital", "permit_cost"] {
        #expect(
          stated[key] as? [String: Double] == totals[key] as? [String: Double], "\(key)")
      }
      let exchanges = try #require(report["exchanges"] as? [[String: Any]])
      let planned = try #require(plan["exchanges"] as? [[String: Any]])
      #expect(exchanges.count == planned.count)
      for (told, exchange) in zip(exchanges, planned) {
        for (key, value) in exchange {
          #expect((told[key] as? NSObject) == (value as? NSObject), "\(key)")
        }
        #expect(told["from_name"] as? String != nil)
      }
    }
  }

  @Test("Equal parks give equal bytes, whatever the number of threads")
  func deterministic() throws {
    try Repository.inFolder { folder in
      let first = folder.appendingPathComponent("first")
      let second = folder.appendingPathComponent("second")
      try Self.match(Repository.park("kwinana"), to: first, ["--threads", "1"])
      try Self.match(Repository.park("kwinana"), to: second, ["--threads", "2"])
      for name in ["report.xlsx", "report.json", "sources.bib", "sources.csv"] {
        #expect(
          try Data(contentsOf: first.appendingPathComponent(name))
            == Data(contentsOf: second.appendingPathComponent(name)), "\(name)")
      }
      let tables = try FileManager.default.contentsOfDirectory(
        atPath: first.appendingPathComponent("report-csv").path)
      #expect(tables.contains("ledger_lines.csv"))
      for name in tables {
        #expect(
          try Data(contentsOf: first.appendingPathComponent("report-csv/\(name)"))
            == Data(contentsOf: second.appendingPathComponent("report-csv/\(name)")), "\(name)")
      }
    }
  }
}

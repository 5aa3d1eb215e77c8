import Foundation
import LichenDomain
import Testing

@testable import LichenIO

@Suite struct CatalogueReaderTests {
  private static let folder = ShippedData.folder.appending(path: "catalogue")

  @Test func `the shipped catalogue loads without issues`() throws {
    let (catalogue, warnings) = try CatalogueReader.readWithWarnings(folder: Self.folder)
    #expect(warnings.isEmpty)
    #expect(catalogue.wasteCodes.count == 842)
    #expect(catalogue.wasteCodes.values.count(where: \.isHazardous) == 408)
    #expect(catalogue.law.wasteLists.map(\.id) == ["eu", "vn"])
    #expect(catalogue.law.wasteLists.map(\.isWhole) == [true, false])
    #expect(catalogue.wasteList(of: "DK")?.id == "eu")
    #expect(catalogue.wasteList(of: "AU-WA") == nil)
    #expect(catalogue.materials.count > 300)
    #expect(catalogue.routes.count > 450)
    #expect(catalogue.typicalOptions.count > 90)
    #expect(Set(catalogue.typicalOptions.map(\.sector)).count > 35)
    #expect(catalogue.figures.count > 450)
    #expect(catalogue.defaults.count > 900)
    #expect(catalogue.rules.count > 100)
    #expect(catalogue.units.units.count > 60)
    #expect(catalogue.properties.count > 50)
    #expect(catalogue.transportModes.count == 10)
    #expect(catalogue.jurisdictions["GLOBAL"] != nil)
    #expect(catalogue.routes.contains { !$0.limits.isEmpty })
    #expect(catalogue.fingerprint.count == 16)
  }

  /// A copy of the shipped catalogue with one file changed.
  private func issues(_ file: String, _ change: (String) -> String) throws -> [ValidationIssue] {
    let scratch = try ScratchFolder()
    for name in try FileManager.default.contentsOfDirectory(atPath: Self.folder.path)
    where name.hasSuffix(".csv") {
      try FileManager.default.copyItem(
        at: Self.folder.appending(path: name), to: scratch.url.appending(path: name))
    }
    let text = try String(contentsOf: Self.folder.appending(path: file), encoding: .utf8)
    try scratch.write(change(text), as: file)
    do throws(ValidationError) {
      return try CatalogueReader.readWithWarnings(folder: scratch.url).warnings
    } catch {
      return error.issues
    }
  }

  /// Issues of the shipped catalogue with one line added to a table; its columns by name.
  private func issues(adding cells: [String: String], to table: String) throws
    -> [ValidationIssue]
  {
    let schema = CatalogueSchemas.all.first { $0.name == table }
    let line = (schema?.columns ?? []).map { cells[$0.name] ?? "" }.joined(separator: ",")
    return try issues("\(table).csv") { $0 + line + "\n" }
  }

  private static let route = [
    "id": "x__y", "output_material": "coal_fly_ash", "input_material": "clay", "ratio": "1",
    "use": "recycling", "source": "s", "confidence": "estimated", "ratio_confidence": "estimated",
  ]

  @Test(arguments: [
    (["output_material": "coal_fly_ahs"], "unknown-material", "output_material"),
    (["ratio": "0"], "out-of-range", "ratio"), (["ratio": "-1"], "out-of-range", "ratio"),
    (["ratio": ""], "missing-value", "ratio"),
    (["ratio_low": "2", "ratio_high": "3"], "reversed-range", "ratio"),
    (["use": "recycle"], "unknown-value", "use"),
    (["cost_typical": "5"], "missing-value", "cost_currency"),
    (["confidence": "sure"], "unknown-value", "confidence"),
    (["residue_share": "1.5"], "out-of-range", "residue_share"),
    (["ratio_rule": "heating"], "unknown-value", "ratio_rule"),
  ])
  func `a bad route is named by its cell`(
    change: [String: String], code: String, column: String
  ) throws {
    let cells = Self.route.merging(change) { $1 }
    let issues = try issues(adding: cells, to: "routes")
    #expect(issues.map(\.code) == [code])
    #expect(issues.first?.field == column)
    #expect(issues.first?.location.file == "routes.csv")
    #expect(issues.first?.location.row != nil)
  }

  @Test(
    arguments: [
      ("defaults", ["role": "prise", "region": "EU", "entries": "freight_barge"], "unknown-role"),
      ("defaults", ["role": "price", "region": "EU", "entries": "no_such"], "unknown-figure"),
      (
        "defaults", ["role": "price", "region": "XX", "entries": "freight_barge"],
        "unknown-jurisdiction"
      ),
      (
        "costs",
        [
          "id": "c", "name": "n", "typical": "1", "currency": "EUR", "per": "bushel",
          "region": "EU",
          "source": "s",
        ], "unknown-unit"
      ),
      (
        "costs",
        [
          "id": "c", "name": "n", "low": "5", "typical": "1", "high": "9", "currency": "EUR",
          "per": "t", "region": "EU", "source": "s",
        ], "reversed-range"
      ),
      (
        "materials",
        [
          "id": "zz", "name_en": "Z", "parent": "no_such", "phase": "solid", "unit": "t",
          "legal_kind": "residue", "hazardous": "no", "biogenic": "no", "source": "s",
        ],
        "unknown-material"
      ),
      (
        "materials",
        [
          "id": "zz", "name_en": "Z", "phase": "solid", "unit": "kg", "legal_kind": "residue",
          "hazardous": "no", "biogenic": "no", "source": "s",
        ], "unknown-value"
      ),
      (
        "rules",
        [
          "id": "XX-1", "jurisdiction": "EU", "instrument": "i", "effect": "permit",
          "holder": "donor", "decides": "yes", "in_force_from": "2026-01-01",
          "in_force_to": "2020-01-01", "source": "s",
        ], "reversed-dates"
      ),
      (
        "route_limits",
        ["route": "no__such", "property": "moisture", "maximum": "5", "unit": "%", "source": "s"],
        "unknown-route"
      ),
      (
        "blueprints",
        [
          "sector": "cement", "direction": "output", "stream": "S", "low": "1", "typical": "2",
          "high": "3", "unit": "GJ", "material": "coal_bottom_ash", "source": "s",
        ], "unit-conversion"
      ),
      (
        "blueprints",
        [
          "sector": "cemnt", "direction": "output", "stream": "S", "low": "1", "typical": "2",
          "high": "3", "unit": "t", "source": "s",
        ], "unknown-sector"
      ),
      (
        "blueprints",
        [
          "sector": "cement", "direction": "output", "stream": "S", "low": "5", "typical": "2",
          "high": "3", "unit": "t", "source": "s",
        ], "reversed-range"
      ),
      (
        "blueprints",
        [
          "sector": "cement", "direction": "output", "stream": "S", "low": "1", "typical": "2",
          "high": "3", "unit": "t", "group": "new", "role": "alternative", "source": "s",
        ], "main-row"
      ),
      (
        "blueprints",
        [
          "sector": "cement", "direction": "output", "stream": "S", "low": "1", "typical": "2",
          "high": "3", "unit": "t", "material": "virgin_mineral", "source": "s",
        ], "category-as-material"
      ),
      (
        "sectors",
        [
          "id": "x", "name_en": "X", "name_vi": "X", "reference": "t", "unit": "t", "small": "3",
          "medium": "2", "large": "5", "source": "s",
        ], "reversed-range"
      ),
      (
        "places",
        [
          "id": "x", "name_en": "X", "kind": "park", "jurisdiction": "VN", "lat": "95",
          "lon": "10", "accuracy_km": "1", "source": "s",
        ], "out-of-range"
      ),
      (
        "jurisdictions", ["code": "XY", "name": "X", "parent": "QQ", "kind": "country"],
        "unknown-jurisdiction"
      ),
      (
        "factors",
        ["id": "f", "name": "n", "value": "", "per": "t", "region": "EU", "source": "s"],
        "missing-value"
      ),
    ] as [(String, [String: String], String)])
  func `a bad reference or figure is named`(
    table: String, cells: [String: String], code: String
  ) throws {
    let confident = cells.merging(["confidence": "estimated"]) { old, _ in old }
    let issues = try issues(adding: confident, to: table)
    #expect(issues.map(\.code) == [code])
    #expect(issues.first?.location.file == "\(table).csv")
  }

  private static let rule = [
    "id": "XX-1", "jurisdiction": "EU", "instrument": "i", "effect": "permit", "holder": "donor",
    "decides": "yes", "source": "s",
  ]

  @Test(
    arguments: [
      ("rules", rule.merging(["code_prefixes": "100108"]) { $1 }, "unknown-waste-code"),
      ("rules", rule.merging(["donor_in": "OCED"]) { $1 }, "unknown-jurisdiction"),
      ("rules", rule.merging(["receiver_in": "!XX"]) { $1 }, "unknown-jurisdiction"),
      ("rules", rule.merging(["unless_licence": "waste-treatmnt"]) { $1 }, "unknown-licence"),
      ("rules", rule.merging(["donor_licence": "!nobody"]) { $1 }, "unknown-licence"),
      ("rules", rule.merging(["parties": "three"]) { $1 }, "unknown-value"),
      ("rules", rule.merging(["inputs": "clinkr"]) { $1 }, "unknown-material"),
      (
        "jurisdictions",
        ["code": "XY", "name": "X", "kind": "country", "waste_list": "xx"], "unknown-waste-list"
      ),
      (
        "waste_classes", ["list": "xx", "class": "A", "reading": "ordinary", "name": "n"],
        "unknown-waste-list"
      ),
      (
        "hazard_limits",
        [
          "jurisdiction": "VN", "property": "cadmum", "maximum": "1", "unit": "mg/kg", "class": "c",
          "instrument": "i", "source": "s",
        ], "unknown-property"
      ),
      (
        "hazard_limits",
        [
          "jurisdiction": "VN", "property": "copper", "maximum": "1", "unit": "bar", "class": "c",
          "instrument": "i", "source": "s",
        ], "unknown-unit"
      ),
      (
        "hazard_limits",
        [
          "jurisdiction": "VN", "property": "copper", "unit": "%", "class": "c", "instrument": "i",
          "source": "s",
        ], "missing-value"
      ),
      (
        "checklists", ["rule": "VN-999", "order": "1", "question": "q", "source": "s"],
        "unknown-rule"
      ),
      (
        "checklists",
        ["rule": "VN-042", "order": "9", "question": "q", "settled_by": "prayer", "source": "s"],
        "unknown-settlement"
      ),
      (
        "checklists",
        [
          "rule": "VN-042", "order": "9", "question": "q", "settled_by": "licence:x",
          "source": "s",
        ], "unknown-licence"
      ),
      (
        "checklists", ["rule": "VN-042", "order": "1", "question": "q", "source": "s"],
        "duplicate-id"
      ),
      (
        "licences", ["key": "co-processing", "name": "n", "meaning": "m", "source": "s"],
        "duplicate-id"
      ),
    ] as [(String, [String: String], String)])
  func `a bad legal row is named`(table: String, cells: [String: String], code: String) throws {
    let confident = cells.merging(["confidence": "estimated"]) { old, _ in old }
    let issues = try issues(adding: confident, to: table)
    #expect(issues.map(\.code) == [code])
    #expect(issues.first?.location.file == "\(table).csv")
    #expect(issues.first?.severity == .error)
  }

  @Test func `codes of a rule are checked against the list of its own place only`() throws {
    // 10 01 08 is in no list; 07 01 01 is European, and Viet Nam's list is not whole.
    for (place, code, found) in [
      ("VN", "100108", []), ("VN", "070101", []), ("DK", "100108", ["unknown-waste-code"]),
      ("AU-WA", "100108", []),
    ] as [(String, String, [String])] {
      let cells = Self.rule.merging(
        ["jurisdiction": place, "code_prefixes": code, "confidence": "estimated"]) { $1 }
      #expect(try issues(adding: cells, to: "rules").map(\.code) == found, "\(place) \(code)")
    }
  }

  @Test func `a class that the list does not explain is named`() throws {
    let found = try issues("waste_codes_vn.csv") {
      $0.replacingOccurrences(of: "Spent pickling acids,NH,", with: "Spent pickling acids,NHH,")
    }
    #expect(found.map(\.code) == ["unknown-waste-class"])
    #expect(found.first?.hint?.contains("NH") == true)
  }

  @Test func `limits are held in the unit of their property`() throws {
    let catalogue = try CatalogueReader.read(folder: Self.folder)
    for limit in catalogue.law.hazardLimits {
      #expect(limit.unit == catalogue.properties[limit.property]?.unit)
    }
    let lead = catalogue.law.hazardLimits.filter {
      $0.property.rawValue == "lead" && $0.jurisdiction == "VN"
    }
    #expect(lead.map(\.maximum) == [300, 300])
    // What carries an old figure over was not read, so it must not claim more.
    #expect(lead.map(\.confidence) == [.recalled, .estimated])
  }

  @Test func `a row with a rule may leave its ratio blank, or multiply the computed one`() throws {
    let rule = ["output_material": "ash", "input_material": "fuel", "ratio_rule": "heating-value"]
    for ratio in ["", "1.4"] {
      let cells = Self.route.merging(rule.merging(["ratio": ratio]) { $1 }) { $1 }
      #expect(try issues(adding: cells, to: "routes").isEmpty)
    }
    let (_, routes) = try CatalogueReader.localRows(
      materials: [],
      routes: [
        MaterialRow(
          cells: Self.route.merging(rule.merging(["ratio": ""]) { $1 }) { $1 },
          location: SourceLocation(file: "routes.csv", row: 2))
      ], base: CatalogueReader.read(folder: Self.folder))
    #expect(routes.first?.ratioRule == .heatingValue)
    #expect(routes.first?.ratio == Estimate(1))
  }

  private static let option = [
    "id": "x", "sector": "13", "name_en": "X", "acts_on": "water", "share_low": "0.1",
    "share_typical": "0.2", "share_high": "0.3", "source": "s", "confidence": "recalled",
  ]

  @Test(
    arguments: [
      ([:], [], ""), (["sector": "any"], [], ""), (["sector": "seafood-processing"], [], ""),
      (["sector": "1"], ["unknown-value"], "sector"), (["sector": ""], ["missing-value"], "sector"),
      (["share_high": "1.3"], ["out-of-range"], "share_high"),
      (["share_typical": ""], ["missing-value"], "share_typical"),
      (["share_low": "0.5"], ["reversed-range"], "share_typical"),
      (["acts_on": "gas"], ["unknown-value"], "acts_on"),
      (["payback_low": "3", "payback_typical": "2"], ["reversed-range"], "payback_typical"),
      (["lifetime_years": "0"], ["out-of-range"], "lifetime_years"),
      (["id": "air-leaks"], ["duplicate-id"], "id"),
    ] as [([String: String], [String], String)])
  func `a typical option is checked cell by cell`(
    change: [String: String], codes: [String], column: String
  ) throws {
    let issues = try issues(
      adding: Self.option.merging(change) { $1 }, to: "typical_options")
    #expect(issues.map(\.code) == codes)
    #expect(issues.first.map { $0.field == column } ?? true, "\(issues)")
  }

  @Test func `an option is for its ISIC division, its blueprint or anyone`() throws {
    let options = try CatalogueReader.read(folder: Self.folder).typicalOptions
    let seafood = options.filter { $0.isFor(isic: "1020") }
    #expect(seafood.contains { $0.id == "seafood-hoses" })
    #expect(seafood.contains { $0.id == "air-leaks" })
    #expect(!seafood.contains { $0.sector == "13" })
    #expect(options.filter { $0.isFor(isic: "") }.allSatisfy { $0.sector == "any" })
  }

  @Test func `a cycle of parents is named from its first member`() throws {
    let found = try issues("categories.csv") {
      $0 + "c-b,B,,c-c\nc-a,A,,c-b\nc-c,C,,c-a\n"
    }
    #expect(found.map(\.code) == ["taxonomy-cycle"])
    #expect(found.first?.found == "c-a → c-b → c-c → c-a")
    let itself = try issues("jurisdictions.csv") { $0 + "XY,X,XY,,country,,,\n" }
    #expect(itself.first?.found == "XY → XY")
  }

  @Test func `missing tables and columns are all reported`() throws {
    let scratch = try ScratchFolder()
    try scratch.write("code,nme\nEU,European Union\n", as: "jurisdictions.csv")
    let error = #expect(throws: ValidationError.self) {
      try CatalogueReader.read(folder: scratch.url)
    }
    let issues = error?.issues ?? []
    #expect(issues.count { $0.code == "missing-file" } == CatalogueSchemas.all.count - 1)
    #expect(
      issues.filter { $0.code == "missing-column" }.map(\.field)
        == ["currency", "groups", "kind", "name", "parent", "residues", "waste_list"])
  }

  @Test(arguments: ["catalogue", "parks/kalundborg", "parks/kwinana", "parks/map-ta-phut"])
  func `a shipped data package describes the columns that are read`(path: String) throws {
    let file = ShippedData.folder.appending(path: "\(path)/datapackage.json")
    let package = try JSONParser.parse(Array(Data(contentsOf: file)))
    let schemas = path == "catalogue" ? CatalogueSchemas.all : ParkSchemas.all
    guard case .array(let resources)? = package["resources"] else {
      Issue.record("no resources")
      return
    }
    for schema in schemas {
      let resource = resources.first { $0["name"] == .string(schema.name) }
      guard case .array(let fields)? = resource?["schema"]?["fields"] else {
        #expect(path != "catalogue", "\(schema.name) is not described")
        continue
      }
      // A park may leave out columns that it does not use.
      let names = fields.compactMap { $0["name"]?.string }
      let known = schema.columns.map(\.name)
      #expect(path == "catalogue" ? names == known : names == known.filter(names.contains))
    }
  }

  @Test func `the fingerprint follows the content`() throws {
    let first = try CatalogueReader.read(folder: Self.folder).fingerprint
    #expect(try CatalogueReader.read(folder: Self.folder).fingerprint == first)
    var hash = FNV1a()
    // Reference value: draft-eastlake-fnv, appendix C, FNV-1a 64 of "foobar".
    hash.combine(Array("foobar".utf8))
    #expect(hash.text == "85944171f73967e8")
  }
}

@Suite struct LocalRowsTests {
  private func row(_ cells: [String: String], _ line: Int = 2, file: String = "materials.csv")
    -> MaterialRow
  {
    MaterialRow(cells: cells, location: SourceLocation(file: file, row: line))
  }

  private func base() throws -> Catalogue {
    try CatalogueReader.read(folder: ShippedData.folder.appending(path: "catalogue"))
  }

  private static let ash = [
    "id": "local_ash", "name_en": "Local ash", "parent": "coal_fly_ash", "phase": "solid",
    "unit": "t", "legal_kind": "residue",
  ]

  @Test func `local rows resolve against the catalogue and each other`() throws {
    let (materials, routes) = try CatalogueReader.localRows(
      materials: [row(Self.ash)],
      routes: [
        row(
          [
            "id": "r", "output_material": "local_ash", "input_material": "clay", "ratio": "0.5",
            "use": "recycling",
          ], file: "routes.csv")
      ], base: base())
    #expect(materials.map(\.id.rawValue) == ["local_ash"])
    #expect(materials[0].confidence == .estimated)
    #expect(materials[0].source == "materials.csv, row 2")
    #expect(routes[0].ratio.typical == 0.5)
  }

  @Test func `what does not resolve is reported at the park's own row`() throws {
    var cyclic = Self.ash
    cyclic["parent"] = "local_ash"
    let error = #expect(throws: ValidationError.self) {
      try CatalogueReader.localRows(
        materials: [row(cyclic, 5)],
        routes: [
          row(
            [
              "id": "r", "output_material": "local_ahs", "input_material": "clay", "ratio": "1",
              "use": "recycling",
            ], 7, file: "routes.csv")
        ], base: base())
    }
    #expect(
      error?.issues.map(Finding.init) == [
        Finding("taxonomy-cycle", "materials.csv", 5, "parent"),
        Finding("unknown-material", "routes.csv", 7, "output_material"),
      ])
    #expect(error?.issues.last?.hint?.contains("local_ash") == true)
  }
}

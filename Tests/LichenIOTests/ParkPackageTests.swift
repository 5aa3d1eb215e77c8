import Foundation
import LichenDomain
import Testing

@testable import LichenIO

@Suite struct ParkPackageTests {
  private static func package(_ lichen: String, resources: String? = nil) -> String {
    let listed = ParkFixture.tables.keys.sorted().map {
      "{\"name\": \"\($0)\", \"path\": \"\($0).csv\"}"
    }
    return """
      {"name": "p", "lichen": {\(lichen)},
       "resources": [\(resources ?? listed.joined(separator: ", "))]}
      """
  }

  private static let required = #""jurisdiction": "DK", "currency": "EUR", "base_year": 2020"#

  @Test(arguments: [
    (#""currency": "EUR", "base_year": 2020"#, "missing-key", "lichen.jurisdiction"),
    (#""jurisdiction": "DK", "base_year": 2020"#, "missing-key", "lichen.currency"),
    (#""jurisdiction": "DK", "currency": "EUR""#, "missing-key", "lichen.base_year"),
    (
      #""jurisdiction": 5, "currency": "EUR", "base_year": 2020"#, "wrong-type",
      "lichen.jurisdiction"
    ),
    (
      #""jurisdiction": "DK", "currency": "euro", "base_year": 2020"#, "invalid-currency",
      "lichen.currency"
    ),
    (
      #""jurisdiction": "DK", "currency": "EUR", "base_year": "2020""#, "wrong-type",
      "lichen.base_year"
    ),
    (
      #""jurisdiction": "DK", "currency": "EUR", "base_year": 1850"#, "out-of-range",
      "lichen.base_year"
    ),
    (
      #""jurisdiction": "DK", "currency": "EUR", "base_year": 2020.5"#, "wrong-type",
      "lichen.base_year"
    ),
    (required + #", "format": 2"#, "unsupported-format", "lichen.format"),
    (required + #", "price_year": 2300"#, "out-of-range", "lichen.price_year"),
    (required + #", "law_date": "1.1.2026""#, "invalid-date", "lichen.law_date"),
    (required + #", "law_date": "2026-02-30""#, "invalid-date", "lichen.law_date"),
    (required + #", "discount_rate": 1"#, "out-of-range", "lichen.discount_rate"),
    (required + #", "discount_rate": -0.1"#, "out-of-range", "lichen.discount_rate"),
    (required + #", "carbon_price": -1"#, "out-of-range", "lichen.carbon_price"),
    (required + #", "road_detour": 0.9"#, "out-of-range", "lichen.road_detour"),
    (required + #", "capital_budget": -1"#, "out-of-range", "lichen.capital_budget"),
    (required + #", "partner_limit": 0"#, "out-of-range", "lichen.partner_limit"),
    (required + #", "partner_limit": 1.5"#, "wrong-type", "lichen.partner_limit"),
    (required + #", "existing_exchanges": "fre""#, "unknown-value", "lichen.existing_exchanges"),
    (required + #", "capital_budgt": 5"#, "unknown-key", "lichen.capital_budgt"),
  ])
  func `a bad setting is one issue that names its key`(
    lichen: String, code: String, field: String
  ) throws {
    let issues = try ParkFixture.issues(package: Self.package(lichen))
    #expect(issues.map(Finding.init) == [Finding(code, "datapackage.json", nil, field)])
  }

  @Test func `messages about settings say what to do`() throws {
    let budget = try ParkFixture.issues(
      package: Self.package(Self.required + #", "capital_budget": -1"#))
    #expect(budget.first?.hint == "capital_budget must not be below zero")
    let unknown = try ParkFixture.issues(
      package: Self.package(Self.required + #", "capital_budgt": 5"#))
    #expect(unknown.first?.severity == .warning)
    #expect(unknown.first?.hint == "the key is ignored; did you mean capital_budget?")
  }

  @Test func `each missing key is its own issue`() throws {
    let issues = try ParkFixture.issues(package: Self.package(""))
    #expect(
      issues.map(\.field) == ["lichen.base_year", "lichen.currency", "lichen.jurisdiction"])
    #expect(
      try ParkFixture.issues(package: #"{"name": "p", "resources": []}"#)
        .contains { $0.code == "missing-key" && $0.field == "lichen" })
  }

  @Test func `null counts as absent`() throws {
    let keys = [
      "price_year", "law_date", "discount_rate", "carbon_price", "road_detour", "distance_limit",
      "capital_budget",
      "co2_floor", "partner_limit", "existing_exchanges", "format",
    ]
    let nulls = keys.map { ", \"\($0)\": null" }.joined()
    #expect(try ParkFixture.issues(package: Self.package(Self.required + nulls)).isEmpty)
  }

  @Test(arguments: [
    ("{\n \"name\": \"p\",\n \"x\": tru\n}", 3), ("{\"a\": 1,}", 1), ("{\"a\": 1, \"a\": 2}", 1),
    ("{\"a\": 01}", 1), ("{\n\"a\": \"x", 2), ("", 1), ("{} x", 1),
    (String(repeating: "[", count: 100_000), 1),
  ])
  func `malformed JSON is named with its line`(text: String, line: Int) throws {
    let issues = try ParkFixture.issues(package: text)
    #expect(issues.map(Finding.init) == [Finding("invalid-json", "datapackage.json", line)])
  }

  @Test(arguments: [
    "../outside.csv", "/etc/passwd", "a/../../b.csv", "http://x/y.csv", "C:\\x.csv",
  ])
  func `a path outside the folder is refused`(path: String) throws {
    let escaped = path.replacing("\\", with: "\\\\")
    let package = Self.package(
      Self.required,
      resources: "{\"name\": \"enterprises\", \"path\": \"\(escaped)\"}")
    let issues = try ParkFixture.issues(package: package)
    #expect(issues.contains { $0.code == "unsafe-path" && $0.found == path })
    #expect(!issues.contains { $0.location.file == path })
  }

  @Test func `a symbolic link out of the folder is refused`() throws {
    let folder = try ParkFixture.folder(["totals": nil])
    let outside = try ScratchFolder()
    try outside.write("id,name\n", as: "totals.csv")
    try FileManager.default.createSymbolicLink(
      at: folder.url.appending(path: "totals.csv"),
      withDestinationURL: outside.url.appending(path: "totals.csv"))
    #expect(ParkFixture.issues(of: folder.url).map(\.code) == ["unsafe-path"])
  }

  @Test func `folders that are no park are told apart`() throws {
    let folder = try ScratchFolder()
    let nowhere = folder.url.appending(path: "nowhere")
    #expect(ParkFixture.issues(of: nowhere).map(\.code) == ["missing-folder"])
    #expect(ParkFixture.issues(of: folder.url).map(\.code) == ["empty-folder"])
    try folder.write("id,name\na b,A\n", as: "enterprises.csv")
    #expect(
      ParkFixture.issues(of: folder.url).map(\.code) == [
        "missing-datapackage", "invalid-identifier",
      ])
    #expect(
      ParkFixture.issues(of: folder.url.appending(path: "enterprises.csv")).map(\.code)
        == ["not-a-folder"])
  }

  @Test func `listed files must exist, unlisted tables are read with a warning`() throws {
    let missing = try ParkFixture.issues(["totals": nil])
    #expect(missing.map(Finding.init) == [Finding("missing-file", "totals.csv")])
    let resource = #"{"name": "enterprises", "path": "enterprises.csv"}"#
    let folder = try ParkFixture.folder(
      package: Self.package(Self.required, resources: resource))
    let (park, warnings) = try ParkReader.read(folder: folder.url)
    #expect(park.outputs.count == 2)
    #expect(
      warnings.map(\.code)
        == Array(repeating: "unlisted-table", count: ParkFixture.tables.count - 1))
  }

  @Test func `unknown, doubled and malformed resources are reported`() throws {
    let resources = """
      {"name": "enterprises", "path": "enterprises.csv"},
      {"name": "enterprises", "path": "outputs.csv"},
      {"name": "outpts", "path": "extra.csv"}, {"name": "inputs"}, 5, {"path": 7}
      """
    let issues = try ParkFixture.issues(
      package: Self.package(Self.required, resources: resources))
    let codes = issues.filter { $0.location.file == "datapackage.json" }.map(\.code)
    #expect(
      codes.sorted() == [
        "duplicate-resource", "missing-key", "unknown-table", "wrong-type", "wrong-type",
      ])
    #expect(issues.contains { $0.hint == "the table is ignored; did you mean outputs?" })
  }

  @Test func `a park without enterprises is an error`() throws {
    let package = Self.package(Self.required, resources: "")
    let issues = try ParkFixture.issues(["enterprises": nil], package: package)
    #expect(issues.contains { $0.code == "missing-table" })
  }

  @Test(arguments: [UInt64(1), 2, 3, 4])
  func `damaged parks never crash`(seed: UInt64) throws {
    var generator = SeededGenerator(seed: seed)
    let names = ["datapackage.json"] + ParkFixture.tables.keys.sorted().map { "\($0).csv" }
    let folder = try ParkFixture.folder()
    let originals = try names.map { try folder.bytes(of: $0) }
    for _ in 0..<500 {
      let index = Int.random(in: 0..<names.count, using: &generator)
      var bytes = originals[index]
      for _ in 0..<Int.random(in: 1...4, using: &generator) where !bytes.isEmpty {
        let position = Int.random(in: 0..<bytes.count, using: &generator)
        switch Int.random(in: 0..<4, using: &generator) {
        case 0: bytes[position] = UInt8.random(in: 0...255, using: &generator)
        case 1: bytes.remove(at: position)
        case 2:
          bytes.insert(
            contentsOf: Array("\",;\n\r\t-".utf8).shuffled(using: &generator), at: position)
        default: bytes.removeSubrange(position...)
        }
      }
      try folder.write(bytes, as: names[index])
      // Success, or a ValidationError: the typed throw allows nothing else.
      let issues = ParkFixture.issues(of: folder.url)
      #expect(issues.allSatisfy { !$0.code.isEmpty }, "seed \(seed)")
      try folder.write(originals[index], as: names[index])
    }
  }
}

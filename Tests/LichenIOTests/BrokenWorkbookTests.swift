import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenIO

/// A workbook that cannot be read as it is, and what must be said about it.
struct BrokenWorkbook: Sendable, CustomTestStringConvertible {
  let testDescription: String
  /// `code at place` of every error.
  let expected: [String]
  let bytes: @Sendable () throws -> [UInt8]

  init(_ name: String, _ expected: String..., bytes: @escaping @Sendable () throws -> [UInt8]) {
    testDescription = name
    self.expected = expected
    self.bytes = bytes
  }

  /// One sheet of a sound park replaced.
  init(_ name: String, _ expected: String..., sheet: String, rows: String) {
    testDescription = name
    self.expected = expected
    bytes = { try WorkbookParts([(sheet, rows)]).bytes() }
  }

  private static let header = ["Id", "Enterprise", "Material", "Quantity", "Unit", "Current route"]

  /// The sheet Outputs with one row below its header.
  private static func output(_ cells: [Any]) -> String { WorkbookParts.rows([header, cells]) }

  static let bomb = """
    <?xml version="1.0"?><!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">
    <!ENTITY c "&b;&b;&b;&b;&b;&b;&b;&b;"><!ENTITY d "&c;&c;&c;&c;&c;&c;&c;&c;">]>
    <sst><si><t>&d;</t></si></sst>
    """

  static let containers = [
    BrokenWorkbook("no bytes at all", "empty-file at park.xlsx") { [] },
    BrokenWorkbook("a text file", "not-a-workbook at park.xlsx") { Array("id,name\n".utf8) },
    BrokenWorkbook("cut off in the middle", "damaged-workbook at park.xlsx") {
      let bytes = try WorkbookParts().bytes()
      return Array(bytes.prefix(bytes.count / 2))
    },
    BrokenWorkbook("a byte changed", "damaged-workbook at park.xlsx, sheet Outputs") {
      let parts = WorkbookParts()
      var bytes = try parts.bytes()
      let name = Array("xl/worksheets/sheet3.xml".utf8)
      let at = try #require(
        bytes.indices.first { bytes[$0...].prefix(name.count).elementsEqual(name) })
      bytes[at + name.count + 60] ^= 0xFF
      return bytes
    },
    BrokenWorkbook("Excel 97", "old-workbook at park.xlsx") {
      [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1] + [UInt8](repeating: 0, count: 600)
    },
    BrokenWorkbook("a password", "encrypted-workbook at park.xlsx") {
      let mark: [UInt8] = "EncryptedPackage".utf8.flatMap { [$0, 0] }
      return [0xD0, 0xCF, 0x11, 0xE0, 0xA1, 0xB1, 0x1A, 0xE1]
        + [UInt8](repeating: 0, count: 600) + mark + [UInt8](repeating: 0, count: 90)
    },
    BrokenWorkbook("OpenDocument", "not-a-workbook at park.xlsx") {
      try WorkbookParts().setting("content.xml", "<x/>").setting("mimetype", "x").bytes()
    },
    BrokenWorkbook("a binary workbook", "not-a-workbook at park.xlsx") {
      try WorkbookParts().without("xl/workbook.xml").setting("xl/workbook.bin", "x").bytes()
    },
    BrokenWorkbook("a zip of something else", "not-a-workbook at park.xlsx") {
      var parts = WorkbookParts()
      parts.parts = []
      return try parts.setting("readme.txt", "hello").bytes()
    },
    BrokenWorkbook("a workbook without sheets", "damaged-workbook at park.xlsx") {
      try WorkbookParts().setting("xl/workbook.xml", "<workbook><sheets/></workbook>").bytes()
    },
    BrokenWorkbook("a sheet's part is missing", "damaged-workbook at park.xlsx, sheet Outputs") {
      try WorkbookParts().without("xl/worksheets/sheet3.xml").bytes()
    },
    BrokenWorkbook("XML that breaks off", "damaged-workbook at park.xlsx, sheet Outputs") {
      try WorkbookParts().setting(
        "xl/worksheets/sheet3.xml", "<worksheet><sheetData><row r=\"1\"><c r=\"A1\">"
      ).bytes()
    },
    BrokenWorkbook("entities that multiply", "forbidden-xml at park.xlsx") {
      try WorkbookParts().setting("xl/sharedStrings.xml", bomb).bytes()
    },
    BrokenWorkbook("an entity that reads a file", "forbidden-xml at park.xlsx, sheet Outputs") {
      let text =
        #"<!DOCTYPE x [<!ENTITY f SYSTEM "file:///etc/passwd">]>"#
        + "<worksheet><sheetData>&f;</sheetData></worksheet>"
      return try WorkbookParts().setting("xl/worksheets/sheet3.xml", text).bytes()
    },
    BrokenWorkbook("a part that grows a thousand times", "zip-bomb at park.xlsx") {
      let text = "<sst>" + String(repeating: " ", count: 30_000_000) + "</sst>"
      return try WorkbookParts().setting("xl/sharedStrings.xml", text).bytes()
    },
    BrokenWorkbook("ten thousand parts", "too-many-parts at park.xlsx") {
      var parts = WorkbookParts()
      for number in 0..<10_000 { parts.parts.append(("x/\(number)", [])) }
      return try parts.bytes()
    },
    BrokenWorkbook("a part outside the file", "unsafe-entry at park.xlsx") {
      try WorkbookParts().setting("xl/../../../etc/cron.d/x", "x").bytes()
    },
    BrokenWorkbook("one part twice", "duplicate-entry at park.xlsx") {
      let bytes = try WorkbookParts().setting("xl/stylez.xml", "<x/>").bytes()
      let text = Array("xl/stylez.xml".utf8)
      var result = bytes
      for at in bytes.indices where bytes[at...].prefix(text.count).elementsEqual(text) {
        result.replaceSubrange(at..<at + text.count, with: "xl/styles.xml".utf8)
      }
      return result
    },
  ]

  static let sheets = [
    BrokenWorkbook(
      "a cell says #N/A", "cell-error at park.xlsx, sheet Outputs, cell D2", sheet: "Outputs",
      rows: output(["o", "a", "fly_ash", #"t="e"|<v>#N/A</v>"#, "t/yr"])),
    BrokenWorkbook(
      "a formula that nobody worked out",
      "formula-without-value at park.xlsx, sheet Outputs, cell D2", sheet: "Outputs",
      rows: output(["o", "a", "fly_ash", "|<f>10*120</f><v></v>", "t/yr"])),
    BrokenWorkbook(
      "a needed cell holds an error", "cell-error at park.xlsx, sheet Outputs, cell A2",
      sheet: "Outputs", rows: output([#"t="e"|<v>#REF!</v>"#, "a", "fly_ash", 1, "t/yr"])),
    BrokenWorkbook(
      "a number with two readings", "ambiguous-number at park.xlsx, sheet Outputs, cell D2",
      sheet: "Outputs", rows: output(["o", "a", "fly_ash", "1.234", "t/yr"])),
    BrokenWorkbook(
      "a number with its unit", "invalid-number at park.xlsx, sheet Outputs, cell D2",
      sheet: "Outputs", rows: output(["o", "a", "fly_ash", "12 tonnes", "t/yr"])),
    BrokenWorkbook(
      "a number turned into a date", "date-in-number-column at park.xlsx, sheet Outputs, cell D2",
      sheet: "Outputs", rows: output(["o", "a", "fly_ash", #"s="1"|<v>45351</v>"#, "t/yr"])),
    BrokenWorkbook(
      "a time in a cell of text", "time-in-cell at park.xlsx, sheet Outputs, cell E2",
      sheet: "Outputs", rows: output(["o", "a", "fly_ash", "", #"s="3"|<v>0.5</v>"#])),
    BrokenWorkbook(
      "a negative amount", "out-of-range at park.xlsx, sheet Outputs, cell D2", sheet: "Outputs",
      rows: output(["o", "a", "fly_ash", -5, "t/yr"])),
    BrokenWorkbook(
      "a word that is not in the list", "unknown-value at park.xlsx, sheet Outputs, cell F2",
      sheet: "Outputs", rows: output(["o", "a", "fly_ash", 5, "t/yr", "lanfill"])),
    BrokenWorkbook(
      "no id", "missing-value at park.xlsx, sheet Outputs, cell A2", sheet: "Outputs",
      rows: output(["", "a", "fly_ash", 5, "t/yr"])),
    BrokenWorkbook(
      "one id twice", "duplicate-id at park.xlsx, sheet Outputs, cell A3", sheet: "Outputs",
      rows: WorkbookParts.rows([
        header, ["o", "a", "fly_ash", 5, "t/yr"], ["o", "b", "fly_ash", 5, "t/yr"],
      ])),
    BrokenWorkbook(
      "nothing that looks like a header", "missing-header at park.xlsx, sheet Outputs",
      sheet: "Outputs", rows: WorkbookParts.rows([["some", "words"], [1, 2]])),
    BrokenWorkbook(
      "a column is missing", "missing-column at park.xlsx, sheet Outputs, row 1", sheet: "Outputs",
      rows: WorkbookParts.rows([["Id", "Material", "Unit"], ["o", "fly_ash", "t/yr"]])),
    BrokenWorkbook(
      "one column twice", "duplicate-column at park.xlsx, sheet Outputs, cell E1",
      sheet: "Outputs",
      rows: WorkbookParts.rows([
        ["Id", "Enterprise", "Unit", "Quantity", "Khối lượng"], ["o", "a", "t", 1, 2],
      ])),
    BrokenWorkbook(
      "six hundred columns", "too-many-columns at park.xlsx, sheet Outputs, row 1",
      sheet: "Outputs",
      rows: WorkbookParts.rows([["Id", "Enterprise"] + (0..<600).map { "column \($0)" }])),
    BrokenWorkbook(
      "one table in two sheets", "duplicate-sheet at park.xlsx, sheet Đầu ra", sheet: "Đầu ra",
      rows: output(["p", "a", "fly_ash", 5, "t/yr"])),
    BrokenWorkbook(
      "a text that is not in the list of texts",
      "damaged-workbook at park.xlsx, sheet Outputs", sheet: "Outputs",
      rows: output(["o", #"t="s"|<v>99</v>"#, "fly_ash", 5, "t/yr"])),
    BrokenWorkbook(
      "rows out of order", "damaged-workbook at park.xlsx, sheet Outputs", sheet: "Outputs",
      rows: #"<row r="5"><c r="A5"><v>1</v></c></row><row r="2"><c r="A2"><v>1</v></c></row>"#),
    BrokenWorkbook(
      "settings that are wrong", "invalid-currency at park.xlsx, sheet Park, cell B3",
      "out-of-range at park.xlsx, sheet Park, cell B4",
      "invalid-date at park.xlsx, sheet Park, cell B5",
      "unknown-value at park.xlsx, sheet Park, cell B6", sheet: "Park",
      rows: WorkbookParts.rows([
        ["Setting", "Value"], ["Jurisdiction", "DK"], ["Currency", "Euro!"], ["Base year", 99],
        ["Law date", "yesterday"], ["Existing exchanges", "keep"],
      ])),
    BrokenWorkbook(
      "settings that are missing", "missing-key at park.xlsx, sheet Park",
      "missing-key at park.xlsx, sheet Park, cell B3", sheet: "Park",
      rows: WorkbookParts.rows([["Setting", "Value"], ["Currency", "EUR"], ["Base year", ""]])),
    BrokenWorkbook(
      "a setting twice", "duplicate-key at park.xlsx, sheet Park, cell B5", sheet: "Park",
      rows: WorkbookParts.rows([
        ["Setting", "Value"], ["Jurisdiction", "DK"], ["Currency", "EUR"], ["Base year", 2020],
        ["Đồng tiền", "VND"],
      ])),
    BrokenWorkbook(
      "a setting that is a formula without value",
      "formula-without-value at park.xlsx, sheet Park, cell B4", sheet: "Park",
      rows: WorkbookParts.rows([
        ["Setting", "Value"], ["Jurisdiction", "DK"], ["Currency", "EUR"],
        ["Base year", "|<f>YEAR(NOW())</f>"],
      ])),
    BrokenWorkbook(
      "a sheet of settings that is blank", "empty-sheet at park.xlsx, sheet Park",
      sheet: "Park", rows: ""),
    BrokenWorkbook("the sheet of settings is hidden", "missing-sheet at park.xlsx") {
      try WorkbookParts(attributes: ["Park": #"state="hidden""#]).bytes()
    },
  ]
}

@Suite("Broken workbooks")
struct BrokenWorkbookTests {
  @Test("What is wrong is said with its place", arguments: BrokenWorkbook.containers)
  func containers(_ broken: BrokenWorkbook) throws { try check(broken) }

  @Test("What is wrong is said with its sheet and cell", arguments: BrokenWorkbook.sheets)
  func sheets(_ broken: BrokenWorkbook) throws { try check(broken) }

  private func check(_ broken: BrokenWorkbook) throws {
    let outcome = try WorkbookOutcome(broken.bytes())
    #expect(outcome.places == broken.expected, "\(outcome.issues)")
    for issue in outcome.errors {
      #expect(issue.hint != nil || issue.expected != nil, "\(issue) does not say how to mend it")
    }
  }

  @Test("Names that nobody knows are located in the cell too, and cells travel into JSON")
  func unknownNames() throws {
    let rows = WorkbookParts.rows([
      ["Id", "Enterprise", "Material", "Quantity", "Unit"],
      ["o", "nobody", "coal_fly_ash", 5, "t/yr"],
      ["p", "a", "coal_fly_ash", 5, "furlong"],
    ])
    let settings = WorkbookParts.rows([
      ["Setting", "Value"], ["Jurisdiction", "XX"], ["Currency", "EUR"], ["Base year", 2020],
    ])
    let folder = try ScratchFolder()
    try folder.write(
      WorkbookParts([("Outputs", rows), ("Park", settings)]).bytes(), as: "park.xlsx")
    let error = #expect(throws: ValidationError.self) {
      try Repository.engine.park(at: folder.url.appending(path: "park.xlsx"))
    }
    let issues = try #require(error?.issues).filter { $0.severity == .error }
    #expect(issues.map(\.location.cell) == ["B2", "E3", "B2"])
    #expect(issues.map(\.location.sheet) == ["Outputs", "Outputs", "Park"])
    let json = try JSONSerialization.jsonObject(with: JSONEncoder().encode(issues[0]))
    let place = try #require((json as? [String: Any])?["location"] as? [String: Any])
    #expect(place["cell"] as? String == "B2")
    #expect(place["sheet"] as? String == "Outputs")
    #expect(place["file"] as? String == "park.xlsx")
    #expect(place["row"] as? Int == 2)
    #expect(Set(place.keys) == ["cell", "sheet", "file", "row"])
  }

  @Test("A file that is not there is said to be missing, and a file of another kind no folder")
  func missing() throws {
    let folder = try ScratchFolder()
    try folder.write("x", as: "park.csv")
    func codes(_ name: String) throws -> [String] {
      try ParkReader.inspect(at: folder.url.appending(path: name)) {
        () throws(ValidationError) in try WorkbookOutcome.vocabulary.get()
      }.issues.map(\.code)
    }
    #expect(try codes("park.xlsx") == ["missing-file"])
    #expect(try codes("park.csv") == ["not-a-folder"])
    #expect(try codes("park") == ["missing-folder"])
  }

  @Test("Bytes changed at random never crash the reader", arguments: Array(1...60) as [UInt64])
  func damagedContainer(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var bytes = try WorkbookParts().bytes()
    for _ in 0..<Int.random(in: 1...20, using: &random) {
      bytes[Int.random(in: bytes.indices, using: &random)] = UInt8.random(
        in: 0...255, using: &random)
    }
    let outcome = try WorkbookOutcome(bytes)
    #expect(outcome.declaration != nil || !outcome.errors.isEmpty, "seed \(seed): silence")
  }

  @Test("Parts changed at random never crash the reader", arguments: Array(1...200) as [UInt64])
  func damagedParts(seed: UInt64) throws {
    var random = SeededGenerator(seed: seed)
    var parts = WorkbookParts()
    let index = Int.random(in: parts.parts.indices, using: &random)
    var bytes = parts.parts[index].bytes
    let pieces = [
      "", "<", ">", "\"", "r=\"A0\"", "-1", "99999999999999999999", "&#0;", "t=\"s\"", "\u{0}",
    ]
    for _ in 0..<Int.random(in: 1...4, using: &random) {
      let start = Int.random(in: bytes.indices, using: &random)
      let end = min(bytes.count, start + Int.random(in: 0...6, using: &random))
      bytes.replaceSubrange(start..<end, with: (pieces.randomElement(using: &random) ?? "").utf8)
    }
    parts.parts[index].bytes = bytes
    let outcome = try WorkbookOutcome(parts)
    #expect(outcome.declaration != nil || !outcome.errors.isEmpty, "seed \(seed): silence")
  }
}

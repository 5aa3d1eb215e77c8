import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenIO

@Suite("Workbooks as people make them")
struct WorkbookReaderTests {
  private static let header = ["Id", "Enterprise", "Material", "Quantity", "Unit"]

  private func outputs(_ rows: String) throws -> (rows: [OutputRow], issues: [ValidationIssue]) {
    let outcome = try WorkbookOutcome(WorkbookParts([("Outputs", rows)]))
    return (try #require(outcome.declaration).outputs, outcome.issues)
  }

  @Test("Titles above the header, blank lines, extra and nameless columns do no harm")
  func layout() throws {
    let found = try outputs(
      WorkbookParts.rows([
        ["Wastes of our park, 2020"], [], ["", "", "table 1"],
        ["No.", "Id", "Enterprise", "Material", "Quantity (t)", "Unit", "Phone"], [], [],
        [1, "o", "a", "fly_ash", 10, "t/yr", "123"], [], ["", "", "", "", "", "", "", "stray"],
        [2, "p", "b", "", "", "", "", "stray"],
      ]))
    #expect(found.rows.map(\.id) == ["o", "p"])
    #expect(found.rows[0].quantity.typical == 10)
    #expect(found.rows[0].location.row == 7)
    #expect(
      found.issues.map { "\($0.code) \($0.location.cell ?? "-") \($0.found ?? "")" } == [
        "nameless-column - cells in column H", "unknown-column A4 No.", "unknown-column G4 Phone",
      ])
  }

  @Test("The header may stand as low as row 20 and no lower")
  func lowHeader() throws {
    func sheet(_ line: Int) -> String {
      WorkbookParts.rows(
        (1..<line).map { ["note \($0)"] } + [Self.header, ["o", "a", "fly_ash", 10, "t/yr"]])
    }
    #expect(try outputs(sheet(20)).rows.count == 1)
    #expect(try outputs(sheet(21)).issues.map(\.code) == ["missing-header"])
  }

  @Test("Every kind of cell is read as the text that a CSV file would hold")
  func kinds() throws {
    let header = [
      "Id", "Enterprise", "Name", "Material", "Waste code", "Quantity", "Unit", "Disposal cost",
      "From year", "To year", "Notes", "Profile",
    ]
    let found = try outputs(
      WorkbookParts.rows([
        header,
        [
          7, #"t="str"|<f>A&amp;B</f><v>a</v>"#, #"t="s"|<v>1</v>"#,
          "coal_fly_ash — Coal fly ash (PFA)", 100101,
          #"|<f>10*120</f><v>1200</v>"#, "t/yr", "-1.234,5", #"s="1"|<v>43831</v>"#,
          #"t="d"|<v>2030-12-31T00:00:00</v>"#, #"t="b"|<v>1</v>"#, #"s="1"|<v>43831</v>"#,
        ],
      ]))
    let row = try #require(found.rows.first)
    #expect(found.issues.isEmpty, "\(found.issues)")
    #expect(row.id == "7")
    #expect(row.enterprise == "a")
    #expect(row.name == "second")
    #expect(row.material == "coal_fly_ash")
    #expect(row.wasteCode == "100101")
    #expect(row.quantity.typical == 1200)
    #expect(row.disposalCost == -1234.5)
    #expect(row.fromYear == 2020)
    #expect(row.toYear == 2030)
    #expect(row.notes == "yes")
    #expect(row.profile == "2020-01-01")
  }

  @Test("Free text that only looks like a label stays as it is")
  func labels() throws {
    let found = try outputs(
      WorkbookParts.rows([
        Self.header, ["o", "a", "coal_fly_ash — from the old boiler", 10, "t/yr"],
        ["p", "a", "coal_fly_ash — Tro bay than", 10, "t/yr"],
      ]))
    #expect(found.rows.map(\.material) == ["coal_fly_ash — from the old boiler", "coal_fly_ash"])
  }

  @Test("A waste code that lost its zero gets it back, with a word about it")
  func leadingZero() throws {
    let found = try outputs(
      WorkbookParts.rows([
        ["Id", "Enterprise", "Waste code"], ["o", "a", 10304], ["p", "a", 100101],
        ["q", "a", "010304"],
      ]))
    #expect(found.rows.map(\.wasteCode) == ["010304", "100101", "010304"])
    #expect(found.issues.map { "\($0.code) \($0.location.cell ?? "")" } == ["leading-zero C2"])
  }

  @Test("A workbook that counts from 1904 gives the same dates")
  func from1904() throws {
    let sheets = [
      (
        "Park",
        WorkbookParts.rows([
          ["Setting", "Value"], ["Jurisdiction", "DK"], ["Currency", "EUR"], ["Base year", 2020],
          ["Law date", #"s="1"|<v>37986</v>"#],
        ])
      )
    ]
    let parts = WorkbookParts(sheets, attributes: ["workbookPr": #"date1904="1""#])
    #expect(try WorkbookOutcome(parts).declaration?.settings.lawDate.description == "2008-01-01")
  }

  @Test("A per cent is a share where a share is meant, and worth a warning elsewhere")
  func percent() throws {
    let inputs = WorkbookParts.rows([
      ["Id", "Enterprise", "Material", "Maximum share"],
      ["i", "a", "clinker", #"s="2"|<v>0.3</v>"#],
    ])
    let properties = WorkbookParts.rows([
      ["Stream", "Property", "Value", "Unit"], ["o", "moisture", #"s="2"|<v>0.08</v>"#, "%"],
    ])
    let outcome = try WorkbookOutcome(
      WorkbookParts([("Inputs", inputs), ("Properties", properties)]))
    #expect(outcome.declaration?.inputs.first?.maximumShare == 0.3)
    #expect(outcome.issues.map(\.code) == ["percent-cell"])
    #expect(outcome.issues.first?.location.cell == "C2")
  }

  @Test("Macros and links to other files are ignored with a word about it")
  func activeContent() throws {
    let parts = WorkbookParts().setting("xl/vbaProject.bin", "x")
      .setting("xl/externalLinks/externalLink1.xml", "<x/>")
    let outcome = try WorkbookOutcome(parts.bytes(), name: "park.xlsm")
    #expect(outcome.issues.map(\.code) == ["external-links-ignored", "macros-ignored"])
    #expect(outcome.declaration?.outputs.count == 1)
  }

  @Test("Hidden and unknown sheets are left out with a word about it, hidden rows are read")
  func hidden() throws {
    let rows =
      WorkbookParts.rows([Self.header, ["o", "a", "fly_ash", 10, "t/yr"]])
      + #"<row r="3" hidden="1"><c r="A3" t="inlineStr"><is><t>p</t></is></c>"#
      + #"<c r="B3" t="inlineStr"><is><t>a</t></is></c></row>"#
    let parts = WorkbookParts(
      [("Outputs", rows), ("Inputs", rows), ("Ouputs 2", rows), ("Lists", rows)],
      attributes: ["Inputs": #"state="hidden""#, "Lists": #"state="veryHidden""#])
    let outcome = try WorkbookOutcome(parts)
    #expect(outcome.declaration?.outputs.map(\.id) == ["o", "p"])
    #expect(outcome.declaration?.inputs.isEmpty == true)
    #expect(outcome.issues.map(\.code) == ["hidden-sheet", "unknown-sheet", "hidden-rows"])
  }

  @Test("Example rows are left out, in tables without ids too")
  func examples() throws {
    let found = try outputs(
      WorkbookParts.rows([
        Self.header, ["example_output", "nobody", "x", "wrong", "t/yr"],
        ["o", "a", "fly_ash", 10, "t/yr"], ["Example_2", "", "", "", ""],
      ]))
    #expect(found.rows.map(\.id) == ["o"])
    #expect(found.issues.map(\.code) == ["example-ignored"])
  }

  @Test("A million formatted blank rows and 16 384 formatted blank columns are passed over")
  func blanks() throws {
    var rows = WorkbookParts.rows([Self.header, ["o", "a", "fly_ash", 10, "t/yr"]])
    let cells = (0..<16_384).map { #"<c r="\#(Alphabet.letters($0))3" s="1"/>"# }
    rows += #"<row r="3">"# + cells.joined() + "</row>"
    for row in 4...1_048_576 {
      rows += "<row r=\"\(row)\" s=\"1\" customFormat=\"1\"><c s=\"1\"/></row>"
    }
    let found = try outputs(rows)
    #expect(found.rows.map(\.id) == ["o"])
    #expect(found.issues.isEmpty)
  }

  @Test("References to cells and rows may be missing, as some programs leave them out")
  func withoutReferences() throws {
    func row(_ cells: [String]) -> String {
      "<row>" + cells.map { #"<c t="inlineStr"><is><t>\#($0)</t></is></c>"# }.joined() + "</row>"
    }
    let found = try outputs(row(["Id", "Enterprise", "Unit"]) + row(["o", "a", "t/yr"]))
    #expect(found.rows.first?.quantity.unit == "t/yr")
    #expect(found.rows.first?.location.row == 2)
  }
}

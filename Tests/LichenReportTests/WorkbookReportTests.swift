import Foundation
import LichenAnalysis
import LichenDomain
import LichenIO
import LichenMatching
import LichenTestSupport
import Testing

@testable import LichenReport

/// The workbook of a report before it is a file.
@Suite struct WorkbookReportTests {
  private static func workbook(
    _ result: MatchResult, language: Language = ReportFixture.language,
    sections: [AnalysisSection] = []
  ) -> Spreadsheet {
    var extras = ReportExtras()
    for section in sections { extras.add(section) }
    return ReportSpreadsheet.make(
      Report(Edition(full: result), extras: extras, language: language))
  }

  private static func cells(_ sheet: Spreadsheet.Sheet) -> [Spreadsheet.Cell] {
    sheet.rows.flatMap(\.cells)
  }

  private static func texts(_ sheet: Spreadsheet.Sheet) -> [String] {
    cells(sheet).compactMap { if case .text(let text) = $0.value { text } else { nil } }
  }

  /// The plan's row: the last of the summary with a sum in its second column.
  private static func planRow(_ book: Spreadsheet) -> [Double] {
    book.sheets[0].rows.last {
      guard $0.cells.count > 1, case .formula = $0.cells[1].value else { return false }
      return true
    }?.cells.dropFirst().map { $0.value.number ?? 0 } ?? []
  }

  @Test(arguments: 1...20 as ClosedRange<UInt64>)
  func sumsAreThePlansTotals(seed: UInt64) throws {
    let park = try RandomParks.park(seed: seed).park()
    let result = try ReportFixture.match(park)
    let row = Self.planRow(Self.workbook(result))
    let plan = result.plan
    let expected = [plan.money, plan.carbon / 1000, plan.capital].flatMap {
      [$0.typical, $0.low, $0.high]
    }
    if plan.exchanges.isEmpty, plan.measures.isEmpty, plan.facilities.isEmpty {
      #expect(row.allSatisfy { $0 == 0 })
      return
    }
    try #require(row.count == expected.count, "seed \(seed)")
    for (found, value) in zip(row, expected) {
      #expect(abs(found - value) <= 1e-9 * max(1, abs(value)), "seed \(seed)")
    }
  }

  @Test func addressesAndNamesAreThoseOfSpreadsheets() {
    #expect(CellReference.range(rows: 4..<20, column: 5) == "$F$5:$F$20")
    #expect(CellReference.sheet("Q's") == "'Q''s'!")
    var names = SheetNames()
    let long = "What could go wrong in the whole park, told at length"
    let made = ["A/B: [c]*?\\", "history", "''x'", long, long, long.uppercased(), ""].map {
      names.name($0)
    }
    #expect(made[0] == "A B c" && made[1] == "history 2" && made[2] == "x" && made[6] == "-")
    #expect(Set(made.map { $0.lowercased() }).count == made.count)
    #expect(made.allSatisfy { $0.utf16.count <= 31 })
    #expect(made[3].hasPrefix("What could go wrong") && made[4].hasSuffix(" 2"))
  }

  @Test func unknownAmountsAreWordsAndEnterNoSum() throws {
    var park = ParkBuilder()
    park.enterprise("north", at: (55.60, 11.00))
    park.enterprise("works", at: (55.61, 11.05))
    // What a sewer costs is unknown without a declared fee.
    park.output("ash", of: "north", "fly_ash", 1000, route: "sewer")
    park.input("clinker-in", of: "works", "clinker", 5000, price: 80)
    let result = try ReportFixture.match(park.park())
    let unknown = result.plan.exchanges.flatMap(\.lines).count {
      $0.money.value == nil || $0.carbon.value == nil
    }
    try #require(unknown > 0)
    let ledger = try #require(Self.workbook(result).sheets.first { $0.name == "Ledger" })
    let words = Self.texts(ledger).count { $0 == ReportFixture.language.text("word.unknown") }
    #expect(words >= unknown)
    #expect(
      abs(Self.planRow(Self.workbook(result))[0] - result.plan.money.typical) < 1e-6)
  }

  @Test func columnsAreWideEnoughForTheirNumbers() throws {
    var park = ParkBuilder(jurisdiction: "VN", currency: "VND")
    park.enterprise("north", at: (10.60, 106.00))
    park.enterprise("works", at: (10.61, 106.05))
    park.output("ash", of: "north", "fly_ash", 9_000_000, disposalCost: 1_000_000)
    park.input("clinker-in", of: "works", "clinker", 9_000_000, price: 2_000_000)
    let book = Self.workbook(try ReportFixture.match(park.park()))
    try #require(Self.planRow(book)[0] > 1e12)
    for sheet in book.sheets {
      for row in sheet.rows {
        for (index, cell) in row.cells.enumerated() {
          guard case .whole = cell.look.format, let value = cell.value.number else { continue }
          let shown = ReportFixture.language.number(value)
          #expect(Double(shown.count) < sheet.widths[index], "\(sheet.name): \(shown)")
        }
      }
    }
  }

  @Test func statusIsWrittenAndColoured() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let sheet = try #require(Self.workbook(result).sheets.first { $0.name == "Exchanges" })
    for effect in Set(result.plan.exchanges.map(\.candidate.verdict.effect)) {
      let word = ReportFixture.language.text("effect.\(effect.rawValue)")
      let cells = Self.cells(sheet).filter { $0.value == .text(word) }
      #expect(!cells.isEmpty)
      #expect(cells.allSatisfy { $0.look == SheetLook.law(effect) && $0.look.left != nil })
    }
    let looks = LegalEffect.allCases.map(SheetLook.law)
    #expect(Set(looks.map(\.ink)).count == 5 && Set(looks.map(\.left)).count == 5)
  }

  @Test func aLedgerTooLongForLabelsIsAddedUpByItsRows() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let context = ReportContext(result, language: ReportFixture.language)
    let items = context.ledgerItems
    let ledger = LedgerSheet(
      SheetWords(context), items: items, name: "Ledger", fastComparisons: 0)
    #expect(ledger.sheet.filter == nil)
    for item in items {
      let value = ledger.sum("money", of: item, label: "$A$1", value: item.money.typical)
      guard case .formula(let formula, _) = value else { continue }
      let match = try #require(formula.firstMatch(of: #/^SUM\('Ledger'!\$F\$(\d+):\$F\$(\d+)\)$/#))
      let rows = try #require(Int(match.1))...(try #require(Int(match.2)))
      let sum = rows.compactMap { ledger.sheet.rows[$0 - 1].cells[5].value.number }.reduce(0, +)
      #expect(abs(sum - item.money.typical) <= 1e-9 * max(1, abs(sum)))
      for row in rows { #expect(ledger.sheet.rows[row - 1].cells[0].value == item.labelValue) }
    }
  }

  @Test func analysesHaveSheetsWithRealNumbers() throws {
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let section = AnalysisSection(
      id: "x", title: "Nếu… thì sao: giá/thuế?", lead: "Đổi thay.",
      blocks: [
        .table(
          AnalysisTable(
            [.text("What"), .number("Worth")],
            rows: [["=a", "1,234.50"], ["b", "−3"], ["c", "12 %"], ["d", "1,23"]],
            total: ["all", "+7"]))
      ])
    let sheet = try #require(Self.workbook(result, sections: [section]).sheets.last)
    #expect(sheet.name == "Nếu… thì sao giá thuế")
    let values = sheet.rows.suffix(5).map { $0.cells[1].value }
    #expect(
      values == [.number(1234.5), .number(-3), .number(0.12), .text("1,23"), .number(7)])
    #expect(sheet.rows.suffix(5).first?.cells[0].value == .text("=a"))
  }

  @Test func sheetsAndWordsAreInTheLanguageOfTheReport() throws {
    var texts = try JSONDecoder().decode(
      [String: String].self, from: Data(contentsOf: ReportFixture.languageFile))
    texts["language.code"] = "vi"
    texts["sheet.ledger"] = "Sổ tính"
    texts["table.exchanges"] = "Trao đổi"
    texts["sheet.why-not"] = "Vì sao không"
    let language = try Language(json: JSONEncoder().encode(texts))
    let result = try ReportFixture.match(Fixtures.mixedPark.park())
    let book = Self.workbook(result, language: language)
    #expect(Array(book.sheets.map(\.name)[1...2]) == ["Trao đổi", "Sổ tính"])
    let formulas = Self.cells(book.sheets[1]).compactMap {
      if case .formula(let formula, _) = $0.value { formula } else { nil }
    }
    #expect(formulas.contains { $0.hasPrefix("SUMIFS('Sổ tính'!") })
    #expect(language.missingKeys.isEmpty, "\(language.missingKeys)")
    // Through the file and back.
    let bytes = try SpreadsheetWriter.bytes(of: book)
    #expect(try bytes == SpreadsheetWriter.bytes(of: book))
    #expect(bytes.starts(with: Array("PK".utf8)))
  }
}

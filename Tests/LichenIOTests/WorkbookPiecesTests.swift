import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenIO

@Suite("Pieces of workbooks")
struct WorkbookPiecesTests {
  @Test(
    "The format of a cell says what its number stands for",
    arguments: [
      ("General", NumberFormat.plain), ("0.00", .plain), ("#,##0 \"đồng\"", .plain),
      ("0.00E+00", .plain), ("[Red]-#,##0.00", .plain), ("@", .plain),
      ("[$-42A]#,##0\\ \"d\"", .plain),
      ("0%", .percent), ("0.0 %", .percent), ("dd/mm/yyyy", .day), ("[$-42A]d mmmm yyyy;@", .day),
      ("yyyy-mm-dd", .day), ("d-mmm", .day), ("mm/yyyy", .month), ("mmm-yy", .month),
      ("yyyy", .year), ("\"Năm\" yyyy", .year), ("h:mm", .time), ("[h]:mm:ss", .time),
      ("mm:ss.0", .time), ("dd/mm/yyyy hh:mm", .day), ("Standard", .plain),
    ])
  func formats(code: String, expected: NumberFormat) {
    #expect(NumberFormat(code: code) == expected)
  }

  @Test(
    "Day numbers become the dates that Excel shows",
    arguments: [
      // Excel's own documentation: 39448 is 1 January 2008; 1 is 1 January 1900.
      (1.0, false, "1900-01-01"), (59, false, "1900-02-28"), (60, false, nil),
      (61, false, "1900-03-01"), (39448, false, "2008-01-01"), (39448.75, false, "2008-01-01"),
      (45351, false, "2024-02-29"), (0, false, nil), (-1, false, nil), (1e9, false, nil),
      // The two systems are 1462 days apart.
      (37986, true, "2008-01-01"), (0, true, "1904-01-01"), (2_958_465, false, "9999-12-31"),
    ] as [(Double, Bool, String?)])
  func days(serial: Double, uses1904: Bool, expected: String?) {
    #expect(DaySerial.date(serial, uses1904: uses1904)?.description == expected)
  }

  @Test(
    "A number typed as text counts if it can mean one thing only",
    arguments: [
      ("12,5", TextNumber.Outcome.value(12.5)), ("1.234,5", .value(1234.5)),
      ("1,234.5", .value(1234.5)), ("1 234,5", .value(1234.5)), ("1\u{00A0}234,5", .value(1234.5)),
      ("1.234.567", .value(1_234_567)), ("1,234,567", .value(1_234_567)), ("0,125", .value(0.125)),
      ("0.125", .value(0.125)), ("1234,567", .value(1234.567)), ("1234.567", .value(1234.567)),
      ("-12,5", .value(-12.5)), ("\u{2212}12,5", .value(-12.5)), ("1234", .value(1234)),
      ("1e3", .value(1000)), ("1.2345", .value(1.2345)), ("12,50", .value(12.5)),
      ("1.234", .ambiguous(thousands: 1234, decimal: 1.234)),
      ("1,234", .ambiguous(thousands: 1234, decimal: 1.234)),
      ("-12,345", .ambiguous(thousands: -12345, decimal: -12.345)),
      ("12 t", .invalid), ("1,23,4", .invalid), ("1.23.4", .invalid), ("", .invalid),
      ("nan", .invalid), ("12,5,", .invalid), ("một", .invalid),
    ])
  func textNumbers(text: String, expected: TextNumber.Outcome) {
    #expect(TextNumber.parse(text) == expected)
  }

  @Test("Names are compared without case, accents and punctuation")
  func folding() {
    #expect(FoldedName.fold("  Khối lượng, CAO NHẤT *") == "khoi luong cao nhat")
    #expect(FoldedName.fold("Đường bộ") == "duong bo")
    #expect(FoldedName.fold("quantity_low") == "quantity low")
    // The same words as a Mac types them, letters and marks apart.
    let apart = "Kho\u{0302}\u{0301}i l\u{01B0}\u{01A1}\u{0323}ng"
    #expect(FoldedName.fold(apart) == "khoi luong")
  }

  @Test("Escapes of characters that XML cannot hold are undone, and texts that look like them kept")
  func escapes() {
    #expect(SharedTexts.decoded("a_x000D_b") == "a\rb")
    #expect(SharedTexts.decoded("_xD83D__xDE00_") == "😀")
    for text in ["_x0041_", "a_x000d_b", "_xZZZZ_", "x_x_x", "_x005F_x0041_"] {
      #expect(SharedTexts.decoded(SpreadsheetFile.escaped(text)) == text)
    }
  }

  @Test("Columns have the letters of spreadsheets")
  func letters() {
    for (column, letters) in [
      (0, "A"), (25, "Z"), (26, "AA"), (701, "ZZ"), (702, "AAA"), (16383, "XFD"),
    ] {
      #expect(Alphabet.letters(column) == letters)
      #expect(SheetCell.column(of: "\(letters)7") == column)
    }
    #expect(SheetCell.column(of: "XFE1") == nil)
    #expect(SheetCell.column(of: "7") == nil)
  }
}

@Suite("Words of workbooks")
struct WorkbookVocabularyTests {
  private static let schemas = ParkSchemas.all + [SettingsSheet.schema]

  @Test("Every table, column, setting and choice has words in both languages that lead back to it")
  func complete() throws {
    let vocabulary = try WorkbookOutcome.vocabulary.get()
    for schema in Self.schemas {
      let title = try #require(vocabulary.words[.init(table: schema.name)], "\(schema.name)")
      for language in WorkbookVocabulary.Language.allCases {
        #expect(vocabulary.table(named: title.text(language)) == schema.name)
        #expect(title.text(language).count <= 31, "the longest name of a sheet")
      }
      let columns = schema.columns + (schema.name == "park" ? SettingsSheet.keys : [])
      for column in columns {
        let words = try #require(
          vocabulary.words[.init(table: schema.name, column: column.name)],
          "\(schema.name).\(column.name)")
        #expect(!words.vietnamese.isEmpty)
        for name in words.all + [column.name] {
          #expect(
            vocabulary.column(named: name, in: schema.name) == column.name,
            "'\(name)' of \(schema.name).\(column.name) means another column")
        }
        guard case .choice(let choices) = column.kind else { continue }
        for choice in choices {
          let words = try #require(
            vocabulary.words[.init(column: column.name, value: choice)], "\(column.name) \(choice)")
          for name in words.all + [choice] {
            #expect(vocabulary.choice(name, in: column.name) == choice, "\(column.name) \(name)")
          }
        }
      }
    }
  }

  @Test("No word belongs to a table or column that there is not")
  func noOrphans() throws {
    let vocabulary = try WorkbookOutcome.vocabulary.get()
    for key in vocabulary.words.keys {
      if ["instructions", "lists"].contains(key.table) { continue }
      let schemas = Self.schemas.filter { key.table.isEmpty || $0.name == key.table }
      #expect(!schemas.isEmpty, "\(key)")
      if key.column.isEmpty { continue }
      let columns = schemas.flatMap(\.columns) + SettingsSheet.keys
      let column = columns.filter { $0.name == key.column }
      #expect(!column.isEmpty, "\(key)")
      if key.value.isEmpty { continue }
      let isThere = column.contains {
        if case .choice(let words) = $0.kind { words.contains(key.value) } else { false }
      }
      #expect(isThere, "\(key)")
    }
  }

  @Test("The example rows use what the catalogue knows")
  func examples() throws {
    let vocabulary = try WorkbookOutcome.vocabulary.get()
    let catalogue = Repository.engine.catalogue
    func example(_ table: String, _ column: String) -> String {
      vocabulary.words[.init(table: table, column: column)]?.example ?? ""
    }
    for table in ["outputs", "inputs"] {
      let material = try #require(MaterialID(example(table, "material")))
      #expect(catalogue.materials[material] != nil)
      #expect(catalogue.units.rate(parsing: example(table, "unit")) != nil)
      #expect(example(table, "enterprise") == example("enterprises", "id"))
    }
    #expect(example("properties", "stream") == example("outputs", "id"))
    let property = try #require(PropertyID(example("properties", "property")))
    #expect(catalogue.properties[property] != nil)
    #expect(CurrentRoute(rawValue: example("outputs", "current_route")) != nil)
  }

  @Test("Waste codes are those of the park's law, never of both")
  func codes() throws {
    let vietnamese = try Repository.engine.vocabulary(jurisdiction: "VN").lists[.codes] ?? []
    let european = try Repository.engine.vocabulary(jurisdiction: "DK").lists[.codes] ?? []
    #expect(european.count == Repository.engine.catalogue.wasteCodes.count)
    #expect(!vietnamese.isEmpty)
    for code in vietnamese {
      #expect(WasteCode.digits(of: code.id)?.count == 6)
      #expect(code.names.vietnamese != nil)
    }
  }

  @Test("The settings of a workbook are those of datapackage.json")
  func settings() {
    let keys = SettingsSheet.keys.map(\.name).filter { $0 != "name" && $0 != "title" }
    #expect(keys.sorted() == ParkSettingsReader.keys.sorted())
  }

  @Test(
    "A header may carry its unit, another language or a star",
    arguments: [
      ("Quantity (t/yr)", "quantity"), ("Khối lượng [tấn/năm]", "quantity"),
      ("QUANTITY *", "quantity"),
      ("Khối lượng\nQuantity", "quantity"), ("Quantity / Khối lượng", "quantity"),
      ("khoi luong cao nhat", "quantity_high"), ("quantity_low", "quantity_low"),
      ("Mã chất thải", "waste_code"), ("Số điện thoại", nil), ("", nil),
    ] as [(String, String?)])
  func headers(text: String, column: String?) throws {
    #expect(try WorkbookOutcome.vocabulary.get().column(named: text, in: "outputs") == column)
  }
}

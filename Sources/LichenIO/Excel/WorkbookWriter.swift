import CXLSXWriter
import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes a park as a workbook: one sheet per table, with drop-down lists and explanations.
///
/// The same declaration always gives the same bytes. Reading the file back gives an equal declaration
/// apart from locations and the order of rows.
public struct WorkbookWriter {
  /// Rows of a sheet that have drop-down lists and checks.
  static let preparedRows = 2000
  /// Rows above the first row of a table: a title and the header.
  static let headerRow = 1

  private let declaration: ParkDeclaration
  private let vocabulary: WorkbookVocabulary
  private let language: WorkbookVocabulary.Language
  private let hasExamples: Bool

  /// - Parameter hasExamples: Whether main tables begin with an example row, which is ignored when
  ///   read.
  private init(
    _ declaration: ParkDeclaration, _ vocabulary: WorkbookVocabulary,
    _ language: WorkbookVocabulary.Language, hasExamples: Bool
  ) {
    self.declaration = declaration
    self.vocabulary = vocabulary
    self.language = language
    self.hasExamples = hasExamples
  }

  /// Writes a workbook in one step: all of it or nothing.
  /// - Parameters:
  ///   - url: A file that is there is replaced.
  ///   - hasExamples: Whether main tables begin with an example row, which is ignored when read.
  /// - Throws: `ValidationError` if the park holds what no workbook can; `FileWritingError` if the
  ///   file cannot be written.
  public static func write(
    _ declaration: ParkDeclaration, to url: URL, vocabulary: WorkbookVocabulary,
    language: WorkbookVocabulary.Language, hasExamples: Bool = false
  ) throws {
    let writer = WorkbookWriter(declaration, vocabulary, language, hasExamples: hasExamples)
    try writer.check(file: url.lastPathComponent)
    if FileBytes.start(path: url.path, count: 0) == .folder {
      throw FileWritingError.isFolder(path: url.path)
    }
    let temporary = TemporaryName.sibling(of: url.path)
    StagingRegistry.insert(temporary)
    defer {
      unlink(temporary)
      StagingRegistry.remove(temporary)
    }
    do throws(FileWritingError) {
      try writer.fill(SpreadsheetFile(path: temporary, title: declaration.settings.title))
    } catch {
      // The name of the temporary says nothing to the reader.
      guard case .cannotWrite(_, let reason) = error else { throw error }
      throw FileWritingError.cannotWrite(path: url.path, reason: reason)
    }
    let log = IssueLog()
    guard let bytes = FileBytes.read(path: temporary, name: url.path, log: log) else {
      throw ValidationError(log.issues)
    }
    try AtomicFile.write(bytes, to: url)
  }

  /// Reports what would not come back from a workbook.
  private func check(file: String) throws(ValidationError) {
    let log = IssueLog()
    for schema in ParkSchemas.all {
      let rows = ParkCells.rows(of: declaration, in: schema)
      if rows.count > SpreadsheetFile.maximumRows - Self.headerRow - 2 {
        log.error(
          "too-many-rows", at: SourceLocation(file: schema.fileName), found: "\(rows.count) rows",
          expected: "at most \(SpreadsheetFile.maximumRows) rows in a sheet of \(file)")
      }
      let key = schema.columns.firstIndex { $0.name == schema.primaryKey.first } ?? 0
      for row in rows {
        let place = SourceLocation(file: schema.fileName)
        if case .text(let id) = row[key], id.lowercased().hasPrefix(SheetTable.examplePrefix) {
          log.error(
            "reserved-id", at: place, field: schema.columns[key].name, found: id,
            expected: "an id that does not begin with \(SheetTable.examplePrefix)",
            hint: "in a workbook such rows are examples and are ignored; rename it first")
        }
        for (column, cell) in zip(schema.columns, row) {
          guard case .text(let text) = cell, text.utf16.count > SpreadsheetFile.maximumText else {
            continue
          }
          log.error(
            "text-too-long", at: place, field: column.name, found: text,
            expected: "at most \(SpreadsheetFile.maximumText) characters in a cell of \(file)")
        }
      }
    }
    try log.throwIfErrors()
  }

  private func fill(_ file: SpreadsheetFile) throws(FileWritingError) {
    try writeInstructions(file)
    var lists = lists
    try writeSettings(file, &lists)
    for schema in ParkSchemas.all { try write(schema, file, &lists) }
    try lists.write(file, name: sheetName("lists"))
    try file.close()
  }

  private func sheetName(_ table: String) -> String {
    vocabulary.words[.init(table: table)]?.text(language) ?? table
  }

  private func words(_ table: String, _ column: String) -> WorkbookVocabulary.Words? {
    vocabulary.words[.init(table: table, column: column)]
  }

  private func writeInstructions(_ file: SpreadsheetFile) throws(FileWritingError) {
    let sheet = try file.sheet(sheetName("instructions"))
    file.setWidth(72, sheet, 0, nil)
    file.setWidth(3, sheet, 1, nil)
    file.setWidth(72, sheet, 2, nil)
    worksheet_gridlines(sheet, UInt8(LXW_HIDE_ALL_GRIDLINES.rawValue))
    worksheet_set_landscape(sheet)
    worksheet_fit_to_pages(sheet, 1, 0)
    for (row, line) in vocabulary.instructions.enumerated() {
      let format =
        row == 0
        ? file.formats.title : line.isHeading ? file.formats.heading : file.formats.wrapped
      let texts = [line.english, line.vietnamese]
      for (column, text) in zip([0, 2], language == .english ? texts : texts.reversed()) {
        file.write(text, sheet, row, column, format)
      }
      // Row heights are not worked out by every program that opens the file.
      let lines = (texts.map(\.count).max() ?? 0) / 70 + 1
      let height = row == 0 ? 26 : Double(lines) * 15 + (line.isHeading ? 9 : 4)
      worksheet_set_row(sheet, lxw_row_t(row), height, nil)
    }
  }

  private func writeTitle(_ title: String, _ sheet: SpreadsheetFile.Sheet, _ file: SpreadsheetFile)
  {
    file.write(title, sheet, 0, 0, file.formats.title)
    worksheet_set_row(sheet, 0, 24, nil)
    worksheet_freeze_panes(sheet, lxw_row_t(Self.headerRow + 1), 1)
    worksheet_set_landscape(sheet)
    worksheet_fit_to_pages(sheet, 2, 0)
    worksheet_repeat_rows(sheet, lxw_row_t(Self.headerRow), lxw_row_t(Self.headerRow))
    worksheet_repeat_columns(sheet, 0, 0)
  }

  private func writeSettings(_ file: SpreadsheetFile, _ lists: inout WorkbookListSheet)
    throws(FileWritingError)
  {
    let sheet = try file.sheet(sheetName("park"))
    writeTitle(declaration.settings.title, sheet, file)
    for (column, width) in [28.0, 30, 70].enumerated() {
      file.setWidth(width, sheet, column, nil)
      let name = SettingsSheet.schema.columns[column].name
      file.write(
        words("park", name)?.text(language) ?? name, sheet, Self.headerRow, column,
        file.formats.requiredHeader)
    }
    let values = settingsCells()
    for (index, key) in SettingsSheet.keys.enumerated() {
      let row = Self.headerRow + 1 + index
      let entry = words("park", key.name)
      file.write(entry?.text(language) ?? key.name, sheet, row, 0, nil)
      write(
        values[key.name] ?? .blank, key, sheet, row, 1, file, file.formats.text,
        file.formats.leftNumber)
      if let rule = rule(for: key, in: SettingsSheet.schema, &lists) {
        file.validate(
          sheet, 1, rows: row...row, rule, title: String((entry?.text(language) ?? "").prefix(32)),
          message: message(for: key))
      }
      let note = language == .vietnamese ? entry?.note ?? key.meaning : key.meaning
      file.write(note, sheet, row, 2, file.formats.wrapped)
    }
  }

  private func settingsCells() -> [String: CSVWriter.Cell] {
    let settings = declaration.settings
    func number(_ value: Double?) -> CSVWriter.Cell { value.map { .number($0) } ?? .blank }
    return [
      "name": .text(settings.name), "title": .text(settings.title),
      "format": .integer(ParkSettingsReader.format), "jurisdiction": .text(settings.jurisdiction),
      "currency": .text(settings.currency.code), "base_year": .integer(settings.baseYear),
      "price_year": .integer(settings.priceYear), "law_date": .text(settings.lawDate.description),
      "discount_rate": number(settings.discountRate), "carbon_price": number(settings.carbonPrice),
      "road_detour": number(settings.roadDetour),
      "distance_limit": number(settings.distanceLimit),
      "capital_budget": number(settings.capitalBudget),
      "co2_floor": number(settings.carbonFloor),
      "partner_limit": number(settings.partnerLimit.map(Double.init)),
      "existing_exchanges": .text(settings.existingExchanges.rawValue),
    ]
  }

  private func write(
    _ schema: TableSchema, _ file: SpreadsheetFile, _ lists: inout WorkbookListSheet
  ) throws(FileWritingError) {
    let sheet = try file.sheet(sheetName(schema.name))
    let isVietnamese = language == .vietnamese
    writeTitle(isVietnamese ? sheetName(schema.name) : schema.title, sheet, file)
    worksheet_set_row(sheet, lxw_row_t(Self.headerRow), 46, nil)
    let first = Self.headerRow + 1
    let examples = hasExamples ? exampleRow(schema) : []
    let rows = ParkCells.rows(of: declaration, in: schema)
    let last = max(first + Self.preparedRows, first + rows.count)
    for (index, column) in schema.columns.enumerated() {
      let entry = words(schema.name, column.name)
      let header = entry?.text(language) ?? column.name
      let isText = column.kind.isWritten
      file.setWidth(
        Self.width(of: column), sheet, index, isText ? file.formats.text : nil)
      file.write(
        header, sheet, Self.headerRow, index,
        column.isRequired ? file.formats.requiredHeader : file.formats.header)
      let notes = [column.meaning, entry?.note ?? ""].filter { !$0.isEmpty }
      if !notes.isEmpty { file.note(notes.joined(separator: "\n"), sheet, Self.headerRow, index) }
      if let rule = rule(for: column, in: schema, &lists) {
        file.validate(
          sheet, index, rows: first...last, rule, title: String(header.prefix(32)),
          message: message(for: column))
      }
    }
    for (index, cell) in examples.enumerated() {
      write(
        cell, schema.columns[index], sheet, first, index, file, file.formats.exampleText,
        file.formats.exampleNumber)
    }
    for (offset, cells) in rows.enumerated() {
      let row = first + offset + (examples.isEmpty ? 0 : 1)
      for (index, cell) in cells.enumerated() {
        write(cell, schema.columns[index], sheet, row, index, file, file.formats.text, nil)
      }
    }
  }

  /// Cells of the example row; empty if the table has none.
  private func exampleRow(_ schema: TableSchema) -> [CSVWriter.Cell] {
    let texts = schema.columns.map { words(schema.name, $0.name)?.example ?? "" }
    return texts.allSatisfy(\.isEmpty) ? [] : texts.map(CSVWriter.Cell.text)
  }

  private func write(
    _ cell: CSVWriter.Cell, _ column: TableSchema.Column, _ sheet: SpreadsheetFile.Sheet,
    _ row: Int, _ index: Int, _ file: SpreadsheetFile, _ textFormat: SpreadsheetFile.Format?,
    _ numberFormat: SpreadsheetFile.Format?
  ) {
    switch cell {
    case .blank: break
    case .boolean(let truth): file.write(word(truth), sheet, row, index, textFormat)
    case .integer(let value): file.write(Double(value), sheet, row, index, numberFormat)
    case .number(let value):
      if Self.survives(value) {
        file.write(value, sheet, row, index, numberFormat)
      } else {
        file.write(NumberText.shortest(value), sheet, row, index, textFormat)
      }
    case .text(let text):
      if text.isEmpty { return }
      switch column.kind {
      case .number, .year:
        if case .value(let value) = NumberParser.parse(text, decimalComma: false) {
          write(.number(value), column, sheet, row, index, file, textFormat, numberFormat)
          return
        }
      case .boolean where text == "yes" || text == "no":
        return file.write(word(text == "yes"), sheet, row, index, textFormat)
      case .choice:
        return file.write(
          lists.word(text, in: column.name), sheet, row, index, textFormat)
      default: break
      }
      file.write(text, sheet, row, index, textFormat)
    }
  }

  private var lists: WorkbookListSheet {
    WorkbookListSheet(vocabulary: vocabulary, language: language)
  }

  private func word(_ truth: Bool) -> String { WorkbookListSheet.word(truth, language) }

  /// The library writes 16 digits; the few numbers that need 17 are written as text, which is read
  /// as the same number.
  static func survives(_ value: Double) -> Bool {
    NumberText.shortest(value).drop { "-0.".contains($0) }.prefix { $0 != "e" }
      .count(where: \.isNumber) <= 16
  }

  private static func width(of column: TableSchema.Column) -> Double {
    switch column.kind {
    case .number, .year, .boolean: return 12
    case .choice: return 16
    case .identifier: return 22
    case .list: return 22
    case .text: break
    }
    switch column.name {
    case "name", "title", "text", "name_en", "name_vi", "material", "ratio_basis": return 30
    case "notes", "source", "quality_limits", "example", "pretreatment": return 40
    case "unit", "period", "isic", "zone", "mode": return 12
    default: return column.name.hasSuffix("currency") ? 12 : 18
    }
  }

  private func rule(
    for column: TableSchema.Column, in schema: TableSchema, _ lists: inout WorkbookListSheet
  ) -> SpreadsheetFile.Rule? {
    if let reference = schema.references.first(where: { $0.column == column.name }) {
      let first = Self.headerRow + 2
      let sheet = sheetName(reference.table).replacing("'", with: "''")
      return .list(
        source: "'\(sheet)'!$A$\(first):$A$\(first + Self.preparedRows)", isClosed: false)
    }
    switch column.kind {
    case .number(let range): return .number(range)
    case .year: return .year
    case .boolean: return .list(source: lists.source(ofBooleans: ()), isClosed: true)
    case .choice(let words):
      return .list(source: lists.source(of: words, in: column.name), isClosed: true)
    case .text, .identifier, .list: break
    }
    if column.name == "period", schema.name != "actuals" {
      return .list(
        source: lists.source(of: Period.allCases.map(\.rawValue), in: "period"), isClosed: false)
    }
    guard let list = WorkbookLists.list(of: column.name, in: schema.name),
      let source = lists.source(of: list)
    else { return nil }
    return .list(source: source, isClosed: false)
  }

  private func message(for column: TableSchema.Column) -> String {
    let isVietnamese = language == .vietnamese
    switch column.kind {
    case .number(let range):
      return isVietnamese
        ? "Hãy nhập một con số (\(range.description(of: "number")))."
        : "Please type \(range.description())."
    case .year:
      return isVietnamese ? "Hãy nhập năm từ 1900 đến 2200." : "Please type a year, 1900 to 2200."
    default:
      return isVietnamese ? "Hãy chọn một mục trong danh sách." : "Please choose from the list."
    }
  }
}

extension TableSchema.Column.Kind {
  /// Whether cells hold text, which spreadsheets must not turn into numbers or dates.
  fileprivate var isWritten: Bool {
    switch self {
    case .text, .identifier, .list, .choice, .boolean: true
    case .number, .year: false
    }
  }
}

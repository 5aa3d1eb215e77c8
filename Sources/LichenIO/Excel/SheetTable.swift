import LichenDomain

/// Makes a table of a sheet's rows as they come: finds the header, then keeps the cells of known
/// columns.
struct SheetTable {
  /// The header stands in one of the first rows of a sheet, below titles and blank lines.
  static let lastHeaderRow = 20
  /// A row is a header if it names at least this many columns.
  static let fewestColumns = 2
  /// More names than this are no table of a park.
  static let maximumColumns = 500
  static let maximumCells = 10_000_000
  /// Rows whose key begins so explain how to fill in a sheet.
  static let examplePrefix = "example_"

  private let schema: TableSchema
  private let file: String
  private let sheet: String
  private let reader: CellReader
  private var waiting: [SheetScanner.Row] = []
  private var header: Header?
  /// Whether something was found that cannot be a table; it is in the log.
  private(set) var hasFailed = false
  private var lines: [Int] = []
  private var cells: [String] = []
  private var examples: [Int] = []
  private var hiddenRows = 0
  private var nameless: Set<Int> = []

  private struct Header {
    var line = 0
    /// Known columns in the order of the sheet, and where they stand.
    var columns: [TableSchema.Column] = []
    var positions: [Int: Int] = [:]
    var unknown: [String] = []
    var letters: [String: String] = [:]
    /// Sheet columns that have any name.
    var named: Set<Int> = []
    /// Place of a row without its line.
    var place: SourceLocation
    var key: Int?
  }

  init(_ schema: TableSchema, file: String, sheet: String, reader: CellReader) {
    self.schema = schema
    self.file = file
    self.sheet = sheet
    self.reader = reader
  }

  private var log: IssueLog { reader.log }

  /// Takes the next row of the sheet.
  /// - Throws: `WorkbookFault` if there are too many.
  mutating func take(_ row: SheetScanner.Row) throws(WorkbookFault) {
    if header == nil, !hasFailed, row.number > Self.lastHeaderRow { findHeader() }
    if hasFailed { return }
    if header == nil { waiting.append(row) } else { keep(row) }
    if cells.count > Self.maximumCells {
      throw WorkbookFault(
        code: "too-many-rows", found: "more than \(Self.maximumCells) cells",
        expected: "at most \(Self.maximumCells) cells")
    }
  }

  /// The table; `nil` when the sheet is blank or has no header.
  mutating func finish() -> SourceTable? {
    if header == nil, !hasFailed { findHeader() }
    guard let header else { return nil }
    reportLeftOut(header)
    return SourceTable(
      file: file, sheet: sheet, header: header.columns.map(\.name) + header.unknown,
      headerLine: header.line, width: header.columns.count, letters: header.letters, lines: lines,
      cells: cells)
  }

  private mutating func findHeader() {
    if waiting.isEmpty { return }
    func score(_ row: SheetScanner.Row) -> Int {
      Set(row.cells.compactMap(column)).count
    }
    var best: (row: SheetScanner.Row, score: Int)?
    for row in waiting {
      let score = score(row)
      if score > best?.score ?? 0 { best = (row, score) }
    }
    let rows = waiting
    waiting = []
    guard let best, best.score >= Self.fewestColumns else {
      hasFailed = true
      log.error(
        "missing-header", at: SourceLocation(file: file, sheet: sheet),
        expected: "a row of column names within the first \(Self.lastHeaderRow) rows: "
          + schema.columns.prefix(6).map { name($0) }.joined(separator: ", ") + ", …")
      return
    }
    readHeader(best.row)
    for row in rows where row.number > best.row.number && !hasFailed { keep(row) }
  }

  /// Column that a header cell names.
  private func column(_ cell: SheetCell) -> String? {
    guard case .text(let text) = cell.value else { return nil }
    let lowered = text.trimmingSpaces().lowercased()
    if schema.columns.contains(where: { $0.name == lowered }) { return lowered }
    return reader.vocabulary.column(named: text, in: schema.name)
  }

  private func name(_ column: TableSchema.Column) -> String {
    reader.vocabulary.words[.init(table: schema.name, column: column.name)]?.english ?? column.name
  }

  private mutating func readHeader(_ row: SheetScanner.Row) {
    var header = Header(line: row.number, place: SourceLocation(file: file))
    guard row.cells.count <= Self.maximumColumns else {
      hasFailed = true
      log.error(
        "too-many-columns", at: SourceLocation(file: file, sheet: sheet, row: row.number),
        found: "\(row.cells.count) columns", expected: "at most \(Self.maximumColumns) columns")
      return
    }
    for cell in row.cells {
      let letters = Alphabet.letters(cell.column)
      header.named.insert(cell.column)
      guard let name = column(cell), let known = schema.columns.first(where: { $0.name == name })
      else {
        let shown = cell.text.trimmingSpaces()
        header.unknown.append(shown)
        header.letters[shown] = header.letters[shown] ?? letters
        continue
      }
      if let first = header.letters[name] {
        log.error(
          "duplicate-column",
          at: SourceLocation(file: file, sheet: sheet, cell: "\(letters)\(row.number)"),
          field: name, found: "columns \(first) and \(letters)", expected: "each column once")
        continue
      }
      header.letters[name] = letters
      header.positions[cell.column] = header.columns.count
      if schema.primaryKey.first == name { header.key = header.columns.count }
      header.columns.append(known)
    }
    header.place = SourceLocation(file: file, sheet: sheet, columns: header.letters)
    self.header = header
  }

  private mutating func keep(_ row: SheetScanner.Row) {
    guard let header else { return }
    var texts = [String](repeating: "", count: header.columns.count)
    let place = header.place.at(row: row.number)
    var isBlank = true
    var isExample = false
    for cell in row.cells {
      guard let position = header.positions[cell.column] else {
        if !header.named.contains(cell.column) { nameless.insert(cell.column) }
        continue
      }
      if position == header.key, cell.text.lowercased().hasPrefix(Self.examplePrefix) {
        isExample = true
        break
      }
      texts[position] = reader.text(cell, in: header.columns[position], at: place)
      isBlank = false
    }
    if isExample { examples.append(row.number) }
    if isBlank || isExample { return }
    if row.isHidden { hiddenRows += 1 }
    lines.append(row.number)
    cells += texts
  }

  /// Says what stands in the sheet and was not read, or might not be seen.
  private func reportLeftOut(_ header: Header) {
    let place = SourceLocation(file: file, sheet: sheet)
    if let first = examples.first {
      log.warning(
        "example-ignored", at: place.at(row: first),
        found:
          "\(examples.count) row\(examples.count == 1 ? "" : "s") whose \(schema.primaryKey[0]) "
          + "begins with \(Self.examplePrefix)",
        hint: "the row is ignored; delete it, or change its \(schema.primaryKey[0]) to keep it")
    }
    if !nameless.isEmpty {
      let letters = nameless.sorted().prefix(5).map(Alphabet.letters)
      log.warning(
        "nameless-column", at: place.at(row: header.line),
        found: "cells in column" + (nameless.count == 1 ? " " : "s ")
          + letters.joined(separator: ", ") + (nameless.count > 5 ? ", …" : ""),
        hint: "columns without a name are ignored")
    }
    if hiddenRows > 0 {
      log.warning(
        "hidden-rows", at: place, found: "\(hiddenRows) hidden or filtered rows",
        hint: "hidden rows are read too; delete them if they do not belong to the park")
    }
  }
}

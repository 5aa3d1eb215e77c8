import LichenDomain

/// The cells of a table as text, whatever they were read from: a CSV file or a sheet of a workbook.
struct SourceTable: Sendable, Equatable {
  /// Column names; those that nobody reads may stand behind those that have cells.
  let header: [String]
  /// Where the header stands.
  let headerPlace: SourceLocation
  /// Cells in each row; at most as many as the header has names.
  let width: Int
  /// Place of a row without its line; knows the columns of a sheet.
  private let place: SourceLocation
  /// Line on which each row begins.
  let lines: [Int]
  /// Row after row; flat, because a table may have a million rows.
  private let cells: [String]
  /// Whether numbers are written with a decimal comma.
  let usesDecimalComma: Bool

  /// The table of a CSV file.
  init(_ table: CSVTable) {
    header = table.header
    headerPlace = SourceLocation(file: table.file, row: table.headerLine)
    width = table.header.count
    place = SourceLocation(file: table.file)
    lines = table.lines
    cells = table.cells
    usesDecimalComma = table.separator.usesDecimalComma
  }

  /// The table of a sheet, whose numbers are in normal form.
  /// - Parameter letters: The sheet's column letters by name in the header.
  init(
    file: String, sheet: String, header: [String], headerLine: Int, width: Int,
    letters: [String: String], lines: [Int], cells: [String]
  ) {
    self.header = header
    place = SourceLocation(file: file, sheet: sheet, columns: letters)
    headerPlace = place.at(row: headerLine)
    self.width = width
    self.lines = lines
    self.cells = cells
    usesDecimalComma = false
  }

  var rowCount: Int { lines.count }

  /// - Precondition: `index` is in `0..<rowCount`.
  func row(_ index: Int) -> ArraySlice<String> { cells[index * width..<(index + 1) * width] }

  func location(ofRow index: Int) -> SourceLocation { place.at(row: lines[index]) }
}

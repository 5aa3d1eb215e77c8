import LichenDomain

/// What parts the cells of a table.
public enum Separator: String, Sendable, CaseIterable {
  case comma = ","
  case semicolon = ";"
  case tab = "\t"

  /// Spreadsheets save with `;` where the comma is the decimal mark.
  public var usesDecimalComma: Bool { self == .semicolon }

  var byte: UInt8 { rawValue.utf8.first ?? 44 }
}

/// The cells of a table as written, with the line on which each row begins.
public struct CSVTable: Sendable, Equatable {
  /// Name for messages.
  public let file: String
  public let separator: Separator
  /// Column names without surrounding space.
  public let header: [String]
  /// Line of the header, from 1.
  public let headerLine: Int
  /// Physical line on which each row begins; the file's first line is 1.
  public let lines: [Int]
  /// Row after row; flat, because a table may have a million rows.
  let cells: [String]

  public var rowCount: Int { lines.count }

  /// Cells of the row at `index`, as many as the header has names.
  /// - Precondition: `index` is in `0..<rowCount`.
  public func row(_ index: Int) -> ArraySlice<String> {
    cells[index * header.count..<(index + 1) * header.count]
  }

  public func location(ofRow index: Int) -> SourceLocation {
    SourceLocation(file: file, row: lines[index])
  }
}

import LichenDomain

/// A workbook before it is a file: sheets of cells, in order.
///
/// Knows no program and no file format; `SpreadsheetWriter` turns it into bytes.
public struct Spreadsheet: Sendable, Hashable {
  public let title: String
  public let sheets: [Sheet]

  public init(title: String, sheets: [Sheet]) {
    self.title = title
    self.sheets = sheets
  }

  /// One sheet; rows and columns count from 0.
  public struct Sheet: Sendable, Hashable {
    /// At most 31 UTF-16 units, none of `[]:*?/\`, unique in the workbook whatever its case.
    public let name: String
    public let rows: [Row]
    /// Width of each column [characters].
    public let widths: [Double]
    /// Header row under which rows scroll, which is printed again on every page.
    public let headerRow: Int?
    /// Columns that stay in sight.
    public let frozenColumns: Int
    /// Header row, last row, last column of a table that readers may filter.
    public let filter: Filter?

    public init(
      name: String, rows: [Row], widths: [Double], headerRow: Int? = nil, frozenColumns: Int = 0,
      filter: Filter? = nil
    ) {
      self.name = name
      self.rows = rows
      self.widths = widths
      self.headerRow = headerRow
      self.frozenColumns = frozenColumns
      self.filter = filter
    }
  }

  /// A table with its header that begins in the first column.
  public struct Filter: Sendable, Hashable {
    public let headerRow: Int
    public let lastRow: Int
    public let lastColumn: Int

    public init(headerRow: Int, lastRow: Int, lastColumn: Int) {
      self.headerRow = headerRow
      self.lastRow = lastRow
      self.lastColumn = lastColumn
    }
  }

  public struct Row: Sendable, Hashable {
    public let cells: [Cell]
    /// [points]; `nil` lets the program that opens the file choose.
    public let height: Double?
    /// Columns over which the first cell stretches.
    public let span: Int

    public init(_ cells: [Cell], height: Double? = nil, span: Int = 1) {
      self.cells = cells
      self.height = height
      self.span = span
    }
  }

  public struct Cell: Sendable, Hashable {
    public let value: Value
    public let look: Look

    public init(_ value: Value, _ look: Look = Look()) {
      self.value = value
      self.look = look
    }

    public static let blank = Cell(.blank)
  }

  /// What a cell holds. A text is never run as a formula, whatever it begins with.
  public enum Value: Sendable, Hashable {
    case blank
    case text(String)
    /// Not finite is written as blank.
    case number(Double)
    case date(CalendarDate)
    /// Without `=`, in English names; `value` shows until a program works it out again.
    case formula(String, value: Double)

    /// The number that shows, if one does.
    public var number: Double? {
      switch self {
      case .number(let value), .formula(_, let value): value
      case .blank, .text, .date: nil
      }
    }
  }
}

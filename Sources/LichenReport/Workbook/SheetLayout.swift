import LichenIO

/// A column of a sheet's table.
struct SheetColumn<Row> {
  /// Names the column to formulas; unique in its table.
  let id: String
  let title: String
  /// [characters]
  let width: Double
  /// Under the table the column's sum is worked out.
  let isSummed: Bool
  /// Its heading stands over figures.
  let isNumber: Bool
  /// The cell of a row, given the sheet's row in which it stands.
  let cell: (_ row: Row, _ place: Int) -> Spreadsheet.Cell

  init(
    _ id: String, _ title: String, width: Double, isSummed: Bool = false, isNumber: Bool = false,
    _ cell: @escaping (_ row: Row, _ place: Int) -> Spreadsheet.Cell
  ) {
    self.id = id
    self.title = title
    self.width = width
    self.isSummed = isSummed
    self.isNumber = isNumber || isSummed
    self.cell = cell
  }

  /// A column of texts.
  static func text(
    _ id: String, _ title: String, width: Double, look: Spreadsheet.Look = SheetLook.text,
    _ text: @escaping (Row) -> String
  ) -> SheetColumn {
    SheetColumn(id, title, width: width) { row, _ in Spreadsheet.Cell(.text(text(row)), look) }
  }

  /// A column of numbers; empty where there is none.
  static func number(
    _ id: String, _ title: String, width: Double = 12, _ format: Spreadsheet.NumberFormat,
    isSummed: Bool = false, _ value: @escaping (Row) -> Double?
  ) -> SheetColumn {
    SheetColumn(id, title, width: width, isSummed: isSummed, isNumber: true) { row, _ in
      Spreadsheet.Cell(value(row).map { .number($0) } ?? .blank, SheetLook.number(format))
    }
  }

  /// A column of numbers of different sizes, each with the digits that it needs.
  static func figure(
    _ id: String, _ title: String, width: Double = 12, _ value: @escaping (Row) -> Double?
  ) -> SheetColumn {
    SheetColumn(id, title, width: width, isNumber: true) { row, _ in
      let value = value(row)
      return Spreadsheet.Cell(
        value.map { .number($0) } ?? .blank,
        SheetLook.number(value.map(SheetLook.format) ?? .general))
    }
  }
}

/// Where a table stands, for formulas that use it.
struct PlacedTable {
  fileprivate let sheet: String
  /// Rows of the sheet that hold the table's rows.
  let rows: Range<Int>
  fileprivate let columns: [String: Int]
  /// Sums under the table; `nil` without rows.
  fileprivate let totalRow: Int?
  fileprivate let sums: [String: Double]

  /// The range of a column, for other sheets; `nil` without rows or such a column.
  func range(_ id: String, rows part: Range<Int>? = nil) -> String? {
    let rows = part ?? rows
    guard let column = columns[id], !rows.isEmpty else { return nil }
    return CellReference.sheet(sheet) + CellReference.range(rows: rows, column: column)
  }

  /// The sum under a column as other sheets write it; zero for a table without rows, which sums up
  /// nothing.
  func total(_ id: String) -> Spreadsheet.Value {
    guard let totalRow, let column = columns[id], let sum = sums[id] else { return .number(0) }
    return .formula(
      CellReference.sheet(sheet) + CellReference.cell(row: totalRow, column: column), value: sum)
  }
}

/// Puts headings, texts and tables under each other on one sheet.
struct SheetLayout {
  let name: String
  private var rows: [Spreadsheet.Row] = []
  private var widths: [Double] = []
  private var paragraphs: [(row: Int, text: String, look: Spreadsheet.Look)] = []
  private var tables: [(header: Int, last: Int, columns: Int)] = []

  /// Columns over which paragraphs stretch come to this width [characters].
  private static let measure = 110.0

  init(name: String, title: String) {
    self.name = name
    rows.append(Spreadsheet.Row([Spreadsheet.Cell(.text(title), SheetLook.title)], height: 24))
  }

  mutating func heading(_ text: String) {
    rows.append(Spreadsheet.Row([]))
    rows.append(Spreadsheet.Row([Spreadsheet.Cell(.text(text), SheetLook.heading)]))
  }

  mutating func paragraph(_ text: String, _ look: Spreadsheet.Look = SheetLook.paragraph) {
    if text.isEmpty { return }
    paragraphs.append((rows.count, text, look))
    rows.append(Spreadsheet.Row([]))
  }

  /// - Parameter total: Stands before the sums in the first column; `nil` for a table without sums.
  @discardableResult
  mutating func table<Row>(
    _ columns: [SheetColumn<Row>], _ items: [Row], total: String? = nil
  ) -> PlacedTable {
    let header = rows.count
    rows.append(
      Spreadsheet.Row(
        columns.map {
          Spreadsheet.Cell(.text($0.title), $0.isNumber ? SheetLook.numberHeader : SheetLook.header)
        }))
    for (index, column) in columns.enumerated() {
      if index < widths.count {
        widths[index] = max(widths[index], column.width)
      } else {
        widths.append(column.width)
      }
    }
    for item in items {
      let place = rows.count
      rows.append(Spreadsheet.Row(columns.map { $0.cell(item, place) }))
    }
    let body = (header + 1)..<rows.count
    for row in body { widen(rows[row].cells) }
    tables.append((header, rows.count - 1, columns.count))
    let names = Dictionary(
      uniqueKeysWithValues: columns.enumerated().map { ($0.element.id, $0.offset) })
    guard let total, !items.isEmpty else {
      return PlacedTable(sheet: name, rows: body, columns: names, totalRow: nil, sums: [:])
    }
    let (row, sums) = totals(columns, body, label: total)
    rows.append(row)
    widen(row.cells)
    return PlacedTable(
      sheet: name, rows: body, columns: names, totalRow: rows.count - 1, sums: sums)
  }

  /// Makes columns wide enough for their numbers, which programs would hide behind hashes.
  private mutating func widen(_ cells: [Spreadsheet.Cell]) {
    for (index, cell) in cells.enumerated() {
      guard let value = cell.value.number, value.isFinite else { continue }
      let digits = Double(max(1, Language.wholeDigits(value)))
      let behind: Double =
        switch cell.look.format {
        case .decimals(let count): Double(count) + 1
        case .whole, .general, .percent, .date: 0
        }
      let length = digits + (digits / 3).rounded(.down) + behind + (value < 0 ? 1 : 0)
      widths[index] = max(widths[index], length * (cell.look.isBold ? 1.2 : 1.08) + 2)
    }
  }

  private func totals<Row>(
    _ columns: [SheetColumn<Row>], _ body: Range<Int>, label: String
  ) -> (Spreadsheet.Row, [String: Double]) {
    var sums: [String: Double] = [:]
    let cells = columns.enumerated().map { index, column -> Spreadsheet.Cell in
      guard column.isSummed else {
        return Spreadsheet.Cell(index == 0 ? .text(label) : .blank, SheetLook.total())
      }
      let cells = body.map { rows[$0].cells[index] }
      let sum = cells.compactMap(\.value.number).reduce(0, +)
      sums[column.id] = sum
      return Spreadsheet.Cell(
        .formula("SUM(\(CellReference.range(rows: body, column: index)))", value: sum),
        SheetLook.total(cells.first?.look.format ?? .general))
    }
    return (Spreadsheet.Row(cells), sums)
  }

  /// The sheet; one table can be filtered and keeps its header in sight, several cannot.
  /// - Parameters:
  ///   - canFilter: Whether readers may sort the table, which moves the rows that formulas of other
  ///     sheets may name one by one.
  ///   - keepsHeader: Whether the sheet is its table; else the table is one part of a page.
  func sheet(frozenColumns: Int = 0, canFilter: Bool = true, keepsHeader: Bool = true)
    -> Spreadsheet.Sheet
  {
    var rows = rows
    let (span, measure) = measure
    for paragraph in paragraphs {
      let lines = Self.lines(paragraph.text, width: measure)
      rows[paragraph.row] = Spreadsheet.Row(
        [Spreadsheet.Cell(.text(paragraph.text), paragraph.look)],
        height: Double(lines) * Self.lineHeight + 2, span: span)
    }
    for table in tables {
      for row in table.header...table.last { rows[row] = fitted(rows[row]) }
    }
    let only = tables.count == 1 && keepsHeader ? tables[0] : nil
    return Spreadsheet.Sheet(
      name: name, rows: rows, widths: widths, headerRow: only?.header,
      frozenColumns: only == nil ? 0 : frozenColumns,
      filter: only.flatMap { table in
        table.last == table.header || !canFilter
          ? nil
          : Spreadsheet.Filter(
            headerRow: table.header, lastRow: table.last, lastColumn: table.columns - 1)
      })
  }

  /// [points]
  private static let lineHeight = 14.5
  /// No row grows beyond it; the rest of a long text shows when its cell is chosen.
  private static let mostLines = 12

  /// As tall as its longest wrapped text: not every program that opens the file works that out.
  private func fitted(_ row: Spreadsheet.Row) -> Spreadsheet.Row {
    let lines =
      zip(row.cells, widths).map { cell, width -> Int in
        guard cell.look.wraps, case .text(let text) = cell.value else { return 1 }
        return Self.lines(text, width: cell.look.isBold ? width * 0.85 : width)
      }.max() ?? 1
    guard lines > 1 else { return row }
    return Spreadsheet.Row(
      row.cells, height: Double(min(lines, Self.mostLines)) * Self.lineHeight + 2)
  }

  /// Lines that a text takes, broken between words.
  private static func lines(_ text: String, width: Double) -> Int {
    // A column's width counts digits; letters are a little narrower.
    let room = max(4, Int(width * 1.1))
    return text.split(separator: "\n", omittingEmptySubsequences: false).reduce(0) { sum, line in
      var lines = 1
      var used = 0
      for word in line.split(separator: " ") {
        if used > 0, used + 1 + word.count > room {
          lines += 1
          used = 0
        }
        used += (used > 0 ? 1 : 0) + word.count
        lines += (used - 1) / room
        used = (used - 1) % room + 1
      }
      return sum + lines
    }
  }

  /// How many columns a paragraph stretches over, and how wide they are [characters].
  private var measure: (span: Int, width: Double) {
    var span = 0
    var width = 0.0
    while span < widths.count, width < Self.measure {
      width += widths[span]
      span += 1
    }
    return (max(1, span), max(width, 10))
  }
}

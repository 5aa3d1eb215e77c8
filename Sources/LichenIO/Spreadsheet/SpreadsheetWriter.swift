import CXLSXWriter
import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes workbooks in the format of Excel; equal workbooks give equal bytes.
public struct SpreadsheetWriter {
  private typealias Sheet = UnsafeMutablePointer<lxw_worksheet>
  private typealias Format = UnsafeMutablePointer<lxw_format>

  /// 1 January 1980: a clock would make two runs differ.
  private static let created = 315_532_800
  private static let paperA4: UInt8 = 9
  /// Characters that are readable side by side on that paper, laid across.
  private static let pageWidth = 220.0
  /// Of the file format: the short date of the reader's country.
  private static let dateFormat: UInt8 = 14

  private let book: UnsafeMutablePointer<lxw_workbook>
  private var formats: [Spreadsheet.Look: Format] = [:]

  private init(_ book: UnsafeMutablePointer<lxw_workbook>) { self.book = book }

  /// The bytes of the workbook's file. The library writes files only, so that a temporary one comes and
  /// goes.
  /// - Throws: `FileWritingError` if the folder for temporaries is not writable or a sheet has a name
  ///   or a size that the format cannot hold.
  public static func bytes(of workbook: Spreadsheet) throws(FileWritingError) -> [UInt8] {
    let folder = getenv("TMPDIR").map { String(cString: $0) } ?? ""
    let path = TemporaryName.sibling(of: "\(folder.isEmpty ? "/tmp" : folder)/workbook.xlsx")
    StagingRegistry.insert(path)
    defer {
      unlink(path)
      StagingRegistry.remove(path)
    }
    try write(workbook, path: path)
    let log = IssueLog()
    guard
      let bytes = FileBytes.read(path: path, name: path, log: log, maximumSize: Int(Int32.max))
    else { throw .cannotWrite(path: path, reason: TemporaryName.systemReason) }
    return bytes
  }

  private static func write(_ workbook: Spreadsheet, path: String) throws(FileWritingError) {
    guard let book = workbook_new(path) else {
      throw .cannotWrite(path: path, reason: "the workbook cannot be made")
    }
    var isClosed = false
    defer { if !isClosed { lxw_workbook_free(book) } }
    var properties = lxw_doc_properties()
    properties.created = time_t(created)
    workbook.title.withCString { title in
      properties.title = UnsafeMutablePointer(mutating: title)
      _ = workbook_set_properties(book, &properties)
    }
    var writer = SpreadsheetWriter(book)
    for sheet in workbook.sheets { try writer.write(sheet, path: path) }
    isClosed = true
    let result = workbook_close(book)
    guard result == LXW_NO_ERROR else {
      throw .cannotWrite(
        path: path, reason: lxw_strerror(result).map { String(cString: $0) } ?? "unknown reason")
    }
  }

  private mutating func write(_ sheet: Spreadsheet.Sheet, path: String) throws(FileWritingError) {
    guard sheet.rows.count <= SpreadsheetFile.maximumRows else {
      throw .cannotWrite(path: path, reason: "sheet '\(sheet.name)' has too many rows")
    }
    guard let page = workbook_add_worksheet(book, sheet.name) else {
      throw .cannotWrite(path: path, reason: "'\(sheet.name)' cannot be the name of a sheet")
    }
    for (column, width) in sheet.widths.enumerated() {
      worksheet_set_column(page, lxw_col_t(column), lxw_col_t(column), width, nil)
    }
    for (index, row) in sheet.rows.enumerated() { write(row, at: index, page) }
    setUp(page, sheet)
  }

  private mutating func write(_ row: Spreadsheet.Row, at index: Int, _ page: Sheet) {
    if let height = row.height { worksheet_set_row(page, lxw_row_t(index), height, nil) }
    if row.span > 1, let first = row.cells.first, case .text(let text) = first.value {
      worksheet_merge_range(
        page, lxw_row_t(index), 0, lxw_row_t(index), lxw_col_t(row.span - 1), Self.fitted(text),
        format(first.look))
      return
    }
    for (column, cell) in row.cells.enumerated() { write(cell, index, column, page) }
  }

  private mutating func write(
    _ cell: Spreadsheet.Cell, _ row: Int, _ column: Int, _ page: Sheet
  ) {
    let format = format(cell.look)
    let row = lxw_row_t(row)
    let column = lxw_col_t(column)
    switch cell.value {
    case .text(let text) where !text.isEmpty:
      worksheet_write_string(page, row, column, Self.fitted(text), format)
    case .number(let value) where value.isFinite:
      worksheet_write_number(page, row, column, value, format)
    case .date(let date):
      var moment = lxw_datetime()
      moment.year = Int32(date.year)
      moment.month = Int32(date.month)
      moment.day = Int32(date.day)
      worksheet_write_datetime(page, row, column, &moment, format)
    case .formula(let formula, let value):
      worksheet_write_formula_num(page, row, column, "=" + formula, format, value)
    case .blank, .text, .number:
      // A blank without a format is no cell at all.
      if cell.look != Spreadsheet.Look() { worksheet_write_blank(page, row, column, format) }
    }
  }

  /// What a cell can hold; a cut is told by the mark at its end.
  private static func fitted(_ text: String) -> String {
    let escaped = SpreadsheetFile.escaped(text)
    guard escaped.utf16.count > SpreadsheetFile.maximumText else { return escaped }
    var kept = ""
    var length = 2
    for character in escaped {
      length += character.utf16.count
      if length > SpreadsheetFile.maximumText { break }
      kept.append(character)
    }
    return kept + " …"
  }

  private func setUp(_ page: Sheet, _ sheet: Spreadsheet.Sheet) {
    worksheet_set_landscape(page)
    worksheet_set_paper(page, Self.paperA4)
    // A wide table goes over several pages side by side, its first columns on each.
    let pages = (sheet.widths.reduce(0, +) / Self.pageWidth).rounded(.up)
    worksheet_fit_to_pages(page, UInt16(min(max(1, pages), 20)), 0)
    if pages > 1, sheet.frozenColumns > 0 {
      worksheet_repeat_columns(page, 0, lxw_col_t(sheet.frozenColumns - 1))
    }
    worksheet_set_margins(page, 0.5, 0.5, 0.6, 0.6)
    // In headers & begins a command.
    worksheet_set_footer(page, "&L&8&A&R&8&P / &N")
    if let header = sheet.headerRow {
      worksheet_freeze_panes(page, lxw_row_t(header + 1), lxw_col_t(sheet.frozenColumns))
      worksheet_repeat_rows(page, lxw_row_t(header), lxw_row_t(header))
    }
    if let filter = sheet.filter {
      worksheet_autofilter(
        page, lxw_row_t(filter.headerRow), 0, lxw_row_t(filter.lastRow),
        lxw_col_t(filter.lastColumn))
    }
  }

  private mutating func format(_ look: Spreadsheet.Look) -> Format? {
    if look == Spreadsheet.Look() { return nil }
    if let known = formats[look] { return known }
    guard let format = workbook_add_format(book) else { return nil }
    format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
    if look.isBold { format_set_bold(format) }
    if let size = look.size { format_set_font_size(format, size) }
    if let ink = look.ink { format_set_font_color(format, ink) }
    if let fill = look.fill { format_set_bg_color(format, fill) }
    if look.wraps { format_set_text_wrap(format) }
    if let code = look.format.code { format_set_num_format(format, code) }
    if look.format == .date {
      format_set_num_format_index(format, Self.dateFormat)
    }
    if let side = look.side {
      let align = side == .left ? LXW_ALIGN_LEFT : LXW_ALIGN_RIGHT
      format_set_align(format, UInt8(align.rawValue))
    }
    if look.indent > 0 { format_set_indent(format, look.indent) }
    if let rule = look.rule {
      format_set_bottom_color(format, rule)
      format_set_top_color(format, rule)
    }
    if let line = look.bottom { format_set_bottom(format, Self.border(line)) }
    if let line = look.top { format_set_top(format, Self.border(line)) }
    if let line = look.left {
      format_set_left(format, Self.border(line))
      if let ink = look.ink { format_set_left_color(format, ink) }
    }
    formats[look] = format
    return format
  }

  private static func border(_ line: Spreadsheet.Line) -> UInt8 {
    let border =
      switch line {
      case .hair: LXW_BORDER_HAIR
      case .thin: LXW_BORDER_THIN
      case .medium: LXW_BORDER_MEDIUM
      case .dashDot: LXW_BORDER_MEDIUM_DASH_DOT
      case .longDash: LXW_BORDER_MEDIUM_DASHED
      case .shortDash: LXW_BORDER_DASHED
      case .dots: LXW_BORDER_DOTTED
      }
    return UInt8(border.rawValue)
  }
}

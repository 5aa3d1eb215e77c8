import CXLSXWriter
import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A workbook that is being written; the same calls always give the same bytes.
final class SpreadsheetFile {
  typealias Sheet = UnsafeMutablePointer<lxw_worksheet>
  typealias Format = UnsafeMutablePointer<lxw_format>

  /// How cells look.
  struct Formats {
    let title, requiredHeader, header, text, leftNumber, wrapped, heading: Format?
    let exampleText, exampleNumber: Format?
  }

  /// Longest text that a cell can hold.
  static let maximumText = 32_767
  static let maximumRows = 1_048_576

  let formats: Formats
  private let path: String
  private let book: UnsafeMutablePointer<lxw_workbook>
  private var isClosed = false

  /// - Parameter path: Where the file appears when it is closed.
  /// - Throws: `FileWritingError` if memory lacks.
  init(path: String, title: String) throws(FileWritingError) {
    self.path = path
    guard let book = workbook_new(path) else {
      throw .cannotWrite(path: path, reason: "the workbook cannot be made")
    }
    self.book = book
    formats = Self.formats(book)
    // 1 January 1980: a clock would make two runs differ.
    var properties = lxw_doc_properties()
    properties.created = 315_532_800
    title.withCString { text in
      properties.title = UnsafeMutablePointer(mutating: text)
      _ = workbook_set_properties(book, &properties)
    }
  }

  deinit {
    if !isClosed { lxw_workbook_free(book) }
  }

  /// Writes the file.
  /// - Throws: `FileWritingError`.
  func close() throws(FileWritingError) {
    isClosed = true
    let result = workbook_close(book)
    guard result == LXW_NO_ERROR else {
      throw .cannotWrite(
        path: path, reason: lxw_strerror(result).map { String(cString: $0) } ?? "unknown reason")
    }
  }

  private static func formats(_ book: UnsafeMutablePointer<lxw_workbook>) -> Formats {
    func format(_ make: (Format) -> Void) -> Format? {
      guard let format = workbook_add_format(book) else { return nil }
      format_set_align(format, UInt8(LXW_ALIGN_VERTICAL_TOP.rawValue))
      make(format)
      return format
    }
    func header(_ format: Format, fill: UInt32, ink: UInt32) {
      format_set_bold(format)
      format_set_text_wrap(format)
      format_set_bg_color(format, fill)
      format_set_font_color(format, ink)
      format_set_border(format, UInt8(LXW_BORDER_THIN.rawValue))
      format_set_border_color(format, 0xBFCFC4)
    }
    func example(_ format: Format) {
      format_set_italic(format)
      format_set_font_color(format, 0x808080)
    }
    return Formats(
      title: format {
        format_set_bold($0)
        format_set_font_size($0, 14)
      },
      requiredHeader: format { header($0, fill: 0x2E6B4F, ink: 0xFFFFFF) },
      header: format { header($0, fill: 0xDDEBE2, ink: 0x1B3D2F) },
      // Codes such as 01 03 04 must stay as typed.
      text: format { format_set_num_format($0, "@") },
      leftNumber: format { format_set_align($0, UInt8(LXW_ALIGN_LEFT.rawValue)) },
      wrapped: format { format_set_text_wrap($0) },
      heading: format {
        format_set_bold($0)
        format_set_text_wrap($0)
        format_set_font_color($0, 0x2E6B4F)
      },
      exampleText: format {
        example($0)
        format_set_num_format($0, "@")
      },
      exampleNumber: format(example))
  }

  /// Adds a sheet behind those that are there.
  /// - Throws: `FileWritingError` for a name that spreadsheets refuse.
  func sheet(_ name: String) throws(FileWritingError) -> Sheet {
    guard let sheet = workbook_add_worksheet(book, name) else {
      throw .cannotWrite(path: path, reason: "'\(name)' cannot be the name of a sheet")
    }
    return sheet
  }
}

extension SpreadsheetFile {
  func write(_ text: String, _ sheet: Sheet, _ row: Int, _ column: Int, _ format: Format?) {
    worksheet_write_string(
      sheet, lxw_row_t(row), lxw_col_t(column), Self.escaped(text), format)
  }

  func write(_ number: Double, _ sheet: Sheet, _ row: Int, _ column: Int, _ format: Format?) {
    worksheet_write_number(sheet, lxw_row_t(row), lxw_col_t(column), number, format)
  }

  func setWidth(_ width: Double, _ sheet: Sheet, _ column: Int, _ format: Format?) {
    worksheet_set_column(sheet, lxw_col_t(column), lxw_col_t(column), width, format)
  }

  /// A note that shows when the pointer rests on a cell.
  func note(_ text: String, _ sheet: Sheet, _ row: Int, _ column: Int) {
    var options = lxw_comment_options()
    options.width = 300
    options.height = UInt16(40 + 16 * (text.count / 38 + text.count { $0 == "\n" }))
    options.author = nil
    worksheet_write_comment_opt(sheet, lxw_row_t(row), lxw_col_t(column), text, &options)
  }

  /// What a cell accepts.
  enum Rule {
    /// A range of cells with words, `lists!$A$2:$A$9`; others are refused only if it is closed.
    case list(source: String, isClosed: Bool)
    case number(NumberRange)
    case year
  }

  /// - Parameter rows: First and last row, counted from 0.
  func validate(
    _ sheet: Sheet, _ column: Int, rows: ClosedRange<Int>, _ rule: Rule, title: String,
    message: String
  ) {
    var validation = lxw_data_validation()
    validation.ignore_blank = UInt8(LXW_VALIDATION_ON.rawValue)
    validation.show_error = UInt8(LXW_VALIDATION_ON.rawValue)
    validation.error_type = UInt8(LXW_VALIDATION_ERROR_TYPE_STOP.rawValue)
    validation.dropdown = UInt8(LXW_VALIDATION_ON.rawValue)
    var formula = ""
    switch rule {
    case .list(let source, let isClosed):
      validation.validate = UInt8(LXW_VALIDATION_TYPE_LIST_FORMULA.rawValue)
      formula = "=\(source)"
      if !isClosed { validation.show_error = UInt8(LXW_VALIDATION_OFF.rawValue) }
    case .number(let range):
      validation.validate = UInt8(LXW_VALIDATION_TYPE_DECIMAL.rawValue)
      Self.setBounds(range, of: &validation)
    case .year:
      validation.validate = UInt8(LXW_VALIDATION_TYPE_INTEGER.rawValue)
      Self.setBounds(.year, of: &validation)
    }
    let texts = [formula, title, message].map { (text: String) in strdup(text) }
    defer { for text in texts { free(text) } }
    if !formula.isEmpty { validation.value_formula = texts[0] }
    validation.error_title = texts[1]
    validation.error_message = texts[2]
    worksheet_data_validation_range(
      sheet, lxw_row_t(rows.lowerBound), lxw_col_t(column), lxw_row_t(rows.upperBound),
      lxw_col_t(column), &validation)
  }

  private static func setBounds(_ range: NumberRange, of validation: inout lxw_data_validation) {
    let widest = 1e15
    validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_BETWEEN.rawValue)
    validation.minimum_number = range.lower ?? -widest
    validation.maximum_number = range.upper ?? widest
    if range.excludesLower, range.upper == nil {
      validation.criteria = UInt8(LXW_VALIDATION_CRITERIA_GREATER_THAN.rawValue)
      validation.value_number = range.lower ?? -widest
    }
  }

  /// A text that looks like an escape must not be undone when it is read: `_x0041_` is written
  /// `_x005F_x0041_`.
  static func escaped(_ text: String) -> String {
    SharedTexts.decoded(text) == text ? text : text.replacing("_x", with: "_x005F_x")
  }
}

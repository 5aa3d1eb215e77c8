import LichenDomain

/// One row with typed access to its cells; what is wrong goes to the log.
struct RowReader {
  let location: SourceLocation
  private let cells: ArraySlice<String>
  private let columns: [String: Int]
  private let usesDecimalComma: Bool
  let log: IssueLog

  init(
    location: SourceLocation, cells: ArraySlice<String>, columns: [String: Int],
    usesDecimalComma: Bool, log: IssueLog
  ) {
    self.location = location
    self.cells = cells
    self.columns = columns
    self.usesDecimalComma = usesDecimalComma
    self.log = log
  }

  /// A row that was read before, with numbers in normal form.
  init(_ row: MaterialRow, log: IssueLog) {
    let names = row.cells.keys.sorted()
    self.init(
      location: row.location, cells: names.map { row.cells[$0] ?? "" }[...],
      columns: Dictionary(uniqueKeysWithValues: names.enumerated().map { ($0.element, $0.offset) }),
      usesDecimalComma: false, log: log)
  }

  /// Reports an error about a cell of this row.
  func error(
    _ code: String, _ column: String?, found: String? = nil, expected: String? = nil,
    hint: @autoclosure () -> String? = nil
  ) {
    let hint = log.isFull(location.file) ? nil : hint()
    log.error(code, at: location, field: column, found: found, expected: expected, hint: hint)
  }

  func has(_ column: String) -> Bool { columns[column] != nil }

  /// The cell without surrounding space; empty when blank or when there is no such column.
  func text(_ column: String) -> String {
    guard let index = columns[column] else { return "" }
    let cell = cells[cells.startIndex + index]
    guard let first = cell.utf8.first, let last = cell.utf8.last else { return "" }
    // Space of any script begins and ends with bytes outside this range.
    let isTrimmed = (0x21...0x7E).contains(first) && (0x21...0x7E).contains(last)
    return isTrimmed ? cell : cell.trimmingSpaces()
  }

  /// As `text`, and blank is an error if the column exists (a missing column is reported once).
  func requiredText(_ column: String) -> String {
    let text = text(column)
    if text.isEmpty { reportMissing(column) }
    return text
  }

  func reportMissing(_ column: String) {
    guard has(column) else { return }
    error("missing-value", column, expected: "a value in column \(column)")
  }

  /// Words parted by `;`, without blanks.
  func list(_ column: String) -> [String] {
    let text = text(column)
    if text.isEmpty { return [] }
    if !text.utf8.contains(UInt8(ascii: ";")) { return [text] }
    return text.split(separator: ";").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
  }

  /// A finite number, or `nil` when blank or wrong.
  func number(_ column: String, in range: NumberRange = .any) -> Double? {
    number(text(column), of: column, in: range)
  }

  /// A finite number written as `text` in a cell of `column`, or `nil` when blank or wrong.
  func number(_ text: String, of column: String, in range: NumberRange = .any) -> Double? {
    if text.isEmpty { return nil }
    let value: Double
    switch NumberParser.parse(text, decimalComma: usesDecimalComma) {
    case .value(let number): value = number
    case .ambiguous(let number):
      value = number
      let digits = text.filter { $0 != "." }
      log.warning(
        "ambiguous-number", at: location, field: column, found: text,
        hint: "read as \(NumberText.shortest(number)); write \(digits) if thousands are meant")
    case .comma:
      error(
        "ambiguous-number", column, found: text, expected: range.description(),
        hint: location.sheet == nil
          ? "a comma may mean thousands or decimals: write 1234.5 or 1 234.5; a decimal comma "
            + "needs ';' between the columns"
          : "format the cell as a number and type it anew, or write 1234.5")
      return nil
    case .outOfRange:
      error("invalid-number", column, found: text, expected: "a number a computer can hold")
      return nil
    case .invalid:
      error("invalid-number", column, found: text, expected: range.description())
      return nil
    }
    guard range.contains(value) else {
      error("out-of-range", column, found: text, expected: range.description())
      return nil
    }
    return value
  }

  /// As `number`, and blank is an error.
  func requiredNumber(_ column: String, in range: NumberRange = .any) -> Double? {
    if text(column).isEmpty { reportMissing(column) }
    return number(column, in: range)
  }

  /// A whole number.
  func integer(_ column: String, in range: NumberRange = .any) -> Int? {
    guard let value = number(column, in: range) else { return nil }
    guard let whole = Int(exactly: value) else {
      error(
        "invalid-integer", column, found: text(column),
        expected: range.description(of: "a whole number"))
      return nil
    }
    return whole
  }

  /// A year of four digits, 1900...2200.
  func year(_ column: String) -> Int? {
    let text = text(column)
    if text.isEmpty { return nil }
    guard text.utf8.count == 4, text.utf8.allSatisfy({ (48...57).contains($0) }),
      let year = Int(text), NumberRange.year.contains(Double(year))
    else {
      error("invalid-year", column, found: text, expected: "a year, 1900 to 2200")
      return nil
    }
    return year
  }

  /// A day written `YYYY-MM-DD`.
  func date(_ column: String) -> CalendarDate? {
    let text = text(column)
    if text.isEmpty { return nil }
    guard let date = CalendarDate(text) else {
      error("invalid-date", column, found: text, expected: "a day written YYYY-MM-DD")
      return nil
    }
    return date
  }

  private static let truths: [String: Bool] = [
    "yes": true, "true": true, "1": true, "có": true, "co": true,
    "no": false, "false": false, "0": false, "không": false, "khong": false,
  ]

  func boolean(_ column: String) -> Bool? {
    let text = text(column)
    if text.isEmpty { return nil }
    guard let truth = Self.truths[text] ?? Self.truths[text.lowercased()] else {
      error("invalid-boolean", column, found: text, expected: "yes or no")
      return nil
    }
    return truth
  }

  /// As `boolean`, and blank is an error; `false` when missing or wrong.
  func requiredBoolean(_ column: String) -> Bool {
    if text(column).isEmpty { reportMissing(column) }
    return boolean(column) ?? false
  }
}

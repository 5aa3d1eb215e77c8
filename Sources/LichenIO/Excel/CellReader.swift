import LichenDomain

/// Turns the cells of a sheet into the text that a CSV file would have in their place.
///
/// Only what is special to spreadsheets is judged here; whether the text suits its column is for the
/// same reader to say as for CSV.
struct CellReader {
  let vocabulary: WorkbookVocabulary
  let log: IssueLog
  /// Whether a cell that cannot be read is still given as text, for an editor; it is reported all the same.
  var keepsUnreadable = false

  /// - Parameter place: Row of the cell, with the columns of its sheet.
  func text(_ cell: SheetCell, in column: TableSchema.Column, at place: SourceLocation) -> String {
    switch cell.value {
    case .error(let word):
      refuse("cell-error", column, place, found: word, hint: "mend the formula or type the value")
      return keepsUnreadable ? word : ""
    case .formulaWithoutValue:
      refuse(
        "formula-without-value", column, place,
        hint: "open the file in Excel or LibreOffice and save it, so that formulas are worked out")
      return keepsUnreadable ? WorkbookTables.formula : ""
    default: break
    }
    switch column.kind {
    case .number(let range): return number(cell, range, column, place)
    case .year: return year(cell)
    case .choice(let words): return word(cell.text, among: words, column.name)
    case .list: return cell.text
    case .text, .identifier, .boolean:
      if case .time(let serial) = cell.value {
        refuse(
          "time-in-cell", column, place, found: serial,
          hint: "the cell is formatted as a time; format it as text or number")
        return doubtful(serial)
      }
      if column.name == "waste_code", let code = restored(cell, column, place) { return code }
      return WorkbookLists.list(of: column.name).map { vocabulary.id(cell.text, in: $0) }
        ?? cell.text
    }
  }

  /// The zero that a code of six digits loses where a spreadsheet takes it for a number.
  private func restored(
    _ cell: SheetCell, _ column: TableSchema.Column, _ place: SourceLocation
  ) -> String? {
    guard case .number(let number) = cell.value, (10_000..<100_000).contains(number),
      number == number.rounded()
    else { return nil }
    let code = "0" + NumberText.shortest(number)
    log.warning(
      "leading-zero", at: place, field: column.name, found: cell.text,
      hint: "read as \(code); format the cell as text, so that the zero stays")
    return code
  }

  /// A text that must not pass for what it may not mean.
  private func doubtful(_ text: String) -> String {
    keepsUnreadable ? text + WorkbookTables.doubt : ""
  }

  private func refuse(
    _ code: String, _ column: TableSchema.Column, _ place: SourceLocation, found: String? = nil,
    hint: String
  ) {
    log.refuse(
      ValidationIssue(
        code: code, at: place, field: column.name, found: found,
        expected: "a value in the cell", hint: hint))
  }

  private func number(
    _ cell: SheetCell, _ range: NumberRange, _ column: TableSchema.Column, _ place: SourceLocation
  ) -> String {
    switch cell.value {
    case .date(let day):
      refuse(
        "date-in-number-column", column, place, found: day,
        hint:
          "spreadsheets turn 1/2 or 5-6 into dates; format the cell as a number and type it anew")
      return doubtful(day)
    case .time(let serial):
      refuse(
        "date-in-number-column", column, place, found: serial,
        hint: "the cell is formatted as a time; format it as a number")
      return doubtful(serial)
    case .percent(let number) where range.upper != 1:
      log.warning(
        "percent-cell", at: place, field: column.name,
        found: "\(NumberText.shortest(number * 100)) %",
        hint:
          "read as \(NumberText.shortest(number)); if the row's unit is %, format the cell as a "
          + "plain number and type \(NumberText.shortest(number * 100))")
      return NumberText.shortest(number)
    case .text(let text): return number(text, column, place)
    default: return cell.text
    }
  }

  /// A number typed as text.
  private func number(_ text: String, _ column: TableSchema.Column, _ place: SourceLocation)
    -> String
  {
    let trimmed = text.trimmingSpaces()
    switch TextNumber.parse(trimmed) {
    case .value(let number): return NumberText.shortest(number)
    case .ambiguous(let thousands, let decimal):
      log.refuse(
        ValidationIssue(
          code: "ambiguous-number", at: place, field: column.name, found: trimmed,
          expected: "a number cell",
          hint: "the text may mean \(NumberText.shortest(thousands)) or "
            + "\(NumberText.shortest(decimal)); format the cell as a number and type it anew"))
      return doubtful(trimmed)
    case .invalid: return trimmed
    }
  }

  private func year(_ cell: SheetCell) -> String {
    if case .date(let day) = cell.value { return String(day.prefix(4)) }
    return cell.text
  }

  private func word(_ text: String, among words: [String], _ column: String) -> String {
    let trimmed = text.trimmingSpaces()
    if words.contains(trimmed) || words.contains(trimmed.lowercased()) { return trimmed }
    let word = vocabulary.choice(trimmed, in: column)
    return words.contains(word) ? word : trimmed
  }
}

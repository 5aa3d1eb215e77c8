import LichenDomain
import LichenIO

/// The rows of one table, cell by cell in the terms of its columns; every fault goes to the log.
struct TableRows {
  /// A column and where it stands in the file.
  struct Column {
    let spec: InstanceColumn
    /// -1 if the file does not have it.
    let position: Int
  }

  private let table: InstanceTable
  private let log: IssueLog
  private var scanner: CellScanner
  private var width = 0
  private var positions: [String: Int] = [:]

  /// Reads the header; `nil`, with the reason in the log, if there is none that can be used.
  init?(_ bytes: UnsafeBufferPointer<UInt8>, table: InstanceTable, log: IssueLog) {
    self.table = table
    self.log = log
    scanner = CellScanner(bytes, file: table.fileName, log: log)
    guard scanner.next() else {
      log.error(
        "empty-file", at: SourceLocation(file: table.fileName), expected: "a header: \(header)")
      return nil
    }
    width = scanner.cellCount
    if width == 1, table.columns.count > 1, [";", "\t"].contains(where: scanner.text(0).contains) {
      log.error(
        "unknown-separator", at: scanner.place, found: scanner.text(0), expected: header,
        hint: "cells are parted by commas")
      return nil
    }
    let names = table.columns.map(\.name)
    for cell in 0..<width {
      let name = scanner.text(cell)
      if !names.contains(name) {
        log.error(
          "unknown-column", at: scanner.place, field: name, found: name, expected: header,
          hint: Spelling.suggestion(for: name, among: names))
      } else if positions.updateValue(cell, forKey: name) != nil {
        log.error("duplicate-column", at: scanner.place, field: name, expected: "each column once")
      }
    }
    let missing = table.columns.filter { $0.isRequired && positions[$0.name] == nil }
    for column in missing {
      log.error(
        "missing-column", at: scanner.place, field: column.name, expected: column.kind.description)
    }
    if !missing.isEmpty { return nil }
  }

  private var header: String { table.columns.map(\.name).joined(separator: ", ") }

  var place: SourceLocation { scanner.place }
  var line: Int { scanner.recordLine }

  func column(_ name: String) -> Column {
    guard let spec = table.columns.first(where: { $0.name == name }) else {
      preconditionFailure("\(table.name) has no column \(name)")
    }
    return Column(spec: spec, position: positions[name] ?? -1)
  }

  /// Goes to the next row with as many cells as the header; others are reported.
  mutating func next() -> Bool {
    while scanner.next() {
      if scanner.cellCount == width { return true }
      if (0..<scanner.cellCount).allSatisfy(scanner.isBlank) { continue }
      log.error(
        "wrong-cell-count", at: scanner.place, found: "\(scanner.cellCount) cells",
        expected: "\(width) cells, as in the header")
    }
    return false
  }

  /// Text of a cell; `nil` if it is blank, which is reported where the row must say something.
  func text(_ column: Column) -> String? {
    if column.position >= 0, !scanner.isBlank(column.position) {
      return scanner.text(column.position)
    }
    if column.spec.isRequired { reportMissing(column) }
    return nil
  }

  /// A number of the accepted kind; `fallback` where the cell is blank, `nil` after a report.
  func number(_ column: Column, fallback: Double = 0) -> Double? {
    guard case .number(let sign) = column.spec.kind else { return nil }
    guard column.position >= 0, !scanner.isBlank(column.position) else {
      if column.spec.isRequired {
        reportMissing(column)
        return nil
      }
      return fallback
    }
    if let value = DecimalNumber.parse(scanner.cell(column.position)), value.isFinite,
      sign.accepts(value)
    {
      return value
    }
    reportNumber(column, sign)
    return nil
  }

  /// One of the column's words; the fallback where the cell is blank, `nil` after a report.
  func word(_ column: Column) -> String? {
    guard case .word(let words) = column.spec.kind else { return nil }
    guard let text = text(column) else { return column.spec.fallback }
    if words.contains(text) { return text }
    log.error(
      "unknown-word", at: place, field: column.spec.name, found: text,
      expected: words.joined(separator: ", "),
      hint: Spelling.suggestion(for: text, among: words))
    return nil
  }

  /// A name of its own: not blank, without spaces.
  func id(_ column: Column) -> String? {
    guard let text = text(column) else { return nil }
    if text.utf8.contains(where: { $0 <= 32 }) {
      log.error(
        "malformed-id", at: place, field: column.spec.name, found: text,
        expected: "a name without spaces")
      return nil
    }
    return text
  }

  func report(
    _ code: String, _ column: Column, found: String? = nil, expected: String? = nil,
    hint: String? = nil
  ) {
    log.error(
      code, at: place, field: column.spec.name, found: found, expected: expected, hint: hint)
  }

  private func reportMissing(_ column: Column) {
    report("missing-value", column, expected: column.spec.kind.description)
  }

  private func reportNumber(_ column: Column, _ sign: InstanceColumn.Sign) {
    let found = scanner.text(column.position)
    guard let value = DecimalNumber.parse(scanner.cell(column.position)) else {
      return report("not-a-number", column, found: found, expected: "a finite number, as in -12.5")
    }
    if !value.isFinite {
      return report(
        "out-of-range", column, found: found, expected: "a number that a double can hold")
    }
    report(
      sign == .positive ? "not-positive" : "negative-number", column, found: found,
      expected: column.spec.kind.description)
  }
}

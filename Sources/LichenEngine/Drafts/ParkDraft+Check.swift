import Foundation
import LichenDomain
import LichenIO

/// Something found wrong in a draft, with the cell that it is about.
public struct DraftIssue: Sendable, Hashable {
  public let issue: ValidationIssue
  /// Table, or `park` for its settings; `nil` for what concerns no table.
  public let table: String?
  /// From 0; `nil` for the whole table.
  public let row: Int?
  public let column: String?

  public var isError: Bool { issue.severity == .error }
}

/// What a check of a draft says.
public struct DraftReview: Sendable {
  /// Errors first; those of tables that others refer to before those of the others, which may follow from them.
  public let issues: [DraftIssue]
  /// The park, if there is no error.
  public let park: Park?

  public var errorCount: Int { issues.count { $0.isError } }
}

extension Engine {
  /// Checks a draft as the park that it would be. Blocks for as long as reading the park takes.
  /// - Throws: `CocoaError` if there is no room for the files.
  public func review(_ draft: ParkDraft) throws -> DraftReview {
    let written = draft.written()
    var park: Park?
    var found: [ValidationIssue]
    do {
      let sound = try self.park(written.archive)
      park = sound
      found = sound.warnings
    } catch let error as ValidationError {
      found = error.issues
    }
    var issues = found.map { draft.located($0, written) }
    let known = Set(issues.filter(\.isError).map(Cell.init))
    let unread = draft.unreadCells().filter { !known.contains(Cell($0)) }
    if !unread.isEmpty { park = nil }
    let tables = [TableLayout.settings.name] + TableLayout.all.map(\.name)
    issues =
      tables.flatMap { name in (issues + unread).filter { $0.table == name } }
      + issues.filter { $0.table == nil }
    return DraftReview(
      issues: issues.filter(\.isError) + issues.filter { !$0.isError }, park: park)
  }

  private struct Cell: Hashable {
    let table: String?
    let row: Int?
    let column: String?

    init(_ issue: DraftIssue) {
      table = issue.table
      row = issue.row
      column = issue.column
    }
  }
}

extension ParkDraft {
  fileprivate func located(_ issue: ValidationIssue, _ written: Written) -> DraftIssue {
    let file = issue.location.file
    if file == Self.package {
      let key = issue.field?.split(separator: ".").last.map(String.init)
      return DraftIssue(
        issue: issue, table: TableLayout.settings.name, row: nil,
        column: TableLayout.settings.columns.first { $0.name == key }?.name)
    }
    guard let name = written.lines.keys.first(where: { $0 + ".csv" == file }) else {
      return DraftIssue(issue: issue, table: nil, row: nil, column: nil)
    }
    // A row that begins on an earlier line may reach as far as this one.
    let row = issue.location.row.flatMap { line in
      written.lines[name]?.lastIndex { $0 <= line }
    }
    let columns = tables[name]?.columns ?? []
    let column = issue.field.flatMap { field in
      columns.first { $0 == field } ?? columns.first { $0.lowercased() == field.lowercased() }
    }
    return DraftIssue(issue: issue, table: name, row: row, column: column)
  }

  /// Cells of a workbook that hold no value, where a column of texts would take what stands for them.
  fileprivate func unreadCells() -> [DraftIssue] {
    let words: Set = [
      "#N/A", "#REF!", "#VALUE!", "#DIV/0!", "#NAME?", "#NULL!", "#NUM!", WorkbookTables.formula,
    ]
    var issues: [DraftIssue] = []
    for (name, table) in tables.sorted(by: { $0.key < $1.key }) {
      for (row, cells) in table.rows.enumerated() {
        for (column, text) in zip(table.columns, cells) where words.contains(text) {
          let issue = ValidationIssue(
            code: text == WorkbookTables.formula ? "formula-without-value" : "cell-error",
            at: SourceLocation(file: name + ".csv", row: row + 2), field: column, found: text,
            expected: "a value in the cell")
          issues.append(DraftIssue(issue: issue, table: name, row: row, column: column))
        }
      }
    }
    return issues
  }
}

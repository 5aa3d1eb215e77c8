import LichenDomain

/// The tables of a workbook as texts, for somebody who will put them right.
public struct WorkbookTables: Sendable {
  public struct Table: Sendable, Hashable {
    /// As of a park's files: `outputs`.
    public let name: String
    public let columns: [String]
    public let rows: [[String]]
  }

  public let tables: [Table]
  /// What is set for the park as a whole, as written.
  public let settings: [String: String]
  /// What is worth knowing and stands in no cell of the tables.
  public let notes: [ValidationIssue]

  /// Mark behind a text that could be read in two ways, so that nobody takes it for settled: `1.234?`.
  public static let doubt = "?"
  /// What stands for a formula that was never worked out.
  public static let formula = "=?"

  /// Reads every sheet that is a table of a park.
  ///
  /// A cell that cannot be read stays as text and fails the later check of its table: an ambiguous number carries
  /// the mark `doubt`.
  /// - Parameter file: Name for messages.
  /// - Throws: `ValidationError` for a file that is no workbook, is damaged, unpacks to too much, or has a sheet
  ///   whose rows cannot be shown as a table.
  public static func read(_ bytes: [UInt8], file: String, vocabulary: WorkbookVocabulary)
    throws(ValidationError) -> WorkbookTables
  {
    let log = IssueLog()
    var workbook = ParkWorkbook(
      file: file, vocabulary: vocabulary, log: log, keepsUnreadable: true)
    workbook.read(bytes)
    let issues = log.issues
    let isFatal = issues.contains {
      $0.severity == .error && $0.location.row == nil && !mendable.contains($0.code)
    }
    let hasNothing = workbook.tables.isEmpty && workbook.settings == nil
    if isFatal || (hasNothing && issues.hasErrors) { throw ValidationError(issues) }
    let tables = ParkSchemas.all.compactMap { schema in
      workbook.tables[schema.name].map { Table(schema.name, $0.table) }
    }
    return WorkbookTables(
      tables: tables, settings: texts(workbook.settings),
      notes: issues.filter {
        $0.severity == .warning || ($0.location.cell == nil && !mendable.contains($0.code))
      })
  }

  /// What is missing can be added to the tables.
  private static let mendable: Set = ["missing-sheet", "empty-sheet"]

  private static func texts(_ settings: SettingsSheet.Reading?) -> [String: String] {
    var texts: [String: String] = [:]
    for member in settings?.object.members ?? [] {
      switch member.value {
      case .string(let text): texts[member.key] = text
      case .number(let number): texts[member.key] = NumberText.shortest(number)
      default: break
      }
    }
    return texts
  }
}

extension WorkbookTables.Table {
  fileprivate init(_ name: String, _ table: SourceTable) {
    self.init(
      name: name, columns: Array(table.header.prefix(table.width)),
      rows: (0..<table.rowCount).map { Array(table.row($0)) })
  }
}

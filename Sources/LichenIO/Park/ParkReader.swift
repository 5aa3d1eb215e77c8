import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads a park's folder: `datapackage.json` and its tables.
///
/// Checks what a single cell, row or table can tell: syntax, ranges, order, double ids. Whether an
/// enterprise, material or unit exists is for `Park.init(_:catalogue:)` to say.
public enum ParkReader {
  /// Reads every table and collects every issue before giving up.
  /// - Parameter folder: Folder that holds `datapackage.json`.
  /// - Returns: Rows in the order of the files, and what is worth knowing.
  /// - Throws: `ValidationError` with all errors and warnings, if there is an error.
  public static func read(folder: URL) throws(ValidationError)
    -> (declaration: ParkDeclaration, warnings: [ValidationIssue])
  {
    let (declaration, issues) = inspect(folder: folder)
    guard let declaration, !issues.hasErrors else { throw ValidationError(issues) }
    return (declaration, issues)
  }

  /// Reads what can be read, so that later checks can add what they find to the reader's issues.
  /// - Returns: The rows, without the cells that could not be read, unless the settings are missing;
  ///   and every issue.
  public static func inspect(folder: URL) -> (
    declaration: ParkDeclaration?, issues: [ValidationIssue]
  ) {
    let log = IssueLog()
    let declaration = declaration(folder: folder.path, log: log)
    return (declaration, log.issues)
  }

  /// Reads a park from a folder or from a workbook (.xlsx).
  /// - Parameter vocabulary: Words of workbooks; asked for only if the park is one.
  /// - Returns: As `inspect(folder:)`.
  /// - Throws: What `vocabulary` throws.
  public static func inspect(
    at url: URL, vocabulary: () throws(ValidationError) -> WorkbookVocabulary
  ) throws(ValidationError) -> (declaration: ParkDeclaration?, issues: [ValidationIssue]) {
    guard isWorkbook(url) else { return inspect(folder: url) }
    let log = IssueLog()
    var workbook = ParkWorkbook(
      file: url.lastPathComponent, vocabulary: try vocabulary(), log: log)
    if let bytes = FileBytes.read(path: url.path, name: url.lastPathComponent, log: log) {
      workbook.read(bytes)
    }
    let settings = workbook.settings.flatMap {
      ParkSettingsReader.settings(
        $0, stem: url.deletingPathExtension().lastPathComponent, log: log)
    }
    let rows = ParkRows(tables: workbook.tables)
    rows.checkUnique(log: log)
    var declaration = settings.map { rows.declaration($0) }
    declaration?.places = workbook.places
    return (declaration, log.issues)
  }

  /// Whether `url` names a file that is, or should be, a spreadsheet; a folder never is one.
  public static func isWorkbook(_ url: URL) -> Bool {
    let kinds = ["xlsx", "xlsm", "xltx", "xltm", "xlsb", "xls", "ods"]
    switch FileBytes.start(path: url.path, count: 4) {
    case .folder: return false
    case .none: return kinds.contains(url.pathExtension.lowercased())
    case .bytes(let start):
      return kinds.contains(url.pathExtension.lowercased()) || start == [0x50, 0x4B, 3, 4]
        || start == [0xD0, 0xCF, 0x11, 0xE0]
    }
  }

  private static func declaration(folder: String, log: IssueLog) -> ParkDeclaration? {
    guard let entries = ParkFolder.entries(of: folder, log: log) else { return nil }
    let package = ParkFolder.package(in: folder, entries: entries, log: log)
    let settings = package.flatMap {
      ParkSettingsReader.settings($0, folder: folder, log: log)
    }
    let paths = ParkFolder.tables(package, in: folder, entries: entries, log: log)
    var tables: [String: TableReader] = [:]
    for schema in ParkSchemas.all {
      guard let path = paths[schema.name],
        let bytes = FileBytes.read(path: "\(folder)/\(path)", name: path, log: log),
        let table = CSVParser.parse(bytes, file: path, log: log)
      else { continue }
      tables[schema.name] = TableReader(table, schema: schema, log: log)
    }
    if paths["enterprises"] == nil {
      log.error(
        "missing-table", at: SourceLocation(file: ParkFolder.packageName), field: "resources",
        expected: "a table enterprises", hint: "a park needs at least enterprises.csv")
    }
    let rows = ParkRows(tables: tables)
    rows.checkUnique(log: log)
    return settings.map { rows.declaration($0) }
  }
}

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

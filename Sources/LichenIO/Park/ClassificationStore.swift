import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Adds confirmed meanings to a park's folder and leaves every other byte as it was.
///
/// The table is written before `datapackage.json` lists it, each in one step: whatever happens in
/// between, the folder stays a park that can be read.
public enum ClassificationStore {
  /// - Throws: `ValidationError` if the folder's package or table cannot be read,
  ///   `FileWritingError` if a file cannot be written.
  public static func add(_ rows: [ClassificationRow], to folder: URL) throws {
    if rows.isEmpty { return }
    let log = IssueLog()
    guard let entries = ParkFolder.entries(of: folder.path, log: log),
      let package = ParkFolder.package(in: folder.path, entries: entries, log: log)
    else { throw ValidationError(log.issues) }
    let schema = ParkSchemas.classifications
    let listed = ParkFolder.tables(package, in: folder.path, entries: entries, log: log)
    try log.throwIfErrors()
    let path = listed[schema.name] ?? schema.fileName
    let url = folder.appendingPathComponent(path)
    let old = entries.contains(path) ? try bytes(of: path, in: folder, log: log) : []
    try AtomicFile.write(try table(old, adding: rows, file: path, log: log), to: url)
    let isListed = package["resources"]?.elements.contains {
      $0["name"]?.string == schema.name || $0["path"]?.string == path
    }
    if isListed != true { try list(schema, in: folder, log: log) }
  }

  private static func bytes(of name: String, in folder: URL, log: IssueLog) throws -> [UInt8] {
    guard let bytes = FileBytes.read(path: "\(folder.path)/\(name)", name: name, log: log) else {
      throw ValidationError(log.issues)
    }
    return bytes
  }

  /// The old table with the rows behind it, in the order of its own columns.
  private static func table(
    _ old: [UInt8], adding rows: [ClassificationRow], file: String, log: IssueLog
  ) throws -> [UInt8] {
    let schema = ParkSchemas.classifications
    let names = schema.columns.map(\.name)
    if old.isEmpty {
      var writer = CSVWriter(guardsFormulas: false)
      writer.write(header: names)
      for row in rows { writer.write(ParkCells.cells(row)) }
      return writer.bytes
    }
    guard let table = CSVParser.parse(old, file: file, log: log) else {
      throw ValidationError(log.issues)
    }
    try log.throwIfErrors()
    let place = SourceLocation(file: file, row: table.headerLine)
    let missing = ["text", "material"].filter { !table.header.contains($0) }
    guard table.separator == .comma, missing.isEmpty, old.first != 0xFF, old.first != 0xFE else {
      log.error(
        "cannot-append", at: place, found: table.header.joined(separator: table.separator.rawValue),
        expected: "comma-separated UTF-8 with the columns text and material",
        hint: "save the table so, or add the rows by hand")
      throw ValidationError(log.issues)
    }
    var writer = CSVWriter(guardsFormulas: false)
    for row in rows {
      let cells = Dictionary(uniqueKeysWithValues: zip(names, ParkCells.cells(row)))
      writer.write(table.header.map { cells[$0] ?? .blank })
    }
    let endsWithLine = old.last == UInt8(ascii: "\n") || old.last == UInt8(ascii: "\r")
    return old + (endsWithLine ? [] : [UInt8(ascii: "\n")]) + writer.bytes
  }

  /// Puts the table's description behind the last one of `resources`, as text.
  private static func list(_ schema: TableSchema, in folder: URL, log: IssueLog) throws {
    let name = ParkFolder.packageName
    var bytes = try bytes(of: name, in: folder, log: log)
    guard let place = JSONListEnd.find("resources", in: bytes) else {
      log.error(
        "missing-key", at: SourceLocation(file: name), field: "resources",
        expected: "a list of the tables")
      throw ValidationError(log.issues)
    }
    let text = DataPackage.resource(schema, written: [schema.name]).text.dropLast()
      .split(separator: "\n", omittingEmptySubsequences: false).joined(separator: "\n    ")
    bytes.insert(
      contentsOf: Array(((place.isEmpty ? "" : ",") + "\n    " + text).utf8), at: place.offset)
    try AtomicFile.write(bytes, to: folder.appendingPathComponent(name))
  }
}

import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Writes a declaration as a normalised data package.
///
/// UTF-8, LF, comma, the contract's column order, rows in order of id, shortest numbers that read back
/// the same; the same declaration always gives the same bytes. Reading it back gives an equal
/// declaration apart from locations and the order of rows.
public enum ParkWriter {
  /// Writes `declaration` into `folder` in one step: all of it or nothing.
  /// - Parameters:
  ///   - folder: Made if missing, parents included.
  ///   - replacing: Take the place of a park that is there; files that are no tables of a park stay.
  /// - Throws: `FileWritingError`; the folder is then as it was.
  public static func write(
    _ declaration: ParkDeclaration, to folder: URL, replacing: Bool = false
  ) throws(FileWritingError) {
    let written = Set(ParkSchemas.all.map(\.fileName) + [ParkFolder.packageName])
    try StagedFolder.write(files(declaration), to: folder.path, replacing: replacing) {
      !written.contains($0)
    }
  }

  /// Name of the file that describes a park's tables.
  public static let packageName = ParkFolder.packageName

  /// One table of a declaration as text.
  public struct Table: Sendable {
    public let fileName: String
    /// First line, with its end.
    public let header: [UInt8]
    /// All further lines; empty without rows.
    public let rows: [UInt8]
  }

  /// The tables that have rows, so that those of many declarations can be put behind each other.
  public static func tables(_ declaration: ParkDeclaration) -> [Table] {
    ParkSchemas.all.map { table($0, of: declaration) }.filter { !$0.rows.isEmpty }
  }

  private static func table(_ schema: TableSchema, of declaration: ParkDeclaration) -> Table {
    var header = CSVWriter(guardsFormulas: false)
    header.write(header: schema.columns.map(\.name))
    var rows = CSVWriter(guardsFormulas: false)
    for row in ParkCells.rows(of: declaration, in: schema) { rows.write(row) }
    return Table(fileName: schema.fileName, header: header.bytes, rows: rows.bytes)
  }

  /// The `datapackage.json` of a park with these tables.
  /// - Parameter tables: File names.
  public static func package(_ settings: ParkSettings, tables: Set<String>) -> [UInt8] {
    let schemas = ParkSchemas.all.filter {
      tables.contains($0.fileName) || standing.contains($0.name)
    }
    return Array(DataPackage.package(settings, schemas: schemas).text.utf8)
  }

  /// Tables that are written even when empty.
  private static let standing: Set<String> = ["enterprises", "outputs", "inputs"]

  /// - Parameter includesEmpty: Write headers of empty tables too.
  static func files(_ declaration: ParkDeclaration, includesEmpty: Bool = false)
    -> [StagedFolder.File]
  {
    var files: [StagedFolder.File] = []
    var schemas: [TableSchema] = []
    for schema in ParkSchemas.all {
      let table = table(schema, of: declaration)
      guard !table.rows.isEmpty || includesEmpty || standing.contains(schema.name) else {
        continue
      }
      files.append(.init(name: table.fileName, bytes: table.header + table.rows))
      schemas.append(schema)
    }
    let package = DataPackage.package(declaration.settings, schemas: schemas)
    files.append(.init(name: ParkFolder.packageName, bytes: Array(package.text.utf8)))
    return files
  }
}

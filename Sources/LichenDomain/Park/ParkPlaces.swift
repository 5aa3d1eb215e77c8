/// Where the statements of a park stand that are no rows: its settings, and its tables as a whole.
public struct ParkPlaces: Sendable, Hashable {
  /// Place of each setting that is given.
  private let settings: [String: SourceLocation]
  /// Place of each table.
  private let tables: [String: SourceLocation]
  /// Where a setting or table that is not there should be.
  private let whole: SourceLocation?

  /// A folder of CSV tables with their `datapackage.json`.
  public static let folder = ParkPlaces(settings: [:], tables: [:], whole: nil)

  private init(
    settings: [String: SourceLocation], tables: [String: SourceLocation], whole: SourceLocation?
  ) {
    self.settings = settings
    self.tables = tables
    self.whole = whole
  }

  /// A workbook.
  public init(
    workbook file: String, settings: [String: SourceLocation], tables: [String: SourceLocation]
  ) {
    self.init(settings: settings, tables: tables, whole: SourceLocation(file: file))
  }

  /// Place of a setting and the name under which it is known there.
  public func setting(_ key: String) -> (location: SourceLocation, field: String) {
    guard let whole else { return (SourceLocation(file: "datapackage.json"), "lichen.\(key)") }
    return (settings[key] ?? tables["park"] ?? whole, key)
  }

  public func table(_ name: String) -> SourceLocation {
    guard let whole else { return SourceLocation(file: "\(name).csv") }
    return tables[name] ?? whole
  }
}

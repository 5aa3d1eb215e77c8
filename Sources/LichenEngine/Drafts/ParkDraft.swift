import Foundation
import LichenDomain
import LichenIO

/// The tables of a park as somebody typed them, right or wrong.
public struct ParkDraft: Sendable, Hashable, Codable {
  /// Rows of texts under the names of columns; each row is as long as the header.
  public struct Table: Sendable, Hashable, Codable {
    public var columns: [String]
    public var rows: [[String]]
    /// Numbers were typed with a decimal comma, as in files parted by semicolons.
    public var usesDecimalComma: Bool

    public init(columns: [String], rows: [[String]], usesDecimalComma: Bool = false) {
      self.columns = columns
      self.rows = rows
      self.usesDecimalComma = usesDecimalComma
    }
  }

  /// Texts by key of `TableLayout.settings`.
  public var settings: [String: String]
  /// By name; every column of the layout is there, then those that nobody reads.
  public private(set) var tables: [String: Table] = [:]
  /// Files that stay as they are, by path.
  public var scenarios: [String: String]
  /// What was told when the files were read and stands in no cell.
  public var notes: [String]
  /// Number of the version of the park that the draft began from.
  public var base: Int?

  public init(
    settings: [String: String], tables: [String: Table], scenarios: [String: String] = [:],
    notes: [String] = []
  ) {
    self.settings = settings
    self.scenarios = scenarios
    self.notes = notes
    for (name, table) in tables { set(table, name) }
  }

  /// Most cells of a draft; beyond, work on files.
  public static let mostCells = 1_000_000

  public var cellCount: Int {
    tables.values.reduce(0) { $0 + $1.rows.count * $1.columns.count }
  }

  /// A table, without rows if nothing was typed.
  public func table(_ layout: TableLayout) -> Table {
    tables[layout.name] ?? Table(columns: layout.columns.map(\.name), rows: [])
  }

  /// Puts a table in, its columns in the order of the layout, without rows in which nothing stands.
  ///
  /// A column of another name than the layout's stays behind these; of two of one name the first is taken.
  public mutating func set(_ table: Table, _ name: String) {
    guard let layout = TableLayout.all.first(where: { $0.name == name }) else { return }
    var places: [String: Int] = [:]
    for (place, column) in table.columns.enumerated() {
      let known = layout.columns.first { $0.name == column.lowercased() }?.name ?? column
      if places[known] == nil { places[known] = place }
    }
    let names = layout.columns.map(\.name)
    let others = table.columns.filter { column in
      !column.isEmpty && !names.contains(column.lowercased())
    }.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } }
    let columns = names + others
    let rows = table.rows.map { row in
      columns.map { column in
        guard let place = places[column], place < row.count else { return "" }
        return row[place]
      }
    }.filter { row in row.contains { !Self.isBlank($0) } }
    tables[name] =
      rows.isEmpty && others.isEmpty
      ? nil : Table(columns: columns, rows: rows, usesDecimalComma: table.usesDecimalComma)
  }

  private static func isBlank(_ text: String) -> Bool { text.allSatisfy(\.isWhitespace) }

  public func data() throws -> Data {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return try encoder.encode(self)
  }

  /// - Throws: `DecodingError`.
  public init(data: Data) throws { self = try JSONDecoder().decode(ParkDraft.self, from: data) }
}

import LichenDomain

/// One table of a report for programs: English names in snake case, plain numbers, empty for unknown.
public struct ReportTable: Sendable {
  public struct Column: Sendable {
    public let name: String
    public let kind: TableCellKind
  }

  /// Name of its file without the ending.
  public let name: String
  /// What a row is, and what the table leaves out if it does; in English, as its column names are.
  public let title: String
  public let columns: [Column]
  /// Columns that tell rows apart.
  public let key: [String]
  public let rows: [[String]]

  init<Row>(
    _ name: String, title: String, key: [String], _ columns: [TableColumn<Row>],
    _ rows: some Sequence<Row>
  ) {
    self.name = name
    self.title = title
    self.key = key
    self.columns = columns.map { Column(name: $0.name, kind: $0.kind) }
    self.rows = rows.map { row in columns.map { $0.cell(row) } }
  }
}

import LichenDomain

/// A parsed table matched with the columns that it should have.
struct TableReader {
  let table: SourceTable
  let log: IssueLog
  /// Position of each known column that the table has.
  private let columns: [String: Int]

  init(_ table: CSVTable, schema: TableSchema, log: IssueLog) {
    self.init(SourceTable(table), schema: schema, log: log)
  }

  /// Reports columns that are missing, and columns that nobody reads.
  init(_ table: SourceTable, schema: TableSchema, log: IssueLog) {
    self.table = table
    self.log = log
    var columns: [String: Int] = [:]
    let known = Set(schema.columns.map(\.name))
    let place = table.headerPlace
    for (index, name) in table.header.enumerated() where !name.isEmpty {
      let key = name.lowercased()
      if known.contains(key) {
        if columns[key] == nil { columns[key] = index }
      } else if !schema.allowsOtherColumns {
        log.warning(
          "unknown-column", at: place, field: name, found: name,
          hint: Self.unknownHint(name, known: known, in: schema, present: table.header))
      }
    }
    for column in schema.columns where column.isRequired && columns[column.name] == nil {
      log.error(
        "missing-column", at: place, field: column.name, expected: "a column \(column.name)",
        hint: Spelling.suggestion(for: column.name, among: table.header))
    }
    self.columns = columns
  }

  private static func unknownHint(
    _ name: String, known: Set<String>, in schema: TableSchema, present: [String]
  ) -> String {
    let taken = Set(present.map { $0.lowercased() })
    let free = known.subtracting(taken)
    let suggestion = Spelling.suggestion(for: name.lowercased(), among: free.isEmpty ? known : free)
    return "the column is ignored" + (suggestion.map { "; \($0)" } ?? "")
  }

  var rowCount: Int { table.rowCount }

  func row(_ index: Int) -> RowReader {
    RowReader(
      location: table.location(ofRow: index), cells: table.row(index), columns: columns,
      usesDecimalComma: table.usesDecimalComma, log: log)
  }

  /// Makes one value of each row.
  func map<Value>(_ transform: (RowReader) -> Value) -> [Value] {
    (0..<rowCount).map { transform(row($0)) }
  }

  func compactMap<Value>(_ transform: (RowReader) -> Value?) -> [Value] {
    (0..<rowCount).compactMap { transform(row($0)) }
  }
}

import LichenDomain

/// The catalogue's files, read and parsed.
struct CatalogueTables {
  private let readers: [String: TableReader]
  /// FNV-1a, 64 bits, of the names and contents of all tables in order of name.
  let fingerprint: String

  /// A missing table is an error in `log` and counts as empty.
  init(folder: String, log: IssueLog) {
    var readers: [String: TableReader] = [:]
    var hash = FNV1a()
    func read(_ schema: TableSchema) {
      let path = "\(folder)/\(schema.fileName)"
      guard let bytes = FileBytes.read(path: path, name: schema.fileName, log: log) else { return }
      hash.combine(Array(schema.fileName.utf8))
      hash.combine(bytes)
      if let table = CSVParser.parse(bytes, file: schema.fileName, log: log) {
        readers[schema.name] = TableReader(table, schema: schema, log: log)
      }
    }
    CatalogueSchemas.all.sorted { $0.name < $1.name }.forEach(read)
    // Each list that is named has a file of its own, so that a list is added without code.
    let lists = readers["waste_lists"]?.map { row in
      CatalogueSchemas.wasteList(
        row.text("id"), classColumn: row.text("class_column"),
        titleColumn: row.text("title_column"))
    }
    lists?.sorted { $0.name < $1.name }.forEach(read)
    self.readers = readers
    fingerprint = hash.text
  }

  func rows<Value>(_ table: String, _ transform: (RowReader) -> Value?) -> [Value] {
    readers[table]?.compactMap(transform) ?? []
  }
}

/// Fowler-Noll-Vo hash, variant 1a, 64 bits: tells files apart, protects against nobody.
struct FNV1a {
  private var state: UInt64 = 0xCBF2_9CE4_8422_2325

  mutating func combine(_ bytes: [UInt8]) {
    var state = state
    for byte in bytes { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    self.state = state
  }

  /// 16 hexadecimal digits.
  var text: String {
    let digits = String(state, radix: 16)
    return String(repeating: "0", count: 16 - digits.count) + digits
  }
}

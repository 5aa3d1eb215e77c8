/// The columns that a table has; feeds the reader, the written `datapackage.json` and the docs.
struct TableSchema: Sendable {
  struct Column: Sendable {
    enum Kind: Sendable, Hashable {
      case text
      /// A name that other tables refer to.
      case identifier
      /// Words parted by `;`.
      case list
      case number(NumberRange)
      case year
      case boolean
      case choice([String])
    }

    let name: String
    let kind: Kind
    /// The column must exist and no cell may be blank.
    var isRequired = false
    let meaning: String

    init(_ name: String, _ kind: Kind = .text, required: Bool = false, _ meaning: String = "") {
      self.name = name
      self.kind = kind
      isRequired = required
      self.meaning = meaning
    }
  }

  /// A column whose values are ids of another table.
  struct Reference: Sendable {
    let column: String
    let table: String
  }

  /// Also the name of the file, with `.csv`.
  let name: String
  let title: String
  let columns: [Column]
  let primaryKey: [String]
  var references: [Reference] = []
  /// Further columns are the file's own business, without a warning.
  var allowsOtherColumns = false

  var fileName: String { name + ".csv" }

  init(
    name: String, title: String, primaryKey: [String], references: [Reference] = [],
    columns: [Column]
  ) {
    self.name = name
    self.title = title
    self.columns = columns
    self.primaryKey = primaryKey
    self.references = references
  }

  /// A table all of whose columns must exist, named as in a header line.
  init(_ name: String, header: String) {
    self.init(
      name: name, title: name, primaryKey: [],
      columns: header.split(separator: ",").map { Column(String($0), required: true) })
  }

  /// The same table with these and only these columns required.
  func requiring(_ names: Set<String>) -> TableSchema {
    TableSchema(
      name: name, title: title, primaryKey: primaryKey, references: references,
      columns: columns.map {
        Column($0.name, $0.kind, required: names.contains($0.name), $0.meaning)
      })
  }

  /// The same table with every column required to exist.
  var requiringAll: TableSchema { requiring(Set(columns.map(\.name))) }

  static let provenance = [
    Column("source", .text, "Where the row comes from: a link or a citation"),
    Column(
      "confidence", .choice(["verified", "recalled", "estimated"]),
      "How far it can be relied on; blank = the enterprise's own statement"),
  ]
}

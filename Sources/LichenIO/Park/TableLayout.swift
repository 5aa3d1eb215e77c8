/// What an editor needs to know of a table of a park.
public struct TableLayout: Sendable {
  public struct Column: Sendable {
    public let name: String
    /// No row may leave it blank.
    public let isRequired: Bool
    public let isNumber: Bool
    /// Words that it accepts; empty if any text may stand there.
    public let choices: [String]
    /// The list of the catalogue that it draws on.
    public let list: WorkbookVocabulary.List?
    /// In English.
    public let meaning: String
  }

  /// As of its file, without `.csv`.
  public let name: String
  public let title: String
  public let columns: [Column]

  /// Every table, in the order in which they are written.
  public static let all = ParkSchemas.all.map(TableLayout.init)

  /// What is set for the park as a whole; each column is a key.
  public static let settings = TableLayout(
    name: SettingsSheet.schema.name, title: SettingsSheet.schema.title, SettingsSheet.keys)

  private init(_ schema: TableSchema) {
    self.init(name: schema.name, title: schema.title, schema.columns)
  }

  private init(name: String, title: String, _ columns: [TableSchema.Column]) {
    self.name = name
    self.title = title
    self.columns = columns.map { column in
      var isNumber = false
      var choices: [String] = []
      switch column.kind {
      case .number, .year: isNumber = true
      case .choice(let words): choices = words
      case .boolean: choices = ["yes", "no"]
      default: break
      }
      return Column(
        name: column.name, isRequired: column.isRequired, isNumber: isNumber, choices: choices,
        list: WorkbookLists.list(of: column.name, in: name), meaning: column.meaning)
    }
  }
}

extension WorkbookVocabulary {
  /// What people call a table.
  public func title(ofTable table: String, _ language: Language) -> String {
    words[Key(table: table)]?.text(language) ?? table
  }

  /// What people call a column of a table.
  public func title(of column: String, in table: String, _ language: Language) -> String {
    words[Key(table: table, column: column)]?.text(language) ?? column
  }

  /// What a column means, in the language if it is told there.
  public func note(on column: TableLayout.Column, in table: String, _ language: Language) -> String
  {
    let note = words[Key(table: table, column: column.name)]?.note ?? ""
    return language == .vietnamese && !note.isEmpty ? note : column.meaning
  }
}

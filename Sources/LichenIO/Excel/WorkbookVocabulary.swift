import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// The words of a workbook in English and Vietnamese: sheets, headers, words of drop-down lists.
public struct WorkbookVocabulary: Sendable {
  /// Language in which a workbook is written; reading understands both.
  public enum Language: String, Sendable, CaseIterable {
    case english = "en"
    case vietnamese = "vi"
  }

  /// An entry of a catalogue's list, offered in drop-down lists and understood when read.
  public struct Item: Sendable {
    public let id: String
    public let names: LocalisedText

    public init(id: String, names: LocalisedText) {
      self.id = id
      self.names = names
    }

    /// `coal_fly_ash — Tro bay than`.
    func label(_ language: Language) -> String {
      let name = language == .vietnamese ? names.vietnamese ?? names.english : names.english
      return name.isEmpty || name == id ? id : "\(id) — \(name)"
    }
  }

  /// A list of the catalogue that columns draw on.
  public enum List: String, Sendable, CaseIterable {
    case materials, properties, modes, jurisdictions, currencies, units, flows, codes
  }

  /// What the words stand for: a table, one of its columns, or a word in a column of any table.
  struct Key: Hashable {
    var table = ""
    var column = ""
    var value = ""
  }

  struct Words: Sendable {
    let english: String
    let vietnamese: String
    let aliases: [String]
    /// Explanation of a column in Vietnamese; the schema has the English one.
    let note: String
    /// Cell of the example row.
    let example: String

    func text(_ language: Language) -> String {
      language == .vietnamese && !vietnamese.isEmpty ? vietnamese : english
    }

    var all: [String] { [english, vietnamese] + aliases }
  }

  let words: [Key: Words]
  /// Lines of the instructions sheet.
  let instructions: [Instruction]
  /// What the catalogue offers, by list.
  public let lists: [List: [Item]]
  private let labels: [List: [String: String]]
  private let sheets: [String: String]
  private let headers: [String: [String: String]]
  private let choices: [String: [String: String]]

  /// A line of the instructions sheet in both languages.
  struct Instruction: Sendable {
    let isHeading: Bool
    let english: String
    let vietnamese: String
  }

  /// - Parameters:
  ///   - folder: Holds `headers.csv` and `workbook.csv`.
  ///   - lists: What the catalogue offers.
  /// - Throws: `ValidationError` if a file is missing or malformed.
  public init(folder: URL, lists: [List: [Item]]) throws(ValidationError) {
    let log = IssueLog()
    func rows<Value>(_ schema: TableSchema, _ transform: (RowReader) -> Value) -> [Value] {
      guard
        let bytes = FileBytes.read(
          path: "\(folder.path)/\(schema.fileName)", name: schema.fileName, log: log),
        let table = CSVParser.parse(bytes, file: schema.fileName, log: log)
      else { return [] }
      return TableReader(table, schema: schema, log: log).map(transform)
    }
    let entries = rows(
      TableSchema(
        "headers", header: "table,column,value,english,vietnamese,aliases,note_vi,example")
    ) { row in
      (
        Key(table: row.text("table"), column: row.text("column"), value: row.text("value")),
        Words(
          english: row.text("english"), vietnamese: row.text("vietnamese"),
          aliases: row.list("aliases"), note: row.text("note_vi"), example: row.text("example"))
      )
    }
    let instructions = rows(TableSchema("workbook", header: "style,english,vietnamese")) { row in
      Instruction(
        isHeading: row.text("style") == "heading", english: row.text("english"),
        vietnamese: row.text("vietnamese"))
    }
    try log.throwIfErrors()
    self.init(entries: entries, instructions: instructions, lists: lists)
  }

  private init(
    entries: [(Key, Words)], instructions: [Instruction], lists: [List: [Item]]
  ) {
    var words: [Key: Words] = [:]
    var sheets: [String: String] = [:]
    var headers: [String: [String: String]] = [:]
    var choices: [String: [String: String]] = [:]
    for (key, entry) in entries {
      words[key] = entry
      for name in entry.all.map(FoldedName.fold) + [FoldedName.fold(key.table)]
      where key.column.isEmpty {
        if sheets[name] == nil { sheets[name] = key.table }
      }
      for name in entry.all.map(FoldedName.fold) where !key.value.isEmpty && !name.isEmpty {
        if choices[key.column, default: [:]][name] == nil {
          choices[key.column, default: [:]][name] = key.value
        }
      }
      for name in entry.all.map(FoldedName.fold) + [FoldedName.fold(key.column)]
      where !key.column.isEmpty && key.value.isEmpty && !name.isEmpty {
        if headers[key.table, default: [:]][name] == nil {
          headers[key.table, default: [:]][name] = key.column
        }
      }
    }
    self.words = words
    self.sheets = sheets
    self.headers = headers
    self.choices = choices
    self.instructions = instructions
    self.lists = lists
    labels = lists.mapValues(Self.labels)
  }

  private static func labels(_ items: [Item]) -> [String: String] {
    var labels: [String: String] = [:]
    for item in items {
      for language in Language.allCases { labels[item.label(language)] = item.id }
    }
    return labels
  }

  /// Table that a sheet's name stands for: a table of the park, `park`, `instructions` or `lists`.
  func table(named sheet: String) -> String? { sheets[FoldedName.fold(sheet)] }

  /// Column that a header stands for. What stands in brackets or behind a line break is left out if
  /// the whole text says nothing: `Quantity (t/yr)` is `Quantity`.
  func column(named header: String, in table: String) -> String? {
    let names = headers[table] ?? [:]
    if let column = names[FoldedName.fold(header)] { return column }
    let plain = Self.withoutBrackets(header)
    if let column = names[FoldedName.fold(plain)] { return column }
    let parts = plain.split { $0 == "\n" || $0 == "\r\n" || $0 == "/" || $0 == "|" }
    return parts.lazy.compactMap { names[FoldedName.fold($0)] }.first
  }

  private static func withoutBrackets(_ text: String) -> String {
    var depth = 0
    return String(
      text.filter { character in
        if "([{".contains(character) { depth += 1 }
        defer { if ")]}".contains(character) { depth = max(0, depth - 1) } }
        return depth == 0
      })
  }

  /// Word of the format that a word of a drop-down list stands for; unknown words stay.
  func choice(_ text: String, in column: String) -> String {
    choices[column]?[FoldedName.fold(text)] ?? text
  }

  /// Id behind a label of a drop-down list, `coal_fly_ash — Tro bay than`; any other text stays.
  func id(_ text: String, in list: List) -> String { labels[list]?[text] ?? text }
}

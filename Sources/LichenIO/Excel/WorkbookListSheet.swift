import CXLSXWriter
import LichenDomain

/// The hidden sheet that drop-down lists draw on.
struct WorkbookListSheet {
  private let vocabulary: WorkbookVocabulary
  private let language: WorkbookVocabulary.Language
  /// Name and words of each list asked for, in order of asking.
  private var columns: [(name: String, words: [String])] = []

  init(vocabulary: WorkbookVocabulary, language: WorkbookVocabulary.Language) {
    self.vocabulary = vocabulary
    self.language = language
  }

  static func word(_ truth: Bool, _ language: WorkbookVocabulary.Language) -> String {
    switch language {
    case .english: truth ? "yes" : "no"
    case .vietnamese: truth ? "có" : "không"
    }
  }

  /// The word that stands for `value` in the workbook's language.
  func word(_ value: String, in column: String) -> String {
    guard language != .english else { return value }
    let word = vocabulary.words[.init(column: column, value: value)]?.text(language) ?? value
    // A word that would be read as another value must not be written.
    return vocabulary.choice(word, in: column) == value ? word : value
  }

  mutating func source(ofBooleans: Void) -> String {
    source("yes/no", [true, false].map { Self.word($0, language) })
  }

  mutating func source(of values: [String], in column: String) -> String {
    source(column, values.map { word($0, in: column) })
  }

  /// `nil` if the catalogue has no such list.
  mutating func source(of list: WorkbookVocabulary.List) -> String? {
    guard let items = vocabulary.lists[list], !items.isEmpty else { return nil }
    return source(list.rawValue, items.map { $0.label(language) })
  }

  private mutating func source(_ name: String, _ words: [String]) -> String {
    let index = columns.firstIndex { $0.words == words } ?? columns.count
    if index == columns.count { columns.append((name, words)) }
    let letters = Alphabet.letters(index)
    let sheet = vocabulary.words[.init(table: "lists")]?.text(language) ?? "lists"
    return "'\(sheet)'!$\(letters)$2:$\(letters)$\(words.count + 1)"
  }

  /// Adds the sheet with every list that was asked for.
  func write(_ file: SpreadsheetFile, name: String) throws(FileWritingError) {
    let sheet = try file.sheet(name)
    for (column, list) in columns.enumerated() {
      file.write(list.name, sheet, 0, column, file.formats.heading)
      for (row, word) in list.words.enumerated() {
        file.write(word, sheet, row + 1, column, nil)
      }
    }
    worksheet_hide(sheet)
  }
}

import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads `language/CODE.csv`: the catalogue's English words and their translations.
public enum TermReader {
  private static let schema = TableSchema("terms", header: "english,text")

  /// - Returns: Translations by English text.
  /// - Throws: `ValidationError` with everything that is wrong: a word without a translation, or one that is
  ///   translated twice.
  public static func read(file: URL) throws(ValidationError) -> [String: String] {
    let log = IssueLog()
    let name = file.lastPathComponent
    var terms: [String: String] = [:]
    if let bytes = FileBytes.read(path: file.path, name: name, log: log),
      let table = CSVParser.parse(bytes, file: name, log: log)
    {
      _ = TableReader(table, schema: schema, log: log).compactMap { row -> Void? in
        let english = row.requiredText("english")
        if terms.updateValue(row.requiredText("text"), forKey: english) != nil {
          row.error("repeated-term", "english", found: english, expected: "each word once")
        }
        return ()
      }
    }
    try log.throwIfErrors()
    return terms
  }
}

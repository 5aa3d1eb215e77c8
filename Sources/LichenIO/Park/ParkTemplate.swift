import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Makes an empty park to fill in: all tables with their headers, and a README that explains them.
public enum ParkTemplate {
  /// - Parameters:
  ///   - settings: What `datapackage.json` says.
  ///   - folder: Must not exist, or be empty.
  /// - Throws: `FileWritingError`; nothing is left behind.
  public static func write(_ settings: ParkSettings, to folder: URL) throws(FileWritingError) {
    var files = ParkWriter.files(ParkDeclaration(settings: settings), includesEmpty: true)
    files.append(.init(name: "README.md", bytes: Array(readme(settings).utf8)))
    try StagedFolder.write(files, to: folder.path, replacing: false)
  }

  private static func readme(_ settings: ParkSettings) -> String {
    var text = """
      # \(settings.title)

      One row per enterprise, output and input. Save tables as CSV in UTF-8. Leave a cell blank when
      the value is unknown; never write 0 for unknown. Tables other than enterprises may stay empty
      or be deleted together with their entry in `datapackage.json`.

      Numbers: 1234.5 or 1 234.5. A decimal comma is read only in tables whose columns are parted by
      `;`. Yes/no cells: yes or no. Lists in a cell are parted by `;`.

      `confidence` is one of: verified (read at the source named), recalled (known, not read again),
      estimated (derived; notes say how); blank is the enterprise's own statement.


      """
    for schema in ParkSchemas.all {
      text += "## \(schema.fileName)\n\n\(schema.title).\n\n"
      text += "| column | type | needed | meaning |\n| --- | --- | --- | --- |\n"
      for column in schema.columns {
        let needed = column.isRequired ? "yes" : ""
        text += "| \(column.name) | \(column.kind.words) | \(needed) | \(column.meaning) |\n"
      }
      text += "\n"
    }
    return String(text.dropLast())
  }
}

extension TableSchema.Column.Kind {
  /// For people.
  fileprivate var words: String {
    switch self {
    case .text: "text"
    case .identifier: "id"
    case .list: "list"
    case .number(let range): range.description(of: "number")
    case .year: "year"
    case .boolean: "yes or no"
    case .choice(let words): words.joined(separator: ", ")
    }
  }
}

import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads a set of descriptions whose meaning is known.
public enum LabelledTextReader {
  static let schema = TableSchema(
    "labelled texts",
    header: "id,case,language,text,sector,isic,material,eu_code,vn_code,source,confidence")

  /// - Parameter file: A CSV table in the columns of `data/words/README.md`.
  /// - Throws: `ValidationError` with everything that is wrong.
  public static func read(file: URL) throws(ValidationError) -> [LabelledText] {
    let log = IssueLog()
    let name = file.lastPathComponent
    guard let bytes = FileBytes.read(path: file.path, name: name, log: log),
      let table = CSVParser.parse(bytes, file: name, log: log)
    else { throw ValidationError(log.issues) }
    let rows = TableReader(table, schema: schema, log: log).map { row in
      LabelledText(
        id: row.requiredText("id"), group: row.requiredText("case"),
        language: row.word("language", among: ["en", "vi"]), text: row.requiredText("text"),
        sector: row.text("sector"), isic: row.text("isic"), material: row.text("material"),
        europeanCode: row.text("eu_code"), vietnameseCode: row.text("vn_code"))
    }
    try log.throwIfErrors()
    return rows
  }
}

import LichenDomain

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Reads the catalogue's tables of words: synonyms, titles of codes, glossary, sectors.
public enum WordTablesReader {
  static let schemas: [TableSchema] = [
    TableSchema(
      "synonyms", header: "term,language,material,waste_code,isic,weight,source,confidence"),
    TableSchema("code_titles_vi", header: "code,level,title_vi,source,confidence"),
    TableSchema("glossary", header: "language,term,english,source,confidence"),
    TableSchema(
      "sector_chapters",
      header: "isic,words_en,words_vi,sub_chapters,materials,source,confidence"),
    TableSchema(
      "waste_codes_vn",
      header: "code,level,name_vi,name_en,hazard,low_code_twin,source,confidence,notes"),
    TableSchema(
      "waste_codes_eu",
      header: "code,code_display,chapter,chapter_name,sub_chapter,sub_chapter_name,hazardous,"
        + "entry_type,description,material_group,change_from_2026_11_09,confidence"),
  ]

  /// - Parameter folder: Folder with the catalogue's tables.
  /// - Throws: `ValidationError` with everything that is wrong in any table.
  public static func read(folder: URL) throws(ValidationError) -> WordTables {
    let log = IssueLog()
    var readers: [String: TableReader] = [:]
    for schema in schemas {
      guard
        let bytes = FileBytes.read(
          path: "\(folder.path)/\(schema.fileName)", name: schema.fileName, log: log),
        let table = CSVParser.parse(bytes, file: schema.fileName, log: log)
      else { continue }
      readers[schema.name] = TableReader(table, schema: schema, log: log)
    }
    let tables = WordTables(
      synonyms: readers["synonyms"]?.compactMap(synonym) ?? [],
      codeTitles: codeTitles(
        english: readers["waste_codes_eu"], vietnamese: readers["code_titles_vi"]),
      glossary: readers["glossary"]?.map {
        .init(
          language: $0.word("language", among: ["vi", "en", "any"]), term: $0.requiredText("term"),
          english: $0.requiredText("english"))
      } ?? [],
      sectors: readers["sector_chapters"]?.map(sector) ?? [],
      vietnameseCodes: readers["waste_codes_vn"]?.compactMap(nationalCode) ?? [])
    try log.throwIfErrors()
    return tables
  }

  private static func synonym(_ row: RowReader) -> WordTables.Synonym? {
    let term = row.requiredText("term")
    let language = row.word("language", among: ["en", "vi"])
    let material: MaterialID? = row.identifier("material")
    let code = row.text("waste_code")
    if code.isEmpty, row.text("material").isEmpty {
      row.error(
        "missing-value", "material", expected: "a material or a waste code that the term means")
      return nil
    }
    if !code.isEmpty, WasteCode.digits(of: code) != code {
      row.error("invalid-waste-code", "waste_code", found: code, expected: "six digits")
      return nil
    }
    return .init(
      term: term, language: language, material: material, wasteCode: code.isEmpty ? nil : code,
      isic: row.text("isic"), weight: row.number("weight", in: .share) ?? 1)
  }

  private static func sector(_ row: RowReader) -> WordTables.Sector {
    .init(
      isic: row.requiredText("isic"), wordsEnglish: row.text("words_en"),
      wordsVietnamese: row.text("words_vi"), subChapters: row.list("sub_chapters"),
      materials: row.identifiers("materials"))
  }

  /// Rows without a number and rows of whole groups are no codes that one could propose.
  private static func nationalCode(_ row: RowReader) -> WordTables.NationalCode? {
    let code = row.text("code")
    guard row.text("level") == "waste", !code.isEmpty else { return nil }
    return .init(
      code: code, vietnamese: row.requiredText("name_vi"), english: row.text("name_en"),
      hazard: row.text("hazard"), twin: WasteCode.digits(of: row.text("low_code_twin")))
  }

  private static func codeTitles(english: TableReader?, vietnamese: TableReader?)
    -> [WordTables.CodeTitle]
  {
    var translated: [String: String] = [:]
    for row in vietnamese?.map(\.self) ?? [] {
      translated[row.requiredText("code")] = row.requiredText("title_vi")
    }
    var titles: [String: String] = [:]
    for row in english?.map(\.self) ?? [] {
      titles[row.text("chapter")] = row.text("chapter_name")
      titles[row.text("sub_chapter")] = row.text("sub_chapter_name")
      titles[row.text("code")] = row.text("description")
    }
    return titles.sorted { $0.key < $1.key }.map {
      .init(code: $0.key, english: $0.value, vietnamese: translated[$0.key] ?? "")
    }
  }
}

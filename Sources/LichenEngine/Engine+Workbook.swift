import Foundation
import LichenDomain
import LichenIO

/// Parks as workbooks.
extension Engine {
  /// Reads a park's rows without checking them against the catalogue.
  /// - Parameter url: Folder of the park, or a workbook (.xlsx).
  /// - Throws: `ValidationError` with everything found wrong.
  public func declaration(at url: URL) throws(ValidationError) -> (
    declaration: ParkDeclaration, warnings: [ValidationIssue]
  ) {
    let (declaration, issues) = try ParkReader.inspect(at: url) {
      () throws(ValidationError) in try vocabulary()
    }
    guard let declaration, !issues.hasErrors else { throw ValidationError(issues) }
    return (declaration, issues)
  }

  /// Writes a park as a workbook, in one step.
  /// - Parameter hasExamples: Whether main tables begin with an example row.
  /// - Throws: `ValidationError` if the park holds what no workbook can; `FileWritingError`.
  public func writeWorkbook(
    _ declaration: ParkDeclaration, to url: URL, language: WorkbookVocabulary.Language,
    hasExamples: Bool = false
  ) throws {
    try WorkbookWriter.write(
      declaration, to: url, vocabulary: vocabulary(jurisdiction: declaration.settings.jurisdiction),
      language: language, hasExamples: hasExamples)
  }

  /// The same as bytes.
  public func workbook(
    of declaration: ParkDeclaration, language: WorkbookVocabulary.Language
  ) throws -> [UInt8] {
    let url = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lichen-\(UUID().uuidString).xlsx")
    defer { try? FileManager.default.removeItem(at: url) }
    try writeWorkbook(declaration, to: url, language: language)
    return try Array(Data(contentsOf: url))
  }

  /// The words of workbooks, and the catalogue's lists.
  /// - Parameter jurisdiction: Whose waste codes are offered; European ones if it has none.
  /// - Throws: `ValidationError` if a file of the language folder is missing or malformed.
  public func vocabulary(jurisdiction: String = "EU") throws(ValidationError) -> WorkbookVocabulary
  {
    try WorkbookVocabulary(
      folder: data.language("en").deletingLastPathComponent(),
      lists: [
        .materials: catalogue.materials.values.map { .init(id: $0.id.rawValue, names: $0.names) }
          .sorted { $0.id < $1.id },
        .properties: catalogue.properties.values.map { .init(id: $0.id.rawValue, names: $0.names) }
          .sorted { $0.id < $1.id },
        .modes: catalogue.transportModes.map { .init(id: $0.id, names: .init(english: "")) },
        .jurisdictions: catalogue.jurisdictions.values
          .map { .init(id: $0.code, names: .init(english: $0.name)) }.sorted { $0.id < $1.id },
        .currencies: currencies,
        .flows: flowUnits, .units: plainUnits, .codes: codes(of: jurisdiction),
      ])
  }

  private var currencies: [WorkbookVocabulary.Item] {
    Set(catalogue.jurisdictions.values.compactMap { $0.currency?.code }).sorted()
      .map { .init(id: $0, names: .init(english: "")) }
  }

  /// Units in which flows are usually stated; any other that the catalogue knows may be typed.
  private var flowUnits: [WorkbookVocabulary.Item] {
    let perYear = ["t", "kg", "kt", "t_dry", "m3", "ML", "Nm3", "kNm3", "GJ", "TJ", "MWh", "kWh"]
    let others = ["t/month", "t/day", "m3/month", "m3/day", "m3/hour", "MW", "kW"]
    return (perYear.map { "\($0)/yr" } + others).filter { catalogue.units.rate(parsing: $0) != nil }
      .map { .init(id: $0, names: .init(english: "")) }
  }

  private var plainUnits: [WorkbookVocabulary.Item] {
    catalogue.units.units.map { .init(id: $0.id, names: .init(english: "")) }
  }

  /// Waste codes of a jurisdiction. A number means something else in each list, so only one is
  /// offered.
  private func codes(of jurisdiction: String) -> [WorkbookVocabulary.Item] {
    let isVietnamese = jurisdiction.hasPrefix("VN")
    let local = isVietnamese ? VietnameseCodes.read(data.catalogue) : []
    if !local.isEmpty { return local }
    return catalogue.wasteCodes.values.sorted { $0.code < $1.code }.map { code in
      let pairs = [code.code.prefix(2), code.code.dropFirst(2).prefix(2), code.code.dropFirst(4)]
      return .init(
        id: pairs.joined(separator: " ") + (code.isHazardous ? "*" : ""),
        names: .init(english: code.description))
    }
  }
}

/// The Vietnamese waste list, which the catalogue keeps beside the European one.
enum VietnameseCodes {
  /// Wastes that have a code of six digits, in order; empty if there is no list.
  static func read(_ catalogue: URL) -> [WorkbookVocabulary.Item] {
    let name = "waste_codes_vn.csv"
    guard let bytes = try? Data(contentsOf: catalogue.appendingPathComponent(name)),
      let table = try? CSVParser.parse(Array(bytes), file: name).table
    else { return [] }
    func column(_ name: String) -> Int? { table.header.firstIndex(of: name) }
    guard let code = column("code"), let vietnamese = column("name_vi"),
      let english = column("name_en")
    else { return [] }
    return (0..<table.rowCount).map { Array(table.row($0)) }
      .filter { WasteCode.digits(of: $0[code])?.count == 6 }
      .sorted { $0[code] < $1[code] }
      .map { .init(id: $0[code], names: .init(english: $0[english], vietnamese: $0[vietnamese])) }
  }
}

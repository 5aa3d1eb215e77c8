import LichenDomain

/// The sheet of a workbook that says what `datapackage.json` says beside a folder's tables.
enum SettingsSheet {
  private typealias Column = TableSchema.Column

  /// The sheet's own columns.
  static let schema = TableSchema(
    name: "park", title: "The park as a whole", primaryKey: ["key"],
    columns: [
      Column("key", .text, required: true, "What is set"),
      Column("value", .text, "Its value; blank = the default"),
      Column("meaning", .text, "What it means"),
    ])

  /// What can be set, in the order in which it is written.
  static let keys: [TableSchema.Column] = [
    Column("name", .text, "Short name without spaces"),
    Column("title", .text, "Name that people read"),
    Column("format", .number(.any), "Layout of this workbook: \(ParkSettingsReader.format)"),
    Column("jurisdiction", .text, required: true, "Code of the country or region, such as VN"),
    Column("currency", .text, required: true, "Three letters, such as VND"),
    Column("base_year", .year, required: true, "Year whose rows are matched"),
    Column("price_year", .year, "Year of prices that name none; blank = base year"),
    Column("law_date", .text, "Day whose law applies; blank = 31 December of the base year"),
    Column("discount_rate", .number(.rate), "Per year, 0 to below 1; blank = the catalogue's"),
    Column("carbon_price", .number(.notNegative), "Money per t CO2e; blank = 0"),
    Column("road_detour", .number(.atLeastOne), "Road over straight line; blank = the catalogue's"),
    Column("distance_limit", .number(.notNegative), "Longest way in km; blank = no limit"),
    Column("capital_budget", .number(.notNegative), "Most that may be invested; blank = no limit"),
    Column("co2_floor", .number(.notNegative), "Least t CO2e avoided per year; blank = no floor"),
    Column("partner_limit", .number(.atLeastOne), "Most exchanges per stream; blank = no limit"),
    Column(
      "existing_exchanges", .choice(ExistingExchanges.allCases.map(\.rawValue)),
      "greenfield = built anew, free = may be dropped, kept = stay"),
  ]

  /// Settings as the reader of `datapackage.json` takes them, and where each stands.
  struct Reading {
    let object: JSONValue
    let places: [String: SourceLocation]
    /// The sheet; also the place of what is missing in it.
    let sheet: SourceLocation
  }

  static func read(_ table: TableReader, sheet: SourceLocation, cells: CellReader) -> Reading {
    var members: [JSONValue.Member] = []
    var places: [String: SourceLocation] = [:]
    for index in 0..<table.rowCount {
      let row = table.row(index)
      let written = row.text("key")
      let place = row.location.naming("value")
      if written.isEmpty { continue }
      guard let key = key(named: written, cells.vocabulary) else {
        cells.log.warning(
          "unknown-key", at: row.location.naming("key"), field: "key", found: written,
          hint: "the row is ignored"
            + (Spelling.suggestion(for: written, among: keys.map(\.name)).map { "; \($0)" } ?? ""))
        continue
      }
      guard places[key.name] == nil else {
        cells.log.error(
          "duplicate-key", at: place, field: key.name, found: written, expected: "each key once")
        continue
      }
      places[key.name] = place
      if let value = value(row.text("value"), key, cells) {
        members.append(.init(key.name, value))
      }
    }
    return Reading(object: .object(members), places: places, sheet: sheet)
  }

  private static func key(named text: String, _ vocabulary: WorkbookVocabulary) -> Column? {
    let name = keys.contains { $0.name == text } ? text : vocabulary.column(named: text, in: "park")
    return keys.first { $0.name == name }
  }

  private static func value(_ text: String, _ key: Column, _ cells: CellReader) -> JSONValue? {
    if text.isEmpty { return nil }
    switch key.kind {
    case .number, .year:
      // A date in a year's cell is written as text by then.
      let digits = CalendarDate(text).map { "\($0.year)" } ?? text
      if case .value(let number) = TextNumber.parse(digits) { return .number(number) }
      return .string(text)
    case .choice: return .string(cells.vocabulary.choice(text, in: key.name))
    default:
      return .string(
        WorkbookLists.list(of: key.name).map { cells.vocabulary.id(text, in: $0) } ?? text)
    }
  }
}

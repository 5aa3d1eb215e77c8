/// Which columns draw on which list of the catalogue.
enum WorkbookLists {
  /// Columns of one name mean the same in every table, but for units.
  static func list(of column: String) -> WorkbookVocabulary.List? {
    switch column {
    case "material", "output_material", "input_material", "parent": .materials
    case "property": .properties
    case "mode": .modes
    case "jurisdiction": .jurisdictions
    case "currency", "disposal_cost_currency", "price_currency", "cost_currency": .currencies
    case "waste_code": .codes
    default: nil
    }
  }

  /// The list that a column of `table` offers.
  static func list(of column: String, in table: String) -> WorkbookVocabulary.List? {
    guard column == "unit" else { return list(of: column) }
    switch table {
    case "outputs", "inputs", "exchanges", "options", "facilities": return .flows
    case "properties", "overrides", "storages": return .units
    default: return nil
    }
  }
}

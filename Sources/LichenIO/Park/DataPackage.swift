import LichenDomain

/// Describes a park's tables as a tabular data package (Frictionless, version 1).
enum DataPackage {
  static func package(_ settings: ParkSettings, schemas: [TableSchema]) -> JSONValue {
    let written = Set(schemas.map(\.name))
    return .object([
      .init("name", .string(settings.name)),
      .init("title", .string(settings.title)),
      .init("profile", .string("tabular-data-package")),
      .init("lichen", lichen(settings)),
      .init("resources", .array(schemas.map { resource($0, written: written) })),
    ])
  }

  private static func lichen(_ settings: ParkSettings) -> JSONValue {
    func number(_ value: Double?) -> JSONValue { value.map(JSONValue.number) ?? .null }
    return .object([
      .init("format", .number(Double(ParkSettingsReader.format))),
      .init("jurisdiction", .string(settings.jurisdiction)),
      .init("currency", .string(settings.currency.code)),
      .init("base_year", .number(Double(settings.baseYear))),
      .init("price_year", .number(Double(settings.priceYear))),
      .init("law_date", .string(settings.lawDate.description)),
      .init("discount_rate", number(settings.discountRate)),
      .init("carbon_price", .number(settings.carbonPrice)),
      .init("road_detour", number(settings.roadDetour)),
      .init("distance_limit", number(settings.distanceLimit)),
      .init("capital_budget", number(settings.capitalBudget)),
      .init("co2_floor", number(settings.carbonFloor)),
      .init("partner_limit", number(settings.partnerLimit.map(Double.init))),
      .init("existing_exchanges", .string(settings.existingExchanges.rawValue)),
    ])
  }

  /// - Parameter written: Tables in the package; references to others are left out.
  static func resource(_ schema: TableSchema, written: Set<String>) -> JSONValue {
    var members: [JSONValue.Member] = [
      .init("fields", .array(schema.columns.map(field)))
    ]
    // Blank cells are no key values in the standard, so a key with an optional column is left out.
    let required = Set(schema.columns.filter(\.isRequired).map(\.name))
    if schema.primaryKey.allSatisfy(required.contains) {
      members.append(.init("primaryKey", .array(schema.primaryKey.map(JSONValue.string))))
    }
    let references = schema.references.filter { written.contains($0.table) }
    if !references.isEmpty {
      members.append(.init("foreignKeys", .array(references.map(foreignKey))))
    }
    members.append(.init("missingValues", .array([.string("")])))
    return .object([
      .init("name", .string(schema.name)),
      .init("path", .string(schema.fileName)),
      .init("title", .string(schema.title)),
      .init("profile", .string("tabular-data-resource")),
      .init("format", .string("csv")),
      .init("mediatype", .string("text/csv")),
      .init("encoding", .string("utf-8")),
      .init("schema", .object(members)),
    ])
  }

  private static func foreignKey(_ reference: TableSchema.Reference) -> JSONValue {
    .object([
      .init("fields", .string(reference.column)),
      .init(
        "reference",
        .object([.init("resource", .string(reference.table)), .init("fields", .string("id"))])),
    ])
  }

  private static func field(_ column: TableSchema.Column) -> JSONValue {
    var type = "string"
    var extra: [JSONValue.Member] = []
    var constraints: [JSONValue.Member] = []
    if column.isRequired { constraints.append(.init("required", .bool(true))) }
    switch column.kind {
    case .text, .identifier, .list: break
    case .number(let range):
      type = "number"
      // The standard has no open bounds; the reader still refuses the bound itself.
      if let lower = range.lower { constraints.append(.init("minimum", .number(lower))) }
      if let upper = range.upper { constraints.append(.init("maximum", .number(upper))) }
    case .year: type = "year"
    case .boolean:
      type = "boolean"
      extra = [
        .init("trueValues", .array([.string("yes")])),
        .init("falseValues", .array([.string("no")])),
      ]
    case .choice(let words):
      constraints.append(.init("enum", .array(words.map(JSONValue.string))))
    }
    var members: [JSONValue.Member] = [
      .init("name", .string(column.name)), .init("type", .string(type)),
    ]
    if !column.meaning.isEmpty {
      members.append(.init("description", .string(column.meaning)))
    }
    members += extra
    if !constraints.isEmpty { members.append(.init("constraints", .object(constraints))) }
    return .object(members)
  }
}

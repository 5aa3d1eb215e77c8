import LichenDomain

/// The typed rows of a park's tables.
struct ParkRows {
  let enterprises: [EnterpriseRow]
  let outputs: [OutputRow]
  let inputs: [InputRow]
  let properties: [PropertyRow]
  let exchanges: [ExchangeRow]
  let distances: [DistanceRow]
  let overrides: [OverrideRow]
  let totals: [TotalRow]
  let options: [OptionRow]
  let facilities: [FacilityRow]
  let profiles: [ProfileRow]
  let storages: [StorageRow]
  let actuals: [ActualRow]
  let progress: [ProgressRow]
  let classifications: [ClassificationRow]
  let materials: [MaterialRow]
  let routes: [RouteRow]

  init(tables: [String: TableReader]) {
    enterprises = tables["enterprises"]?.map(Self.enterprise) ?? []
    outputs = tables["outputs"]?.map(Self.output) ?? []
    inputs = tables["inputs"]?.map(Self.input) ?? []
    properties = tables["properties"]?.map(Self.property) ?? []
    exchanges = tables["exchanges"]?.map(Self.exchange) ?? []
    distances = tables["distances"]?.compactMap(Self.distance) ?? []
    overrides = tables["overrides"]?.map(Self.override) ?? []
    totals = tables["totals"]?.map(Self.total) ?? []
    options = tables["options"]?.map(Self.option) ?? []
    facilities = tables["facilities"]?.map(Self.facility) ?? []
    profiles = tables["profiles"]?.map(Self.profile) ?? []
    storages = tables["storages"]?.map(Self.storage) ?? []
    actuals = tables["actuals"]?.map(Self.actual) ?? []
    progress = tables["progress"]?.map(Self.progress) ?? []
    classifications = tables["classifications"]?.map(Self.classification) ?? []
    materials = tables["materials"]?.map { Self.local($0, ParkSchemas.materials) } ?? []
    routes = tables["routes"]?.map { Self.local($0, ParkSchemas.routes) } ?? []
  }

  func declaration(_ settings: ParkSettings) -> ParkDeclaration {
    ParkDeclaration(
      settings: settings, enterprises: enterprises, outputs: outputs, inputs: inputs,
      properties: properties, exchanges: exchanges, distances: distances, overrides: overrides,
      totals: totals, options: options, actuals: actuals, classifications: classifications,
      materials: materials, routes: routes, facilities: facilities, progress: progress,
      profiles: profiles, storages: storages)
  }

  /// Reports ids that stand twice; outputs and inputs share one name space.
  func checkUnique(log: IssueLog) {
    func check(_ keys: [(String, SourceLocation)], _ field: String = "id") {
      var uniqueness = Uniqueness()
      for (key, location) in keys {
        uniqueness.check(key, at: location, field: field, log: log)
      }
    }
    check(enterprises.map { ($0.id, $0.location) })
    check(outputs.map { ($0.id, $0.location) } + inputs.map { ($0.id, $0.location) })
    check(
      exchanges.map { ($0.id, $0.location) } + options.map { ($0.id, $0.location) })
    check(facilities.map { ($0.id, $0.location) })
    check(profiles.map { ($0.id, $0.location) })
    check(storages.map { ($0.id, $0.location) })
    check(actuals.map { ($0.id, $0.location) })
    check(totals.map { ($0.id, $0.location) })
    check(overrides.map { ($0.key, $0.location) }, "key")
    check(materials.map { ($0.cells["id"] ?? "", $0.location) })
    check(routes.map { ($0.cells["id"] ?? "", $0.location) })
    check(
      properties.filter { !$0.stream.isEmpty && !$0.property.isEmpty }
        .map { ("\($0.stream), \($0.property)", $0.location) }, "property")
    check(
      distances.filter { !$0.from.isEmpty && !$0.to.isEmpty }.map {
        let mode = $0.mode.isEmpty ? "" : " by \($0.mode)"
        return ("\($0.from) to \($0.to)\(mode)", $0.location)
      }, "to")
  }
}

extension ParkRows {
  private static func property(_ row: RowReader) -> PropertyRow {
    var property = PropertyRow(
      stream: row.identifierText("stream", required: true),
      property: row.identifierText("property", required: true), location: row.location)
    property.value = row.number("value")
    property.minimum = row.number("minimum")
    property.maximum = row.number("maximum")
    property.unit = row.text("unit")
    property.isMixture = row.boolean("mixture")
    property.provenance = row.provenance
    let given = ["value", "minimum", "maximum"].contains { !row.text($0).isEmpty }
    if !given { row.reportMissing("value") }
    let ordered = [property.minimum, property.value, property.maximum].compactMap(\.self)
    if ordered != ordered.sorted() {
      let column = row.text("minimum").isEmpty ? "maximum" : "minimum"
      row.reportReversed(
        low: property.minimum, typical: property.value, high: property.maximum, column: column)
    }
    return property
  }

  private static func exchange(_ row: RowReader) -> ExchangeRow {
    var exchange = ExchangeRow(
      id: row.identifierText("id", required: true),
      from: row.identifierText("from", required: true),
      to: row.identifierText("to", required: true), location: row.location)
    exchange.output = row.identifierText("output")
    exchange.input = row.identifierText("input")
    exchange.name = row.text("name")
    exchange.quantity = row.number("quantity", in: .notNegative)
    exchange.unit = row.singleUnit()
    exchange.startYear = row.year("start_year")
    exchange.endYear = row.year("end_year")
    row.checkOrder(exchange.startYear, exchange.endYear, columns: ("start_year", "end_year"))
    exchange.kind = row.text("kind")
    exchange.provenance = row.provenance
    return exchange
  }

  private static func distance(_ row: RowReader) -> DistanceRow? {
    let from = row.identifierText("from", required: true)
    let to = row.identifierText("to", required: true)
    guard let km = row.requiredNumber("km", in: .positive) else { return nil }
    var distance = DistanceRow(from: from, to: to, km: km, location: row.location)
    distance.mode = row.text("mode")
    distance.provenance = row.provenance
    return distance
  }

  private static func override(_ row: RowReader) -> OverrideRow {
    let key = row.requiredText("key")
    var value = row.requiredText("value")
    if key.hasPrefix("rule.") {
      value = value.lowercased()
    } else if key.hasPrefix("figure."), value.hasPrefix("x") {
      // A factor on the figure; its number is written the same everywhere.
    } else if !value.isEmpty, let number = row.number("value") {
      // The text of a table with decimal commas would mean another number elsewhere.
      value = NumberText.shortest(number)
    }
    var override = OverrideRow(key: key, value: value, location: row.location)
    override.unit = row.text("unit")
    override.provenance = row.provenance
    return override
  }

  private static func total(_ row: RowReader) -> TotalRow {
    var total = TotalRow(
      id: row.identifierText("id", required: true), name: row.requiredText("name"),
      location: row.location)
    total.measure = row.word("measure", among: ParkSchemas.measures)
    total.value = row.number("value")
    total.unit = row.text("unit")
    total.year = row.year("year")
    total.notes = row.text("notes")
    total.provenance = row.provenance
    return total
  }

  private static func local(_ row: RowReader, _ schema: TableSchema) -> MaterialRow {
    var cells: [String: String] = [:]
    for column in schema.columns {
      let text = row.normalisedText(column)
      if !text.isEmpty { cells[column.name] = text }
    }
    return MaterialRow(cells: cells, location: row.location)
  }
}

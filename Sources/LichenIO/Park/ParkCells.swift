import LichenDomain

/// Turns the rows of a declaration into cells, in the order of their schema's columns.
enum ParkCells {
  typealias Cell = CSVWriter.Cell

  /// Rows in order of their keys.
  static func rows(of park: ParkDeclaration, in schema: TableSchema) -> [[Cell]] {
    let rows: [(key: String, cells: [Cell])]
    switch schema.name {
    case "enterprises": rows = park.enterprises.map { ($0.id, cells($0)) }
    case "outputs": rows = park.outputs.map { ($0.id, cells($0)) }
    case "inputs": rows = park.inputs.map { ($0.id, cells($0)) }
    case "properties": rows = park.properties.map { ("\($0.stream)\n\($0.property)", cells($0)) }
    case "exchanges": rows = park.exchanges.map { ($0.id, cells($0)) }
    case "distances": rows = park.distances.map { ("\($0.from)\n\($0.to)\n\($0.mode)", cells($0)) }
    case "overrides": rows = park.overrides.map { ($0.key, cells($0)) }
    case "totals": rows = park.totals.map { ($0.id, cells($0)) }
    case "options": rows = park.options.map { ($0.id, cells($0)) }
    case "facilities": rows = park.facilities.map { ($0.id, cells($0)) }
    case "profiles": rows = park.profiles.map { ($0.id, cells($0)) }
    case "storages": rows = park.storages.map { ($0.id, cells($0)) }
    case "actuals": rows = park.actuals.map { ($0.id, cells($0)) }
    case "progress":
      rows = park.progress.map { ("\($0.date?.description ?? "")\n\($0.subject)", cells($0)) }
    case "classifications":
      rows = park.classifications.map { ("\($0.text)\n\($0.sector)", cells($0)) }
    case "materials": rows = park.materials.map { ($0.cells["id"] ?? "", cells($0, schema)) }
    case "routes": rows = park.routes.map { ($0.cells["id"] ?? "", cells($0, schema)) }
    default: rows = []
    }
    // Equal keys keep their order, so that the bytes never depend on the sort.
    return rows.enumerated()
      .sorted { ($0.element.key, $0.offset) < ($1.element.key, $1.offset) }
      .map(\.element.cells)
  }

  private static func cells(_ row: EnterpriseRow) -> [Cell] {
    [
      .text(row.id), .text(row.name), .text(row.sector), .text(row.isic), number(row.latitude),
      number(row.longitude), .text(row.zone), .text(row.jurisdiction),
      .text(row.licences.joined(separator: ";")), .text(row.blueprint), number(row.size.typical),
      number(row.size.low), number(row.size.high), .text(row.size.unit),
      .text(row.disclosure == .open ? "" : row.disclosure.rawValue),
      .text(row.agreedWith.joined(separator: ";")), .text(row.notes),
    ] + provenance(row.provenance)
  }

  private static func quantity(_ quantity: DeclaredQuantity) -> [Cell] {
    [
      number(quantity.typical), number(quantity.low), number(quantity.high), .text(quantity.unit),
      .text(quantity.period), number(quantity.hours),
    ]
  }

  private static func cells(_ row: OutputRow) -> [Cell] {
    [
      .text(row.id), .text(row.enterprise), .text(row.name), .text(row.material),
      .text(row.wasteCode),
    ] + quantity(row.quantity) + [
      .text(row.currentRoute), number(row.disposalCost), .text(row.disposalCostCurrency),
      number(row.minimumLot), integer(row.fromYear), integer(row.toYear), .text(row.profile),
      .text(row.notes), .text(row.basis?.rawValue ?? ""),
    ] + provenance(row.provenance)
  }

  private static func cells(_ row: InputRow) -> [Cell] {
    [.text(row.id), .text(row.enterprise), .text(row.name), .text(row.material)]
      + quantity(row.quantity) + [
        number(row.price), .text(row.priceCurrency), number(row.maximumShare),
        number(row.minimumLot), integer(row.fromYear), integer(row.toYear), .text(row.profile),
        .text(row.notes), .text(row.basis?.rawValue ?? ""),
      ] + provenance(row.provenance)
  }

  private static func cells(_ row: PropertyRow) -> [Cell] {
    [
      .text(row.stream), .text(row.property), number(row.value), number(row.minimum),
      number(row.maximum), .text(row.unit), row.isMixture.map(Cell.boolean) ?? .blank,
    ] + provenance(row.provenance)
  }

  private static func cells(_ row: ExchangeRow) -> [Cell] {
    [
      .text(row.id), .text(row.from), .text(row.to), .text(row.output), .text(row.input),
      .text(row.name), number(row.quantity), .text(row.unit), integer(row.startYear),
      integer(row.endYear), .text(row.kind),
    ] + provenance(row.provenance)
  }

  private static func cells(_ row: DistanceRow) -> [Cell] {
    [.text(row.from), .text(row.to), .text(row.mode), .number(row.km)] + provenance(row.provenance)
  }

  private static func cells(_ row: OverrideRow) -> [Cell] {
    [.text(row.key), .text(row.value), .text(row.unit)] + provenance(row.provenance)
  }

  private static func cells(_ row: TotalRow) -> [Cell] {
    [
      .text(row.id), .text(row.name), .text(row.measure), number(row.value), .text(row.unit),
      integer(row.year),
    ] + provenance(row.provenance) + [.text(row.notes)]
  }

  private static func cells(_ row: OptionRow) -> [Cell] {
    [
      .text(row.id), .text(row.enterprise), .text(row.name), .text(row.kind), .text(row.stream),
      number(row.change), .text(row.unit), number(row.capital), number(row.saving),
      .text(row.currency), number(row.co2), number(row.lifetime), .text(row.status),
      .text(row.notes),
    ] + provenance(row.provenance)
  }

  private static func cells(_ row: FacilityRow) -> [Cell] {
    [
      .text(row.id), .text(row.name), .text(row.enterprise), number(row.latitude),
      number(row.longitude), .text(row.routes.joined(separator: " ")), number(row.capacity),
      .text(row.unit), number(row.capital), number(row.running), .text(row.currency),
      number(row.lifetime), .text(row.notes),
    ] + provenance(row.provenance)
  }

  private static func cells(_ row: ProfileRow) -> [Cell] {
    [.text(row.id)] + row.months.map(number) + [.text(row.notes)] + provenance(row.provenance)
  }

  private static func cells(_ row: StorageRow) -> [Cell] {
    [
      .text(row.id), .text(row.name), .text(row.stream), number(row.capacity), .text(row.unit),
      number(row.capital), number(row.running), .text(row.currency), number(row.lifetime),
      number(row.loss), integer(row.keeps), .text(row.notes),
    ] + provenance(row.provenance)
  }

  private static func cells(_ row: ActualRow) -> [Cell] {
    [
      .text(row.id), .text(row.subject), .text(row.period), number(row.quantity), .text(row.unit),
      number(row.money), .text(row.currency), .text(row.notes),
    ] + provenance(row.provenance)
  }

  private static func cells(_ row: ProgressRow) -> [Cell] {
    [
      .text(row.subject), .text(row.status), .text(row.date?.description ?? ""), .text(row.notes),
    ] + provenance(row.provenance)
  }

  static func cells(_ row: ClassificationRow) -> [Cell] {
    [
      .text(row.text), .text(row.sector), .text(row.material), .text(row.wasteCode),
      .text(row.date), .text(row.by), .text(row.notes), .text(row.source),
    ]
  }

  private static func cells(_ row: MaterialRow, _ schema: TableSchema) -> [Cell] {
    schema.columns.map { .text(row.cells[$0.name] ?? "") }
  }

  private static func provenance(_ provenance: Provenance) -> [Cell] {
    [.text(provenance.source), .text(provenance.confidence?.rawValue ?? "")]
  }

  private static func number(_ value: Double?) -> Cell { value.map(Cell.number) ?? .blank }

  private static func integer(_ value: Int?) -> Cell { value.map(Cell.integer) ?? .blank }
}

import LichenDomain

/// Makes sectors, their blueprints and known places of rows.
struct SectorReader {
  let scope: CatalogueScope
  private let materials: [MaterialID: Material]

  init(scope: CatalogueScope, materials: [Material]) {
    self.scope = scope
    self.materials = Dictionary(materials.map { ($0.id, $0) }) { first, _ in first }
  }

  func book(_ tables: CatalogueTables, log: IssueLog) -> SectorBook {
    var ids = Uniqueness()
    let sectors = tables.rows("sectors") { row -> Sector? in
      ids.check(row.text("id"), at: row.location, field: "id", log: log)
      return sector(row)
    }
    let known = Set(sectors.map(\.id))
    var streams = Uniqueness()
    var flows: [BlueprintFlow] = []
    var places: [Group: [SourceLocation]] = [:]
    for row in tables.rows("blueprints", \.self) {
      streams.check(
        "\(row.text("sector")), \(row.text("direction")), \(row.text("stream"))",
        at: row.location, field: "stream", log: log)
      guard let flow = flow(row, sectors: known) else { continue }
      flows.append(flow)
      if !flow.group.isEmpty {
        places[Group(sector: flow.sector, name: flow.group), default: []].append(row.location)
      }
    }
    checkGroups(flows, places: places, log: log)
    var placeIDs = Uniqueness()
    let points = tables.rows("places") { row -> KnownPlace? in
      placeIDs.check(row.text("id"), at: row.location, field: "id", log: log)
      return place(row)
    }
    return SectorBook(sectors: sectors, flows: flows, places: points)
  }

  private struct Group: Hashable, Comparable {
    let sector: String
    let name: String

    static func < (left: Self, right: Self) -> Bool {
      (left.sector, left.name) < (right.sector, right.name)
    }
  }

  /// Of rows that exclude each other, exactly one is the main one.
  private func checkGroups(
    _ flows: [BlueprintFlow], places: [Group: [SourceLocation]], log: IssueLog
  ) {
    for (group, locations) in places.sorted(by: { $0.key < $1.key }) {
      let main = flows.count {
        $0.sector == group.sector && $0.group == group.name && $0.role == .main
      }
      guard main != 1, let place = locations.min() else { continue }
      log.error(
        "main-row", at: place, field: "role", found: "\(main) rows of role main",
        expected: "one row of role main in group \(group.name) of \(group.sector)")
    }
  }

  private func sector(_ row: RowReader) -> Sector? {
    let id = row.identifierText("id", required: true)
    let names = LocalisedText(
      english: row.requiredText("name_en"), vietnamese: row.requiredText("name_vi"))
    let reference = row.requiredText("reference")
    let unit = row.knownUnit("unit", scope: scope)
    var sizes: [SizeWord: Double] = [:]
    for word in SizeWord.allCases {
      sizes[word] = row.requiredNumber(word.rawValue, in: .positive)
    }
    let ordered = SizeWord.allCases.compactMap { sizes[$0] }
    if ordered != ordered.sorted() {
      row.error(
        "reversed-range", "small", found: ordered.map(NumberText.shortest).joined(separator: ", "),
        expected: "small ≤ medium ≤ large")
    }
    let perEmployee = row.estimate(
      low: "employee_low", typical: "employee_typical", high: "employee_high", in: .positive)
    let perHectare = row.estimate(
      low: "hectare_low", typical: "hectare_typical", high: "hectare_high", in: .positive)
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let unit, !id.isEmpty else { return nil }
    return Sector(
      id: id, names: names, isic: row.text("isic"), reference: reference, unit: unit, sizes: sizes,
      perEmployee: perEmployee, perHectare: perHectare, season: row.text("season"),
      source: source, confidence: confidence, notes: row.text("notes"))
  }

  private func flow(_ row: RowReader, sectors: Set<String>) -> BlueprintFlow? {
    let sector = row.requiredText("sector")
    if !sector.isEmpty, !sectors.contains(sector) {
      row.reportUnknownReference(
        "unknown-sector", "sector", sector, in: sectors.sorted(),
        expected: "an id in sectors.csv")
    }
    let kind = row.requiredChoice("direction", of: Direction.self)
    let name = row.requiredText("stream")
    let material = row.knownMaterial("material", scope: scope)
    for column in ["low", "typical", "high"] where row.text(column).isEmpty {
      row.reportMissing(column)
    }
    let amount = row.estimate(low: "low", typical: "typical", high: "high", in: .notNegative)
    let unit = row.knownUnit("unit", scope: scope)
    if let material, let unit { checkUnit(unit, of: material, row) }
    let currentRoute: CurrentRoute? = row.choice("current_route")
    let role: BlueprintFlow.Role? = row.choice("role")
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let kind, let amount, let unit, !name.isEmpty else { return nil }
    return BlueprintFlow(
      sector: sector, kind: kind == .output ? .output : .input, name: name, material: material,
      amount: amount, unit: unit, fate: row.text("fate"), currentRoute: currentRoute,
      quality: row.text("quality"), properties: properties(row), group: row.text("group"),
      role: role, source: source,
      confidence: confidence, notes: row.text("notes"))
  }

  /// Reads `temperature>=1450; moisture<=12; feedstock_share=100`.
  private func properties(_ row: RowReader) -> [BlueprintProperty] {
    row.list("properties").compactMap { text in
      let parts = text.matches(of: /^([a-z0-9_]+) *(>=|<=|=) *(-?[0-9.]+)$/).first?.output
      guard let parts, let id = PropertyID(String(parts.1)), let number = Double(parts.3) else {
        row.error(
          "unread-property", "properties", found: text,
          expected: "a property, >=, <= or =, and a number: temperature>=120")
        return nil
      }
      if scope.properties[id] == nil {
        row.reportUnknownReference(
          "unknown-property", "properties", id.rawValue,
          in: scope.properties.keys.map(\.rawValue).sorted(),
          expected: "an id of properties.csv")
      }
      switch parts.2 {
      case ">=": return BlueprintProperty(property: id, minimum: number)
      case "<=": return BlueprintProperty(property: id, maximum: number)
      default: return BlueprintProperty(property: id, value: number)
      }
    }
  }

  private enum Direction: String, CaseIterable {
    case input, output
  }

  /// A park will hold the flow in the material's own unit.
  private func checkUnit(_ unit: Unit, of id: MaterialID, _ row: RowReader) {
    guard let material = materials[id] else {
      if scope.materials.contains(id) {
        row.error(
          "category-as-material", "material", found: id.rawValue,
          expected: "a material, not a category")
      }
      return
    }
    let conversion = FlowConversion(
      material: id.rawValue, basis: material.conversion, isGas: material.phase == .gas)
    do {
      _ = try conversion.factor(from: unit, to: material.referenceUnit)
    } catch {
      row.error(
        "unit-conversion", "unit", found: unit.id,
        expected: "a unit that becomes \(material.referenceUnit)", hint: error.description)
    }
  }

  private func place(_ row: RowReader) -> KnownPlace? {
    let id = row.identifierText("id", required: true)
    let names = LocalisedText(
      english: row.requiredText("name_en"), vietnamese: row.optionalText("name_vi"))
    let kind = row.requiredChoice("kind", of: KnownPlace.Kind.self)
    let jurisdiction = row.knownRegion("jurisdiction", scope: scope)
    let latitude = row.requiredNumber("lat", in: .latitude)
    let longitude = row.requiredNumber("lon", in: .longitude)
    let accuracy = row.requiredNumber("accuracy_km", in: .notNegative)
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let kind, let latitude, let longitude, let accuracy,
      let coordinate = Coordinate(latitude: latitude, longitude: longitude)
    else { return nil }
    return KnownPlace(
      id: id, names: names, aliases: row.list("aliases"), kind: kind, jurisdiction: jurisdiction,
      coordinate: coordinate, accuracyKm: accuracy, source: source, confidence: confidence,
      notes: row.text("notes"))
  }
}

import LichenDomain

/// Resolves the tables of a catalogue against each other.
struct CatalogueBuilder {
  private let tables: CatalogueTables
  private let log: IssueLog

  /// Questions that the engine asks of the defaults; roles of transport.csv and ids of
  /// parameters.csv are further ones.
  private static let engineRoles: Set<String> = [
    "price", "disposal_cost", "disposal_co2", "virgin_co2", "combustion_co2", "electricity_price",
    "electricity_co2", "heat_co2", "discount_rate", "permit_cost", "carbon_price",
    "transaction_cost", "boiler_efficiency", "heat_use_efficiency",
  ]

  init(_ tables: CatalogueTables, log: IssueLog) {
    self.tables = tables
    self.log = log
  }

  func catalogue() -> Catalogue {
    var scope = CatalogueScope(units: UnitTable(rows("units", unique: "id", unit)))
    let jurisdictions = readJurisdictions()
    scope.jurisdictions = Set(jurisdictions.map(\.code))
    let lists = WasteListReader(tables, log: log).lists()
    checkWasteLists(lists)
    scope.wasteCodes = Set(lists.first { $0.id == "eu" }?.entries.keys ?? [:].keys)
    let properties = rows("properties", unique: "id", property)
    scope.properties = Dictionary(properties.map { ($0.id, $0) }) { first, _ in first }
    let (categories, materials) = readTaxonomy(&scope)
    let routes = readRoutes(&scope)
    let (figures, parameterIDs) = readFigures(scope)
    let sectorBook = SectorReader(scope: scope, materials: materials).book(tables, log: log)
    let modes = rows("transport", unique: "mode", transportMode)
    let roles = Self.engineRoles.union(parameterIDs).union(modes.flatMap(\.roles))
    let law = LawReader(tables, scope: scope, log: log)
    let licences = law.licences()
    scope.licences = Set(licences.map(\.key))
    scope.groups = Set(jurisdictions.flatMap(\.groups))
    let rules = readRules(scope, RuleReader.Lists(lists, of: jurisdictions))
    return Catalogue(
      units: scope.units, categories: categories, materials: materials, routes: routes,
      properties: properties, figures: figures,
      defaults: readDefaults(scope, roles: roles, figures: Set(figures.map(\.id))),
      exchangeRates: ExchangeRates(
        rows("exchange_rates", unique: "id", FigureReader(scope: scope).exchangeRate)),
      jurisdictions: jurisdictions, transportModes: modes, rules: rules,
      law: LawTables(
        wasteLists: lists, hazardLimits: law.hazardLimits(),
        checklists: law.checklists(rules: rules, licences: scope.licences), licences: licences),
      sectorBook: sectorBook, fingerprint: tables.fingerprint,
      typicalOptions: rows("typical_options", unique: "id", OptionReader().option))
  }

  /// Values of a table; a key that stands twice is an error.
  private func rows<Value>(
    _ table: String, unique key: String, _ transform: (RowReader) -> Value?
  ) -> [Value] {
    var uniqueness = Uniqueness()
    return tables.rows(table) { row in
      uniqueness.check(row.text(key), at: row.location, field: key, log: log)
      return transform(row)
    }
  }

  private func unit(_ row: RowReader) -> Unit? {
    let id = row.requiredText("id")
    let dimension = row.requiredChoice("dimension", of: Dimension.self)
    let factor = row.requiredNumber("factor", in: .positive)
    _ = row.requiredBoolean("exact")
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let dimension, let factor else { return nil }
    return Unit(
      id: id, dimension: dimension, factor: factor, aliases: row.list("aliases"), source: source,
      confidence: confidence)
  }

  private func property(_ row: RowReader) -> PropertyKind? {
    guard let id = row.requiredIdentifier("id", as: PropertyID.self) else { return nil }
    return PropertyKind(
      id: id,
      names: LocalisedText(
        english: row.requiredText("name_en"), vietnamese: row.optionalText("name_vi")),
      unit: row.requiredText("unit"), aliases: row.list("aliases"))
  }

  private func transportMode(_ row: RowReader) -> TransportMode? {
    let id = row.requiredIdentifier("mode", as: MaterialID.self)
    let phases: [Phase] = row.choices("phases")
    let reach = row.requiredNumber("reach_km", in: .positive)
    let detour = row.requiredNumber("detour", in: .atLeastOne)
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let id, let reach, let detour else { return nil }
    return TransportMode(
      id: id.rawValue, phases: phases, costRole: row.optionalText("cost_role"),
      handlingRole: row.optionalText("handling_role"), carbonRole: row.optionalText("co2_role"),
      capitalRole: row.optionalText("capex_role"), reachKm: reach, detour: detour, source: source,
      confidence: confidence)
  }

  private func readJurisdictions() -> [Jurisdiction] {
    var places: [String: SourceLocation] = [:]
    let jurisdictions = rows("jurisdictions", unique: "code") { row in
      let code = row.requiredText("code")
      places[code] = row.location
      return Jurisdiction(
        code: code, name: row.requiredText("name"), parent: row.optionalText("parent"),
        currency: row.currency("currency"), kind: row.requiredChoice("kind") ?? .country,
        wasteList: row.optionalText("waste_list"), groups: row.list("groups"),
        residuesAreWaste: row.word("residues", among: ["waste"]) == "waste")
    }
    let codes = Set(jurisdictions.map(\.code))
    for jurisdiction in jurisdictions {
      guard let parent = jurisdiction.parent, !codes.contains(parent),
        let place = places[jurisdiction.code]
      else { continue }
      log.error(
        "unknown-jurisdiction", at: place, field: "parent", found: parent,
        expected: "a code in jurisdictions.csv",
        hint: Spelling.suggestion(for: parent, among: codes.sorted()))
    }
    let parents = jurisdictions.reduce(into: [String: String]()) { $0[$1.code] = $1.parent }
    Taxonomy.reportCycles(parents: parents, places: places, log: log)
    return jurisdictions
  }

  private func checkWasteLists(_ lists: [WasteList]) {
    let known = Set(lists.map(\.id))
    for row in tables.rows("jurisdictions", \.self) {
      guard let list = row.optionalText("waste_list"), !known.contains(list) else { continue }
      row.reportUnknownReference(
        "unknown-waste-list", "waste_list", list, in: known.sorted(),
        expected: "an id in waste_lists.csv")
    }
  }
}

extension CatalogueBuilder {
  /// Categories and materials share one name space, because either may be a parent.
  private func readTaxonomy(_ scope: inout CatalogueScope) -> ([MaterialCategory], [Material]) {
    var places: [String: SourceLocation] = [:]
    var uniqueness = Uniqueness()
    for table in ["categories", "materials"] {
      let ids = tables.rows(table) { row -> MaterialID? in
        let text = row.text("id")
        uniqueness.check(text, at: row.location, field: "id", log: log)
        if places[text] == nil { places[text] = row.location }
        return MaterialID(text)
      }
      scope.materials.formUnion(ids)
    }
    let known = scope
    let categories = tables.rows("categories") { row -> MaterialCategory? in
      let parent = row.knownMaterial("parent", scope: known)
      let names = LocalisedText(
        english: row.requiredText("name_en"), vietnamese: row.optionalText("name_vi"))
      return row.requiredIdentifier("id", as: MaterialID.self).map {
        MaterialCategory(id: $0, names: names, parent: parent)
      }
    }
    let reader = MaterialReader(isLocal: false)
    let materials = tables.rows("materials") { reader.material($0, scope: known) }
    var parents: [String: String] = [:]
    for category in categories { parents[category.id.rawValue] = category.parent?.rawValue }
    for material in materials { parents[material.id.rawValue] = material.parent?.rawValue }
    Taxonomy.reportCycles(parents: parents, places: places, log: log)
    return (categories, materials)
  }

  private func readRoutes(_ scope: inout CatalogueScope) -> [Route] {
    scope.routes = Set(tables.rows("routes") { RouteID($0.text("id")) })
    let known = scope
    var limits: [RouteID: [RouteLimit]] = [:]
    var uniqueness = Uniqueness()
    for row in tables.rows("route_limits", \.self) {
      guard let (route, limit) = RouteReader.limit(row, scope: known) else { continue }
      uniqueness.check(
        "\(route), \(limit.property)", at: row.location, field: "property", log: log)
      limits[route, default: []].append(limit)
    }
    let reader = RouteReader(isLocal: false, limits: limits)
    return rows("routes", unique: "id") { reader.route($0, scope: known) }
  }

  /// Factors, costs and parameters share one name space, because defaults refer to any of them.
  private func readFigures(_ scope: CatalogueScope) -> (figures: [Figure], parameters: Set<String>)
  {
    let reader = FigureReader(scope: scope)
    var uniqueness = Uniqueness()
    func read(_ table: String, _ transform: (RowReader) -> Figure?) -> [Figure] {
      tables.rows(table) { row in
        uniqueness.check(row.text("id"), at: row.location, field: "id", log: log)
        return transform(row)
      }
    }
    let others = read("factors", reader.factor) + read("costs", reader.cost)
    let parameters = read("parameters", reader.parameter)
    return (others + parameters, Set(parameters.map(\.id)))
  }

  private func readDefaults(_ scope: CatalogueScope, roles: Set<String>, figures: Set<String>)
    -> [DefaultRule]
  {
    let reader = FigureReader(scope: scope)
    var uniqueness = Uniqueness()
    return tables.rows("defaults") { row in
      let key = "\(row.text("role")) \(row.text("material")) \(row.text("region"))"
      uniqueness.check(key, at: row.location, field: "role", log: log)
      return reader.rule(row, roles: roles, figures: figures)
    }
  }

  private func readRules(_ scope: CatalogueScope, _ lists: RuleReader.Lists) -> [LegalRule] {
    let reader = RuleReader(scope: scope, lists: lists)
    let ids = Set(tables.rows("rules") { RuleID($0.text("id")) })
    return rows("rules", unique: "id") { row in
      let rule = reader.rule(row)
      for id in rule?.displaces ?? [] where !ids.contains(id) {
        row.reportUnknownReference(
          "unknown-rule", "displaces", id.rawValue, in: ids.map(\.rawValue),
          expected: "an id in rules.csv")
      }
      return rule
    }
  }
}

extension TransportMode {
  fileprivate var roles: [String] {
    [costRole, handlingRole, carbonRole, capitalRole].compactMap(\.self)
  }
}

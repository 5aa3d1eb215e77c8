import LichenDomain

/// Reads hazard limits, checklists and the vocabulary of licences.
struct LawReader {
  private let tables: CatalogueTables
  private let scope: CatalogueScope
  private let log: IssueLog

  init(_ tables: CatalogueTables, scope: CatalogueScope, log: IssueLog) {
    self.tables = tables
    self.scope = scope
    self.log = log
  }

  func licences() -> [LicenceKind] {
    var uniqueness = Uniqueness()
    return tables.rows("licences") { row in
      let key = row.requiredText("key")
      uniqueness.check(key, at: row.location, field: "key", log: log)
      let places = row.list("jurisdictions")
      for place in places where !scope.jurisdictions.contains(place) {
        row.reportUnknownReference(
          "unknown-jurisdiction", "jurisdictions", place, in: scope.jurisdictions.sorted(),
          expected: "a code in jurisdictions.csv")
      }
      return LicenceKind(
        key: key, name: row.requiredText("name"), jurisdictions: places,
        meaning: row.requiredText("meaning"), source: row.requiredText("source"),
        confidence: row.requiredConfidence())
    }
  }

  func hazardLimits() -> [HazardLimit] {
    var uniqueness = Uniqueness()
    return tables.rows("hazard_limits") { row in
      let jurisdiction = row.knownRegion("jurisdiction", scope: scope)
      let key = [jurisdiction, row.text("property"), row.text("class"), row.text("in_force_from")]
      uniqueness.check(
        key.joined(separator: ", "), at: row.location, field: "property", log: log)
      let factor = propertyFactor(row)
      let minimum = row.number("minimum")
      let maximum = row.number("maximum")
      if minimum == nil, maximum == nil { row.reportMissing("maximum") }
      let start = row.date("in_force_from")
      let end = row.date("in_force_to")
      let hazardClass = row.requiredText("class")
      let instrument = row.requiredText("instrument")
      let source = row.requiredText("source")
      let confidence = row.requiredConfidence()
      guard let property = row.requiredIdentifier("property", as: PropertyID.self), let factor
      else { return nil }
      return HazardLimit(
        jurisdiction: jurisdiction, property: property, minimum: minimum.map { $0 * factor },
        maximum: maximum.map { $0 * factor }, unit: scope.properties[property]?.unit ?? "",
        scaling: row.choice("scaling"), hazardClass: hazardClass, instrument: instrument,
        article: row.text("article"), inForceFrom: start, inForceTo: end, source: source,
        confidence: confidence, notes: row.text("notes"))
    }
  }

  /// Factor from the limit's unit to the property's; `nil` when either is not known.
  private func propertyFactor(_ row: RowReader) -> Double? {
    guard let id = PropertyID(row.text("property")) else { return nil }
    guard let kind = scope.properties[id] else {
      row.reportUnknownReference(
        "unknown-property", "property", id.rawValue, in: scope.properties.keys.map(\.rawValue),
        expected: "an id in properties.csv")
      return nil
    }
    let unit = row.requiredText("unit")
    if unit == kind.unit { return 1 }
    guard let own = scope.units.unit(named: unit), let wanted = scope.units.unit(named: kind.unit),
      own.dimension == wanted.dimension
    else {
      row.error(
        "unknown-unit", "unit", found: unit, expected: "\(kind.unit), as in properties.csv")
      return nil
    }
    return own.factor / wanted.factor
  }

  func checklists(rules: [LegalRule], licences: Set<String>) -> [ChecklistPoint] {
    let ids = Set(rules.map(\.id))
    var uniqueness = Uniqueness()
    return tables.rows("checklists") { row in
      let rule = row.requiredIdentifier("rule", as: RuleID.self)
      if let rule, !ids.contains(rule) {
        row.reportUnknownReference(
          "unknown-rule", "rule", rule.rawValue, in: ids.map(\.rawValue).sorted(),
          expected: "an id in rules.csv")
      }
      uniqueness.check(
        "\(row.text("rule")), \(row.text("order"))", at: row.location, field: "order", log: log)
      let order = row.integer("order", in: .positive)
      if row.text("order").isEmpty { row.reportMissing("order") }
      let question = row.requiredText("question")
      let settlements = row.list("settled_by").compactMap {
        settlement($0, row, licences: licences)
      }
      let source = row.requiredText("source")
      let confidence = row.requiredConfidence()
      guard let rule, let order else { return nil }
      return ChecklistPoint(
        rule: rule, order: order, question: question, settledBy: settlements, source: source,
        confidence: confidence)
    }
  }

  private func settlement(_ text: String, _ row: RowReader, licences: Set<String>)
    -> ChecklistPoint.Settlement?
  {
    guard let settlement = ChecklistPoint.Settlement(text) else {
      row.error(
        "unknown-settlement", "settled_by", found: text,
        expected: "licence:KEY, donor-licence:KEY, property:ID, exchange or code")
      return nil
    }
    switch settlement {
    case .receiverLicence(let key), .donorLicence(let key):
      if !licences.contains(key) {
        row.reportUnknownReference(
          "unknown-licence", "settled_by", key, in: licences.sorted(),
          expected: "a key of licences.csv")
      }
    case .property(let id):
      if scope.properties[id] == nil {
        row.reportUnknownReference(
          "unknown-property", "settled_by", id.rawValue,
          in: scope.properties.keys.map(\.rawValue), expected: "an id in properties.csv")
      }
    case .exchange, .wasteCode: break
    }
    return settlement
  }
}

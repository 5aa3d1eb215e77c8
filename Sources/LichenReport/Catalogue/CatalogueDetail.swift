import LichenDomain

/// Everything that the catalogue says about one item, and everything that points to it.
public struct CatalogueDetail: Sendable, Encodable {
  /// A label and what stands behind it, one line each.
  public struct Fact: Sendable, Encodable {
    public let label: String
    public let values: [String]
  }

  public let kind: CatalogueItem.Kind
  public let id: String
  public let name: String
  public let facts: [Fact]

  /// The item as lines of text.
  public var text: String {
    let width = facts.map(\.label.count).max() ?? 0
    let lines = facts.flatMap { fact in
      fact.values.enumerated().map { index, value in
        let label = index == 0 ? fact.label : ""
        return "  " + label + String(repeating: " ", count: width - label.count + 2) + value
      }
    }
    return (["\(kind.rawValue) \(id): \(name)"] + lines).joined(separator: "\n")
  }
}

/// Collects facts, leaving out what is blank.
struct FactList {
  private(set) var facts: [CatalogueDetail.Fact] = []

  mutating func add(_ label: String, _ values: [String]) {
    let filled = values.filter { !$0.isEmpty }
    if !filled.isEmpty { facts.append(CatalogueDetail.Fact(label: label, values: filled)) }
  }

  mutating func add(_ label: String, _ value: String?) { add(label, [value ?? ""]) }

  mutating func add(_ label: String, _ value: Double?, _ unit: String) {
    add(label, value.map { "\(CatalogueText.number($0)) \(unit)" })
  }
}

extension CatalogueIndex {
  /// Details of every item with this identifier; several kinds may share one. A waste code may be
  /// spelt with spaces.
  public func details(of id: String) -> [CatalogueDetail] {
    let wanted = WasteCode.digits(of: id) ?? id
    return items.filter { $0.id == wanted || $0.id == id }.map { item in
      CatalogueDetail(kind: item.kind, id: item.id, name: item.name, facts: facts(of: item))
    }
  }

  private func facts(of item: CatalogueItem) -> [CatalogueDetail.Fact] {
    var list = FactList()
    list.add("Vietnamese", item.vietnamese)
    switch item.kind {
    case .material: materialFacts(item.id, &list)
    case .route: routeFacts(item.id, &list)
    case .factor: figureFacts(item.id, &list)
    case .rule: ruleFacts(item.id, &list)
    case .code: codeFacts(item.id, &list)
    case .unit: unitFacts(item.id, &list)
    case .property: propertyFacts(item.id, &list)
    case .option: optionFacts(item.id, &list)
    }
    return list.facts
  }

  private func routeFacts(_ id: String, _ list: inout FactList) {
    guard let route = catalogue.routes.first(where: { $0.id.rawValue == id }) else { return }
    list.add("replaces", "\(route.output) → \(route.input)")
    list.add("use", route.use.rawValue)
    list.add("ratio", "\(CatalogueText.ratio(route)), \(route.ratioConfidence.rawValue)")
    list.add("basis", route.ratioBasis)
    list.add("treatment", route.pretreatment)
    list.add(
      "cost",
      route.treatmentCost.map { _ in
        "\(CatalogueText.cost(route)), \(route.costConfidence.rawValue)"
      })
    list.add("power", route.electricityKWh == 0 ? nil : route.electricityKWh, "kWh")
    list.add("heat", route.heatGJ == 0 ? nil : route.heatGJ, "GJ")
    list.add("residue", route.residueShare, "of the output")
    list.add("farthest", route.maximumKm, "km")
    list.add("limits", route.limits.map { Self.text($0) })
    list.add("quality", route.qualityText)
    list.add("example", route.example)
    list.add("notes", route.notes)
    list.add("source", route.source)
    list.add("confidence", route.confidence.rawValue)
  }

  static func text(_ limit: RouteLimit) -> String {
    let low = limit.minimum.map { "at least \(CatalogueText.number($0)) \(limit.unit)" }
    let high = limit.maximum.map { "at most \(CatalogueText.number($0)) \(limit.unit)" }
    return "\(limit.property) " + [low, high].compactMap(\.self).joined(separator: ", ")
  }

  private func figureFacts(_ id: String, _ list: inout FactList) {
    guard let figure = catalogue.figures[id] else { return }
    list.add("value", CatalogueText.figure(figure))
    list.add("region", figure.region)
    list.add("year", figure.year.map { "\($0)" })
    list.add("answers", defaults { $0.entries.contains(id) })
    list.add("source", figure.source)
    list.add("confidence", figure.confidence.rawValue)
  }

  /// Defaults as `role material region: entries`, in order.
  private func defaults(where isWanted: (DefaultRule) -> Bool) -> [String] {
    catalogue.defaults.filter(isWanted).map { rule in
      let material = rule.material.map { " \($0)" } ?? ""
      return "\(rule.role)\(material) \(rule.region): \(rule.entries.joined(separator: " + "))"
    }.sorted()
  }

  private func ruleFacts(_ id: String, _ list: inout FactList) {
    guard let rule = catalogue.rules.first(where: { $0.id.rawValue == id }) else { return }
    list.add("jurisdiction", rule.jurisdiction)
    list.add("subject", rule.subject)
    list.add("effect", rule.effect.rawValue)
    list.add("step", rule.step.isEmpty ? nil : "\(rule.step) (\(rule.holder.rawValue))")
    list.add("uses", rule.uses.map(\.rawValue).joined(separator: ", "))
    list.add("materials", rule.materials.map(\.rawValue).joined(separator: ", "))
    list.add("codes", rule.codePrefixes.joined(separator: ", "))
    list.add("in force from", rule.inForceFrom.map { "\($0)" })
    list.add("in force to", rule.inForceTo.map { "\($0)" })
    list.add("notes", rule.notes)
    list.add("source", rule.source)
    list.add("confidence", rule.confidence.rawValue)
  }

  private func codeFacts(_ id: String, _ list: inout FactList) {
    guard let code = catalogue.wasteCodes[id] else { return }
    list.add("hazardous", code.isHazardous ? "yes" : "no")
    list.add(
      "materials",
      catalogue.materials.values.filter { material in
        material.wasteCodes.contains { WasteCode.digits(of: $0) == id }
      }.map { "\($0.id): \($0.names.english)" }.sorted())
    list.add(
      "rules",
      catalogue.rules.filter { rule in rule.codePrefixes.contains { id.hasPrefix($0) } }
        .map { "\($0.id): \($0.effect.rawValue)" })
  }

  private func unitFacts(_ id: String, _ list: inout FactList) {
    guard let unit = catalogue.units.units.first(where: { $0.id == id }) else { return }
    list.add("measures", unit.dimension.rawValue)
    list.add("size", "\(CatalogueText.number(unit.factor)) base units")
    list.add("spellings", unit.aliases.joined(separator: ", "))
    list.add("source", unit.source)
    list.add("confidence", unit.confidence.rawValue)
  }

  private func propertyFacts(_ id: String, _ list: inout FactList) {
    guard let property = PropertyID(id).flatMap({ catalogue.properties[$0] }) else { return }
    list.add("unit", property.unit)
    list.add("other names", property.aliases.joined(separator: ", "))
    list.add(
      "limited by",
      catalogue.routes.flatMap { route in
        route.limits.filter { $0.property == property.id }.map {
          "\(route.id): \(Self.text($0))"
        }
      })
  }

  private func optionFacts(_ id: String, _ list: inout FactList) {
    guard let option = catalogue.typicalOptions.first(where: { $0.id == id }) else { return }
    list.add("sector", option.sector)
    list.add("saves", "\(CatalogueText.percent(option.share)) of \(option.actsOn.rawValue)")
    list.add(
      "payback",
      option.payback.map {
        "\(CatalogueText.range($0)) years, \(option.paybackConfidence.rawValue)"
      })
    list.add("capital", option.capitalBasis)
    list.add("lifetime", option.lifetimeYears, "years")
    list.add("CO2e", option.carbonNote)
    list.add("notes", option.notes)
    list.add("source", option.source)
    list.add("confidence", option.confidence.rawValue)
  }
}

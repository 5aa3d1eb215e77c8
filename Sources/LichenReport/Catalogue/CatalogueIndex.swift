import LichenDomain

/// Lists everything in a catalogue and finds items by words.
public struct CatalogueIndex: Sendable {
  let catalogue: Catalogue
  /// In order of kind, then id.
  public let items: [CatalogueItem]

  public init(_ catalogue: Catalogue) {
    self.catalogue = catalogue
    items =
      Self.materials(catalogue) + Self.routes(catalogue) + Self.figures(catalogue)
      + Self.rules(catalogue) + Self.codes(catalogue) + Self.units(catalogue)
      + Self.properties(catalogue) + Self.options(catalogue)
  }

  /// Items in which every word occurs, best first: those named so, then those whose name begins with
  /// the words, then those whose name holds them, then the rest.
  /// - Parameters:
  ///   - words: English or Vietnamese, with or without diacritics; a waste code in any spelling.
  ///   - kind: Only items of this kind.
  /// - Complexity: O(size of the catalogue).
  public func items(matching words: [String], kind: CatalogueItem.Kind? = nil) -> [CatalogueItem] {
    let joined = words.joined()
    let wanted =
      (WasteCode.digits(of: joined).map { [$0] } ?? words).map(CatalogueItem.folded)
      .filter { !$0.isEmpty }
    let phrase = wanted.joined(separator: " ")
    return
      items
      .filter { kind == nil || $0.kind == kind }
      .filter { item in wanted.allSatisfy { item.haystack.contains($0) } }
      .enumerated()
      .map { (rank: Self.rank($0.element, wanted, phrase), place: $0.offset, item: $0.element) }
      .sorted { ($0.rank, $0.place) < ($1.rank, $1.place) }
      .map(\.item)
  }

  private static func rank(_ item: CatalogueItem, _ words: [String], _ phrase: String) -> Int {
    let under = phrase.split(separator: " ").joined(separator: "_")
    if item.titles.contains(where: { $0 == phrase || $0 == under }) { return 0 }
    if item.titles.contains(where: { $0.hasPrefix(phrase) || $0.hasPrefix(under) }) { return 1 }
    if item.titles.contains(where: { title in words.allSatisfy { title.contains($0) } }) {
      return 2
    }
    return 3
  }

  /// Identifiers near a misspelt one.
  public func suggestion(for id: String) -> String? {
    Spelling.suggestion(for: id, among: items.map(\.id))
  }
}

extension CatalogueIndex {
  private static func materials(_ catalogue: Catalogue) -> [CatalogueItem] {
    let categories = catalogue.categories.values.map { category in
      CatalogueItem(
        .material, category.id.rawValue, name: category.names.english,
        vietnamese: category.names.vietnamese, summary: "family", confidence: nil)
    }
    let materials = catalogue.materials.values.map { material in
      CatalogueItem(
        .material, material.id.rawValue, name: material.names.english,
        vietnamese: material.names.vietnamese,
        summary: "\(material.phase.rawValue), \(material.referenceUnit.id)",
        confidence: material.confidence,
        words: material.wasteCodes + material.wasteCodes.compactMap { WasteCode.digits(of: $0) }
          + catalogue.lineage(of: material.id).map(\.rawValue) + [material.notes])
    }
    return (categories + materials).sorted { $0.id < $1.id }
  }

  private static func routes(_ catalogue: Catalogue) -> [CatalogueItem] {
    catalogue.routes.map { route in
      let ends = [route.output, route.input].map { catalogue.names(of: $0) }
      return CatalogueItem(
        .route, route.id.rawValue, name: ends.map(\.english).joined(separator: " → "),
        vietnamese: ends.allSatisfy { $0.vietnamese != nil }
          ? ends.compactMap(\.vietnamese).joined(separator: " → ") : nil,
        summary: "\(route.use.rawValue), \(CatalogueText.ratio(route))",
        confidence: min(route.confidence, route.ratioConfidence),
        words: [route.pretreatment, route.example, route.notes, route.qualityText])
    }
  }

  private static func figures(_ catalogue: Catalogue) -> [CatalogueItem] {
    catalogue.figures.values.sorted { $0.id < $1.id }.map { figure in
      CatalogueItem(
        .factor, figure.id, name: figure.name,
        summary: "\(CatalogueText.figure(figure)), \(figure.region)",
        confidence: figure.confidence, words: [figure.region])
    }
  }

  private static func rules(_ catalogue: Catalogue) -> [CatalogueItem] {
    catalogue.rules.map { rule in
      CatalogueItem(
        .rule, rule.id.rawValue, name: "\(rule.instrument) \(rule.article)",
        summary: rule.effect.rawValue, confidence: rule.confidence,
        words: [rule.jurisdiction, rule.subject, rule.step, rule.notes]
          + rule.materials.map(\.rawValue))
    }
  }

  private static func codes(_ catalogue: Catalogue) -> [CatalogueItem] {
    catalogue.wasteCodes.values.sorted { $0.code < $1.code }.map { code in
      CatalogueItem(
        .code, code.code, name: code.description,
        summary: code.isHazardous ? "European list, hazardous" : "European list", confidence: nil)
    }
  }

  private static func units(_ catalogue: Catalogue) -> [CatalogueItem] {
    catalogue.units.units.sorted { $0.id < $1.id }.map { unit in
      CatalogueItem(
        .unit, unit.id, name: unit.aliases.joined(separator: ", "),
        summary: "\(unit.dimension.rawValue), \(CatalogueText.number(unit.factor))",
        confidence: unit.confidence)
    }
  }

  private static func properties(_ catalogue: Catalogue) -> [CatalogueItem] {
    catalogue.properties.values.sorted { $0.id < $1.id }.map { property in
      CatalogueItem(
        .property, property.id.rawValue, name: property.names.english,
        vietnamese: property.names.vietnamese, summary: property.unit, confidence: nil,
        words: property.aliases)
    }
  }

  private static func options(_ catalogue: Catalogue) -> [CatalogueItem] {
    catalogue.typicalOptions.map { option in
      CatalogueItem(
        .option, option.id, name: option.names.english, vietnamese: option.names.vietnamese,
        summary: "sector \(option.sector), \(option.actsOn.rawValue) "
          + "−\(CatalogueText.percent(option.share))",
        confidence: option.confidence, words: [option.sector, option.notes])
    }
  }
}

extension Catalogue {
  /// Names of a material or a family; the id where there is neither.
  func names(of id: MaterialID) -> LocalisedText {
    materials[id]?.names ?? categories[id]?.names ?? LocalisedText(english: id.rawValue)
  }
}

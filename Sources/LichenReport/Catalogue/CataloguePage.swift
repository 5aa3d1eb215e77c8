import LichenDomain

/// A page in Markdown that documents every material, route, figure and option with its source.
///
/// The same catalogue gives the same page, byte for byte.
public struct CataloguePage: Sendable {
  private let catalogue: Catalogue
  /// Sources in the order in which the page names them.
  private var sources: [String] = []
  private var numbers: [String: Int] = [:]

  public init(_ catalogue: Catalogue) { self.catalogue = catalogue }

  /// The whole page, ending in a line feed.
  public func markdown() -> String {
    var page = self
    var parts = [page.opening()]
    parts.append(page.materials())
    parts.append(page.routes())
    parts.append(page.figures())
    parts.append(page.options())
    parts.append(page.sourceList())
    return parts.joined(separator: "\n") + "\n"
  }

  private func opening() -> String {
    """
    # The catalogue

    Every material, route, figure and typical option that Lichen ships, with its source. Made of
    `data/catalogue` by `lichen catalogue page`; do not edit. `lichen catalogue WORDS` searches the
    same rows, `lichen catalogue show ID` prints one with everything that points to it.

    Numbers in brackets are sources, listed at the end. Confidence: **v** verified (read at the
    source), **r** recalled from the named literature, **e** estimated. Blank is unknown.

    \(catalogue.materials.count) materials in \(catalogue.categories.count) families, \
    \(catalogue.routes.count) routes, \(catalogue.figures.count) figures, \
    \(catalogue.typicalOptions.count) typical options.
    """
  }

  private mutating func materials() -> String {
    let rows = catalogue.materials.values.sorted { $0.id < $1.id }.map { material -> [String] in
      let basis = material.conversion
      func figure(_ value: Double?) -> String { value.map(CatalogueText.number) ?? "" }
      return [
        "`\(material.id)`", material.names.english, material.names.vietnamese ?? "",
        material.parent?.rawValue ?? "", material.phase.rawValue, material.referenceUnit.id,
        figure(basis.densityTonnesPerCubicMetre), figure(basis.heatingValueGJPerTonne),
        figure(basis.heatContentGJPerTonne), material.wasteCodes.joined(separator: ", "),
        cite(material.source),
        [material.confidence, material.valueConfidence].compactMap { $0.map(Self.mark) }
          .joined(separator: "/"),
      ]
    }
    return section(
      "Materials",
      "Density in t/m3, heating value and usable heat in GJ/t. Second mark: confidence of these.",
      [
        "id", "English", "Vietnamese", "family", "phase", "unit", "density", "heating value",
        "heat", "waste codes", "source", "",
      ], rows)
  }

  private mutating func routes() -> String {
    let rows = catalogue.routes.map { route -> [String] in
      let needs = [
        route.electricityKWh == 0 ? "" : "\(CatalogueText.number(route.electricityKWh)) kWh",
        route.heatGJ == 0 ? "" : "\(CatalogueText.number(route.heatGJ)) GJ",
        route.residueShare.map { "residue \(CatalogueText.number($0))" } ?? "",
        route.maximumKm.map { "\(CatalogueText.number($0)) km" } ?? "",
      ].filter { !$0.isEmpty }.joined(separator: ", ")
      return [
        "`\(route.output)`", "`\(route.input)`", route.use.rawValue,
        route.ratioRule?.rawValue ?? CatalogueText.range(route.ratio), route.ratioBasis,
        route.pretreatment, CatalogueText.cost(route), needs, route.qualityText,
        cite(route.source),
        [route.confidence, route.ratioConfidence, route.costConfidence].map(Self.mark)
          .joined(separator: "/"),
      ]
    }
    return section(
      "Routes",
      "What replaces what. Ratio: reference units of input per reference unit of output, or the rule "
        + "that works it out. Cost, power and heat are per reference unit of output (per GJ of output "
        + "where a rule gives the ratio). Marks: route, ratio, cost.",
      [
        "output", "input", "use", "ratio", "basis", "treatment", "cost", "needs and bounds",
        "quality", "source", "",
      ], rows)
  }

  private mutating func figures() -> String {
    let rows = catalogue.figures.values.sorted { $0.id < $1.id }.map { figure -> [String] in
      [
        "`\(figure.id)`", figure.name, CatalogueText.figure(figure), figure.region,
        figure.year.map { "\($0)" } ?? "", cite(figure.source), Self.mark(figure.confidence),
      ]
    }
    return section(
      "Factors, costs and parameters", "Defaults, to be replaced by figures of the plant.",
      ["id", "name", "value", "region", "year", "source", ""], rows)
  }

  private mutating func options() -> String {
    let rows = catalogue.typicalOptions.map { option -> [String] in
      [
        "`\(option.id)`", option.sector, option.names.english, option.names.vietnamese ?? "",
        option.actsOn.rawValue, CatalogueText.percent(option.share),
        option.payback.map(CatalogueText.range) ?? "", option.notes, cite(option.source),
        "\(Self.mark(option.confidence))/\(Self.mark(option.paybackConfidence))",
      ]
    }
    return section(
      "Typical options",
      "Measures of cleaner production by sector (ISIC). Share saved of the flow named; payback in "
        + "years. Marks: share, payback.",
      [
        "id", "sector", "English", "Vietnamese", "acts on", "saves", "payback", "of what", "source",
        "",
      ], rows)
  }

  private func sourceList() -> String {
    let lines = sources.enumerated().map { "\($0.offset + 1). \(Self.cell($0.element))" }
    return "## Sources\n\n" + lines.joined(separator: "\n")
  }

  /// Number of a source, given on first use.
  private mutating func cite(_ source: String) -> String {
    if let number = numbers[source] { return "[\(number)]" }
    sources.append(source)
    numbers[source] = sources.count
    return "[\(sources.count)]"
  }

  private static func mark(_ confidence: Confidence) -> String {
    switch confidence {
    case .verified: "v"
    case .recalled: "r"
    case .estimated: "e"
    }
  }

  private func section(_ title: String, _ text: String, _ header: [String], _ rows: [[String]])
    -> String
  {
    func line(_ cells: [String]) -> String {
      "| " + cells.map(Self.cell).joined(separator: " | ") + " |"
    }
    let rule = "|" + String(repeating: "---|", count: header.count)
    return (["## \(title)", "", text, "", line(header), rule] + rows.map(line))
      .joined(separator: "\n") + "\n"
  }

  /// Text that cannot break out of a table's cell.
  private static func cell(_ text: String) -> String {
    String(text.flatMap { $0 == "|" ? "\\|" : $0.isNewline ? " " : String($0) })
  }
}

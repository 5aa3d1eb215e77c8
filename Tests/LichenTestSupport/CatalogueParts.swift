import LichenDomain

/// The rows of a catalogue before they are put together, so that a test can add, drop or change some.
public struct CatalogueParts: Sendable {
  public var units: [Unit] = []
  public var categories: [MaterialCategory] = []
  public var materials: [Material] = []
  public var routes: [Route] = []
  public var properties: [PropertyKind] = []
  public var figures: [Figure] = []
  public var defaults: [DefaultRule] = []
  public var exchangeRates: [ExchangeRate] = []
  public var jurisdictions: [Jurisdiction] = []
  public var transportModes: [TransportMode] = []
  public var rules: [LegalRule] = []
  public var wasteLists: [WasteList] = []
  public var hazardLimits: [HazardLimit] = []
  public var checklists: [ChecklistPoint] = []
  public var licences: [LicenceKind] = []

  /// No rows at all.
  public init() {}

  /// The rows of `Fixtures.catalogue`.
  public static var standard: CatalogueParts {
    var parts = CatalogueParts()
    parts.units = Fixtures.units
    parts.categories = Fixtures.categories
    parts.materials = Fixtures.materials
    parts.routes = Fixtures.routes
    parts.properties = Fixtures.properties
    parts.figures = Fixtures.figures
    parts.defaults = Fixtures.defaults
    parts.exchangeRates = Fixtures.exchangeRates
    parts.jurisdictions = Fixtures.jurisdictions
    parts.transportModes = Fixtures.transportModes
    parts.rules = Fixtures.rules
    parts.wasteLists = Fixtures.wasteLists
    return parts
  }

  /// The catalogue of these rows.
  public var catalogue: Catalogue {
    Catalogue(
      units: UnitTable(units), categories: categories, materials: materials, routes: routes,
      properties: properties, figures: figures, defaults: defaults,
      exchangeRates: ExchangeRates(exchangeRates), jurisdictions: jurisdictions,
      transportModes: transportModes, rules: rules,
      law: LawTables(
        wasteLists: wasteLists, hazardLimits: hazardLimits, checklists: checklists,
        licences: licences),
      fingerprint: "fixture")
  }

  /// Drops every default that answers `role`, so that its figure is unknown.
  public mutating func forget(_ role: String) { defaults.removeAll { $0.role == role } }

  /// Replaces the route of the same id, or adds one.
  public mutating func put(_ route: Route) {
    routes.removeAll { $0.id == route.id }
    routes.append(route)
  }

  /// Adds a figure and the default that answers `role` with it.
  public mutating func answer(
    _ role: String, for material: String? = nil, in region: String, with value: Estimate,
    _ measure: String, per: String = "", year: Int? = 2020, confidence: Confidence = .verified
  ) {
    let (figure, rule) = Fixtures.answer(
      role, for: material, in: region, with: value, measure, per: per, year: year,
      confidence: confidence)
    figures.append(figure)
    defaults.append(rule)
  }
}

/// A small catalogue with round numbers, and parks made of it.
///
/// Its figures are invented so that results can be worked out by hand; none is a fact.
public enum Fixtures {
  public static let catalogue = CatalogueParts.standard.catalogue
}

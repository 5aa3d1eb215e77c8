/// The shipped knowledge: materials, routes, figures, units, waste codes, rules.
///
/// A value; a park's local rows make another catalogue (`extended(materials:routes:)`).
public struct Catalogue: Sendable {
  public let units: UnitTable
  public let categories: [MaterialID: MaterialCategory]
  public let materials: [MaterialID: Material]
  /// In order of id.
  public let routes: [Route]
  public let properties: [PropertyID: PropertyKind]
  public internal(set) var figures: [String: Figure]
  public let defaults: [DefaultRule]
  public internal(set) var exchangeRates: ExchangeRates
  public let jurisdictions: [String: Jurisdiction]
  /// In order of id.
  public let transportModes: [TransportMode]
  /// In order of id.
  public internal(set) var rules: [LegalRule]
  /// Waste lists, hazard limits, checklists and licences.
  public let law: LawTables
  /// Typical plants, for what a park does not say.
  public let sectorBook: SectorBook
  /// Short fingerprint of the files read, to tell one catalogue from another; not a secure digest.
  public let fingerprint: String

  /// Measures of cleaner production by sector, in order of id.
  public let typicalOptions: [TypicalOption]

  private let wasteLists: [String: WasteList]
  private let routesByOutput: [MaterialID: [Route]]
  private let defaultsByKey: [DefaultKey: [DefaultRule]]

  private struct DefaultKey: Hashable {
    let role: String
    let material: MaterialID?
  }

  public init(
    units: UnitTable, categories: [MaterialCategory], materials: [Material], routes: [Route],
    properties: [PropertyKind], figures: [Figure], defaults: [DefaultRule],
    exchangeRates: ExchangeRates, jurisdictions: [Jurisdiction], transportModes: [TransportMode],
    rules: [LegalRule], law: LawTables, sectorBook: SectorBook = .empty, fingerprint: String,
    typicalOptions: [TypicalOption] = []
  ) {
    self.units = units
    self.categories = Self.keyed(categories, by: \.id)
    self.materials = Self.keyed(materials, by: \.id)
    self.routes = routes.sorted { $0.id < $1.id }
    self.properties = Self.keyed(properties, by: \.id)
    self.figures = Self.keyed(figures, by: \.id)
    self.defaults = defaults
    self.exchangeRates = exchangeRates
    self.jurisdictions = Self.keyed(jurisdictions, by: \.code)
    self.transportModes = transportModes.sorted { $0.id < $1.id }
    self.rules = rules.sorted { $0.id < $1.id }
    self.law = law
    wasteLists = Self.keyed(law.wasteLists, by: \.id)
    self.sectorBook = sectorBook
    self.fingerprint = fingerprint
    self.typicalOptions = typicalOptions.sorted { $0.id < $1.id }
    routesByOutput = Dictionary(grouping: self.routes, by: \.output)
    defaultsByKey = Dictionary(grouping: defaults) {
      DefaultKey(role: $0.role, material: $0.material)
    }
  }

  private static func keyed<Key: Hashable, Value>(_ values: [Value], by key: (Value) -> Key)
    -> [Key: Value]
  {
    Dictionary(values.map { (key($0), $0) }) { _, last in last }
  }

  /// The same catalogue with local rows added; a local id replaces the shipped one.
  public func extended(materials local: [Material], routes localRoutes: [Route]) -> Catalogue {
    if local.isEmpty && localRoutes.isEmpty { return self }
    var routesByID = Dictionary(routes.map { ($0.id, $0) }) { first, _ in first }
    for route in localRoutes { routesByID[route.id] = route }
    return Catalogue(
      units: units, categories: Array(categories.values),
      materials: Array(materials.values) + local, routes: Array(routesByID.values),
      properties: Array(properties.values), figures: Array(figures.values), defaults: defaults,
      exchangeRates: exchangeRates, jurisdictions: Array(jurisdictions.values),
      transportModes: transportModes, rules: rules, law: law, sectorBook: sectorBook,
      fingerprint: fingerprint, typicalOptions: typicalOptions)
  }

  /// The material itself, then its broader materials and categories, nearest first.
  /// - Complexity: O(depth). Ends even if a cycle slipped through.
  public func lineage(of id: MaterialID) -> [MaterialID] {
    var lineage: [MaterialID] = []
    var next: MaterialID? = id
    while let current = next, !lineage.contains(current) {
      lineage.append(current)
      next = materials[current]?.parent ?? categories[current]?.parent
    }
    return lineage
  }

  /// A waste list by its id.
  public func wasteList(named id: String) -> WasteList? { wasteLists[id] }

  /// Routes written for exactly this material or category, in order of id.
  public func routes(from output: MaterialID) -> [Route] { routesByOutput[output] ?? [] }

  /// Regions to look in for `jurisdiction`: itself, its parents, then GLOBAL.
  public func regionChain(of jurisdiction: String) -> [String] {
    var chain: [String] = []
    var next: String? = jurisdiction
    while let code = next, !chain.contains(code) {
      chain.append(code)
      next = jurisdictions[code]?.parent
    }
    if !chain.contains("GLOBAL") { chain.append("GLOBAL") }
    return chain
  }

  /// A default with the figures that make it up.
  public struct DefaultAnswer: Sendable {
    public let figures: [Figure]
    public let basis: Basis
    /// Weakest of the figures and of the link between material and figure.
    public let confidence: Confidence
  }

  /// Figures for `role`, for the nearest ancestor of `material` that has any, in the nearest region.
  ///
  /// A material's own default in a far region (marked `proxy`) comes before a broader category's, and
  /// `nil` means that the catalogue does not know.
  public func answer(_ role: String, for material: MaterialID?, in jurisdiction: String)
    -> DefaultAnswer?
  {
    let chain = regionChain(of: jurisdiction)
    let candidates: [MaterialID?] = material.map { lineage(of: $0) } ?? [nil]
    for candidate in candidates {
      guard let rules = defaultsByKey[DefaultKey(role: role, material: candidate)] else { continue }
      for region in chain {
        if let rule = rules.first(where: { $0.region == region }) {
          return answer(rule, basis: .catalogue)
        }
      }
      if let rule = rules.min(by: { $0.region < $1.region }) { return answer(rule, basis: .proxy) }
    }
    return nil
  }

  private func answer(_ rule: DefaultRule, basis: Basis) -> DefaultAnswer? {
    let found = rule.entries.compactMap { figures[$0] }
    guard found.count == rule.entries.count, !found.isEmpty else { return nil }
    let weakest = found.map(\.confidence).min() ?? rule.confidence
    // The link from material to figure is a judgement of its own; it never raises confidence.
    return DefaultAnswer(
      figures: found, basis: basis,
      confidence: rule.material == nil ? weakest : min(weakest, rule.confidence))
  }
}

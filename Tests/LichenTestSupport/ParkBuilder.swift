import LichenDomain

/// Writes a declaration row by row; every row gets the place it would have in its file.
public struct ParkBuilder: Sendable {
  public var declaration: ParkDeclaration

  /// An empty park of base year 2020, priced in 2020 and judged by the law of 2024-01-01.
  public init(
    name: String = "fixture", jurisdiction: String = "EU", currency: String = "EUR",
    baseYear: Int = 2020, lawDate: String = "2024-01-01", discountRate: Double? = nil,
    carbonPrice: Double = 0, roadDetour: Double? = nil, distanceLimit: Double? = nil,
    capitalBudget: Double? = nil,
    carbonFloor: Double? = nil, partnerLimit: Int? = nil,
    existingExchanges: ExistingExchanges = .free
  ) {
    declaration = ParkDeclaration(
      settings: ParkSettings(
        name: name, title: name, jurisdiction: jurisdiction, currency: .of(currency),
        baseYear: baseYear, priceYear: baseYear, lawDate: .of(lawDate), discountRate: discountRate,
        carbonPrice: carbonPrice, roadDetour: roadDetour, distanceLimit: distanceLimit,
        capitalBudget: capitalBudget,
        carbonFloor: carbonFloor,
        partnerLimit: partnerLimit, existingExchanges: existingExchanges))
  }

  private func place(_ file: String, after count: Int) -> SourceLocation {
    SourceLocation(file: "\(file).csv", row: count + 2)
  }

  /// Adds a site; without degrees it has no place.
  public mutating func enterprise(
    _ id: String, at degrees: (Double, Double)? = nil, jurisdiction: String = "",
    licences: [String] = []
  ) {
    var row = EnterpriseRow(
      id: id, name: id, location: place("enterprises", after: declaration.enterprises.count))
    row.latitude = degrees?.0
    row.longitude = degrees?.1
    row.jurisdiction = jurisdiction
    row.licences = licences
    declaration.enterprises.append(row)
  }

  /// Adds an output; without a quantity it is unquantified.
  public mutating func output(
    _ id: String, of enterprise: String, _ material: String, _ quantity: Double? = nil,
    _ unit: String = "t/yr", route: String = "landfill", disposalCost: Double? = nil,
    wasteCode: String = "", configure: (inout OutputRow) -> Void = { _ in }
  ) {
    var row = OutputRow(
      id: id, enterprise: enterprise, material: material,
      location: place("outputs", after: declaration.outputs.count))
    row.quantity = DeclaredQuantity(typical: quantity, unit: unit)
    row.currentRoute = route
    row.disposalCost = disposalCost
    row.wasteCode = wasteCode
    configure(&row)
    declaration.outputs.append(row)
  }

  /// Adds an input; without a quantity it is unquantified.
  public mutating func input(
    _ id: String, of enterprise: String, _ material: String, _ quantity: Double? = nil,
    _ unit: String = "t/yr", price: Double? = nil, maximumShare: Double? = nil,
    configure: (inout InputRow) -> Void = { _ in }
  ) {
    var row = InputRow(
      id: id, enterprise: enterprise, material: material,
      location: place("inputs", after: declaration.inputs.count))
    row.quantity = DeclaredQuantity(typical: quantity, unit: unit)
    row.price = price
    row.maximumShare = maximumShare
    configure(&row)
    declaration.inputs.append(row)
  }

  /// Adds a measured quality.
  public mutating func property(
    _ property: String, of stream: String, _ value: Double? = nil, minimum: Double? = nil,
    maximum: Double? = nil, unit: String = "", isMixture: Bool? = nil
  ) {
    var row = PropertyRow(
      stream: stream, property: property,
      location: place("properties", after: declaration.properties.count))
    row.value = value
    row.minimum = minimum
    row.maximum = maximum
    row.unit = unit
    row.isMixture = isMixture
    declaration.properties.append(row)
  }

  /// Adds a known way.
  public mutating func distance(_ from: String, _ to: String, km: Double, mode: String = "") {
    var row = DistanceRow(
      from: from, to: to, km: km, location: place("distances", after: declaration.distances.count))
    row.mode = mode
    declaration.distances.append(row)
  }

  /// Adds a facility; without figures they are unknown.
  public mutating func facility(
    _ id: String, of enterprise: String = "", at degrees: (Double, Double)? = nil,
    routes: [String], capacity: Double? = nil, _ unit: String = "t/yr", capital: Double? = nil,
    running: Double? = nil, lifetime: Double? = nil
  ) {
    var row = FacilityRow(
      id: id, location: place("facilities", after: declaration.facilities.count))
    row.enterprise = enterprise
    row.latitude = degrees?.0
    row.longitude = degrees?.1
    row.routes = routes
    row.capacity = capacity
    row.unit = unit
    row.capital = capital
    row.running = running
    row.lifetime = lifetime
    declaration.facilities.append(row)
  }

  /// Adds a course of the year.
  public mutating func profile(_ id: String, _ months: [Double?]) {
    declaration.profiles.append(
      ProfileRow(
        id: id, months: months, location: place("profiles", after: declaration.profiles.count)))
  }

  /// Adds a store; without figures they are unknown.
  public mutating func storage(
    _ id: String, at stream: String, capacity: Double? = nil, _ unit: String = "",
    capital: Double? = nil, running: Double? = nil, lifetime: Double? = nil, loss: Double? = nil,
    keeps: Int? = nil
  ) {
    var row = StorageRow(
      id: id, stream: stream, location: place("storages", after: declaration.storages.count))
    row.capacity = capacity
    row.unit = unit
    row.capital = capital
    row.running = running
    row.lifetime = lifetime
    row.loss = loss
    row.keeps = keeps
    declaration.storages.append(row)
  }

  /// Adds a documented exchange.
  public mutating func exchange(
    _ id: String, from: String, to: String, output: String = "", input: String = ""
  ) {
    var row = ExchangeRow(
      id: id, from: from, to: to, location: place("exchanges", after: declaration.exchanges.count))
    row.output = output
    row.input = input
    declaration.exchanges.append(row)
  }

  /// Adds a local figure, or switches a rule.
  public mutating func override(_ key: String, _ value: String, unit: String = "") {
    var row = OverrideRow(
      key: key, value: value, location: place("overrides", after: declaration.overrides.count))
    row.unit = unit
    declaration.overrides.append(row)
  }

  /// The checked park.
  /// - Throws: `ValidationError` with everything found wrong.
  public func park(_ catalogue: Catalogue = Fixtures.catalogue) throws(ValidationError) -> Park {
    try Park(declaration, catalogue: catalogue)
  }

  /// What checking finds, errors and warnings, in order of place.
  public func issues(_ catalogue: Catalogue = Fixtures.catalogue) -> [ValidationIssue] {
    do {
      return try park(catalogue).warnings
    } catch {
      return error.issues
    }
  }
}

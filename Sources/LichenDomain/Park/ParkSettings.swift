/// What to do with exchanges that exist already.
public enum ExistingExchanges: String, Sendable, Codable, CaseIterable {
  /// As if nothing had been built: existing links must earn their investment like any other.
  case greenfield
  /// Existing links have no new investment, permit or transaction cost; the plan may drop them.
  case free
  /// As `free`, and the plan must keep every one of them.
  case kept
}

/// The park-wide statements of `datapackage.json`.
public struct ParkSettings: Sendable, Hashable {
  public let name: String
  public let title: String
  public let jurisdiction: String
  public let currency: Currency
  /// Year whose streams are matched.
  public internal(set) var baseYear: Int
  /// Year whose prices are meant when a row names none.
  public let priceYear: Int
  /// Day on which the law is read.
  public internal(set) var lawDate: CalendarDate
  /// Per year, 0..<1; `nil` takes the catalogue's default.
  public internal(set) var discountRate: Double?
  /// Money per t CO2e in the park's currency; 0 prices no carbon.
  public internal(set) var carbonPrice: Double
  /// Road length over great-circle distance, ≥ 1; `nil` takes the catalogue's.
  public internal(set) var roadDetour: Double?
  /// Longest way that an exchange may have, a declared one too [km]; `nil` leaves it to mode and route.
  public internal(set) var distanceLimit: Double?
  /// Capital that the plan may spend, in the park's currency; `nil` is unlimited.
  public internal(set) var capitalBudget: Double?
  /// Least CO2e that the plan avoids [t/a]; `nil` is no floor.
  public internal(set) var carbonFloor: Double?
  /// Partners that one stream may have; `nil` is unlimited.
  public internal(set) var partnerLimit: Int?
  public internal(set) var existingExchanges: ExistingExchanges

  public init(
    name: String, title: String, jurisdiction: String, currency: Currency, baseYear: Int,
    priceYear: Int, lawDate: CalendarDate, discountRate: Double? = nil, carbonPrice: Double = 0,
    roadDetour: Double? = nil, distanceLimit: Double? = nil, capitalBudget: Double? = nil,
    carbonFloor: Double? = nil, partnerLimit: Int? = nil,
    existingExchanges: ExistingExchanges = .free
  ) {
    self.name = name
    self.title = title
    self.jurisdiction = jurisdiction
    self.currency = currency
    self.baseYear = baseYear
    self.priceYear = priceYear
    self.lawDate = lawDate
    self.discountRate = discountRate
    self.carbonPrice = carbonPrice
    self.roadDetour = roadDetour
    self.distanceLimit = distanceLimit
    self.capitalBudget = capitalBudget
    self.carbonFloor = carbonFloor
    self.partnerLimit = partnerLimit
    self.existingExchanges = existingExchanges
  }

  /// The same settings under another name.
  public func named(_ name: String, title: String) -> ParkSettings {
    ParkSettings(
      name: name, title: title, jurisdiction: jurisdiction, currency: currency,
      baseYear: baseYear, priceYear: priceYear, lawDate: lawDate, discountRate: discountRate,
      carbonPrice: carbonPrice, roadDetour: roadDetour, distanceLimit: distanceLimit,
      capitalBudget: capitalBudget, carbonFloor: carbonFloor, partnerLimit: partnerLimit,
      existingExchanges: existingExchanges)
  }

  /// The same settings with some replaced; what is `nil` stays.
  public func replacing(
    baseYear: Int? = nil, lawDate: CalendarDate? = nil, carbonPrice: Double? = nil,
    capitalBudget: Double? = nil, carbonFloor: Double? = nil, partnerLimit: Int? = nil,
    existingExchanges: ExistingExchanges? = nil
  ) -> ParkSettings {
    ParkSettings(
      name: name, title: title, jurisdiction: jurisdiction, currency: currency,
      baseYear: baseYear ?? self.baseYear, priceYear: priceYear, lawDate: lawDate ?? self.lawDate,
      discountRate: discountRate, carbonPrice: carbonPrice ?? self.carbonPrice,
      roadDetour: roadDetour, distanceLimit: distanceLimit,
      capitalBudget: capitalBudget ?? self.capitalBudget,
      carbonFloor: carbonFloor ?? self.carbonFloor,
      partnerLimit: partnerLimit ?? self.partnerLimit,
      existingExchanges: existingExchanges ?? self.existingExchanges)
  }
}

/// One typical input or output of a sector, per unit of its reference.
public struct BlueprintFlow: Sendable, Hashable {
  /// Place of a row among the rows that exclude each other.
  public enum Role: String, Sendable, Codable, CaseIterable {
    /// Taken unless the enterprise says otherwise.
    case main
    /// Stands in for the main row, on demand only.
    case alternative
    /// Part of the main row.
    case nested
    /// A product, sold at its market price: never waste, no disposal avoided.
    case coProduct = "co-product"
    /// Used on the same site.
    case `internal`
    /// For information, such as carbon dioxide in flue gas.
    case memo
  }

  public let sector: String
  public let kind: StreamKind
  public let name: String
  /// `nil` when no material of the catalogue fits.
  public let material: MaterialID?
  /// Amount per reference unit, in `unit`; the ends are ranges of practice.
  public let amount: Estimate
  public let unit: Unit
  /// What usually happens to it today, in words.
  public let fate: String
  /// The fate as the park's tables say it; `nil` where plants differ.
  public let currentRoute: CurrentRoute?
  public let quality: String
  /// What is measured at, or demanded by, a typical plant.
  public let properties: [BlueprintProperty]
  /// Rows of one sector with the same word exclude each other; empty for none.
  public let group: String
  public let role: Role?
  public let source: String
  public let confidence: Confidence
  public let notes: String

  public init(
    sector: String, kind: StreamKind, name: String, material: MaterialID?, amount: Estimate,
    unit: Unit, fate: String = "", currentRoute: CurrentRoute? = nil, quality: String = "",
    properties: [BlueprintProperty] = [], group: String = "", role: Role? = nil, source: String,
    confidence: Confidence,
    notes: String = ""
  ) {
    self.sector = sector
    self.kind = kind
    self.name = name
    self.material = material
    self.amount = amount
    self.unit = unit
    self.fate = fate
    self.currentRoute = currentRoute
    self.quality = quality
    self.properties = properties
    self.group = group
    self.role = role
    self.source = source
    self.confidence = confidence
    self.notes = notes
  }

  /// Whether the row describes a stream that a typical plant offers or buys.
  public var isEmitted: Bool {
    guard amount.typical > 0 else { return false }
    switch role {
    case nil, .main, .coProduct: return true
    case .alternative, .nested, .internal, .memo: return false
    }
  }

  /// Many plants of the sector have no such stream.
  public var isOptional: Bool { amount.low == 0 }

  /// Names the row whatever its place in the file: `blueprints.csv: SECTOR STREAM`.
  public var reference: String { "blueprints.csv: \(sector) \(name)" }
}

/// A quality of a blueprint's row, in the catalogue's unit for it.
public struct BlueprintProperty: Sendable, Hashable {
  public let property: PropertyID
  public let minimum: Double?
  public let value: Double?
  public let maximum: Double?

  public init(
    property: PropertyID, minimum: Double? = nil, value: Double? = nil, maximum: Double? = nil
  ) {
    self.property = property
    self.minimum = minimum
    self.value = value
    self.maximum = maximum
  }
}

/// A point on the map for sites of which only park or province is known.
public struct KnownPlace: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case park, province
  }

  public let id: String
  public let names: LocalisedText
  public let aliases: [String]
  public let kind: Kind
  public let jurisdiction: String
  public let coordinate: Coordinate
  /// How far a site there may be from the point [km].
  public let accuracyKm: Double
  public let source: String
  public let confidence: Confidence
  public let notes: String

  public init(
    id: String, names: LocalisedText, aliases: [String] = [], kind: Kind, jurisdiction: String,
    coordinate: Coordinate, accuracyKm: Double, source: String, confidence: Confidence,
    notes: String = ""
  ) {
    self.id = id
    self.names = names
    self.aliases = aliases
    self.kind = kind
    self.jurisdiction = jurisdiction
    self.coordinate = coordinate
    self.accuracyKm = accuracyKm
    self.source = source
    self.confidence = confidence
    self.notes = notes
  }
}

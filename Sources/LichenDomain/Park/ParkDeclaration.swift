/// A park as it was written: rows with typed cells and their places, references not yet resolved.
///
/// Made by a reader, unchanged by anyone; `Park.init(_:catalogue:)` checks and resolves it.
public struct ParkDeclaration: Sendable, Hashable {
  public var settings: ParkSettings
  public var enterprises: [EnterpriseRow]
  public var outputs: [OutputRow]
  public var inputs: [InputRow]
  public var properties: [PropertyRow]
  public var exchanges: [ExchangeRow]
  public var distances: [DistanceRow]
  public var overrides: [OverrideRow]
  public var totals: [TotalRow]
  /// Efficiency measures that enterprises could take, or have taken.
  public var options: [OptionRow]
  /// Shared plants that could be built.
  public var facilities: [FacilityRow] = []
  /// Courses of the year that streams may name.
  public var profiles: [ProfileRow] = []
  /// Stores that could be built, or are there.
  public var storages: [StorageRow] = []
  /// What really flowed.
  public var actuals: [ActualRow]
  /// When exchanges and measures reached which stage.
  public var progress: [ProgressRow] = []
  /// What free texts mean in this park.
  public var classifications: [ClassificationRow]
  /// Local additions to the catalogue.
  public var materials: [MaterialRow]
  public var routes: [RouteRow]
  /// Where it was read.
  public var places = ParkPlaces.folder

  public init(
    settings: ParkSettings, enterprises: [EnterpriseRow] = [], outputs: [OutputRow] = [],
    inputs: [InputRow] = [], properties: [PropertyRow] = [], exchanges: [ExchangeRow] = [],
    distances: [DistanceRow] = [], overrides: [OverrideRow] = [], totals: [TotalRow] = [],
    options: [OptionRow] = [], actuals: [ActualRow] = [],
    classifications: [ClassificationRow] = [],
    materials: [MaterialRow] = [], routes: [RouteRow] = [], facilities: [FacilityRow] = [],
    progress: [ProgressRow] = [], profiles: [ProfileRow] = [], storages: [StorageRow] = []
  ) {
    self.settings = settings
    self.enterprises = enterprises
    self.outputs = outputs
    self.inputs = inputs
    self.properties = properties
    self.exchanges = exchanges
    self.distances = distances
    self.overrides = overrides
    self.totals = totals
    self.options = options
    self.actuals = actuals
    self.classifications = classifications
    self.materials = materials
    self.routes = routes
    self.facilities = facilities
    self.progress = progress
    self.profiles = profiles
    self.storages = storages
  }
}

/// Source and confidence of one row.
public struct Provenance: Sendable, Hashable, Codable {
  public var source: String
  /// `nil` when the row does not say; counts as declared by the enterprise itself.
  public var confidence: Confidence?

  public init(source: String = "", confidence: Confidence? = nil) {
    self.source = source
    self.confidence = confidence
  }
}

/// A yearly amount as written: value or range, unit, period.
public struct DeclaredQuantity: Sendable, Hashable {
  public var typical: Double?
  public var low: Double?
  public var high: Double?
  /// As written, period included if it stands there (`t/yr`).
  public var unit: String
  /// As written; empty when the unit carries the period or the year is meant.
  public var period: String
  /// Operating hours per year.
  public var hours: Double?

  public init(
    typical: Double? = nil, low: Double? = nil, high: Double? = nil, unit: String = "",
    period: String = "", hours: Double? = nil
  ) {
    self.typical = typical
    self.low = low
    self.high = high
    self.unit = unit
    self.period = period
    self.hours = hours
  }
}

public struct EnterpriseRow: Sendable, Hashable {
  public var id: String
  public var name: String
  public var sector = ""
  public var isic = ""
  public var latitude: Double?
  public var longitude: Double?
  public var zone = ""
  public var jurisdiction = ""
  public var licences: [String] = []
  /// Sector blueprint that describes a typical plant of this kind.
  public var blueprint = ""
  /// Yearly amount in the blueprint's reference unit, or people or hectares.
  public var size = DeclaredQuantity()
  public var disclosure = Disclosure.open
  /// Ids of enterprises that may learn this one's name if they agree too.
  public var agreedWith: [String] = []
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, name: String, location: SourceLocation) {
    self.id = id
    self.name = name
    self.location = location
  }
}

public struct OutputRow: Sendable, Hashable {
  public var id: String
  public var enterprise: String
  public var name = ""
  /// Id or name of a material of the catalogue, or free text; blank leaves the word to `name`.
  public var material: String
  public var wasteCode = ""
  public var quantity = DeclaredQuantity()
  public var currentRoute = ""
  /// Money per one of the row's unit; negative is income.
  public var disposalCost: Double?
  public var disposalCostCurrency = ""
  /// Smallest yearly delivery, in the row's unit.
  public var minimumLot: Double?
  public var fromYear: Int?
  public var toYear: Int?
  /// Id of a row of `profiles.csv`; blank is the same on every day.
  public var profile = ""
  public var notes = ""
  /// `nil` is the enterprise's own statement.
  public var basis: Basis?
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, enterprise: String, material: String, location: SourceLocation) {
    self.id = id
    self.enterprise = enterprise
    self.material = material
    self.location = location
  }
}

public struct InputRow: Sendable, Hashable {
  public var id: String
  public var enterprise: String
  public var name = ""
  /// As in `OutputRow`.
  public var material: String
  public var quantity = DeclaredQuantity()
  /// Money per one of the row's unit.
  public var price: Double?
  public var priceCurrency = ""
  /// Share of the need that by-products may cover, 0...1.
  public var maximumShare: Double?
  public var minimumLot: Double?
  public var fromYear: Int?
  public var toYear: Int?
  /// Id of a row of `profiles.csv`; blank is the same on every day.
  public var profile = ""
  public var notes = ""
  /// `nil` is the enterprise's own statement.
  public var basis: Basis?
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, enterprise: String, material: String, location: SourceLocation) {
    self.id = id
    self.enterprise = enterprise
    self.material = material
    self.location = location
  }
}

public struct PropertyRow: Sendable, Hashable {
  public var stream: String
  public var property: String
  public var value: Double?
  public var minimum: Double?
  public var maximum: Double?
  public var unit = ""
  /// Limits of an input only: they hold for the mixture of what arrives; `nil` is no.
  public var isMixture: Bool?
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(stream: String, property: String, location: SourceLocation) {
    self.stream = stream
    self.property = property
    self.location = location
  }
}

public struct ExchangeRow: Sendable, Hashable {
  public var id: String
  public var from: String
  public var to: String
  public var output = ""
  public var input = ""
  public var name = ""
  public var quantity: Double?
  public var unit = ""
  public var startYear: Int?
  public var endYear: Int?
  public var kind = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, from: String, to: String, location: SourceLocation) {
    self.id = id
    self.from = from
    self.to = to
    self.location = location
  }
}

public struct DistanceRow: Sendable, Hashable {
  public var from: String
  public var to: String
  public var mode = ""
  public var km: Double
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(from: String, to: String, km: Double, location: SourceLocation) {
    self.from = from
    self.to = to
    self.km = km
    self.location = location
  }
}

public struct OverrideRow: Sendable, Hashable {
  /// `price.MATERIAL`, `disposal_cost.MATERIAL`, a role name, or `rule.ID`.
  public var key: String
  /// A number, or `off` for a rule.
  public var value: String
  public var unit = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(key: String, value: String, location: SourceLocation) {
    self.key = key
    self.value = value
    self.location = location
  }
}

/// A published figure of the park, to compare the plan with.
public struct TotalRow: Sendable, Hashable {
  public var id: String
  public var name: String
  public var measure = ""
  public var value: Double?
  public var unit = ""
  public var year: Int?
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, name: String, location: SourceLocation) {
    self.id = id
    self.name = name
    self.location = location
  }
}

/// A local material or route, still as text: the catalogue's loader resolves it.
public struct MaterialRow: Sendable, Hashable {
  public var cells: [String: String]
  public var location: SourceLocation

  public init(cells: [String: String], location: SourceLocation) {
    self.cells = cells
    self.location = location
  }
}

/// A local route; see `MaterialRow`.
public typealias RouteRow = MaterialRow

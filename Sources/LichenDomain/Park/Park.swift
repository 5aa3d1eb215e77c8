/// An enterprise's site.
public struct Enterprise: Sendable, Hashable {
  public let id: EnterpriseID
  public let name: String
  public let sector: String
  public let isic: String
  public let coordinate: Coordinate?
  public let zone: String
  public let jurisdiction: String
  public internal(set) var licences: Set<String>
  /// Sector blueprint of a typical plant of this kind; empty when none is named.
  public let blueprint: String
  /// Yearly amount in the blueprint's reference unit, or people or hectares.
  public let size: DeclaredQuantity
  public let disclosure: Disclosure
  /// Enterprises that may learn this one's name if they agree too.
  public let agreedWith: Set<EnterpriseID>
  public let notes: String
  public let provenance: Provenance
  public let location: SourceLocation
}

/// Whether a park's board may see an enterprise's name and figures.
public enum Disclosure: String, Sendable, Codable, CaseIterable {
  case open, confidential
}

/// What happens to an output today.
public enum CurrentRoute: String, Sendable, Codable, CaseIterable {
  case landfill, sewer, flare, incineration, discharge, stockpile, sold, reused, none, unknown

  /// The by-product is already used, so neither its disposal nor a virgin burden is avoided again.
  public var isAlreadyUsed: Bool { self == .sold || self == .reused }
}

/// A yearly flow in the reference unit of its material.
public struct StreamQuantity: Sendable, Hashable {
  /// Reference units per year.
  public let yearly: Estimate
  /// As written, for the reader: value and unit.
  public let declared: String
}

/// A measured quality, in the catalogue's unit for it.
public struct PropertyValue: Sendable, Hashable {
  public let minimum: Double?
  public let typical: Double?
  public let maximum: Double?
  /// The limits hold for the mixture of all by-products that arrive, not for each of them.
  public let isMixture: Bool
  public let provenance: Provenance
  /// Names the row whatever its place in the file: `properties.csv: STREAM PROPERTY`.
  public let reference: String

  /// Lowest value that may occur.
  public var lowest: Double? { minimum ?? typical ?? maximum }
  /// Highest value that may occur.
  public var highest: Double? { maximum ?? typical ?? minimum }
}

/// What outputs and inputs have in common.
public protocol Stream: Sendable {
  var id: StreamID { get }
  var enterprise: EnterpriseID { get }
  var name: String { get }
  var material: MaterialID { get }
  /// `nil` when the row is unquantified: matched and listed, never planned.
  var quantity: StreamQuantity? { get }
  /// Reference units per declared unit of one year.
  var unitFactor: Double? { get }
  /// Smallest yearly delivery [reference units/a].
  var minimumLot: Double { get }
  var properties: [PropertyID: PropertyValue] { get }
  /// How it is spread over the year; `nil` is the same on every day.
  var profile: YearProfile? { get }
  /// `declared`, or `blueprint` when the quantity is a typical one of the sector.
  var basis: Basis { get }
  var provenance: Provenance { get }
  var location: SourceLocation { get }
  /// Names the row whatever file it came from and whatever its place there: `outputs.csv: ID`.
  var reference: String { get }
}

/// A by-product, waste, surplus heat or water that an enterprise offers.
public struct OutputStream: Stream, Hashable {
  public let id: StreamID
  public let enterprise: EnterpriseID
  public let name: String
  public let material: MaterialID
  /// Six digits; `nil` when the donor declares no waste code.
  public let wasteCode: String?
  public internal(set) var quantity: StreamQuantity?
  public let unitFactor: Double?
  public let currentRoute: CurrentRoute
  /// Money per reference unit; negative is income; `nil` when not declared.
  public let disposalCost: Money?
  public let minimumLot: Double
  public let properties: [PropertyID: PropertyValue]
  /// `nil` is the same on every day.
  public let profile: YearProfile?
  public let notes: String
  public let basis: Basis
  public let provenance: Provenance
  public let location: SourceLocation

  public var reference: String { "outputs.csv: \(id)" }
}

/// A material, heat or water that an enterprise buys.
public struct InputStream: Stream, Hashable {
  public let id: StreamID
  public let enterprise: EnterpriseID
  public let name: String
  public let material: MaterialID
  public internal(set) var quantity: StreamQuantity?
  public let unitFactor: Double?
  /// Money per reference unit; `nil` when not declared.
  public let price: Money?
  /// 0...1.
  public let maximumShare: Double
  public let minimumLot: Double
  public let properties: [PropertyID: PropertyValue]
  /// `nil` is the same on every day.
  public let profile: YearProfile?
  public let notes: String
  public let basis: Basis
  public let provenance: Provenance
  public let location: SourceLocation

  public var reference: String { "inputs.csv: \(id)" }
}

/// An exchange that is documented for the park.
public struct DocumentedExchange: Sendable, Hashable {
  public let id: String
  public let from: EnterpriseID
  public let to: EnterpriseID
  public let output: StreamID?
  public let input: StreamID?
  public let name: String
  public let quantity: Double?
  public let unit: String
  public let startYear: Int?
  public let endYear: Int?
  public let kind: String
  public let provenance: Provenance
  public let location: SourceLocation
}

/// A route length that replaces great circle times detour.
public struct KnownDistance: Sendable, Hashable {
  public let km: Double
  /// `nil` leaves the mode to the material.
  public let mode: String?
  public let provenance: Provenance
  /// Names the row whatever its place in the file: `distances.csv: FROM TO MODE`.
  public let reference: String
}

/// A pair of sites, in the direction of the flow.
public struct SitePair: Hashable, Sendable {
  public let from: EnterpriseID
  public let to: EnterpriseID

  public init(from: EnterpriseID, to: EnterpriseID) {
    self.from = from
    self.to = to
  }
}

/// A local figure that replaces a default.
public struct LocalFigure: Sendable, Hashable {
  /// Number in `unit` (money per unit, kg CO2e per unit, or plain).
  public let value: Double
  public let unit: String
  public let provenance: Provenance
  /// Names the row whatever its place in the file: `overrides.csv: KEY`.
  public let reference: String
}

/// A checked park in one year: every reference resolves, every quantity is in reference units.
public struct Park: Sendable {
  public let settings: ParkSettings
  /// The shipped catalogue with the park's local rows, figures and dates.
  public internal(set) var catalogue: Catalogue
  /// The same before `overrides.csv`.
  let plainCatalogue: Catalogue
  /// In order of id, as all lists here.
  public internal(set) var enterprises: [Enterprise]
  public internal(set) var outputs: [OutputStream]
  public internal(set) var inputs: [InputStream]
  /// Documented exchanges that hold in the base year.
  public let exchanges: [DocumentedExchange]
  /// Known ways by direction, in order of mode; one row per mode.
  public let distances: [SitePair: [KnownDistance]]
  public let overrides: [String: LocalFigure]
  public internal(set) var rulesSwitchedOff: Set<RuleID>
  public let totals: [TotalRow]
  /// Efficiency measures, whatever their status.
  public let options: [EfficiencyOption]
  /// Shared plants that could be built.
  public let facilities: [Facility]
  /// Stores at streams of the base year.
  public let storages: [Storage]
  /// What really flowed, in order of period and id.
  public let actuals: [Actual]
  /// When exchanges and measures reached which stage, in order of subject, day and stage.
  public let progress: [ProgressEntry]
  /// Streams of the base year whose material is not known.
  public let unmatched: [UnmatchedStream]
  /// What is worth knowing and was no error.
  public let warnings: [ValidationIssue]
  /// The declaration that the park was made from.
  public let declaration: ParkDeclaration

  private let enterpriseIndex: [EnterpriseID: Int]
  private let outputIndex: [StreamID: Int]
  private let inputIndex: [StreamID: Int]

  init(
    declaration: ParkDeclaration, catalogue: Catalogue, local: LocalFigures,
    enterprises: [Enterprise],
    outputs: [OutputStream], inputs: [InputStream], exchanges: [DocumentedExchange],
    distances: [SitePair: [KnownDistance]], options: [EfficiencyOption], facilities: [Facility],
    storages: [Storage], actuals: [Actual], progress: [ProgressEntry],
    unmatched: [UnmatchedStream], warnings: [ValidationIssue]
  ) {
    settings = declaration.settings
    self.declaration = declaration
    self.catalogue = local.applied(to: catalogue)
    plainCatalogue = catalogue
    self.enterprises = enterprises.sorted { $0.id < $1.id }
    self.outputs = outputs.sorted { $0.id < $1.id }
    self.inputs = inputs.sorted { $0.id < $1.id }
    self.exchanges = exchanges.sorted { $0.id < $1.id }
    self.distances = distances
    overrides = local.figures
    rulesSwitchedOff = local.rulesOff
    totals = declaration.totals.sorted { $0.id < $1.id }
    self.options = options.sorted { $0.id < $1.id }
    self.facilities = facilities.sorted { $0.id < $1.id }
    self.storages = storages.sorted { $0.id < $1.id }
    self.actuals = actuals.sorted { ($0.period, $0.id) < ($1.period, $1.id) }
    self.progress = progress
    self.unmatched = unmatched.sorted { $0.id < $1.id }
    self.warnings = warnings.sortedByPlace()
    enterpriseIndex = Self.index(self.enterprises.map(\.id))
    outputIndex = Self.index(self.outputs.map(\.id))
    inputIndex = Self.index(self.inputs.map(\.id))
  }

  private static func index<Key: Hashable>(_ keys: [Key]) -> [Key: Int] {
    Dictionary(uniqueKeysWithValues: keys.enumerated().map { ($0.element, $0.offset) })
  }

  public func enterprise(_ id: EnterpriseID) -> Enterprise? {
    enterpriseIndex[id].map { enterprises[$0] }
  }

  /// Places in the lists of this park, for flat tables.
  public func index(ofEnterprise id: EnterpriseID) -> Int? { enterpriseIndex[id] }
  public func index(ofOutput id: StreamID) -> Int? { outputIndex[id] }
  public func index(ofInput id: StreamID) -> Int? { inputIndex[id] }

  public func output(_ id: StreamID) -> OutputStream? { outputIndex[id].map { outputs[$0] } }

  public func input(_ id: StreamID) -> InputStream? { inputIndex[id].map { inputs[$0] } }

  public func facility(_ id: FacilityID) -> Facility? { facilities.first { $0.id == id } }

  public func material(_ id: MaterialID) -> Material? { catalogue.materials[id] }
}

/// A default figure of the catalogue, with the row and source it came from.
public struct Figure: Sendable, Hashable, Codable {
  /// Row id in its table.
  public let id: String
  public let name: String
  public let value: Estimate
  /// `kgCO2e`, a currency code, or a plain unit.
  public let measure: String
  /// What one value is for: `t`, `tkm`, `GJ`, …; empty for plain parameters.
  public let per: String
  public let region: String
  public let year: Int?
  public let source: String
  public let confidence: Confidence

  public init(
    id: String, name: String, value: Estimate, measure: String, per: String, region: String,
    year: Int?, source: String, confidence: Confidence
  ) {
    self.id = id
    self.name = name
    self.value = value
    self.measure = measure
    self.per = per
    self.region = region
    self.year = year
    self.source = source
    self.confidence = confidence
  }
}

/// Which figures answer a question (a role) for a material in a region.
public struct DefaultRule: Sendable, Hashable {
  public let role: String
  /// `nil` for a general default.
  public let material: MaterialID?
  public let region: String
  /// Ids of factors, costs or parameters that are added up.
  public let entries: [String]
  public let confidence: Confidence

  public init(
    role: String, material: MaterialID?, region: String, entries: [String], confidence: Confidence
  ) {
    self.role = role
    self.material = material
    self.region = region
    self.entries = entries
    self.confidence = confidence
  }
}

/// A country, state or union whose rules and prices differ, or a convention that holds everywhere.
public struct Jurisdiction: Sendable, Hashable {
  public enum Kind: String, Sendable, CaseIterable {
    case country
    /// Part of a country.
    case region
    /// Countries with a common law; what moves inside it is neither import nor export for it.
    case union
    /// A treaty without territory: its rules concern every border.
    case convention
    /// A region of price quotations, without law.
    case market
  }

  public let code: String
  public let name: String
  public let parent: String?
  public let currency: Currency?
  public let kind: Kind
  /// The list in which wastes are coded here; `nil` leaves it to the parent.
  public let wasteList: String?
  /// Groups of states that rules name, as OECD; parts inherit them.
  public let groups: [String]
  /// Whether a production residue is waste here even without a waste code, because no general
  /// by-product test is known.
  public let residuesAreWaste: Bool

  public init(
    code: String, name: String, parent: String?, currency: Currency?, kind: Kind = .country,
    wasteList: String? = nil, groups: [String] = [], residuesAreWaste: Bool = false
  ) {
    self.code = code
    self.name = name
    self.parent = parent
    self.currency = currency
    self.kind = kind
    self.wasteList = wasteList
    self.groups = groups
    self.residuesAreWaste = residuesAreWaste
  }
}

/// A way to carry a stream from one site to another.
public struct TransportMode: Sendable, Hashable {
  public let id: String
  public let phases: [Phase]
  public let costRole: String?
  public let handlingRole: String?
  public let carbonRole: String?
  /// Investment per metre of route; `nil` for vehicles.
  public let capitalRole: String?
  /// Distance beyond which the mode is not considered [km].
  public let reachKm: Double
  /// Route length over great-circle distance.
  public let detour: Double
  public let source: String
  public let confidence: Confidence

  public init(
    id: String, phases: [Phase], costRole: String?, handlingRole: String?, carbonRole: String?,
    capitalRole: String?, reachKm: Double, detour: Double, source: String, confidence: Confidence
  ) {
    self.id = id
    self.phases = phases
    self.costRole = costRole
    self.handlingRole = handlingRole
    self.carbonRole = carbonRole
    self.capitalRole = capitalRole
    self.reachKm = reachKm
    self.detour = detour
    self.source = source
    self.confidence = confidence
  }

  /// Built along a line (pipe, cable) rather than driven.
  public var isFixedLine: Bool { id.hasPrefix("pipe_") || id == "cable" }
}

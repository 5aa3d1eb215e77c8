/// What happens to an output on its way to replacing an input; legal rules speak of these.
public enum RouteUse: String, Sendable, Codable, CaseIterable {
  case reuse, recycling, fertiliser, feed, fuel, heat, electricity, gas, treatment, chemical
  case buildingMaterial = "building-material"
  case waterReuse = "water-reuse"
}

/// How the ratio of a route is worked out where its row stands for whole families of materials.
public enum RatioRule: String, Sendable, Codable, CaseIterable {
  /// The output is burnt in place of a fuel: heating values and boiler efficiencies decide.
  case heatingValue = "heating-value"
  /// The output is heat or steam that a boiler need not make: usable heat, and the efficiency of the
  /// boiler that stands still.
  case deliveredHeat = "delivered-heat"
}

/// The two rows of which a route through an intermediate material is made.
public struct RouteChain: Sendable, Hashable {
  /// Row that makes the intermediate of the output.
  public let first: RouteID
  /// Row, or family row, by which the intermediate serves.
  public let second: RouteID
  public let intermediate: MaterialID
  /// Reference units of the intermediate per reference unit of output.
  public let firstRatio: Estimate
  /// What happens to the output in the first step; the route's own use is that of the second.
  public let firstUse: RouteUse

  public init(
    first: RouteID, second: RouteID, intermediate: MaterialID, firstRatio: Estimate,
    firstUse: RouteUse
  ) {
    self.first = first
    self.second = second
    self.intermediate = intermediate
    self.firstRatio = firstRatio
    self.firstUse = firstUse
  }
}

/// How an output material can serve as an input material.
public struct Route: Sendable, Hashable {
  public let id: RouteID
  public let output: MaterialID
  public let input: MaterialID
  /// Reference units of input material replaced per reference unit of output material; in a row with
  /// a `ratioRule`, the plain number by which the computed ratio is multiplied.
  public internal(set) var ratio: Estimate
  /// How the ratio follows from the two materials; `nil` when the row states it.
  public let ratioRule: RatioRule?
  public let ratioBasis: String
  public let use: RouteUse
  public let pretreatment: String
  /// All-in treatment cost, energy included, per reference unit of output; `nil` when unknown.
  public internal(set) var treatmentCost: Money?
  /// Electricity for treatment [kWh per reference unit of output].
  public let electricityKWh: Double
  /// Heat for treatment [GJ per reference unit of output].
  public let heatGJ: Double
  /// Share of the output that treatment leaves as residue, 0...1; `nil` when unknown.
  public let residueShare: Double?
  /// Distance beyond which the route makes no technical sense [km].
  public let maximumKm: Double?
  public let limits: [RouteLimit]
  public let qualityText: String
  public let example: String
  public let source: String
  public let confidence: Confidence
  public let ratioConfidence: Confidence
  public let costConfidence: Confidence
  /// The engine's own direct-use route between equal materials.
  public let isDirectUse: Bool
  public let notes: String
  /// Row written for families from which this route was worked out; `nil` for a row of its own.
  public let family: RouteID?
  /// Rows behind a computed ratio, besides those of the route: `materials.csv: coal`.
  public let ratioReferences: [String]
  /// `nil` for a route of one step.
  public let chain: RouteChain?

  public init(
    id: RouteID, output: MaterialID, input: MaterialID, ratio: Estimate, ratioBasis: String = "",
    use: RouteUse, pretreatment: String = "", treatmentCost: Money?, electricityKWh: Double = 0,
    heatGJ: Double = 0, residueShare: Double? = nil, maximumKm: Double? = nil,
    limits: [RouteLimit] = [], qualityText: String = "", example: String = "", source: String,
    confidence: Confidence, ratioConfidence: Confidence, costConfidence: Confidence,
    isDirectUse: Bool = false, notes: String = "", ratioRule: RatioRule? = nil,
    family: RouteID? = nil, ratioReferences: [String] = [], chain: RouteChain? = nil
  ) {
    self.id = id
    self.output = output
    self.input = input
    self.ratio = ratio
    self.ratioBasis = ratioBasis
    self.use = use
    self.pretreatment = pretreatment
    self.treatmentCost = treatmentCost
    self.electricityKWh = electricityKWh
    self.heatGJ = heatGJ
    self.residueShare = residueShare
    self.maximumKm = maximumKm
    self.limits = limits
    self.qualityText = qualityText
    self.example = example
    self.source = source
    self.confidence = confidence
    self.ratioConfidence = ratioConfidence
    self.costConfidence = costConfidence
    self.isDirectUse = isDirectUse
    self.notes = notes
    self.ratioRule = ratioRule
    self.family = family
    self.ratioReferences = ratioReferences
    self.chain = chain
  }

  public static func == (left: Self, right: Self) -> Bool { left.id == right.id }
  public func hash(into hasher: inout Hasher) { hasher.combine(id) }

  /// Rows of `routes.csv` on which the route rests; none for a direct use.
  public var rows: [RouteID] {
    if let chain { return [chain.first, chain.second] }
    return isDirectUse ? [] : [family ?? id]
  }

  /// The rows as a ledger names them.
  public var references: [String] { rows.map { "routes.csv: \($0)" } }

  /// The material that reaches the receiver's process, and how much of it one unit of output makes.
  public var served: (material: MaterialID, ratio: Estimate) {
    chain.map { ($0.intermediate, $0.firstRatio) } ?? (output, Estimate(1))
  }
}

/// A bound that a route sets on a measured quality of the output.
public struct RouteLimit: Sendable, Hashable {
  public let property: PropertyID
  public let minimum: Double?
  public let maximum: Double?
  public let unit: String
  public let source: String
  public let confidence: Confidence

  public init(
    property: PropertyID, minimum: Double?, maximum: Double?, unit: String, source: String,
    confidence: Confidence
  ) {
    self.property = property
    self.minimum = minimum
    self.maximum = maximum
    self.unit = unit
    self.source = source
    self.confidence = confidence
  }
}

/// A measurable quality and the unit in which the catalogue holds it.
public struct PropertyKind: Sendable, Hashable {
  public let id: PropertyID
  public let names: LocalisedText
  public let unit: String
  public let aliases: [String]

  public init(id: PropertyID, names: LocalisedText, unit: String, aliases: [String] = []) {
    self.id = id
    self.names = names
    self.unit = unit
    self.aliases = aliases
  }
}

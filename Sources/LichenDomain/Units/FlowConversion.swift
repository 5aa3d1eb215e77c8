/// A flow cannot be expressed in its material's reference unit; says what is missing.
public enum ConversionError: Error, Equatable, CustomStringConvertible {
  /// The two dimensions need a property that neither the stream nor the catalogue gives.
  case missingProperty(String, from: String, to: String, material: String)
  /// A power, or a flow per hour, without operating hours.
  case missingOperatingHours(unit: String)
  /// No physical relation connects the dimensions.
  case incompatible(from: String, to: String, material: String)

  public var description: String {
    switch self {
    case .missingProperty(let property, let from, let to, let material):
      "converting \(from) of \(material) to \(to) needs its \(property)"
    case .missingOperatingHours(let unit):
      "\(unit) needs the operating hours per year (column hours)"
    case .incompatible(let from, let to, let material):
      "\(from) cannot be converted to \(to) for \(material)"
    }
  }
}

/// What a stream or its material says about itself that lets one dimension become another.
public struct ConversionBasis: Sendable {
  /// t per m³ as moved.
  public var densityTonnesPerCubicMetre: Double?
  /// Lower heating value, GJ per t as moved.
  public var heatingValueGJPerTonne: Double?
  /// Usable heat of steam, condensate or hot water, GJ per t.
  public var heatContentGJPerTonne: Double?
  /// kg per normal cubic metre (0 °C, 101.325 kPa).
  public var normalDensityKgPerCubicMetre: Double?
  /// Water as a share of wet mass, 0..<1.
  public var moisture: Double?

  public init(
    densityTonnesPerCubicMetre: Double? = nil, heatingValueGJPerTonne: Double? = nil,
    heatContentGJPerTonne: Double? = nil, normalDensityKgPerCubicMetre: Double? = nil,
    moisture: Double? = nil
  ) {
    self.densityTonnesPerCubicMetre = densityTonnesPerCubicMetre
    self.heatingValueGJPerTonne = heatingValueGJPerTonne
    self.heatContentGJPerTonne = heatContentGJPerTonne
    self.normalDensityKgPerCubicMetre = normalDensityKgPerCubicMetre
    self.moisture = moisture
  }
}

/// Converts amounts of one material between units. The only place where units meet.
public struct FlowConversion: Sendable {
  public let material: String
  public let basis: ConversionBasis
  /// Gases are commonly written in m³ that mean normal m³.
  public let isGas: Bool

  public init(material: String, basis: ConversionBasis, isGas: Bool = false) {
    self.material = material
    self.basis = basis
    self.isGas = isGas
  }

  /// One `source` in `target` units, by way of wet mass where the dimensions differ.
  /// - Throws: `ConversionError` that names the property which is missing.
  public func factor(from source: Unit, to target: Unit) throws(ConversionError) -> Double {
    let from = dimension(of: source)
    let to = dimension(of: target)
    if from == to { return source.factor / target.factor }
    let tonnes = try tonnes(perBaseUnitOf: from, source: source, target: target)
    let targetTonnes = try self.tonnes(perBaseUnitOf: to, source: source, target: target)
    return source.factor * tonnes / (targetTonnes * target.factor)
  }

  private func dimension(of unit: Unit) -> Dimension {
    isGas && unit.dimension == .volume ? .normalVolume : unit.dimension
  }

  /// Wet tonnes in one base unit of `dimension`.
  private func tonnes(perBaseUnitOf dimension: Dimension, source: Unit, target: Unit)
    throws(ConversionError) -> Double
  {
    func need(_ value: Double?, _ property: String) throws(ConversionError) -> Double {
      guard let value, value > 0 else {
        throw .missingProperty(property, from: source.id, to: target.id, material: material)
      }
      return value
    }
    switch dimension {
    case .mass: return 1
    case .dryMass: return try 1 / need(basis.moisture.map { 1 - $0 }, "moisture")
    case .volume: return try need(basis.densityTonnesPerCubicMetre, "density")
    case .normalVolume:
      return try need(basis.normalDensityKgPerCubicMetre, "normal density") / 1000
    case .energy:
      let content = basis.heatContentGJPerTonne ?? basis.heatingValueGJPerTonne
      return try 1 / need(content, "heating value")
    default:
      throw .incompatible(from: source.id, to: target.id, material: material)
    }
  }

  /// Yearly amount, in `target` units, of 1 `unit` per `period`.
  /// - Parameter operatingHours: Hours per year in which the flow runs; needed for power and hours.
  public func yearlyFactor(
    from unit: Unit, per period: Period, operatingHours: Double?, to target: Unit
  ) throws(ConversionError) -> Double {
    if unit.dimension == .power {
      guard let operatingHours else { throw .missingOperatingHours(unit: unit.id) }
      let gigajoulesPerYear = unit.factor * operatingHours * 3.6
      return try gigajoulesPerYear * factor(from: Self.gigajoule, to: target)
    }
    guard let times = period.timesPerYear(operatingHours: operatingHours) else {
      throw .missingOperatingHours(unit: "\(unit.id)/h")
    }
    return try times * factor(from: unit, to: target)
  }

  private static let gigajoule = Unit(
    id: "GJ", dimension: .energy, factor: 1, source: "SI", confidence: .verified)
}

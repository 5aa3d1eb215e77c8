import LichenDomain

/// The kinds of thing that flow; amounts of one kind add up, those of two do not.
public enum FlowMedium: String, Sendable, Codable, CaseIterable {
  /// Solids, liquids and gases by mass [t/a].
  case mass
  /// Water of any quality [m3/a].
  case water
  /// Heat, cold, steam, power and fuel gas held in energy units [GJ/a].
  case energy

  public var unit: String {
    switch self {
    case .mass: "t"
    case .water: "m3"
    case .energy: "GJ"
    }
  }
}

extension Park {
  /// One reference unit of a material in the unit of its medium; `nil` for services and where the
  /// catalogue lacks the property that joins the two.
  func amount(of id: MaterialID) -> (medium: FlowMedium, perUnit: Double)? {
    guard let material = material(id) else { return nil }
    let medium: FlowMedium
    switch material.phase {
    case .service: return nil
    case .water: medium = .water
    case .heat, .cold, .steam, .electricity: medium = .energy
    case .solid, .liquid, .slurry, .gas:
      medium = material.referenceUnit.dimension == .energy ? .energy : .mass
    }
    return factor(of: material, in: medium).map { (medium, $0) }
  }

  /// One reference unit of a material in the unit of a medium, as by its heating value; `nil` if
  /// nothing joins the two.
  func factor(of material: Material, in medium: FlowMedium) -> Double? {
    let dimension: Dimension
    switch medium {
    case .mass: dimension = .mass
    case .water: dimension = .volume
    case .energy: dimension = .energy
    }
    let target = Unit(
      id: medium.unit, dimension: dimension, factor: 1, source: "SI", confidence: .verified)
    return try? FlowConversion(
      material: material.id.rawValue, basis: material.conversion, isGas: material.phase == .gas
    ).factor(from: material.referenceUnit, to: target)
  }

  /// Reference units of an output per one written unit, and per year where the unit names a period;
  /// `nil` when they cannot be joined.
  func flowFactor(_ unit: String, of output: OutputStream) -> (factor: Double, period: Period?)? {
    guard let material = material(output.material),
      let rate = catalogue.units.rate(parsing: unit)
    else { return nil }
    var basis = material.conversion
    func typical(_ name: String) -> Double? {
      PropertyID(name).flatMap { output.properties[$0] }.flatMap { $0.typical ?? $0.lowest }
    }
    if let density = typical("density") { basis.densityTonnesPerCubicMetre = density }
    if let value = typical("lhv") { basis.heatingValueGJPerTonne = value }
    if let moisture = typical("moisture") { basis.moisture = moisture / 100 }
    let conversion = FlowConversion(
      material: material.id.rawValue, basis: basis, isGas: material.phase == .gas)
    let factor = try? conversion.yearlyFactor(
      from: rate.unit, per: rate.period ?? .year, operatingHours: nil, to: material.referenceUnit)
    return factor.map { ($0, rate.period) }
  }

  /// Firms whose zone begins with "outside", "around" or "ngoài" lie over the fence.
  func isInside(_ id: EnterpriseID) -> Bool {
    let zone = enterprise(id)?.zone.lowercased() ?? ""
    return !["outside", "around", "ngoài"].contains { zone.hasPrefix($0) }
  }
}

import LichenDomain

extension Fixtures {
  /// Units as in the shipped table, fewer of them.
  public static let units: [Unit] = [
    unit("t", .mass, 1, "tonne", "tonnes"), unit("kg", .mass, 0.001), unit("kt", .mass, 1000),
    unit("t_dry", .dryMass, 1, "t DS"), unit("m3", .volume, 1, "m³"), unit("L", .volume, 0.001),
    unit("Nm3", .normalVolume, 1, "Nm³"), unit("GJ", .energy, 1), unit("MJ", .energy, 0.001),
    unit("MWh", .energy, 3.6), unit("kWh", .energy, 0.0036), unit("MW", .power, 1),
    unit("kW", .power, 0.001), unit("bar", .pressure, 1),
    unit("C", .temperatureDifference, 1, "°C"),
    unit("km", .distance, 1), unit("m", .distance, 0.001), unit("%", .share, 1),
    unit("mg/kg", .concentration, 1, "ppm"), unit("g/kg", .concentration, 1000),
    unit("unit", .count, 1),
  ]

  /// A unit by its symbol.
  public static func unit(_ id: String) -> Unit {
    guard let unit = units.first(where: { $0.id == id }) else {
      preconditionFailure("no unit \(id)")
    }
    return unit
  }

  private static func unit(
    _ id: String, _ dimension: Dimension, _ factor: Double, _ aliases: String...
  )
    -> Unit
  {
    Unit(
      id: id, dimension: dimension, factor: factor, aliases: aliases, source: "fixture",
      confidence: .verified)
  }

  public static let properties: [PropertyKind] = [
    property("chloride", "mg/kg", "Cl"), property("moisture", "%"), property("dry_solids", "%"),
    property("density", "t/m3"), property("lhv", "GJ/t"), property("ph", "unit"),
    property("temperature", "C"), property("pressure", "bar"),
    property("supply_electricity", "kWh"),
  ]

  private static func property(_ id: String, _ unit: String, _ aliases: String...) -> PropertyKind {
    PropertyKind(
      id: .of(id), names: LocalisedText(english: id), unit: unit, aliases: aliases)
  }
}

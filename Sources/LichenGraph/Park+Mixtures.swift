import LichenDomain

extension Park {
  /// Tonnes in one reference unit of what is mixed by weight; `nil` for gases, heat and steam, whose
  /// limits hold for each stream.
  public func mixedTonnes(_ id: MaterialID) -> Double? {
    guard let material = material(id),
      [.solid, .liquid, .slurry, .water].contains(material.phase),
      let tonne = catalogue.units.unit(named: "t")
    else { return nil }
    return try? FlowConversion(material: id.rawValue, basis: material.conversion)
      .factor(from: material.referenceUnit, to: tonne)
  }
}

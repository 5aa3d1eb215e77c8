import LichenDomain

/// Works out how much of a fuel another fuel, or heat, replaces.
///
/// ρ = m · E(output) · η(output) / (E(input) · η(input)), per reference unit of output, where m is the
/// row's plain number (1 if blank), E(input) is the heating value of the fuel replaced and η(input)
/// the efficiency of its boiler. Under `heating-value`, E(output) is the output's heating value and
/// η(output) the efficiency of the boiler that burns it; under `delivered-heat`, E(output) is its
/// usable heat and η(output) the share of it that is put to use.
struct DisplacedFuel: Sendable {
  private let catalogue: Catalogue
  private let figures: FigureBook
  private let gigajoule: Unit

  init(park: Park) {
    catalogue = park.catalogue
    figures = FigureBook(park: park)
    gigajoule =
      park.catalogue.units.unit(named: "GJ")
      ?? Unit(id: "GJ", dimension: .energy, factor: 1, source: "SI", confidence: .verified)
  }

  /// The route of one pair of materials that follows from a row written for families.
  ///
  /// Cost, power and heat of such a row are per GJ of output, because its members are counted in
  /// different units.
  /// - Parameters:
  ///   - offered: Heating value measured for the output, if any; comes before the catalogue's.
  ///   - replaced: Heating value measured for the fuel replaced, if any.
  /// - Returns: `row` itself if it states its ratio; `nil` if a figure that the rule needs is unknown,
  ///   as for a gas that does not burn.
  func resolved(
    _ row: Route, from output: MaterialID, to input: MaterialID, offered: PropertyValue? = nil,
    replaced: PropertyValue? = nil
  ) -> Route? {
    guard let rule = row.ratioRule else { return row }
    guard let given = catalogue.materials[output], let fuel = catalogue.materials[input],
      let energy = content(of: given, rule, measured: offered),
      let displaced = content(of: fuel, .heatingValue, measured: replaced)
    else { return nil }
    let use = figures.share(
      rule == .heatingValue ? "boiler_efficiency" : "heat_use_efficiency", of: given)
    let boiler = figures.share("boiler_efficiency", of: fuel)
    guard let useShare = use.value, let boilerShare = boiler.value, useShare.low > 0,
      boilerShare.low > 0,
      let id = RouteID("\(output)__\(input)") ?? RouteID("\(row.id).\(input)")
    else { return nil }
    let ratio = row.ratio * (useShare * energy.value) / (boilerShare * displaced.value)
    let confidences = [energy.confidence, displaced.confidence, use.confidence, boiler.confidence]
    return Route(
      id: id, output: output, input: input, ratio: ratio, ratioBasis: row.ratioBasis,
      use: row.use, pretreatment: row.pretreatment,
      treatmentCost: row.treatmentCost.map {
        Money($0.amount * energy.value, $0.currency, year: $0.year)
      },
      electricityKWh: row.electricityKWh * energy.value, heatGJ: row.heatGJ * energy.value,
      residueShare: row.residueShare, maximumKm: row.maximumKm, limits: row.limits,
      qualityText: row.qualityText, example: row.example, source: row.source,
      confidence: row.confidence,
      ratioConfidence: confidences.compactMap(\.self).reduce(row.ratioConfidence, min),
      costConfidence: min(row.costConfidence, energy.confidence), notes: row.notes,
      family: row.id,
      ratioReferences: [energy.reference, displaced.reference] + use.references
        + boiler.references.filter { !use.references.contains($0) })
  }

  private struct Content {
    /// GJ per reference unit.
    let value: Double
    let confidence: Confidence
    let reference: String
  }

  private func content(of material: Material, _ rule: RatioRule, measured: PropertyValue?)
    -> Content?
  {
    var basis = material.conversion
    var confidence = material.valueConfidence ?? material.confidence
    var reference = "materials.csv: \(material.id)"
    switch rule {
    case .heatingValue:
      basis.heatContentGJPerTonne = nil
      if let measured, let value = measured.typical ?? measured.middle, value > 0 {
        basis.heatingValueGJPerTonne = value
        confidence = measured.provenance.confidence ?? .verified
        reference = measured.reference
      }
      // Heat counted in GJ has no heating value: it does not burn.
      guard basis.heatingValueGJPerTonne != nil else { return nil }
    case .deliveredHeat:
      // Cold is counted in GJ, too.
      guard material.phase != .cold else { return nil }
      basis.heatingValueGJPerTonne = nil
      guard material.phase == .heat || basis.heatContentGJPerTonne != nil else { return nil }
    }
    let conversion = FlowConversion(
      material: material.id.rawValue, basis: basis, isGas: material.phase == .gas)
    guard let value = try? conversion.factor(from: material.referenceUnit, to: gigajoule), value > 0
    else { return nil }
    return Content(value: value, confidence: confidence, reference: reference)
  }
}

extension PropertyValue {
  /// Middle of the range where only its ends are measured.
  fileprivate var middle: Double? {
    guard let lowest, let highest else { return nil }
    return (lowest + highest) / 2
  }
}

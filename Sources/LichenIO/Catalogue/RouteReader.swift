import LichenDomain

/// Makes routes of rows.
struct RouteReader {
  /// Local rows may leave confidences and source blank.
  let isLocal: Bool
  /// Machine-readable limits by route.
  let limits: [RouteID: [RouteLimit]]

  func route(_ row: RowReader, scope: CatalogueScope) -> Route? {
    let id = row.requiredIdentifier("id", as: RouteID.self)
    let output = row.knownMaterial("output_material", scope: scope, required: true)
    let input = row.knownMaterial("input_material", scope: scope, required: true)
    let rule: RatioRule? = row.choice("ratio_rule")
    // With a rule the ratio follows from the materials, and the cell only multiplies it.
    if row.text("ratio").isEmpty, row.text("ratio_rule").isEmpty { row.reportMissing("ratio") }
    let stated = row.estimate(low: "ratio_low", typical: "ratio", high: "ratio_high", in: .positive)
    let ratio = stated ?? rule.map { _ in Estimate(1) }
    let use = row.requiredChoice("use", of: RouteUse.self)
    let cost = row.money(
      low: "cost_low", typical: "cost_typical", high: "cost_high", currency: "cost_currency",
      year: row.year("cost_year"))
    let electricity = row.number("electricity_kwh") ?? 0
    let heat = row.number("heat_gj") ?? 0
    let residue = row.number("residue_share", in: .share)
    let maximumKm = row.number("max_km", in: .positive)
    let confidence = row.confidence("confidence", isLocal: isLocal)
    let ratioConfidence = partConfidence("ratio_confidence", row, whole: confidence)
    let costConfidence = partConfidence("cost_confidence", row, whole: confidence)
    guard let id, let output, let input, let ratio, let use else { return nil }
    return Route(
      id: id, output: output, input: input, ratio: ratio, ratioBasis: row.text("ratio_basis"),
      use: use, pretreatment: row.text("pretreatment"), treatmentCost: cost,
      electricityKWh: electricity, heatGJ: heat, residueShare: residue, maximumKm: maximumKm,
      limits: limits[id] ?? [], qualityText: row.text("quality_limits"),
      example: row.text("example"), source: row.sourceText(isLocal: isLocal),
      confidence: confidence, ratioConfidence: ratioConfidence, costConfidence: costConfidence,
      notes: row.text("notes"), ratioRule: rule)
  }

  /// A part that does not say stands on the row's own confidence.
  private func partConfidence(_ column: String, _ row: RowReader, whole: Confidence) -> Confidence {
    row.choice(column) ?? whole
  }

  static func limit(_ row: RowReader, scope: CatalogueScope) -> (RouteID, RouteLimit)? {
    let route = row.requiredIdentifier("route", as: RouteID.self)
    if let route, !scope.routes.contains(route) {
      row.reportUnknownReference(
        "unknown-route", "route", route.rawValue, in: scope.routes.map(\.rawValue),
        expected: "an id in routes.csv")
    }
    let property = row.requiredIdentifier("property", as: PropertyID.self)
    let minimum = row.number("minimum")
    let maximum = row.number("maximum")
    let isBlank = row.text("minimum").isEmpty && row.text("maximum").isEmpty
    if isBlank { row.reportMissing("maximum") }
    if let minimum, let maximum, minimum > maximum {
      row.reportReversed(low: minimum, typical: nil, high: maximum, column: "minimum")
    }
    let unit = row.text("unit")
    if let property { checkProperty(property, unit: unit, row, scope: scope) }
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let route, let property else { return nil }
    let limit = RouteLimit(
      property: property, minimum: minimum, maximum: maximum, unit: unit, source: source,
      confidence: confidence)
    return (route, limit)
  }

  /// The property exists and the limit's unit measures the same thing.
  private static func checkProperty(
    _ property: PropertyID, unit: String, _ row: RowReader, scope: CatalogueScope
  ) {
    guard let kind = scope.properties[property] else {
      return row.reportUnknownReference(
        "unknown-property", "property", property.rawValue,
        in: scope.properties.keys.map(\.rawValue), expected: "an id in properties.csv")
    }
    if unit == kind.unit { return }
    let dimensions = [unit, kind.unit].map { scope.units.unit(named: $0)?.dimension }
    if dimensions[0] == nil || dimensions[0] != dimensions[1] {
      row.error(
        "unknown-unit", "unit", found: unit, expected: "\(kind.unit), as in properties.csv")
    }
  }
}

import LichenDomain

/// Makes materials of rows.
struct MaterialReader {
  /// Local rows may leave confidences, source and yes/no cells blank.
  let isLocal: Bool

  func material(_ row: RowReader, scope: CatalogueScope) -> Material? {
    let id = row.requiredIdentifier("id", as: MaterialID.self)
    let names = LocalisedText(
      english: row.requiredText("name_en"), vietnamese: row.optionalText("name_vi"))
    let parent = row.knownMaterial("parent", scope: scope)
    let phase = row.requiredChoice("phase", of: Phase.self)
    let unit = referenceUnit(row, scope: scope)
    let basis = ConversionBasis(
      densityTonnesPerCubicMetre: row.number("density_t_per_m3", in: .positive),
      heatingValueGJPerTonne: row.number("lhv_gj_per_t", in: .notNegative),
      heatContentGJPerTonne: row.number("heat_gj_per_t", in: .notNegative),
      normalDensityKgPerCubicMetre: row.number("normal_density_kg_per_nm3", in: .positive))
    let temperature = row.number("temperature_c")
    let pressure = row.number("pressure_bar", in: .notNegative)
    let legalKind = row.requiredChoice("legal_kind", of: LegalKind.self)
    let codes = wasteCodes(row, scope: scope)
    let isHazardous = truth("hazardous", row)
    let isBiogenic = truth("biogenic", row)
    let confidence = row.confidence("confidence", isLocal: isLocal)
    let valueConfidence: Confidence? = row.choice("value_confidence")
    guard let id, let phase, let unit, let legalKind else { return nil }
    return Material(
      id: id, names: names, parent: parent, phase: phase, referenceUnit: unit, conversion: basis,
      temperatureCelsius: temperature, pressureBar: pressure, legalKind: legalKind,
      wasteCodes: codes, isHazardous: isHazardous, isBiogenic: isBiogenic,
      notes: row.text("notes"), source: row.sourceText(isLocal: isLocal), confidence: confidence,
      valueConfidence: valueConfidence)
  }

  private static let referenceUnits = ["t", "m3", "GJ", "MWh", "unit"]

  private func referenceUnit(_ row: RowReader, scope: CatalogueScope) -> Unit? {
    guard let unit = row.knownUnit("unit", scope: scope) else { return nil }
    guard Self.referenceUnits.contains(unit.id) else {
      row.reportUnknown(unit.id, "unit", accepted: Self.referenceUnits)
      return nil
    }
    return unit
  }

  private func wasteCodes(_ row: RowReader, scope: CatalogueScope) -> [String] {
    let codes = row.list("low_codes")
    for code in codes {
      guard let digits = WasteCode.digits(of: code) else {
        row.error(
          "invalid-waste-code", "low_codes", found: code, expected: "six digits, such as 10 01 02")
        continue
      }
      if !scope.wasteCodes.contains(digits) {
        row.error(
          "unknown-waste-code", "low_codes", found: code, expected: "a code in waste_codes_eu.csv")
      }
    }
    return codes
  }

  private func truth(_ column: String, _ row: RowReader) -> Bool {
    isLocal ? row.boolean(column) ?? false : row.requiredBoolean(column)
  }
}

extension RowReader {
  func optionalText(_ column: String) -> String? {
    let text = text(column)
    return text.isEmpty ? nil : text
  }

  func confidence(_ column: String, isLocal: Bool) -> Confidence {
    isLocal ? choice(column) ?? .estimated : requiredConfidence(column)
  }

  func sourceText(isLocal: Bool) -> String {
    if !isLocal { return requiredText("source") }
    return optionalText("source") ?? location.description
  }

  /// Money of three columns; `nil` when they are blank. The currency is needed only with an amount.
  func money(
    low: String, typical: String, high: String, currency: String, year: Int?
  ) -> Money? {
    let amount = estimate(low: low, typical: typical, high: high)
    let code = self.currency(currency)
    guard let amount else { return nil }
    if code == nil, text(currency).isEmpty { reportMissing(currency) }
    return code.map { Money(amount, $0, year: year) }
  }
}

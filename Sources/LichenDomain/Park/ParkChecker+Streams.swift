extension ParkChecker {
  typealias PropertyTable = [String: [PropertyID: PropertyValue]]

  /// A row that could be read: a stream, or one whose material is not known.
  enum CheckedStream<Known> {
    case stream(Known)
    case unmatched(UnmatchedStream)
  }

  mutating func output(
    _ row: OutputRow, words: MaterialWords, enterprises: Set<EnterpriseID>,
    properties: PropertyTable, profiles: [String: YearProfile]
  ) -> CheckedStream<OutputStream>? {
    let id: StreamID? = identifier(row.id, "id", row.location)
    let enterprise = reference(row.enterprise, "enterprise", row.location, among: enterprises)
    let text = row.material.isEmpty ? row.name : row.material
    let meaning = words.meaning(of: text, sector: sector(of: row.enterprise))
    let material = meaning.material
    let wasteCode = wasteCode(
      row.wasteCode.isEmpty ? meaning.wasteCode : row.wasteCode, of: row.enterprise,
      material: material, row.location)
    let route = choice(
      row.currentRoute, "current_route", row.location, usual: CurrentRoute.unknown)
    let own = properties[row.id] ?? [:]
    var flow: Flow?
    if let material {
      flow = self.flow(row.quantity, of: material, properties: own, at: row.location)
    }
    let profile = profile(row.profile, row.location, among: profiles)
    guard let id, let enterprise else { return nil }
    guard let material else {
      return unmatched(
        id, enterprise, text, isOutput: true, wasteCode: row.wasteCode, row.quantity,
        row.provenance, row.location)
    }
    let stream = OutputStream(
      id: id, enterprise: enterprise,
      name: row.name.isEmpty ? material.names.english : row.name, material: material.id,
      wasteCode: wasteCode, quantity: flow?.quantity, unitFactor: flow?.yearlyFactor,
      currentRoute: route,
      disposalCost: money(
        row.disposalCost, row.disposalCostCurrency, "disposal_cost", perUnit: flow?.unitFactor,
        row.location),
      minimumLot: (row.minimumLot ?? 0) * (flow?.unitFactor ?? 0), properties: own,
      profile: profile, notes: row.notes, basis: row.basis ?? .declared, provenance: row.provenance,
      location: row.location)
    return .stream(stream)
  }

  mutating func input(
    _ row: InputRow, words: MaterialWords, enterprises: Set<EnterpriseID>,
    properties: PropertyTable, profiles: [String: YearProfile]
  ) -> CheckedStream<InputStream>? {
    let id: StreamID? = identifier(row.id, "id", row.location)
    let enterprise = reference(row.enterprise, "enterprise", row.location, among: enterprises)
    let text = row.material.isEmpty ? row.name : row.material
    let material = words.meaning(of: text, sector: sector(of: row.enterprise)).material
    let own = properties[row.id] ?? [:]
    var flow: Flow?
    if let material {
      flow = self.flow(row.quantity, of: material, properties: own, at: row.location)
    }
    let profile = profile(row.profile, row.location, among: profiles)
    guard let id, let enterprise else { return nil }
    guard let material else {
      return unmatched(
        id, enterprise, text, isOutput: false, wasteCode: "", row.quantity, row.provenance,
        row.location)
    }
    let stream = InputStream(
      id: id, enterprise: enterprise,
      name: row.name.isEmpty ? material.names.english : row.name, material: material.id,
      quantity: flow?.quantity, unitFactor: flow?.yearlyFactor,
      price: money(
        row.price, row.priceCurrency, "price", perUnit: flow?.unitFactor, row.location),
      maximumShare: min(1, max(0, row.maximumShare ?? 1)),
      minimumLot: (row.minimumLot ?? 0) * (flow?.unitFactor ?? 0), properties: own,
      profile: profile, notes: row.notes, basis: row.basis ?? .declared, provenance: row.provenance,
      location: row.location)
    return .stream(stream)
  }

  mutating func reference(
    _ text: String, _ field: String, _ location: SourceLocation, among known: Set<EnterpriseID>
  ) -> EnterpriseID? {
    if let id = EnterpriseID(text), known.contains(id) { return id }
    report(
      "unknown-enterprise", at: location, field: field, found: text,
      expected: "an id of enterprises.csv",
      hint: Spelling.suggestion(for: text, among: known.map(\.rawValue)))
    return nil
  }

  private func sector(of enterprise: String) -> String { sectors[enterprise]?.sector ?? "" }

  private mutating func materialHint(_ text: String) -> String {
    if let known = materialHints[text] { return known }
    let hint = [
      Spelling.suggestion(for: text, among: catalogue.materials.keys.map(\.rawValue)),
      "the stream is listed and not planned; lichen classify proposes materials",
    ].compactMap(\.self).joined(separator: " ")
    materialHints[text] = hint
    return hint
  }

  /// Notes a stream whose words nobody has explained yet; it is listed and never planned.
  private mutating func unmatched<Known>(
    _ id: StreamID, _ enterprise: EnterpriseID, _ text: String, isOutput: Bool, wasteCode: String,
    _ quantity: DeclaredQuantity, _ provenance: Provenance, _ location: SourceLocation
  ) -> CheckedStream<Known>? {
    if text.isEmpty {
      report(
        "missing-value", at: location, field: "material",
        expected: "a material of the catalogue, or the enterprise's own words")
      return nil
    }
    report(
      "unmatched-material", .warning, at: location, field: "material", found: text,
      expected: "an id or name of the catalogue's materials, or a text that is confirmed in "
        + "classifications.csv",
      hint: materialHint(text))
    let own = sectors[enterprise.rawValue]
    return .unmatched(
      UnmatchedStream(
        id: id, enterprise: enterprise, isOutput: isOutput, text: text, sector: own?.sector ?? "",
        isic: own?.isic ?? "",
        jurisdiction: jurisdictions[enterprise.rawValue] ?? declaration.settings.jurisdiction,
        wasteCode: wasteCode, quantity: Self.shown(quantity), provenance: provenance,
        location: location))
  }

  private static func shown(_ quantity: DeclaredQuantity) -> String {
    guard let amount = quantity.typical ?? quantity.low ?? quantity.high else { return "" }
    return [String(amount), quantity.unit, quantity.period].filter { !$0.isEmpty }
      .joined(separator: " ")
  }

  /// Six digits of a code of the list that is used where the donor is.
  ///
  /// Lists use the same numbers for different wastes, so a code is never looked up in another list. A
  /// code missing from a list that is here whole is an error; from a part of a list, a warning.
  private mutating func wasteCode(
    _ text: String, of enterprise: String, material: Material?, _ location: SourceLocation
  ) -> String? {
    if text.isEmpty { return nil }
    guard let digits = WasteCode.digits(of: text) else {
      report(
        "bad-waste-code", at: location, field: "waste_code", found: text,
        expected: "six digits, as in 10 01 02")
      return nil
    }
    let jurisdiction = jurisdictions[enterprise] ?? declaration.settings.jurisdiction
    guard let list = catalogue.wasteList(of: jurisdiction), !list.entries.isEmpty else {
      return digits
    }
    guard let entry = list.entries[digits] else {
      let codes = list.entries.keys.map(WasteCode.spaced)
      report(
        list.isWhole ? "unknown-waste-code" : "unlisted-waste-code",
        list.isWhole ? .error : .warning, at: location, field: "waste_code", found: text,
        expected: list.isWhole ? "an entry of the \(list.name)" : nil,
        hint: list.isWhole
          ? Spelling.suggestion(for: WasteCode.spaced(digits), among: codes)
          : "not in the part of the \(list.name) that is shipped; hazard is read from the material")
      return list.isWhole ? nil : digits
    }
    if let material, let declared = entry.reading.isHazardousAsDeclared,
      declared != material.isHazardous, entry.reading != .presumedHazardous
    {
      report(
        "code-contradicts-material", .warning, at: location, field: "waste_code", found: text,
        hint: "the entry is \(declared ? "" : "not ")hazardous (\(entry.listClass)), "
          + "\(material.id) usually is\(declared ? " not" : ""); the code is followed")
    }
    return digits
  }

  /// The word of a column that accepts a few; `usual` when it is blank or wrong.
  mutating func choice<Choice: RawRepresentable & CaseIterable>(
    _ text: String, _ field: String, _ location: SourceLocation, usual: Choice
  ) -> Choice where Choice.RawValue == String {
    if text.isEmpty { return usual }
    if let choice = Choice(rawValue: text.lowercased()) { return choice }
    let accepted = Choice.allCases.map(\.rawValue)
    report(
      "unknown-" + field.replacing("_", with: "-"), at: location, field: field, found: text,
      expected: accepted.joined(separator: ", "),
      hint: Spelling.suggestion(for: text, among: accepted))
    return usual
  }

  struct Flow {
    let quantity: StreamQuantity?
    /// Reference units per year of 1 declared unit per declared period.
    let yearlyFactor: Double
    /// Reference units per declared unit, whatever the period.
    let unitFactor: Double
  }

  /// Expresses a declared quantity in the reference unit of its material.
  mutating func flow(
    _ declared: DeclaredQuantity, of material: Material,
    properties: [PropertyID: PropertyValue], at location: SourceLocation
  ) -> Flow? {
    let hasNumber = declared.typical != nil || declared.low != nil || declared.high != nil
    let text = declared.unit.trimmingSpaces()
    if text.isEmpty {
      if hasNumber {
        report(
          "missing-unit", at: location, field: "unit", expected: "the unit of the quantity",
          hint: "a quantity without a unit is not read as \(material.referenceUnit)")
        return nil
      }
      return Flow(quantity: nil, yearlyFactor: 1, unitFactor: 1)
    }
    guard let rate = catalogue.units.rate(parsing: text) else {
      report(
        "unknown-unit", at: location, field: "unit", found: text,
        expected: "one unit of units.csv, with or without /yr, /day, /h",
        hint: Spelling.suggestion(for: text, among: catalogue.units.names))
      return nil
    }
    guard let period = period(declared, inUnit: rate.period, location) else { return nil }
    let conversion = conversion(of: material, properties: properties, unit: rate.unit, location)
    do {
      let yearly = try conversion.yearlyFactor(
        from: rate.unit, per: period, operatingHours: declared.hours, to: material.referenceUnit)
      let perUnit =
        rate.unit.dimension == .power
        ? yearly / (declared.hours ?? 1)
        : try conversion.factor(from: rate.unit, to: material.referenceUnit)
      return Flow(
        quantity: quantity(declared, factor: yearly, unit: text, location), yearlyFactor: yearly,
        unitFactor: perUnit)
    } catch {
      report(
        "unit-conversion", at: location, field: "unit", found: text,
        expected: "a unit that becomes \(material.referenceUnit)", hint: "\(error)")
      return nil
    }
  }

  private mutating func period(
    _ declared: DeclaredQuantity, inUnit: Period?, _ location: SourceLocation
  ) -> Period? {
    let text = declared.period.trimmingSpaces()
    if text.isEmpty { return inUnit ?? .year }
    guard let period = Period(parsing: text) else {
      report(
        "unknown-period", at: location, field: "period", found: text,
        expected: Period.allCases.map(\.rawValue).joined(separator: ", "))
      return nil
    }
    if let inUnit, inUnit != period {
      report(
        "two-periods", at: location, field: "period", found: text,
        expected: "the period of the unit (\(inUnit.rawValue)), or none")
      return nil
    }
    return period
  }

  private mutating func conversion(
    of material: Material, properties: [PropertyID: PropertyValue], unit: Unit,
    _ location: SourceLocation
  ) -> FlowConversion {
    var basis = material.conversion
    func typical(_ name: String) -> Double? {
      PropertyID(name).flatMap { properties[$0] }.flatMap { $0.typical ?? $0.lowest }
    }
    if let density = typical("density") { basis.densityTonnesPerCubicMetre = density }
    if let value = typical("lhv") { basis.heatingValueGJPerTonne = value }
    if let moisture = typical("moisture") {
      basis.moisture = moisture / 100
    } else if let solids = typical("dry_solids") {
      basis.moisture = 1 - solids / 100
    }
    if material.phase == .gas, unit.dimension == .volume {
      report(
        "gas-volume", .warning, at: location, field: "unit", found: unit.id,
        hint: "read as normal m³ (0 °C, 101.325 kPa)")
    }
    return FlowConversion(
      material: material.id.rawValue, basis: basis, isGas: material.phase == .gas)
  }

  private mutating func quantity(
    _ declared: DeclaredQuantity, factor: Double, unit: String, _ location: SourceLocation
  ) -> StreamQuantity? {
    let values = [declared.low, declared.typical, declared.high].compactMap { $0 }
    guard let smallest = values.min(), let largest = values.max() else { return nil }
    guard smallest >= 0, largest.isFinite else {
      report(
        "out-of-range", at: location, field: "quantity", found: "\(smallest)",
        expected: "a number that is not negative")
      return nil
    }
    let low = declared.low ?? smallest
    let high = declared.high ?? largest
    let typical = declared.typical ?? (low + high) / 2
    guard let estimate = Estimate(low: low * factor, typical: typical * factor, high: high * factor)
    else {
      report(
        "range-order", at: location, field: "quantity", found: "\(low), \(typical), \(high)",
        expected: "low ≤ typical ≤ high")
      return nil
    }
    let range = low == high ? "" : " (\(low) to \(high))"
    return StreamQuantity(yearly: estimate, declared: "\(typical)\(range) \(unit)")
  }

  mutating func money(
    _ amount: Double?, _ currency: String, _ field: String, perUnit factor: Double?,
    _ location: SourceLocation
  ) -> Money? {
    guard let amount else { return nil }
    guard let factor, factor > 0 else { return nil }
    var own = declaration.settings.currency
    if !currency.isEmpty {
      guard let parsed = Currency(currency),
        (try? catalogue.exchangeRates.conversion(
          from: parsed, to: own, year: declaration.settings.priceYear)) != nil
      else {
        report(
          "unknown-currency", at: location, field: "\(field)_currency", found: currency,
          expected: "a currency of exchange_rates.csv")
        return nil
      }
      own = parsed
    }
    guard (amount / factor).isFinite else {
      report(
        "out-of-range", at: location, field: field, found: "\(amount)",
        expected: "an amount that stays finite in the material's reference unit")
      return nil
    }
    return Money(Estimate(amount / factor), own, year: declaration.settings.priceYear)
  }
}

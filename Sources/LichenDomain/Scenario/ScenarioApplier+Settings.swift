/// Park-wide settings, under the names of `datapackage.json`, and the planner's objective.
extension ScenarioApplier {
  mutating func setting(_ key: String, _ change: ScenarioChange) -> Outcome? {
    let currency = declaration.settings.currency.code
    switch key {
    case "carbon_price":
      // A price of zero is no price: there is nothing to multiply.
      let base = declaration.settings.carbonPrice
      let rule = NumberRule(
        "0 or more \(currency)/t CO2e",
        units: [currency, "\(currency)/t", "\(currency)/tCO2e", "\(currency)/t CO2e"],
        range: 0...1e9)
      guard let price = number(change, on: base > 0 ? base : nil, rule) else { return nil }
      declaration.settings.carbonPrice = price
      return Outcome(
        before: ScenarioAmount.shown(base, "\(currency)/t"),
        after: ScenarioAmount.shown(price, "\(currency)/t"))
    case "capital_budget":
      let rule = NumberRule(
        "0 or more \(currency), or none", units: [currency],
        range: 0...Double.greatestFiniteMagnitude)
      return limit(change, \.capitalBudget, unit: currency, rule)
    case "co2_floor":
      let rule = NumberRule(
        "0 or more t CO2e/yr, or none",
        units: ["t", "t/yr", "t/a", "tCO2e", "tCO2e/yr", "t CO2e/yr", "t CO2e/a"], range: 0...1e12)
      return limit(change, \.carbonFloor, unit: "t CO2e/yr", rule)
    case "discount_rate":
      let rule = NumberRule("0 to 0.99 per year (0.05 or 5 %), or none", range: 0...0.99) {
        value, unit in
        unit.isEmpty ? value : unit == "%" ? value / 100 : nil
      }
      return limit(change, \.discountRate, unit: "", rule)
    case "road_detour":
      return limit(change, \.roadDetour, unit: "", NumberRule("1 to 10, or none", range: 1...10))
    case "distance_limit": return distanceLimit(change)
    case "partner_limit": return partnerLimit(change)
    case "base_year": return baseYear(change)
    case "law_date": return lawDate(change)
    case "existing_exchanges": return existingExchanges(change)
    default: return objective(change)
    }
  }

  /// A number that may be absent.
  private mutating func limit(
    _ change: ScenarioChange, _ path: WritableKeyPath<ParkSettings, Double?>, unit: String,
    _ rule: NumberRule
  ) -> Outcome? {
    let base = declaration.settings[keyPath: path]
    let before = base.map { ScenarioAmount.shown($0, unit) }
    if isNone(change) {
      declaration.settings[keyPath: path] = nil
      return Outcome(before: before, after: "none")
    }
    guard let value = number(change, on: base, rule) else { return nil }
    declaration.settings[keyPath: path] = value
    return Outcome(before: before, after: ScenarioAmount.shown(value, unit))
  }

  /// Whether the value is the word `none`.
  func isNone(_ change: ScenarioChange) -> Bool {
    guard case .text(let text) = change.value else { return false }
    return text.trimmingSpaces().lowercased() == "none"
  }

  private mutating func distanceLimit(_ change: ScenarioChange) -> Outcome? {
    let units = catalogue.units
    let rule = NumberRule("a length, 0 or more [km], or none", range: 0...1e5) { value, unit in
      if unit.isEmpty { return value }
      guard let given = units.unit(named: unit), given.dimension == .distance else { return nil }
      return value * given.factor
    }
    return limit(change, \.distanceLimit, unit: "km", rule)
  }

  private mutating func partnerLimit(_ change: ScenarioChange) -> Outcome? {
    let before = declaration.settings.partnerLimit.map { "\($0)" }
    if isNone(change) {
      declaration.settings.partnerLimit = nil
      return Outcome(before: before, after: "none")
    }
    guard let limit = whole(change, "a whole number, 1 or more, or none", 1...1_000_000_000) else {
      return nil
    }
    declaration.settings.partnerLimit = limit
    return Outcome(before: before, after: "\(limit)")
  }

  private mutating func baseYear(_ change: ScenarioChange) -> Outcome? {
    let before = "\(declaration.settings.baseYear)"
    guard let year = whole(change, "a year, 1900 to 2200", 1900...2200) else { return nil }
    declaration.settings.baseYear = year
    return Outcome(before: before, after: "\(year)")
  }

  /// A bare whole number.
  mutating func whole(
    _ change: ScenarioChange, _ expected: String, _ range: ClosedRange<Int>
  ) -> Int? {
    guard let text = text(change, expected: expected) else { return nil }
    guard let value = Int(text) else {
      report("bad-number", change, expected: expected)
      return nil
    }
    guard range.contains(value) else {
      report("out-of-range", change, expected: expected)
      return nil
    }
    return value
  }

  private mutating func lawDate(_ change: ScenarioChange) -> Outcome? {
    guard let date = date(change, expected: "a day written YYYY-MM-DD") else { return nil }
    let before = declaration.settings.lawDate
    declaration.settings.lawDate = date
    return Outcome(before: before.description, after: date.description)
  }

  mutating func date(_ change: ScenarioChange, expected: String) -> CalendarDate? {
    guard let text = text(change, expected: expected) else { return nil }
    if let date = CalendarDate(text) { return date }
    report("invalid-date", change, expected: expected)
    return nil
  }

  private mutating func existingExchanges(_ change: ScenarioChange) -> Outcome? {
    guard let word = word(change, among: ExistingExchanges.allCases.map(\.rawValue)),
      let choice = ExistingExchanges(rawValue: word)
    else { return nil }
    let before = declaration.settings.existingExchanges
    declaration.settings.existingExchanges = choice
    return Outcome(before: before.rawValue, after: choice.rawValue)
  }

  private mutating func objective(_ change: ScenarioChange) -> Outcome? {
    guard let word = word(change, among: objectives) else { return nil }
    planning.objective = word
    return Outcome(before: nil, after: word)
  }
}

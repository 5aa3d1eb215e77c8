/// Ways, exchanges, measures and shared plants.
extension ScenarioApplier {
  mutating func distance(
    _ from: String, _ to: String, _ mode: String, _ change: ScenarioChange
  ) -> Outcome? {
    let index = declaration.distances.firstIndex {
      $0.from == from && $0.to == to && $0.mode == mode
    }
    let base = index.map { declaration.distances[$0].km }
    let before = base.map { ScenarioAmount.shown($0, "km") }
    if isNone(change) {
      if let index { declaration.distances.remove(at: index) }
      return Outcome(before: before, after: "none")
    }
    let units = catalogue.units
    let rule = NumberRule("a length above 0 [km], or none", range: 1e-6...1e5) { value, unit in
      if unit.isEmpty { return value }
      guard let given = units.unit(named: unit), given.dimension == .distance else { return nil }
      return value * given.factor
    }
    guard let km = number(change, on: base, rule) else { return nil }
    var row =
      index.map { declaration.distances[$0] }
      ?? DistanceRow(from: from, to: to, km: km, location: change.location)
    row.mode = mode
    row.km = km
    row.provenance = supposed(row.provenance, by: change)
    if let index {
      declaration.distances[index] = row
    } else {
      declaration.distances.append(row)
    }
    return Outcome(before: before, after: ScenarioAmount.shown(km, "km"))
  }

  /// An exchange whose ends were shut can be forbidden in vain, but not required.
  mutating func exchange(_ selector: String, _ change: ScenarioChange) -> Outcome? {
    guard let word = word(change, among: ["required", "forbidden", "free"]) else { return nil }
    let ends = selector.split(separator: ":").prefix(2).map(String.init)
    if let closing = ends.compactMap({ closed[$0] }).first {
      let hint = "\(closing.key) is \(closing.value)"
      if word == "required" {
        report("required-of-closed", change, expected: "an exchange between open ends", hint: hint)
        return nil
      }
      report("idle-change", change, .warning, hint: "\(hint), so this changes nothing")
      return Outcome(before: nil, after: word)
    }
    switch word {
    case "required": planning.required.append(selector)
    case "forbidden": planning.forbidden.append(selector)
    default: planning.freed.append(selector)
    }
    return Outcome(before: nil, after: word)
  }

  mutating func option(_ id: String, _ change: ScenarioChange) -> Outcome? {
    let statuses = MeasureStatus.allCases.map(\.rawValue)
    guard let word = word(change, among: ["required"] + statuses) else { return nil }
    guard let index = declaration.options.firstIndex(where: { $0.id == id }),
      let option = OptionID(id)
    else {
      report(
        "idle-change", change, .warning,
        hint: "the measure went with its enterprise or stream, so this changes nothing")
      return Outcome(before: nil, after: word)
    }
    let before = declaration.options[index].status
    if word == "required" {
      planning.measures.append(option)
    } else {
      declaration.options[index].status = word
    }
    return Outcome(before: before.isEmpty ? "proposed" : before, after: word)
  }

  mutating func facility(_ id: String, _ change: ScenarioChange) -> Outcome? {
    guard let word = word(change, among: ["closed", "possible"]) else { return nil }
    if word == "closed" {
      declaration.remove(facilities: [id])
      closed[id] = change
    }
    return Outcome(before: "possible", after: word)
  }

  mutating func facilityField(_ id: String, _ field: String, _ change: ScenarioChange)
    -> Outcome?
  {
    guard let index = declaration.facilities.firstIndex(where: { $0.id == id }) else { return nil }
    var row = declaration.facilities[index]
    let outcome: Outcome?
    switch field {
    case "capacity":
      let quantity = DeclaredQuantity(unit: row.unit)
      let rule = NumberRule("0 or more \(row.unit)", range: 0...Double.greatestFiniteMagnitude) {
        [self] in converted($0, $1, to: quantity, hours: nil)
      }
      outcome = set(&row.capacity, change, rule, unit: row.unit)
    case "lifetime":
      let rule = NumberRule("years, above 0", units: ["yr", "a", "years"], range: 1e-3...1000)
      outcome = set(&row.lifetime, change, rule, unit: "yr")
    default:
      let currency = row.currency.isEmpty ? declaration.settings.currency.code : row.currency
      let units = field == "opex" ? [currency, "\(currency)/yr", "\(currency)/a"] : [currency]
      let rule = NumberRule(
        "0 or more \(currency)", units: units, range: 0...Double.greatestFiniteMagnitude)
      outcome =
        field == "capex"
        ? set(&row.capital, change, rule, unit: currency)
        : set(&row.running, change, rule, unit: "\(currency)/yr")
    }
    guard let outcome else { return nil }
    row.provenance = supposed(row.provenance, by: change)
    declaration.facilities[index] = row
    return outcome
  }

  private mutating func set(
    _ value: inout Double?, _ change: ScenarioChange, _ rule: NumberRule, unit: String
  ) -> Outcome? {
    guard let number = number(change, on: value, rule) else { return nil }
    let before = value.map { ScenarioAmount.shown($0, unit) }
    value = number
    return Outcome(before: before, after: ScenarioAmount.shown(number, unit))
  }
}

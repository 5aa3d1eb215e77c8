/// What outputs and inputs have in common as rows.
protocol StreamRow {
  var id: String { get }
  var material: String { get }
  var quantity: DeclaredQuantity { get set }
  var minimumLot: Double? { get set }
  var fromYear: Int? { get set }
  var toYear: Int? { get set }
  var provenance: Provenance { get set }
}

extension OutputRow: StreamRow {}
extension InputRow: StreamRow {}

/// Streams: figures changed, rows dropped.
extension ScenarioApplier {
  mutating func stream(_ id: String, _ change: ScenarioChange) -> Outcome? {
    guard let word = word(change, among: ["none", "kept"]) else { return nil }
    if word == "none" {
      declaration.remove(streams: [id])
      closed[id] = change
    }
    return Outcome(before: "kept", after: word)
  }

  mutating func streamField(_ id: String, _ field: String, _ change: ScenarioChange) -> Outcome? {
    if let index = declaration.outputs.firstIndex(where: { $0.id == id }) {
      var row = declaration.outputs[index]
      guard let outcome = set(field, of: &row, change) else { return nil }
      row.provenance = supposed(row.provenance, by: change)
      declaration.outputs[index] = row
      return outcome
    }
    guard let index = declaration.inputs.firstIndex(where: { $0.id == id }) else { return nil }
    var row = declaration.inputs[index]
    guard let outcome = set(field, of: &row, change) else { return nil }
    row.provenance = supposed(row.provenance, by: change)
    declaration.inputs[index] = row
    return outcome
  }

  private mutating func set(
    _ field: String, of row: inout OutputRow, _ change: ScenarioChange
  ) -> Outcome? {
    switch field {
    case "disposal_cost":
      return price(
        change, of: row, amount: &row.disposalCost, currency: &row.disposalCostCurrency)
    case "current_route":
      guard let word = word(change, among: CurrentRoute.allCases.map(\.rawValue)) else {
        return nil
      }
      let before = row.currentRoute
      row.currentRoute = word
      return Outcome(before: before.isEmpty ? nil : before, after: word)
    case "waste_code":
      let expected = "six digits, as in 10 01 02"
      guard let text = text(change, expected: expected) else { return nil }
      guard WasteCode.digits(of: text) != nil else {
        report("bad-waste-code", change, expected: expected)
        return nil
      }
      let before = row.wasteCode
      row.wasteCode = text
      return Outcome(before: before.isEmpty ? nil : before, after: text)
    default: return common(field, of: &row, change)
    }
  }

  private mutating func set(
    _ field: String, of row: inout InputRow, _ change: ScenarioChange
  ) -> Outcome? {
    switch field {
    case "price":
      return price(change, of: row, amount: &row.price, currency: &row.priceCurrency)
    case "max_share":
      let rule = NumberRule("a share, 0 to 1 (0.6 or 60 %)", range: 0...1) { value, unit in
        unit.isEmpty ? value : unit == "%" ? value / 100 : nil
      }
      guard let share = number(change, on: row.maximumShare ?? 1, rule) else { return nil }
      let before = row.maximumShare
      row.maximumShare = share
      return Outcome(
        before: before.map { ScenarioAmount.shown($0) }, after: ScenarioAmount.shown(share))
    default: return common(field, of: &row, change)
    }
  }

  private mutating func common(
    _ field: String, of row: inout some StreamRow, _ change: ScenarioChange
  ) -> Outcome? {
    switch field {
    case "quantity": return quantity(of: &row, change)
    case "minimum_lot":
      let quantity = row.quantity
      let rule = NumberRule(
        "0 or more \(quantity.unit)", range: 0...Double.greatestFiniteMagnitude
      ) { [self] in converted($0, $1, to: quantity, hours: quantity.hours) }
      guard let lot = number(change, on: row.minimumLot, rule) else { return nil }
      let before = row.minimumLot.map { ScenarioAmount.shown($0, quantity.unit) }
      row.minimumLot = lot
      return Outcome(before: before, after: ScenarioAmount.shown(lot, quantity.unit))
    case "from_year": return year(change, &row.fromYear)
    default: return year(change, &row.toYear)
    }
  }

  private mutating func year(_ change: ScenarioChange, _ value: inout Int?) -> Outcome? {
    let before = value.map { "\($0)" }
    if isNone(change) {
      value = nil
      return Outcome(before: before, after: "none")
    }
    guard let year = whole(change, "a year, 1900 to 2200, or none", 1900...2200) else {
      return nil
    }
    value = year
    return Outcome(before: before, after: "\(year)")
  }

  /// A figure drops the range that was declared, a factor keeps it.
  private mutating func quantity(
    of row: inout some StreamRow, _ change: ScenarioChange
  ) -> Outcome? {
    let quantity = row.quantity
    let expected =
      quantity.unit.isEmpty ? "0 or more, with its unit (5000 t/yr)" : "0 or more \(quantity.unit)"
    guard let amount = amount(change, expected: expected) else { return nil }
    let before = quantity.shown
    switch amount {
    case .factor(let factor):
      guard before != nil else {
        reportNothingToScale(change, expected: expected)
        return nil
      }
      row.quantity.scale(by: factor)
    case .absolute(let value, let unit):
      guard value >= 0 else {
        report("out-of-range", change, expected: expected)
        return nil
      }
      if quantity.unit.isEmpty {
        guard catalogue.units.rate(parsing: unit) != nil else {
          report(
            "wrong-unit", change, expected: expected,
            hint: Spelling.suggestion(for: unit, among: catalogue.units.names))
          return nil
        }
        row.quantity = DeclaredQuantity(typical: value, unit: unit, hours: quantity.hours)
      } else {
        guard let converted = converted(value, unit, to: quantity, hours: quantity.hours) else {
          report("wrong-unit", change, expected: expected)
          return nil
        }
        (row.quantity.typical, row.quantity.low, row.quantity.high) = (converted, nil, nil)
      }
    }
    return Outcome(before: before, after: row.quantity.shown ?? "")
  }

  /// An amount in the unit and period of a declared quantity; `nil` if the units measure different
  /// things. No unit is the declared one, no period the declared one.
  func converted(
    _ value: Double, _ unit: String, to declared: DeclaredQuantity, hours: Double?
  ) -> Double? {
    if unit.isEmpty || unit == declared.unit { return value }
    let words = Set([unit, declared.unit].map { $0.lowercased() })
    if words.count == 1 { return value }
    guard let given = catalogue.units.rate(parsing: unit),
      let own = catalogue.units.rate(parsing: declared.unit),
      given.unit.dimension == own.unit.dimension
    else { return nil }
    let factor = given.unit.factor / own.unit.factor
    let ownPeriod = own.period ?? Period(parsing: declared.period) ?? .year
    guard let period = given.period, period != ownPeriod, own.unit.dimension != .power else {
      return value * factor
    }
    guard let times = period.timesPerYear(operatingHours: hours),
      let ownTimes = ownPeriod.timesPerYear(operatingHours: hours)
    else { return nil }
    return value * factor * times / ownTimes
  }

  /// Money per unit of a stream, in the row's unit.
  private mutating func price(
    _ change: ScenarioChange, of row: some StreamRow, amount: inout Double?,
    currency: inout String
  ) -> Outcome? {
    let unit = rowUnit(row)
    let own = currency.isEmpty ? declaration.settings.currency.code : currency
    let shownUnit = unit.map { "\(own)/\($0.id)" } ?? own
    var money = own
    let known = catalogue.exchangeRates
    let rates = (declaration.settings.currency, declaration.settings.priceYear)
    let units = catalogue.units
    let rule = NumberRule(
      "money per unit, as in 18 \(shownUnit)",
      range: -Double.greatestFiniteMagnitude...Double.greatestFiniteMagnitude
    ) { value, text in
      let (measure, per) = Self.parts(of: text)
      if !measure.isEmpty {
        guard let parsed = Currency(measure),
          (try? known.conversion(from: parsed, to: rates.0, year: rates.1)) != nil
        else { return nil }
        money = parsed.code
      }
      guard let per else { return value }
      guard let unit, let given = units.unit(named: per), given.dimension == unit.dimension else {
        return nil
      }
      return value * unit.factor / given.factor
    }
    guard let value = number(change, on: amount, rule) else { return nil }
    let before = amount.map { ScenarioAmount.shown($0, shownUnit) }
    amount = value
    currency = money
    return Outcome(
      before: before,
      after: ScenarioAmount.shown(value, unit.map { "\(money)/\($0.id)" } ?? money))
  }

  /// `EUR` and `t` of `EUR/t`; `EUR` alone has no second part.
  static func parts(of unit: String) -> (measure: String, per: String?) {
    let parts = unit.split(separator: "/", maxSplits: 1).map { $0.trimmingSpaces() }
    return (parts.first ?? "", parts.count > 1 ? parts[1] : nil)
  }

  /// The unit that a row's money is for; without one, that of its material.
  private func rowUnit(_ row: some StreamRow) -> Unit? {
    if !row.quantity.unit.isEmpty {
      return catalogue.units.rate(parsing: row.quantity.unit)?.unit
    }
    return MaterialID(row.material).flatMap { catalogue.materials[$0]?.referenceUnit }
  }
}

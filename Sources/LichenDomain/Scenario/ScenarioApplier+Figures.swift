/// Local figures: rows of `overrides.csv`, so that the changed park says everything itself.
extension ScenarioApplier {
  mutating func role(_ role: String, _ material: MaterialID?, _ change: ScenarioChange)
    -> Outcome?
  {
    let measure = RoleMeasure(role, catalogue: catalogue)
    let expected = measure.expected(currency: declaration.settings.currency)
    guard let amount = amount(change, expected: expected) else { return nil }
    let base = standing(role, material)
    let row: OverrideRow
    switch amount {
    case .factor(let factor):
      guard let base else {
        reportNothingToScale(change, expected: expected)
        return nil
      }
      row = override(change, value: "\(base.value * factor)", unit: base.unit)
    case .absolute(let value, let unit):
      guard accepts(unit, measure, material) else {
        report("wrong-unit", change, expected: expected)
        return nil
      }
      row = override(change, value: "\(value)", unit: unit)
    }
    guard let value = Double(row.value), value.isFinite else {
      report("out-of-range", change, expected: expected)
      return nil
    }
    put(row)
    return Outcome(
      before: base.map { ScenarioAmount.shown($0.value, $0.unit) },
      after: ScenarioAmount.shown(value, row.unit))
  }

  private func override(_ change: ScenarioChange, value: String, unit: String = "") -> OverrideRow {
    var row = OverrideRow(key: change.key, value: value, location: change.location)
    row.unit = unit
    row.provenance = supposed(Provenance(), by: change)
    return row
  }

  /// Replaces the row of the same key, or adds one.
  private mutating func put(_ row: OverrideRow) {
    if let index = declaration.overrides.firstIndex(where: { $0.key == row.key }) {
      declaration.overrides[index] = row
    } else {
      declaration.overrides.append(row)
    }
  }

  /// The figure that a role has now, in the order in which ledgers look for it: the local figure of the
  /// material or its nearest ancestor, of the role as a whole, then the catalogue's default, money in
  /// the park's currency; `nil` if there is none or its parts have different units.
  private func standing(_ role: String, _ material: MaterialID?) -> (value: Double, unit: String)? {
    let lineage = material.map { catalogue.lineage(of: $0) } ?? []
    for key in lineage.map({ "\(role).\($0)" }) + [role] {
      guard let row = declaration.overrides.first(where: { $0.key == key }) else { continue }
      return Double(row.value).map { ($0, row.unit) }
    }
    let settings = declaration.settings
    guard let answer = catalogue.answer(role, for: material, in: settings.jurisdiction),
      let first = answer.figures.first, answer.figures.allSatisfy({ $0.per == first.per })
    else { return nil }
    var sum = 0.0
    var measure = first.measure
    for figure in answer.figures {
      guard let currency = Currency(figure.measure) else {
        guard figure.measure == first.measure else { return nil }
        sum += figure.value.typical
        continue
      }
      guard
        let conversion = try? catalogue.exchangeRates.conversion(
          from: currency, to: settings.currency, year: figure.year)
      else { return nil }
      measure = settings.currency.code
      sum += figure.value.typical * conversion.factor
    }
    if first.measure != "kgCO2e", measure == first.measure, Currency(measure) == nil {
      // Plain numbers carry no unit in overrides.csv.
      return (sum, "")
    }
    return (sum, first.per.isEmpty ? measure : "\(measure)/\(first.per)")
  }

  /// Whether ledgers can use a figure in this unit. Bare numbers are in the park's currency, or kg of
  /// CO2e, per reference unit.
  private func accepts(_ unit: String, _ measure: RoleMeasure, _ material: MaterialID?) -> Bool {
    if unit.isEmpty { return true }
    let (head, per) = Self.parts(of: unit)
    switch measure.kind {
    case .plain: return measure.measures.contains(unit)
    case .carbon: guard ["kgco2e", "kg"].contains(head.lowercased()) else { return false }
    case .money:
      guard let currency = Currency(head),
        (try? catalogue.exchangeRates.conversion(
          from: currency, to: declaration.settings.currency,
          year: declaration.settings.priceYear)) != nil
      else { return false }
    }
    guard let per else { return measure.pers.isSubset(of: [""]) }
    // Tonne-kilometres and the like are no units of their own.
    guard let given = catalogue.units.unit(named: per) else { return measure.pers.contains(per) }
    if let known = material.flatMap({ catalogue.materials[$0] }) {
      let conversion = FlowConversion(
        material: known.id.rawValue, basis: known.conversion, isGas: known.phase == .gas)
      return (try? conversion.factor(from: known.referenceUnit, to: given)) != nil
    }
    return measure.pers.contains {
      catalogue.units.unit(named: $0)?.dimension == given.dimension
    }
  }

  mutating func figure(_ id: String, _ change: ScenarioChange) -> Outcome? {
    guard let figure = catalogue.figures[id] else { return nil }
    let unit = figure.unitText
    let expected = "a number in \(unit.isEmpty ? "its own unit" : unit), or a factor"
    guard let amount = amount(change, expected: expected) else { return nil }
    let standing = declaration.overrides.first { $0.key == change.key }
    switch amount {
    case .factor(let factor):
      // On top of what overrides.csv says already, ranges kept.
      let value: String
      switch standing.flatMap({ ScenarioAmount($0.value) }) {
      case .factor(let before): value = "x\(before * factor)"
      case .absolute(let before, _): value = "\(before * factor)"
      case nil: value = "x\(factor)"
      }
      put(override(change, value: value))
      return Outcome(
        before: ScenarioAmount.shown(figure.value.typical, unit),
        after: ScenarioAmount.shown(figure.value.typical * factor, unit))
    case .absolute(let value, let given):
      guard let converted = converted(value, given, toUnitOf: figure) else {
        report("wrong-unit", change, expected: expected)
        return nil
      }
      put(override(change, value: "\(converted)", unit: unit))
      return Outcome(
        before: ScenarioAmount.shown(figure.value.typical, unit),
        after: ScenarioAmount.shown(converted, unit))
    }
  }

  /// The same measure per a unit of the same kind.
  private func converted(_ value: Double, _ unit: String, toUnitOf figure: Figure) -> Double? {
    if unit.isEmpty || unit == figure.unitText { return value }
    let (measure, per) = Self.parts(of: unit)
    guard measure.lowercased() == figure.measure.lowercased(), let per,
      let given = catalogue.units.unit(named: per),
      let own = catalogue.units.unit(named: figure.per), given.dimension == own.dimension
    else { return nil }
    return value * own.factor / given.factor
  }

  mutating func rule(_ id: RuleID, _ change: ScenarioChange) -> Outcome? {
    guard let word = word(change, among: ["off", "on"]) else { return nil }
    let standing = declaration.overrides.first { $0.key == change.key }?.value.lowercased()
    put(override(change, value: word))
    return Outcome(before: ["off", "no"].contains(standing) ? "off" : "on", after: word)
  }

  mutating func ruleDate(_ id: RuleID, _ end: ScenarioTarget.RuleEnd, _ change: ScenarioChange)
    -> Outcome?
  {
    guard let rule = catalogue.rules.first(where: { $0.id == id }) else { return nil }
    let before = end == .from ? rule.inForceFrom : rule.inForceTo
    if isNone(change) {
      put(override(change, value: "none"))
      return Outcome(before: before?.description, after: "none")
    }
    guard let date = date(change, expected: "a day written YYYY-MM-DD, or none") else { return nil }
    put(override(change, value: date.description))
    return Outcome(before: before?.description, after: date.description)
  }
}

/// What the figures of a role are stated in.
struct RoleMeasure {
  enum Kind { case money, carbon, plain }

  let kind: Kind
  let measures: Set<String>
  let pers: Set<String>

  init(_ role: String, catalogue: Catalogue) {
    let figures = catalogue.defaults.filter { $0.role == role }
      .flatMap { $0.entries.compactMap { catalogue.figures[$0] } }
    measures = Set(figures.map(\.measure))
    pers = Set(figures.map(\.per))
    if measures.contains("kgCO2e") {
      kind = .carbon
    } else if measures.contains(where: { $0.utf8.count == 3 && Currency($0) != nil }) {
      kind = .money
    } else {
      kind = .plain
    }
  }

  /// What is accepted, in words.
  func expected(currency: Currency) -> String {
    let per = pers.sorted().first { !$0.isEmpty }.map { "/\($0)" } ?? ""
    switch kind {
    case .money: return "money, as in 18 \(currency)\(per), or a factor"
    case .carbon: return "emissions, as in 90 kgCO2e\(per), or a factor"
    case .plain:
      let unit = measures.sorted().first ?? ""
      return "a number\(unit.isEmpty ? "" : " [\(unit)]"), or a factor"
    }
  }
}

extension Figure {
  /// `EUR/t`, `kgCO2e/kWh`, `fraction`.
  var unitText: String { per.isEmpty ? measure : "\(measure)/\(per)" }
}

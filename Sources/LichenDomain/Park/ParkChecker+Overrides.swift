/// What `overrides.csv` says in place of the catalogue.
struct LocalFigures {
  /// Local figures by key.
  var figures: [String: LocalFigure] = [:]
  var rulesOff: Set<RuleID> = []
  /// Figures of the catalogue with another value.
  var replaced: [Figure] = []
  /// Rules of the catalogue with another time in force.
  var redated: [RuleID: LegalRule] = [:]

  /// The catalogue with the replaced figures and dates.
  func applied(to catalogue: Catalogue) -> Catalogue {
    var catalogue = catalogue
    for figure in replaced { catalogue.figures[figure.id] = figure }
    if !redated.isEmpty {
      catalogue.rules = catalogue.rules.map { redated[$0.id] ?? $0 }
    }
    return catalogue
  }
}

extension ParkChecker {
  /// Reads `overrides.csv`: figures of roles, `figure.ID`, `rule.ID` and its dates.
  mutating func localFigures() -> LocalFigures {
    let roles = Set(catalogue.defaults.map(\.role))
    var local = LocalFigures()
    var seen: Set<String> = []
    for row in declaration.overrides {
      if !seen.insert(row.key).inserted {
        report(
          "duplicate-key", at: row.location, field: "key", found: row.key,
          expected: "one row per key")
        continue
      }
      let parts = row.key.split(separator: ".", maxSplits: 1).map(String.init)
      let tail = parts.count > 1 ? parts[1] : nil
      switch parts.first {
      case "rule": rule(row, tail ?? "", &local)
      case "figure": figure(row, tail ?? "", &local)
      default: role(row, head: parts.first ?? "", tail: tail, roles, &local)
      }
    }
    return local
  }

  private mutating func role(
    _ row: OverrideRow, head: String, tail: String?, _ roles: Set<String>,
    _ local: inout LocalFigures
  ) {
    guard roles.contains(head),
      tail == nil || tail.flatMap({ MaterialID($0) }).map({ isKnown($0) }) == true
    else {
      report(
        "unknown-key", at: row.location, field: "key", found: row.key,
        expected: "a role, a role and a material (price.clinker), figure.ID or rule.ID",
        hint: Spelling.suggestion(
          for: row.key, among: roles.union(catalogue.materials.keys.map { "price.\($0)" })))
      return
    }
    guard let value = Double(row.value), value.isFinite else {
      report(
        "bad-value", at: row.location, field: "value", found: row.value, expected: "a number")
      return
    }
    local.figures[row.key] = LocalFigure(
      value: value, unit: row.unit, provenance: row.provenance,
      reference: "overrides.csv: \(row.key)")
  }

  private func isKnown(_ id: MaterialID) -> Bool {
    catalogue.materials[id] != nil || catalogue.categories[id] != nil
  }

  /// `rule.ID` is off or on; `rule.ID.from` and `rule.ID.to` are days, or `none` for an open end.
  private mutating func rule(_ row: OverrideRow, _ tail: String, _ local: inout LocalFigures) {
    let rules = Dictionary(catalogue.rules.map { ($0.id.rawValue, $0) }) { first, _ in first }
    guard let (id, field) = ScenarioKeys.split(tail, among: Set(rules.keys)),
      let rule = rules[id], field == nil || ["from", "to"].contains(field)
    else {
      report(
        "unknown-rule", at: row.location, field: "key", found: row.key,
        expected: "rule. and an id of rules.csv, with .from or .to for its dates",
        hint: Spelling.suggestion(for: tail, among: rules.keys))
      return
    }
    let word = row.value.lowercased()
    guard let field else {
      switch word {
      case "off", "no": local.rulesOff.insert(rule.id)
      case "on", "yes": break
      default:
        report(
          "bad-value", at: row.location, field: "value", found: row.value, expected: "on or off")
      }
      return
    }
    let date = CalendarDate(row.value)
    guard date != nil || word == "none" else {
      report(
        "bad-value", at: row.location, field: "value", found: row.value,
        expected: "a day written YYYY-MM-DD, or none")
      return
    }
    var changed = local.redated[rule.id] ?? rule
    if field == "from" { changed.inForceFrom = date } else { changed.inForceTo = date }
    local.redated[rule.id] = changed
  }

  /// `figure.ID` is a number in the figure's own unit, or a factor on it (`x1.2`).
  private mutating func figure(_ row: OverrideRow, _ id: String, _ local: inout LocalFigures) {
    guard let figure = catalogue.figures[id] else {
      report(
        "unknown-figure", at: row.location, field: "key", found: row.key,
        expected: "figure. and an id of factors.csv, costs.csv or parameters.csv",
        hint: Spelling.suggestion(for: id, among: catalogue.figures.keys))
      return
    }
    guard row.unit.isEmpty || row.unit == figure.unitText else {
      report(
        "wrong-unit", at: row.location, field: "unit", found: row.unit,
        expected: "\(figure.unitText), the unit of the figure, or blank")
      return
    }
    let value: Estimate
    switch ScenarioAmount(row.value) {
    case .factor(let factor): value = figure.value * factor
    case .absolute(let number, ""): value = Estimate(number)
    default:
      report(
        "bad-value", at: row.location, field: "value", found: row.value,
        expected: "a number, or a factor such as x1.2")
      return
    }
    local.replaced.append(figure.replaced(by: value, provenance: row.provenance))
  }
}

extension Figure {
  /// The figure with a local value; its source says so, and its confidence is never raised.
  func replaced(by value: Estimate, provenance: Provenance) -> Figure {
    let note = "overrides.csv: figure.\(id)"
    let told = provenance.source.isEmpty ? note : "\(note) (\(provenance.source))"
    return Figure(
      id: id, name: name, value: value, measure: measure, per: per, region: region, year: year,
      source: "\(told); in place of: \(source)",
      confidence: min(confidence, provenance.confidence ?? confidence))
  }
}

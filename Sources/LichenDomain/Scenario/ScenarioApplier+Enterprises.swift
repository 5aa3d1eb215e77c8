/// Enterprises: new, resized, shut.
extension ScenarioApplier {
  /// Adds the enterprises that the scenario describes by `enterprise.ID.blueprint` and other fields.
  /// Their streams are for whoever knows blueprints to fill in.
  public mutating func addEnterprises() {
    let known = Set(base.enterprises.map(\.id))
    var fields: [String: [(field: String, change: ScenarioChange)]] = [:]
    for change in scenario.changes.map(\.change) where change.key.hasPrefix("enterprise.") {
      let rest = String(change.key.dropFirst("enterprise.".count))
      guard ScenarioKeys.split(rest, among: known) == nil, let point = rest.lastIndex(of: ".")
      else { continue }
      let field = String(rest[rest.index(after: point)...])
      fields[String(rest[..<point]), default: []].append((field, change))
    }
    for (id, fields) in fields.sorted(by: { $0.key < $1.key }) {
      guard let first = fields.first(where: { $0.field == "blueprint" }) else { continue }
      addedNames.insert(id)
      add(id, fields, at: first.change)
    }
  }

  private mutating func add(
    _ id: String, _ fields: [(field: String, change: ScenarioChange)], at first: ScenarioChange
  ) {
    guard let enterprise = EnterpriseID(id) else {
      issues.append(
        ValidationIssue(
          code: "bad-identifier", at: first.location, field: first.key, found: id,
          expected: EnterpriseID.rule))
      return
    }
    var row = EnterpriseRow(id: id, name: id, location: first.location)
    row.provenance = supposed(Provenance(), by: first)
    for (field, change) in fields { set(field, of: &row, change) }
    if row.size.typical == nil, !fields.contains(where: { $0.field == "size" }) {
      issues.append(
        ValidationIssue(
          .warning, code: "no-size", at: first.location, field: first.key,
          expected: "enterprise.\(id).size",
          hint: "without a size its streams are listed without quantity and not planned"))
    }
    declaration.enterprises.append(row)
    newEnterprises.append(enterprise)
  }

  private mutating func set(
    _ field: String, of row: inout EnterpriseRow, _ change: ScenarioChange
  ) {
    switch field {
    case "licences":
      guard let licences = licences(change) else { return }
      row.licences = licences
    case "lat", "lon":
      let rule = NumberRule("degrees, as in 10.77", units: ["°"], range: -180...180)
      guard let degrees = number(change, on: nil, rule) else { return }
      if field == "lat" { row.latitude = degrees } else { row.longitude = degrees }
    case "size":
      let expected = "a number, with its unit here or as enterprise.\(row.id).unit"
      guard let amount = amount(change, expected: expected) else { return }
      guard case .absolute(let size, let unit) = amount, size >= 0 else {
        return report("out-of-range", change, expected: expected)
      }
      row.size.typical = size
      if !unit.isEmpty { row.size.unit = unit }
    default:
      guard ScenarioKeys.newEnterpriseFields.contains(field) else {
        let accepted = ScenarioKeys.newEnterpriseFields
        issues.append(
          ValidationIssue(
            code: "unknown-key", at: change.location, field: change.key, found: field,
            expected: accepted.joined(separator: ", "),
            hint: Spelling.suggestion(for: field, among: accepted)))
        return
      }
      guard let text = text(change, expected: "a text") else { return }
      switch field {
      case "name": row.name = text
      case "sector": row.sector = text
      case "isic": row.isic = text
      case "blueprint": row.blueprint = text
      case "unit": row.size.unit = text
      case "zone": row.zone = text
      default: row.jurisdiction = text
      }
    }
    record(Outcome(before: nil, after: change.value.description), of: change)
  }

  /// A list, or words parted by `;`; `none` for none.
  private mutating func licences(_ change: ScenarioChange) -> [String]? {
    if isNone(change) { return [] }
    if case .list(let items) = change.value { return items.map { $0.trimmingSpaces() } }
    return text(change, expected: "a list of licences, or none").map { text in
      text.split(separator: ";").map { $0.trimmingSpaces() }.filter { !$0.isEmpty }
    }
  }

  mutating func enterprise(_ id: String, _ change: ScenarioChange) -> Outcome? {
    guard let word = word(change, among: ["closed", "open"]) else { return nil }
    if word == "closed" {
      for stream in declaration.remove(enterprises: [id]) { closed[stream] = change }
      closed[id] = change
    }
    return Outcome(before: "open", after: word)
  }

  mutating func enterpriseField(_ id: String, _ field: String, _ change: ScenarioChange)
    -> Outcome?
  {
    guard let index = declaration.enterprises.firstIndex(where: { $0.id == id }) else { return nil }
    if field == "licences" {
      guard let licences = licences(change) else { return nil }
      let before = declaration.enterprises[index].licences
      declaration.enterprises[index].licences = licences
      return Outcome(
        before: before.isEmpty ? nil : before.joined(separator: ";"),
        after: licences.isEmpty ? "none" : licences.joined(separator: ";"))
    }
    return resize(index, change)
  }

  /// Size, and with it everything that grows with a plant: quantities of its streams; change, capital,
  /// saving and CO2e of its measures. Lots stay: they are what partners want, not how large a plant is.
  private mutating func resize(_ index: Int, _ change: ScenarioChange) -> Outcome? {
    let row = declaration.enterprises[index]
    let expected =
      row.size.unit.isEmpty
      ? "a factor or change (x1.5, +20%)" : "a factor or change (x1.5, +20%), or \(row.size.unit)"
    guard let amount = amount(change, expected: expected) else { return nil }
    let factor: Double
    switch amount {
    case .factor(let value): factor = value
    case .absolute(let size, let unit):
      guard let base = row.size.typical, base > 0 else {
        reportNothingToScale(change, expected: expected)
        return nil
      }
      guard let converted = converted(size, unit, to: row.size, hours: row.size.hours) else {
        report("wrong-unit", change, expected: expected)
        return nil
      }
      guard converted >= 0 else {
        report("out-of-range", change, expected: expected)
        return nil
      }
      factor = converted / base
    }
    let before = row.size.shown
    declaration.enterprises[index].size.scale(by: factor)
    scaleStreamsAndMeasures(of: row.id, by: factor, change)
    return Outcome(
      before: before,
      after: declaration.enterprises[index].size.shown ?? "x\(ScenarioAmount.shown(factor))")
  }

  private mutating func scaleStreamsAndMeasures(
    of id: String, by factor: Double, _ change: ScenarioChange
  ) {
    for index in declaration.outputs.indices where declaration.outputs[index].enterprise == id {
      declaration.outputs[index].quantity.scale(by: factor)
      declaration.outputs[index].provenance = supposed(
        declaration.outputs[index].provenance, by: change)
    }
    for index in declaration.inputs.indices where declaration.inputs[index].enterprise == id {
      declaration.inputs[index].quantity.scale(by: factor)
      declaration.inputs[index].provenance = supposed(
        declaration.inputs[index].provenance, by: change)
    }
    for index in declaration.options.indices where declaration.options[index].enterprise == id {
      var row = declaration.options[index]
      row.change = row.change.map { $0 * factor }
      row.capital = row.capital.map { $0 * factor }
      row.saving = row.saving.map { $0 * factor }
      row.co2 = row.co2.map { $0 * factor }
      row.provenance = supposed(row.provenance, by: change)
      declaration.options[index] = row
    }
  }
}

extension DeclaredQuantity {
  /// Multiplies every figure.
  mutating func scale(by factor: Double) {
    typical = typical.map { $0 * factor }
    low = low.map { $0 * factor }
    high = high.map { $0 * factor }
  }

  /// As a reader would write it; `nil` without a figure.
  var shown: String? {
    let unit = [unit, period].filter { !$0.isEmpty }.joined(separator: " per ")
    if let typical { return ScenarioAmount.shown(typical, unit) }
    guard let low = low ?? high, let high = high ?? self.low else { return nil }
    return "\(ScenarioAmount.shown(low)) to \(ScenarioAmount.shown(high, unit))"
  }
}

import LichenDomain

/// Makes legal rules of rows.
struct RuleReader {
  let scope: CatalogueScope

  private enum Hazard: String, CaseIterable {
    case hazardous
    case nonHazardous = "non-hazardous"
  }

  func rule(_ row: RowReader) -> LegalRule? {
    let id = row.requiredIdentifier("id", as: RuleID.self)
    let jurisdiction = row.knownRegion("jurisdiction", scope: scope)
    let effect = row.requiredChoice("effect", of: LegalEffect.self)
    let holder = row.word("holder", among: ["donor", "receiver"])
    if row.text("holder").isEmpty { row.reportMissing("holder") }
    let decides = row.requiredBoolean("decides")
    let statuses: [LegalStatus] = row.choices("status")
    let hazard = row.choice("hazard", of: Hazard.self)
    let uses: [RouteUse] = row.choices("uses")
    let materials = row.identifiers("materials", as: MaterialID.self)
    for material in materials { row.checkMaterial(material, "materials", scope: scope) }
    let days = row.estimate(low: "days_low", typical: nil, high: "days_high", in: .notNegative)
    let cost = row.money(
      low: "cost_low", typical: "cost_typical", high: "cost_high", currency: "cost_currency",
      year: nil)
    let (start, end) = period(row)
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let id, let effect else { return nil }
    return LegalRule(
      id: id, jurisdiction: jurisdiction, instrument: row.requiredText("instrument"),
      article: row.text("article"), subject: row.text("subject"), effect: effect,
      step: row.text("step"), holder: LegalRule.Holder(rawValue: holder) ?? .receiver,
      decides: decides, statuses: statuses, hazardous: hazard.map { $0 == .hazardous },
      uses: uses, materials: materials, codePrefixes: codePrefixes(row),
      border: row.choice("border"), unlessLicence: row.optionalText("unless_licence"),
      displaces: row.identifiers("displaces"), days: days, cost: cost, inForceFrom: start,
      inForceTo: end, source: source, confidence: confidence,
      daysConfidence: row.choice("days_confidence"), costConfidence: row.choice("cost_confidence"),
      notes: row.text("notes"))
  }

  private func codePrefixes(_ row: RowReader) -> [String] {
    let prefixes = row.list("code_prefixes")
    for prefix in prefixes
    where prefix.utf8.count > 6 || !prefix.utf8.allSatisfy({ (48...57).contains($0) }) {
      row.error(
        "invalid-waste-code", "code_prefixes", found: prefix,
        expected: "up to six digits without spaces")
    }
    return prefixes
  }

  private func period(_ row: RowReader) -> (CalendarDate?, CalendarDate?) {
    let start = row.date("in_force_from")
    let end = row.date("in_force_to")
    if let start, let end, start > end {
      row.error(
        "reversed-dates", "in_force_from", found: "\(start) to \(end)",
        expected: "in_force_from not after in_force_to")
    }
    return (start, end)
  }
}

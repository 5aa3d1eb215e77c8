import LichenDomain

/// Makes legal rules of rows.
struct RuleReader {
  let scope: CatalogueScope
  let lists: Lists

  /// The waste list whose numbers a jurisdiction's rules use.
  struct Lists {
    private let byID: [String: WasteList]
    private let places: [String: Jurisdiction]

    init(_ lists: [WasteList], of jurisdictions: [Jurisdiction]) {
      byID = Dictionary(lists.map { ($0.id, $0) }) { first, _ in first }
      places = Dictionary(jurisdictions.map { ($0.code, $0) }) { first, _ in first }
    }

    func list(of jurisdiction: String) -> WasteList? {
      var next: String? = jurisdiction
      // A chain longer than the table is a cycle, which is reported elsewhere.
      for _ in 0...places.count {
        guard let place = next.flatMap({ places[$0] }) else { return nil }
        if let list = place.wasteList { return byID[list] }
        next = place.parent
      }
      return nil
    }
  }

  private enum Hazard: String, CaseIterable {
    case hazardous
    case nonHazardous = "non-hazardous"
  }

  func rule(_ row: RowReader) -> LegalRule? {
    let id = row.requiredIdentifier("id", as: RuleID.self)
    let jurisdiction = row.knownRegion("jurisdiction", scope: scope)
    let effect = row.requiredChoice("effect", of: LegalEffect.self)
    let holder = row.word("holder", among: ["donor", "receiver", "both"])
    if row.text("holder").isEmpty { row.reportMissing("holder") }
    let decides = row.requiredBoolean("decides")
    let statuses: [LegalStatus] = row.choices("status")
    let hazard = row.choice("hazard", of: Hazard.self)
    let uses: [RouteUse] = row.choices("uses")
    let materials = self.materials("materials", row)
    let inputs = self.materials("inputs", row)
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
      uses: uses, materials: materials, codePrefixes: codePrefixes(row, jurisdiction),
      inputs: inputs, border: row.choice("border"), donorIn: places("donor_in", row),
      receiverIn: places("receiver_in", row), donorLicences: licences("donor_licence", row),
      receiverLicences: licences("receiver_licence", row), parties: row.choice("parties"),
      unlessLicence: licences("unless_licence", row).first?.name,
      displaces: row.identifiers("displaces"), days: days, cost: cost, inForceFrom: start,
      inForceTo: end, source: source, confidence: confidence,
      daysConfidence: row.choice("days_confidence"), costConfidence: row.choice("cost_confidence"),
      notes: row.text("notes"))
  }

  private func materials(_ column: String, _ row: RowReader) -> [MaterialID] {
    let materials = row.identifiers(column, as: MaterialID.self)
    for material in materials { row.checkMaterial(material, column, scope: scope) }
    return materials
  }

  /// Beginnings of codes; where the jurisdiction's list is whole, each must begin one of its codes.
  private func codePrefixes(_ row: RowReader, _ jurisdiction: String) -> [String] {
    let prefixes = row.list("code_prefixes")
    let list = lists.list(of: jurisdiction)
    for prefix in prefixes {
      if prefix.utf8.count > 6 || !prefix.utf8.allSatisfy({ (48...57).contains($0) }) {
        row.error(
          "invalid-waste-code", "code_prefixes", found: prefix,
          expected: "up to six digits without spaces")
      } else if let list, list.isWhole, !list.entries.keys.contains(where: { $0.hasPrefix(prefix) })
      {
        row.reportUnknownReference(
          "unknown-waste-code", "code_prefixes", prefix, in: list.entries.keys.sorted(),
          expected: "the beginning of a code of \(list.name)")
      }
    }
    return prefixes
  }

  private func places(_ column: String, _ row: RowReader) -> [NamedCondition] {
    let known = scope.jurisdictions.union(scope.groups)
    return row.list(column).map { word in
      let condition = NamedCondition(word)
      if !known.contains(condition.name) {
        row.reportUnknownReference(
          "unknown-jurisdiction", column, word, in: known.sorted(),
          expected: "a code or group of jurisdictions.csv, with ! for all others")
      }
      return condition
    }
  }

  private func licences(_ column: String, _ row: RowReader) -> [NamedCondition] {
    row.list(column).map { word in
      let condition = NamedCondition(word)
      if !scope.licences.contains(condition.name) {
        row.reportUnknownReference(
          "unknown-licence", column, word, in: scope.licences.sorted(),
          expected: "a key of licences.csv")
      }
      return condition
    }
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

extension ParkChecker {
  /// Efficiency measures with their effect in reference units.
  mutating func options(
    outputs: [OutputStream], inputs: [InputStream], enterprises: Set<EnterpriseID>
  ) -> [EfficiencyOption] {
    let streams: [any Stream] = outputs + inputs
    let byID = Dictionary(streams.map { ($0.id, $0) }) { first, _ in first }
    return declaration.options.compactMap { row in
      let id: OptionID? = identifier(row.id, "id", row.location)
      let enterprise = reference(row.enterprise, "enterprise", row.location, among: enterprises)
      let status = choice(
        row.status, "status", row.location, usual: MeasureStatus.proposed)
      let stream = changedStream(row, among: byID)
      let shift = stream.map { change(row, of: $0) } ?? 0
      if let lifetime = row.lifetime, lifetime <= 0 {
        report(
          "out-of-range", at: row.location, field: "lifetime", found: "\(lifetime)",
          expected: "years, above 0")
      }
      guard let id, let enterprise else { return nil }
      return EfficiencyOption(
        id: id, enterprise: enterprise, name: row.name.isEmpty ? row.id : row.name, kind: row.kind,
        stream: stream?.id, change: shift,
        capital: money(row.capital, row.currency, "capital", perUnit: 1, row.location),
        saving: money(row.saving, row.currency, "saving", perUnit: 1, row.location), co2: row.co2,
        lifetime: row.lifetime, status: status, notes: row.notes, provenance: row.provenance,
        location: row.location)
    }
  }

  /// The stream that a measure changes; `nil` if it names none of the base year.
  private mutating func changedStream(_ row: OptionRow, among streams: [StreamID: any Stream])
    -> (any Stream)?
  {
    if row.stream.isEmpty { return nil }
    let declared =
      declaration.outputs.map { ($0.id, $0.enterprise) }
      + declaration.inputs.map { ($0.id, $0.enterprise) }
    guard declared.contains(where: { $0 == (row.stream, row.enterprise) }) else {
      let own = declared.filter { $0.1 == row.enterprise }.map(\.0)
      report(
        "unknown-stream", at: row.location, field: "stream", found: row.stream,
        expected: "an output or input of \(row.enterprise)",
        hint: Spelling.suggestion(for: row.stream, among: own))
      return nil
    }
    guard let stream = StreamID(row.stream).flatMap({ streams[$0] }) else {
      report(
        "idle-change", .warning, at: row.location, field: "stream", found: row.stream,
        hint: "the stream has no known material or does not hold in the base year, so the measure "
          + "is planned without its effect on it")
      return nil
    }
    return stream
  }

  /// Signed change in reference units per year.
  private mutating func change(_ row: OptionRow, of stream: any Stream) -> Double {
    guard let change = row.change, change != 0, let material = catalogue.materials[stream.material]
    else { return 0 }
    let amount = DeclaredQuantity(typical: abs(change), unit: row.unit)
    guard
      let flow = flow(amount, of: material, properties: stream.properties, at: row.location),
      let size = flow.quantity?.yearly.typical
    else { return 0 }
    if change < 0, let quantity = stream.quantity?.yearly, size > quantity.high * (1 + 1e-9) {
      report(
        "out-of-range", at: row.location, field: "change", found: "\(change) \(row.unit)",
        expected: "at most what \(stream.id) has: \(quantity.high) \(material.referenceUnit)/yr")
    }
    return change < 0 ? -size : size
  }

  /// What really flowed; every subject exists.
  mutating func actuals() -> [Actual] {
    let subjects = SubjectNames(declaration)
    return declaration.actuals.compactMap { row in
      checkSubject(row.subject, row.location, among: subjects)
      if row.quantity == nil, row.money == nil {
        report(
          "missing-value", at: row.location, field: "quantity", expected: "a quantity or money")
      }
      guard let period = ReportingPeriod(row.period) else {
        report(
          "unknown-period", at: row.location, field: "period", found: row.period,
          expected: "a year, quarter or month: 2024, 2024-Q2, 2024-05")
        return nil
      }
      return Actual(
        id: row.id, subject: row.subject, period: period, quantity: row.quantity, unit: row.unit,
        money: money(row.money, row.currency, "money", perUnit: 1, row.location),
        provenance: row.provenance, location: row.location)
    }
  }

  /// Confirmed meanings of free texts; a doubtful row is an error, never a silent guess.
  mutating func classifications() -> [MaterialWords.Classification] {
    var seen: [String: SourceLocation] = [:]
    return declaration.classifications.compactMap { row in
      let key = MaterialWords.folded(row.text) + "\n" + MaterialWords.folded(row.sector)
      if let first = seen[key] {
        report(
          "duplicate-key", at: row.location, field: "text", found: row.text,
          expected: "one row per text and sector", hint: "first used at \(first)")
        return nil
      }
      seen[key] = row.location
      guard let id = MaterialID(row.material), catalogue.materials[id] != nil else {
        report(
          "unknown-material", at: row.location, field: "material", found: row.material,
          expected: "an id of the catalogue's materials",
          hint: Spelling.suggestion(
            for: row.material, among: catalogue.materials.keys.map(\.rawValue)))
        return nil
      }
      return MaterialWords.Classification(
        text: row.text, sector: row.sector, material: id, wasteCode: row.wasteCode)
    }
  }
}

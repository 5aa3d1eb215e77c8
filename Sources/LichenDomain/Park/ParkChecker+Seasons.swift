extension ParkChecker {
  /// Courses of the year by id.
  mutating func yearProfiles() -> [String: YearProfile] {
    var profiles: [String: YearProfile] = [:]
    for row in declaration.profiles {
      let id: StreamID? = identifier(row.id, "id", row.location)
      if profiles[row.id] != nil {
        report(
          "duplicate-id", at: row.location, field: "id", found: row.id,
          expected: "an id used once")
        continue
      }
      for (name, month) in zip(Self.months, row.months) {
        guard let month else {
          report(
            "missing-value", at: row.location, field: name,
            expected: "a number for every month; 0 if nothing flows")
          continue
        }
        if !(month >= 0 && month.isFinite) {
          report(
            "out-of-range", at: row.location, field: name, found: "\(month)",
            expected: "0 or more")
        }
      }
      let weights = row.months.compactMap(\.self)
      guard let id, weights.count == 12, weights.allSatisfy({ $0 >= 0 && $0.isFinite }) else {
        continue
      }
      guard let shares = MonthShares(weights: weights) else {
        report(
          "out-of-range", at: row.location, field: "jan", found: "0 in every month",
          expected: "more than 0 in some month")
        continue
      }
      warnAboutSum(weights.reduce(0, +), of: row)
      profiles[row.id] = YearProfile(
        id: id.rawValue, shares: shares, provenance: row.provenance)
    }
    return profiles
  }

  /// Columns of the months.
  static let months = [
    "jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec",
  ]

  /// Months are weights; but what looks like shares and does not add up may hide a slip.
  private mutating func warnAboutSum(_ sum: Double, of row: ProfileRow) {
    for whole in [1.0, 100] where abs(sum / whole - 1) <= 0.2 && abs(sum / whole - 1) > 0.01 {
      report(
        "odd-sum", .warning, at: row.location, field: "jan", found: "months that add up to \(sum)",
        hint: "they look like shares of \(Int(whole)); read in proportion to their sum")
    }
  }

  /// The profile that a stream names; `nil` for an even year.
  mutating func profile(
    _ text: String, _ location: SourceLocation, among profiles: [String: YearProfile]
  ) -> YearProfile? {
    if text.isEmpty { return nil }
    if let profile = profiles[text] { return profile }
    // A row that is there and wrong has been told already.
    if declaration.profiles.contains(where: { $0.id == text }) { return nil }
    report(
      "unknown-profile", at: location, field: "profile", found: text,
      expected: "an id of profiles.csv; blank for the same on every day",
      hint: Spelling.suggestion(for: text, among: profiles.keys))
    return nil
  }

  /// Stores at streams of the base year.
  mutating func storages(outputs: [OutputStream], inputs: [InputStream]) -> [Storage] {
    let streams: [any Stream] = outputs + inputs
    let byID = Dictionary(streams.map { ($0.id, $0) }) { first, _ in first }
    let units = Dictionary(
      declaration.outputs.map { ($0.id, $0.quantity.unit) }
        + declaration.inputs.map { ($0.id, $0.quantity.unit) }
    ) { first, _ in first }
    let isOutput = Set(outputs.map(\.id))
    var seen: Set<String> = []
    return declaration.storages.compactMap { row in
      let id: StorageID? = identifier(row.id, "id", row.location)
      if !seen.insert(row.id).inserted {
        report(
          "duplicate-id", at: row.location, field: "id", found: row.id,
          expected: "an id used once")
      }
      checkFigures(of: row)
      guard units[row.stream] != nil else {
        report(
          "unknown-stream", at: row.location, field: "stream", found: row.stream,
          expected: "an id of outputs.csv or inputs.csv",
          hint: Spelling.suggestion(for: row.stream, among: units.keys))
        return nil
      }
      guard let stream = StreamID(row.stream).flatMap({ byID[$0] }) else {
        report(
          "idle-storage", .warning, at: row.location, field: "stream", found: row.stream,
          hint: "the stream has no known material or does not hold in the base year, so nothing is "
            + "stored")
        return nil
      }
      let (capacity, unit) = held(row, of: stream, unit: units[row.stream] ?? "")
      guard let id else { return nil }
      return Storage(
        id: id, name: row.name.isEmpty ? row.id : row.name, stream: stream.id,
        isOutput: isOutput.contains(stream.id), capacity: capacity,
        declared: row.capacity.map { "\($0) \(unit)" } ?? "",
        capital: money(row.capital, row.currency, "capex", perUnit: 1, row.location),
        running: money(row.running, row.currency, "opex", perUnit: 1, row.location),
        lifetime: row.lifetime, loss: row.loss, keeps: row.keeps, notes: row.notes,
        provenance: row.provenance, location: row.location)
    }
  }

  private mutating func checkFigures(of row: StorageRow) {
    for (field, value) in [
      ("capacity", row.capacity), ("capex", row.capital), ("opex", row.running),
    ] {
      if let value, !(value >= 0 && value.isFinite) {
        report(
          "out-of-range", at: row.location, field: field, found: "\(value)",
          expected: "0 or more; blank when unknown")
      }
    }
    if let years = row.lifetime, !(years > 0 && years.isFinite) {
      report(
        "out-of-range", at: row.location, field: "lifetime", found: "\(years)",
        expected: "years, above 0")
    }
    if let loss = row.loss, !(0...1).contains(loss) {
      report(
        "out-of-range", at: row.location, field: "loss", found: "\(loss)",
        expected: "a share per month, 0 to 1")
    }
    if let keeps = row.keeps, keeps < 0 {
      report(
        "out-of-range", at: row.location, field: "keeps", found: "\(keeps)",
        expected: "month ends, 0 or more")
    }
  }

  /// Capacity in the stream's reference unit, and the unit in which it is meant.
  private mutating func held(_ row: StorageRow, of stream: any Stream, unit declared: String) -> (
    capacity: Double?, unit: String
  ) {
    guard let material = catalogue.materials[stream.material] else { return (nil, "") }
    if [.heat, .cold, .steam, .electricity, .service].contains(material.phase) {
      report(
        "seldom-stored", .warning, at: row.location, field: "stream", found: row.stream,
        hint: "\(material.id) is seldom kept for months; the row is taken at its word")
    }
    guard let capacity = row.capacity, capacity >= 0 else { return (nil, "") }
    let text = row.unit.trimmingSpaces()
    guard let rate = catalogue.units.rate(parsing: text.isEmpty ? declared : text) else {
      report(
        text.isEmpty ? "missing-unit" : "unknown-unit", at: row.location, field: "unit",
        found: text.isEmpty ? nil : text, expected: "the unit of an amount, such as t or m3",
        hint: Spelling.suggestion(for: text, among: catalogue.units.names))
      return (nil, "")
    }
    if !text.isEmpty, rate.period != nil || rate.unit.dimension == .power {
      report(
        "rate-for-amount", at: row.location, field: "unit", found: text,
        expected: "the unit of an amount, such as t or m3, without a period")
      return (nil, "")
    }
    if text.isEmpty, rate.unit.dimension == .power {
      report(
        "missing-unit", at: row.location, field: "unit",
        expected: "the unit of an amount, such as GJ or MWh")
      return (nil, "")
    }
    let amount = DeclaredQuantity(typical: capacity, unit: rate.unit.id)
    let flow = flow(amount, of: material, properties: stream.properties, at: row.location)
    return (flow?.quantity?.yearly.typical, rate.unit.id)
  }
}

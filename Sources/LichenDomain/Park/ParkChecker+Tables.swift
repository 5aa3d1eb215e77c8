extension ParkChecker {
  /// Measured qualities by stream, in the catalogue's units.
  mutating func streamProperties() -> PropertyTable {
    let streams = Set(declaration.outputs.map(\.id) + declaration.inputs.map(\.id))
    let names = propertyNames()
    var table: PropertyTable = [:]
    for row in declaration.properties {
      if !streams.contains(row.stream) {
        report(
          "unknown-stream", at: row.location, field: "stream", found: row.stream,
          expected: "an id of outputs.csv or inputs.csv",
          hint: Spelling.suggestion(for: row.stream, among: streams))
        continue
      }
      guard let kind = names[row.property.lowercased()] else {
        report(
          "unknown-property", at: row.location, field: "property", found: row.property,
          expected: "an id of the catalogue's properties",
          hint: Spelling.suggestion(for: row.property, among: names.keys))
        continue
      }
      guard let factor = propertyFactor(from: row.unit, to: kind.unit) else {
        report(
          "unknown-unit", at: row.location, field: "unit", found: row.unit,
          expected: "\(kind.unit), or a unit that converts to it")
        continue
      }
      let values = [row.minimum, row.value, row.maximum].compactMap { $0 }
      if values.isEmpty {
        report(
          "missing-value", at: row.location, field: "value",
          expected: "a value, a minimum or a maximum")
        continue
      }
      if values != values.sorted() {
        report(
          "range-order", at: row.location, field: "value", expected: "minimum ≤ value ≤ maximum")
        continue
      }
      checkMixture(row, kind)
      if table[row.stream]?[kind.id] != nil {
        report(
          "duplicate-property", at: row.location, field: "property", found: row.property,
          expected: "one row per stream and property")
        continue
      }
      table[row.stream, default: [:]][kind.id] = PropertyValue(
        minimum: row.minimum.map { $0 * factor }, typical: row.value.map { $0 * factor },
        maximum: row.maximum.map { $0 * factor }, isMixture: row.isMixture ?? false,
        provenance: row.provenance,
        reference: "properties.csv: \(row.stream) \(kind.id)")
    }
    return table
  }

  /// A mixture is weighed: only limits of an input on shares of mass can hold for one.
  private mutating func checkMixture(_ row: PropertyRow, _ kind: PropertyKind) {
    guard row.isMixture == true else { return }
    let dimension = catalogue.units.unit(named: kind.unit)?.dimension
    if dimension != .share && dimension != .concentration {
      report(
        "not-additive", at: row.location, field: "mixture", found: "\(kind.id) [\(kind.unit)]",
        expected: "a share or a concentration",
        hint: "other qualities do not add up by weight: leave mixture blank")
    }
    if !declaration.inputs.contains(where: { $0.id == row.stream }) {
      report(
        "not-a-limit", at: row.location, field: "mixture", found: "\(row.stream) is an output",
        expected: "an input's limit; what is measured at an output is no limit")
    } else if row.minimum == nil, row.maximum == nil {
      report(
        "missing-value", at: row.location, field: "maximum",
        expected: "a minimum or a maximum that the mixture must keep")
    }
  }

  private func propertyNames() -> [String: PropertyKind] {
    var names: [String: PropertyKind] = [:]
    for kind in catalogue.properties.values.sorted(by: { $0.id < $1.id }) {
      for name in [kind.id.rawValue] + kind.aliases where names[name.lowercased()] == nil {
        names[name.lowercased()] = kind
      }
    }
    return names
  }

  /// Factor between two units of one quality; shares and concentrations of mass convert.
  private func propertyFactor(from text: String, to target: String) -> Double? {
    func plain(_ unit: String) -> String {
      unit.lowercased().filter { $0 != "°" && $0 != " " }
    }
    if text.isEmpty || plain(text) == plain(target) { return 1 }
    guard let source = catalogue.units.unit(named: text),
      let goal = catalogue.units.unit(named: target)
    else { return nil }
    if source.dimension == goal.dimension { return source.factor / goal.factor }
    // Bases are per cent and mg/kg: 1 % is 10 000 mg/kg.
    switch (source.dimension, goal.dimension) {
    case (.share, .concentration): return source.factor * 10_000 / goal.factor
    case (.concentration, .share): return source.factor / 10_000 / goal.factor
    default: return nil
    }
  }

  mutating func documentedExchanges(enterprises: Set<EnterpriseID>) -> [DocumentedExchange] {
    let outputs = Dictionary(declaration.outputs.map { ($0.id, $0) }) { first, _ in first }
    let inputs = Dictionary(declaration.inputs.map { ($0.id, $0) }) { first, _ in first }
    var exchanges: [DocumentedExchange] = []
    for row in declaration.exchanges {
      let from = reference(row.from, "from", row.location, among: enterprises)
      let to = reference(row.to, "to", row.location, among: enterprises)
      if !row.output.isEmpty, outputs[row.output]?.enterprise != row.from {
        report(
          "unknown-stream", at: row.location, field: "output", found: row.output,
          expected: "an output of \(row.from)",
          hint: Spelling.suggestion(for: row.output, among: outputs.keys))
      }
      if !row.input.isEmpty, inputs[row.input]?.enterprise != row.to {
        report(
          "unknown-stream", at: row.location, field: "input", found: row.input,
          expected: "an input of \(row.to)",
          hint: Spelling.suggestion(for: row.input, among: inputs.keys))
      }
      guard let from, let to, holds(from: row.startYear, to: row.endYear) else { continue }
      exchanges.append(
        DocumentedExchange(
          id: row.id, from: from, to: to, output: StreamID(row.output), input: StreamID(row.input),
          name: row.name, quantity: row.quantity, unit: row.unit, startYear: row.startYear,
          endYear: row.endYear, kind: row.kind, provenance: row.provenance,
          location: row.location))
    }
    return exchanges
  }

  mutating func knownDistances(enterprises: Set<EnterpriseID>) -> [SitePair: [KnownDistance]] {
    let modes = Set(catalogue.transportModes.map(\.id))
    var distances: [SitePair: [KnownDistance]] = [:]
    for row in declaration.distances {
      let from = reference(row.from, "from", row.location, among: enterprises)
      let to = reference(row.to, "to", row.location, among: enterprises)
      if !row.mode.isEmpty, !modes.contains(row.mode) {
        report(
          "unknown-mode", at: row.location, field: "mode", found: row.mode,
          expected: modes.sorted().joined(separator: ", "),
          hint: Spelling.suggestion(for: row.mode, among: modes))
        continue
      }
      guard let from, let to else { continue }
      let pair = SitePair(from: from, to: to)
      let mode = row.mode.isEmpty ? nil : row.mode
      if distances[pair]?.contains(where: { $0.mode == mode }) == true {
        report(
          "duplicate-distance", at: row.location, found: "\(from) to \(to) \(row.mode)",
          expected: "one row per direction and mode")
        continue
      }
      distances[pair, default: []].append(
        KnownDistance(
          km: row.km, mode: mode, provenance: row.provenance,
          reference: ["distances.csv:", row.from, row.to, mode].compactMap { $0 }
            .joined(separator: " ")))
    }
    return distances.mapValues { $0.sorted { ($0.mode ?? "") < ($1.mode ?? "") } }
  }
}

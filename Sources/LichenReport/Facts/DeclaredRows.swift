import LichenDomain

/// Rows of the park's own tables by the reference that ledgers give them.
struct DeclaredRows {
  struct Row {
    /// What it says, for people.
    let name: String
    let source: String
    /// `nil` when the row does not say: declared by the enterprise itself.
    let confidence: Confidence?
  }

  private var rows: [String: Row] = [:]
  private let wanted: Set<String>

  /// - Parameter wanted: References to look for; a region has far more rows than a plan uses.
  /// - Complexity: O(rows of the park).
  init(_ context: ReportContext, wanted: Set<String>) {
    self.wanted = wanted
    addStreams(context)
    addWays(context)
    addThings(context)
  }

  subscript(reference: String) -> Row? { rows[reference] }

  private mutating func add(
    _ reference: String, _ provenance: Provenance, _ name: @autoclosure () -> String
  ) {
    guard wanted.contains(reference), rows[reference] == nil else { return }
    rows[reference] = Row(
      name: name(), source: provenance.source, confidence: provenance.confidence)
  }

  private mutating func addStreams(_ context: ReportContext) {
    let park = context.park
    func name(_ stream: some Stream) -> String {
      "\(context.names.short(stream.enterprise)): \(context.stream(stream))"
    }
    for output in park.outputs {
      add(output.reference, output.provenance, name(output))
      for (id, value) in output.properties.sorted(by: { $0.key < $1.key }) {
        add(value.reference, value.provenance, "\(name(output)), \(context.property(id))")
      }
    }
    for input in park.inputs {
      add(input.reference, input.provenance, name(input))
      for (id, value) in input.properties.sorted(by: { $0.key < $1.key }) {
        add(value.reference, value.provenance, "\(name(input)), \(context.property(id))")
      }
    }
  }

  private mutating func addWays(_ context: ReportContext) {
    let pairs = context.park.distances.sorted {
      ($0.key.from, $0.key.to) < ($1.key.from, $1.key.to)
    }
    for (pair, known) in pairs {
      for row in known {
        add(
          row.reference, row.provenance,
          context.language.text(
            "assumption.distance",
            ["from": context.names.short(pair.from), "to": context.names.short(pair.to)]))
      }
    }
  }

  private mutating func addThings(_ context: ReportContext) {
    let park = context.park
    for (key, figure) in park.overrides.sorted(by: { $0.key < $1.key }) {
      add(figure.reference, figure.provenance, key)
    }
    for facility in park.facilities {
      add(facility.reference, facility.provenance, facility.name)
    }
    for option in park.options { add(option.reference, option.provenance, option.name) }
    for exchange in park.exchanges {
      add(
        "exchanges.csv: \(exchange.id)", exchange.provenance,
        exchange.name.isEmpty ? exchange.id : exchange.name)
    }
    for total in park.totals {
      add("totals.csv: \(total.id)", total.provenance, total.name.isEmpty ? total.id : total.name)
    }
  }
}

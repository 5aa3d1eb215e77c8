import LichenDomain

/// One stream made of a blueprint's row and an enterprise's size.
struct FilledRow {
  let id: String
  let enterprise: Enterprise
  let sector: Sector
  let flow: BlueprintFlow
  /// `nil` leaves the stream unquantified.
  let scale: Sector.Scale?

  /// Amount per year in the row's unit.
  var yearly: Estimate? { scale.map { flow.yearly(at: $0) } }

  /// Never better than the row's own; a size that is estimated makes the flow estimated.
  var confidence: Confidence {
    var weakest = min(flow.confidence, enterprise.provenance.confidence ?? .verified)
    if scale?.measure != .reference { weakest = min(weakest, sector.confidence) }
    // A typical flow is never what was read at the plant.
    return min(weakest, .estimated)
  }

  var output: OutputRow {
    var row = OutputRow(
      id: id, enterprise: enterprise.id.rawValue, material: flow.material?.rawValue ?? "",
      location: location("outputs.csv"))
    row.name = flow.name
    row.quantity = quantity
    row.currentRoute = flow.currentRoute?.rawValue ?? ""
    row.notes = notes
    row.basis = .blueprint
    row.provenance = Provenance(source: source, confidence: confidence)
    return row
  }

  var input: InputRow {
    var row = InputRow(
      id: id, enterprise: enterprise.id.rawValue, material: flow.material?.rawValue ?? "",
      location: location("inputs.csv"))
    row.name = flow.name
    row.quantity = quantity
    row.notes = notes
    row.basis = .blueprint
    row.provenance = Provenance(source: source, confidence: confidence)
    return row
  }

  /// What a typical plant measures or demands, as rows of the stream.
  var properties: [PropertyRow] {
    flow.properties.map { quality in
      var row = PropertyRow(
        stream: id, property: quality.property.rawValue, location: location("properties.csv"))
      row.minimum = quality.minimum
      row.value = quality.value
      row.maximum = quality.maximum
      row.provenance = Provenance(source: source, confidence: min(confidence, .estimated))
      return row
    }
  }

  private func location(_ file: String) -> SourceLocation { SourceLocation(file: file) }

  private var quantity: DeclaredQuantity {
    guard let yearly else { return DeclaredQuantity(unit: "\(flow.unit.id)/yr") }
    return DeclaredQuantity(
      typical: yearly.typical, low: yearly.low, high: yearly.high, unit: "\(flow.unit.id)/yr")
  }

  private var source: String { "\(flow.reference) (\(flow.source))" }

  private var notes: String {
    var parts = ["Estimated from blueprint"]
    if !flow.fate.isEmpty { parts.append("today: \(flow.fate)") }
    if !flow.quality.isEmpty { parts.append("quality: \(flow.quality)") }
    if flow.isOptional { parts.append("many plants have none") }
    if flow.role == .coProduct { parts.append("co-product, at its market price") }
    return parts.joined(separator: "; ")
  }
}

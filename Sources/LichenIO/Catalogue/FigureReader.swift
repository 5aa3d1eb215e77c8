import LichenDomain

/// Makes figures, exchange rates and the defaults that point to figures.
struct FigureReader {
  let scope: CatalogueScope

  /// What figures are stated for besides units: transport work, length of line, one-off things.
  private static let otherBases: Set<String> = [
    "tkm", "m", "tCO2", "tCO2e", "permit", "connection", "contract", "plant", "yr", "t_dry",
  ]
  static let carbonMeasure = "kgCO2e"

  func factor(_ row: RowReader) -> Figure? {
    if row.text("value").isEmpty { row.reportMissing("value") }
    let value = row.estimate(low: "low", typical: "value", high: "high")
    let per = basis(row)
    _ = row.knownMaterial("material", scope: scope)
    return figure(row, value: value, measure: Self.carbonMeasure, per: per)
  }

  func cost(_ row: RowReader) -> Figure? {
    let value = requiredEstimate(row)
    let currency = row.currency("currency")
    if row.text("currency").isEmpty { row.reportMissing("currency") }
    let per = basis(row)
    return figure(row, value: value, measure: currency?.code ?? "", per: per)
  }

  func parameter(_ row: RowReader) -> Figure? {
    let unit = row.requiredText("unit")
    return figure(row, value: requiredEstimate(row), measure: unit, per: "")
  }

  private func requiredEstimate(_ row: RowReader) -> Estimate? {
    if ["low", "typical", "high"].allSatisfy({ row.text($0).isEmpty }) {
      row.reportMissing("typical")
    }
    return row.estimate(low: "low", typical: "typical", high: "high")
  }

  private func figure(_ row: RowReader, value: Estimate?, measure: String, per: String) -> Figure? {
    let id = row.identifierText("id", required: true)
    let name = row.requiredText("name")
    let region = row.knownRegion("region", scope: scope)
    let year = row.year("year")
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let value, !id.isEmpty else { return nil }
    return Figure(
      id: id, name: name, value: value, measure: measure, per: per, region: region, year: year,
      source: source, confidence: confidence)
  }

  /// A unit, a unit of flow such as `t/yr`, or one of the other bases.
  private func basis(_ row: RowReader) -> String {
    let per = row.requiredText("per")
    if per.isEmpty || Self.otherBases.contains(per) || scope.units.rate(parsing: per) != nil {
      return per
    }
    row.reportUnknownReference(
      "unknown-unit", "per", per, in: scope.units.names + Self.otherBases,
      expected: "a unit in units.csv, or \(Self.otherBases.sorted().joined(separator: ", "))")
    return per
  }

  func exchangeRate(_ row: RowReader) -> ExchangeRate? {
    let id = row.identifierText("id", required: true)
    let base = row.currency("base")
    let quote = row.currency("quote")
    for column in ["base", "quote", "rate", "year"] where row.text(column).isEmpty {
      row.reportMissing(column)
    }
    let rate = row.estimate(low: "low", typical: "rate", high: "high", in: .positive)
    let year = row.year("year")
    let source = row.requiredText("source")
    let confidence = row.requiredConfidence()
    guard let base, let quote, let rate, let year else { return nil }
    return ExchangeRate(
      id: id, base: base, quote: quote, rate: rate, year: year, source: source,
      confidence: confidence)
  }

  /// - Parameter figures: Ids of all figures.
  func rule(_ row: RowReader, roles: Set<String>, figures: Set<String>) -> DefaultRule? {
    let role = row.requiredText("role")
    if !role.isEmpty, !roles.contains(role) {
      row.reportUnknownReference(
        "unknown-role", "role", role, in: roles.sorted(),
        expected: "a role of the engine, of transport.csv or a row of parameters.csv")
    }
    let material = row.knownMaterial("material", scope: scope)
    let region = row.knownRegion("region", scope: scope)
    let entries = row.list("entries")
    if entries.isEmpty { row.reportMissing("entries") }
    for entry in entries where !figures.contains(entry) {
      row.reportUnknownReference(
        "unknown-figure", "entries", entry, in: figures.sorted(),
        expected: "an id in factors.csv, costs.csv or parameters.csv")
    }
    let confidence = row.requiredConfidence()
    return DefaultRule(
      role: role, material: material, region: region, entries: entries, confidence: confidence)
  }
}

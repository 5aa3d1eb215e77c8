import LichenDomain

/// A row of the catalogue that a plan rests on, ready to be shown.
struct Assumption: Sendable {
  let id: String
  let table: String
  let name: String
  /// `nil` for a row that holds no single figure.
  let value: Estimate?
  let unit: String
  let region: String
  let year: Int?
  let confidence: Confidence
  let source: String
}

extension ReportContext {
  /// The catalogue row behind a reference; `nil` for a row of the park's own tables.
  func assumption(_ use: ReferenceUse) -> Assumption? {
    guard let (table, id) = use.row else { return nil }
    switch table {
    case "costs.csv", "factors.csv", "parameters.csv": return figure(id, table: table)
    case "materials.csv": return content(id)
    case "routes.csv": return route(id)
    case "rules.csv": return rule(id)
    case "exchange_rates.csv": return exchangeRate(id)
    default: return nil
    }
  }

  private func figure(_ id: String, table: String) -> Assumption? {
    guard let figure = park.catalogue.figures[id] else { return nil }
    let unit = figure.per.isEmpty ? figure.measure : "\(figure.measure)/\(figure.per)"
    return Assumption(
      id: id, table: table, name: language.term(figure.name), value: figure.value,
      unit: language.unitText(unit),
      region: figure.region, year: figure.year, confidence: figure.confidence,
      source: figure.source)
  }

  /// The energy in a material, on which computed ratios rest.
  private func content(_ id: String) -> Assumption? {
    guard let material = MaterialID(id).flatMap({ park.material($0) }) else { return nil }
    let content =
      material.conversion.heatContentGJPerTonne ?? material.conversion.heatingValueGJPerTonne
    return Assumption(
      id: id, table: "materials.csv",
      name: language.text("assumption.material", ["material": self.material(material.id)]),
      value: content.map { Estimate($0) }, unit: content == nil ? "" : language.unitText("GJ/t"),
      region: "", year: nil, confidence: material.valueConfidence ?? material.confidence,
      source: material.source)
  }

  private func route(_ id: String) -> Assumption? {
    guard let route = park.catalogue.routes.first(where: { $0.id.rawValue == id }) else {
      return nil
    }
    let cost = route.treatmentCost
    // A row for families states its cost per GJ, because its members are counted in several units.
    let unit =
      route.ratioRule == nil ? park.material(route.output)?.referenceUnit.id ?? "" : "GJ"
    return Assumption(
      id: id, table: "routes.csv",
      name: language.text(
        "assumption.route", ["from": material(route.output), "to": material(route.input)]),
      value: cost?.amount, unit: cost.map { language.unitText("\($0.currency)/\(unit)") } ?? "",
      region: "", year: cost?.year, confidence: min(route.ratioConfidence, route.costConfidence),
      source: route.source)
  }

  private func rule(_ id: String) -> Assumption? {
    guard let rule = park.catalogue.rules.first(where: { $0.id.rawValue == id }) else { return nil }
    return Assumption(
      id: id, table: "rules.csv",
      name: language.text("assumption.rule", ["instrument": language.term(rule.instrument)]),
      value: rule.cost?.amount, unit: rule.cost?.currency.code ?? "", region: rule.jurisdiction,
      year: rule.cost?.year, confidence: rule.costConfidence ?? rule.confidence,
      source: rule.source)
  }

  /// Rates are found again by converting the currencies of the catalogue, in order.
  private func exchangeRate(_ id: String) -> Assumption? {
    let catalogue = park.catalogue
    let currencies = Set(
      catalogue.figures.values.map(\.measure).filter { $0.utf8.count == 3 }
        + catalogue.routes.compactMap(\.treatmentCost?.currency.code)
        + catalogue.rules.compactMap(\.cost?.currency.code)
        + park.outputs.compactMap(\.disposalCost?.currency.code)
        + park.inputs.compactMap(\.price?.currency.code)
    ).sorted().compactMap { Currency($0) }
    let years = Set(catalogue.figures.values.map(\.year) + [park.settings.priceYear, nil])
      .sorted { ($0 ?? 0) < ($1 ?? 0) }
    for source in currencies {
      for year in years {
        let conversion = try? catalogue.exchangeRates.conversion(
          from: source, to: currency, year: year)
        guard let rate = conversion?.used.first(where: { $0.id == id }) else { continue }
        return Assumption(
          id: id, table: "exchange_rates.csv",
          name: language.text(
            "assumption.exchange-rate", ["base": rate.base.code, "quote": rate.quote.code]),
          value: rate.rate, unit: "\(rate.quote)/\(rate.base)", region: "", year: rate.year,
          confidence: rate.confidence, source: rate.source)
      }
    }
    return nil
  }
}

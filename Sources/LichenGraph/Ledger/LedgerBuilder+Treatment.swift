import LichenDomain

/// Making the by-product fit for its use.
extension LedgerBuilder {
  func treatmentLines(_ material: Material, output: OutputStream?, route: Route)
    -> [LedgerLine]
  {
    treatmentLines(route) + (output.flatMap(supplyLine).map { [$0] } ?? [])
      + (residueLine(material, route).map { [$0] } ?? [])
  }

  func treatmentLines(_ route: Route) -> [LedgerLine] {
    var lines: [LedgerLine] = []
    if !route.isDirectUse {
      lines.append(
        LedgerLine(
          .treatment, bearer: .receiver, money: treatmentMoney(route),
          carbon: .none, remark: "remark.treatment-all-in"))
      if route.electricityKWh != 0 || route.heatGJ != 0 {
        lines.append(
          LedgerLine(
            .treatmentEnergy, bearer: .receiver, money: .none, carbon: treatmentCarbon(route),
            remark: "remark.energy-in-treatment"))
      }
    }
    return lines
  }

  private static let supplyElectricity = PropertyID("supply_electricity")

  /// Power that the donor spends on delivering, where he has said how much.
  func supplyLine(_ output: OutputStream) -> LedgerLine? {
    guard let id = Self.supplyElectricity, let supply = output.properties[id],
      let low = supply.lowest, let high = supply.highest,
      let kWh = Estimate(low: low, typical: supply.typical ?? (low + high) / 2, high: high)
    else { return nil }
    let origin = LedgerAmount(
      value: kWh, basis: .declared, confidence: supply.provenance.confidence,
      references: [supply.reference])
    return .power(
      .supplyPower, bearer: .donor, kWh: kWh, from: origin, price: electricityPrice,
      carbon: electricityCarbon)
  }

  func residueLine(_ material: Material, _ route: Route) -> LedgerLine? {
    guard let share = route.residueShare, share > 0 else { return nil }
    return LedgerLine(
      .residueDisposal, bearer: .receiver,
      money: figures.money("disposal_cost", for: material, per: material.referenceUnit)
        .scaled(by: -share),
      carbon: figures.carbon("disposal_co2", for: material, per: material.referenceUnit)
        .scaled(by: -share))
  }

  private func treatmentMoney(_ route: Route) -> LedgerAmount {
    guard let cost = route.treatmentCost,
      let conversion = try? park.catalogue.exchangeRates.conversion(
        from: cost.currency, to: park.settings.currency, year: cost.year)
    else { return .unknown }
    return LedgerAmount(
      value: -(cost.amount * conversion.factor), basis: .catalogue,
      confidence: conversion.weakening(route.costConfidence),
      references: route.references
        + conversion.used.map { "exchange_rates.csv: \($0.id)" })
  }

  private func treatmentCarbon(_ route: Route) -> LedgerAmount {
    func part(_ amount: LedgerAmount, _ quantity: Double) -> Estimate? {
      quantity == 0 ? .zero : amount.value.map { $0 * -quantity }
    }
    guard let power = part(electricityCarbon, route.electricityKWh),
      let heat = part(heatCarbon, route.heatGJ)
    else { return .unknown }
    let used =
      (route.electricityKWh == 0 ? [] : [electricityCarbon])
      + (route.heatGJ == 0 ? [] : [heatCarbon])
    return LedgerAmount(
      value: power + heat, basis: used.contains { $0.basis == .proxy } ? .proxy : .catalogue,
      confidence: (used.compactMap(\.confidence) + [route.costConfidence]).min(),
      references: route.references + used.flatMap(\.references))
  }
}

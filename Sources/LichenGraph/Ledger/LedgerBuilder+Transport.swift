import LichenDomain

/// Moving the stream, and the line that carries it.
extension LedgerBuilder {
  func transportLines(_ material: Material, _ transport: Transport, isHazardous: Bool)
    -> [LedgerLine]
  {
    guard let mode = transport.mode else { return [] }
    guard let km = transport.km else {
      return [LedgerLine(.transport, bearer: .both, money: .unknown, carbon: .unknown)]
    }
    if mode.isFixedLine {
      return material.phase == .water ? [pumpingLine(material, km: km)] : []
    }
    guard let tonnes = tonnes(perReferenceUnitOf: material) else {
      return [LedgerLine(.transport, bearer: .both, money: .unknown, carbon: .unknown)]
    }
    let hazard = isHazardous ? hazardFactor : LedgerAmount(value: Estimate(1))
    func freight(_ role: String?, _ unit: Unit, times factor: Double, isMoney: Bool)
      -> LedgerAmount
    {
      guard let role else { return .none }
      let amount =
        unit == FigureBook.tonneKilometre
        ? figures.freight(role, of: material, isMoney: isMoney)
        : figures.money(role, for: nil, per: unit)
      // Only the price of haulage depends on the hazard, not the fuel that it burns.
      let multiplier = isMoney ? hazard : LedgerAmount(value: Estimate(1))
      guard let value = amount.value, let times = multiplier.value else { return .unknown }
      return LedgerAmount(
        value: value * times * -factor, basis: amount.basis,
        confidence: [amount.confidence, multiplier.confidence, transport.confidence]
          .compactMap { $0 }.min(),
        references: amount.references + multiplier.references
          + (transport.distanceRow.map { [$0] } ?? []))
    }
    var lines = [
      LedgerLine(
        .transport, bearer: .both,
        money: freight(mode.costRole, FigureBook.tonneKilometre, times: tonnes * km, isMoney: true),
        carbon: freight(
          mode.carbonRole, FigureBook.tonneKilometre, times: tonnes * km, isMoney: false),
        remark: isHazardous ? "remark.hazardous-haulage" : nil)
    ]
    if mode.handlingRole != nil {
      lines.append(
        LedgerLine(
          .handling, bearer: .both,
          money: freight(mode.handlingRole, tonne, times: tonnes, isMoney: true)))
    }
    return lines
  }

  private func pumpingLine(_ material: Material, km: Double) -> LedgerLine {
    let cubicMetres = try? FlowConversion(
      material: material.id.rawValue, basis: material.conversion
    ).factor(
      from: material.referenceUnit,
      to: Unit(id: "m3", dimension: .volume, factor: 1, source: "SI", confidence: .verified))
    guard let cubicMetres, let kWh = pumping.value else {
      return LedgerLine(.pumping, bearer: .both, money: .unknown, carbon: .unknown)
    }
    return power(.pumping, bearer: .both, kWh: kWh * (cubicMetres * km), from: pumping)
  }

  /// A line for electricity that is used: its price and its emissions.
  func power(_ term: LedgerTerm, bearer: Bearer, kWh: Estimate, from origin: LedgerAmount)
    -> LedgerLine
  {
    func used(_ amount: LedgerAmount) -> LedgerAmount {
      guard let value = amount.value else { return .unknown }
      return LedgerAmount(
        value: -(value * kWh), basis: amount.basis,
        confidence: [amount.confidence, origin.confidence].compactMap { $0 }.min(),
        references: origin.references + amount.references)
    }
    return LedgerLine(
      term, bearer: bearer, money: used(electricityPrice), carbon: used(electricityCarbon))
  }

  func tonnes(perReferenceUnitOf material: Material) -> Double? {
    try? FlowConversion(material: material.id.rawValue, basis: material.conversion)
      .factor(from: material.referenceUnit, to: tonne)
  }

  func fixedLines(_ transport: Transport, isSunk: Bool) -> ([LedgerLine], Estimate) {
    if isSunk {
      let nothing = LedgerAmount(
        value: .zero, basis: .declared, confidence: .verified, references: ["exchanges.csv"])
      return (
        [LedgerLine(.capital, bearer: .both, money: nothing, remark: "remark.exists-already")],
        .zero
      )
    }
    var lines: [LedgerLine] = []
    var capital = Estimate.zero
    if let mode = transport.mode, mode.isFixedLine {
      let perMetre =
        mode.capitalRole.map { figures.money($0, for: nil, per: metre) } ?? LedgerAmount.unknown
      if let value = perMetre.value, let km = transport.km, let factor = annuity.value {
        capital = value * (km * 1000)
        lines.append(
          LedgerLine(
            .capital, bearer: .both,
            money: fixedAmount(-(capital * factor), perMetre, annuity, transport)))
        let upkeep = maintenanceShare.value.map {
          fixedAmount(-(capital * $0), perMetre, maintenanceShare, transport)
        }
        lines.append(LedgerLine(.maintenance, bearer: .both, money: upkeep ?? .unknown))
      } else {
        lines.append(LedgerLine(.capital, bearer: .both, money: .unknown))
      }
    }
    lines.append(
      LedgerLine(
        .transaction, bearer: .both,
        money: transaction.scaled(by: -1)))
    return (lines, capital)
  }

  private func fixedAmount(
    _ value: Estimate, _ first: LedgerAmount, _ second: LedgerAmount, _ transport: Transport
  ) -> LedgerAmount {
    LedgerAmount(
      value: value, basis: first.basis,
      confidence: [first.confidence, second.confidence, transport.confidence]
        .compactMap { $0 }.min(),
      references: first.references + second.references
        + (transport.distanceRow.map { [$0] } ?? []))
  }
}

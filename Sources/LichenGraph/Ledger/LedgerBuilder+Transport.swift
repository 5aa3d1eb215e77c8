import LichenDomain

/// Moving the stream, and the line that carries it.
extension LedgerBuilder {
  /// How a material travels by a mode; `nil` moves nothing.
  func carriage(of material: Material, by mode: TransportMode?) -> Carriage {
    func haulage(_ role: String?, _ unit: Unit) -> Carriage.Haulage? {
      role.map { role in
        let amount = rate(role, unit, of: material, isMoney: true)
        return Carriage.Haulage(ordinary: amount, hazardous: multiplied(amount, by: hazardFactor))
      }
    }
    let isLine = mode?.isFixedLine == true
    return Carriage(
      mode: mode, freight: haulage(mode?.costRole, FigureBook.tonneKilometre),
      freightCarbon: mode?.carbonRole.map {
        rate($0, FigureBook.tonneKilometre, of: material, isMoney: false)
      },
      handling: haulage(mode?.handlingRole, tonne),
      tonnes: tonnes(perReferenceUnitOf: material),
      pump: isLine && material.phase == .water ? pump(material) : nil,
      line: isLine
        ? Carriage.FixedLine(
          perMetre: mode?.capitalRole.map { figures.money($0, for: nil, per: metre) } ?? .unknown,
          annuity: annuity, maintenanceShare: maintenanceShare) : nil,
      transaction: transaction)
  }

  private func rate(_ role: String, _ unit: Unit, of material: Material, isMoney: Bool)
    -> LedgerAmount
  {
    unit == FigureBook.tonneKilometre
      ? figures.freight(role, of: material, isMoney: isMoney)
      : figures.money(role, for: nil, per: unit)
  }

  /// Only the price of haulage depends on the hazard, not the fuel that it burns.
  private func multiplied(_ amount: LedgerAmount, by factor: LedgerAmount) -> LedgerAmount {
    guard let value = amount.value, let times = factor.value else { return .unknown }
    return LedgerAmount(
      value: value * times, basis: amount.basis,
      confidence: [amount.confidence, factor.confidence].compactMap { $0 }.min(),
      references: amount.references + factor.references)
  }

  private func pump(_ material: Material) -> Carriage.Pump {
    let cubicMetres = try? FlowConversion(
      material: material.id.rawValue, basis: material.conversion
    ).factor(
      from: material.referenceUnit,
      to: Unit(id: "m3", dimension: .volume, factor: 1, source: "SI", confidence: .verified))
    return Carriage.Pump(
      cubicMetres: cubicMetres, perCubicMetreKm: pumping, price: electricityPrice,
      carbon: electricityCarbon)
  }

  func tonnes(perReferenceUnitOf material: Material) -> Double? {
    try? FlowConversion(material: material.id.rawValue, basis: material.conversion)
      .factor(from: material.referenceUnit, to: tonne)
  }

  /// What a link that exists already costs each year: nothing is invested or arranged anew.
  var sunkLines: [LedgerLine] {
    let nothing = LedgerAmount(
      value: .zero, basis: .declared, confidence: .verified, references: ["exchanges.csv"])
    return [LedgerLine(.capital, bearer: .both, money: nothing, remark: "remark.exists-already")]
  }
}

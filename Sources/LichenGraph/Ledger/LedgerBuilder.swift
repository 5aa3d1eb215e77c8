import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Writes the itemised balance of an exchange from declared figures and defaults.
///
/// Formulas, per reference unit of output, with ρ the route's ratio:
/// money = disposal + ρ·price − transport − handling − treatment − power − residue;
/// CO2e = disposal + ρ·virgin + (stack avoided − stack added) − transport − treatment energy − power;
/// per year: − annuity(capital) − maintenance − transaction.
public struct LedgerBuilder: Sendable {
  private let park: Park
  private let figures: FigureBook
  private let kilowattHour: Unit
  private let gigajoule: Unit
  private let tonne: Unit
  private let metre: Unit
  private let electricityPrice: LedgerAmount
  private let electricityCarbon: LedgerAmount
  private let heatCarbon: LedgerAmount
  private let hazardFactor: LedgerAmount
  private let pumping: LedgerAmount
  private let maintenanceShare: LedgerAmount
  private let transaction: LedgerAmount
  /// Share of an investment to be earned each year; unknown without rate or lifetime.
  private let annuity: LedgerAmount

  public init(park: Park) {
    self.park = park
    let figures = FigureBook(park: park)
    self.figures = figures
    func unit(_ id: String, _ dimension: Dimension, _ factor: Double) -> Unit {
      park.catalogue.units.unit(named: id)
        ?? Unit(id: id, dimension: dimension, factor: factor, source: "SI", confidence: .verified)
    }
    kilowattHour = unit("kWh", .energy, 0.0036)
    gigajoule = unit("GJ", .energy, 1)
    tonne = unit("t", .mass, 1)
    metre = unit("m", .distance, 0.001)
    electricityPrice = figures.money("electricity_price", for: nil, per: kilowattHour)
    electricityCarbon = figures.carbon("electricity_co2", for: nil, per: kilowattHour)
    heatCarbon = figures.carbon("heat_co2", for: nil, per: gigajoule)
    hazardFactor = figures.parameter("hazardous_haulage_multiplier")
    pumping = figures.parameter("pump_kwh_per_m3_km")
    maintenanceShare = figures.parameter("pipe_maintenance_share")
    transaction = figures.lumpSum("transaction_cost")
    annuity = Self.annuity(
      rate: figures.discountRate, years: figures.parameter("link_lifetime_years"))
  }

  /// Annuity factor r / (1 − (1 + r)^−n), or 1/n at r = 0.
  public static func annuityFactor(rate: Double, years: Double) -> Double {
    rate == 0 ? 1 / years : rate / (1 - pow(1 + rate, -years))
  }

  static func annuity(rate: LedgerAmount, years: LedgerAmount) -> LedgerAmount {
    guard let r = rate.value?.typical, let n = years.value?.typical, r > -1, n > 0 else {
      return .unknown
    }
    let factor = annuityFactor(rate: r, years: n)
    guard factor.isFinite else { return .unknown }
    return LedgerAmount(
      value: Estimate(factor),
      basis: [rate.basis, years.basis].contains(.proxy) ? .proxy : rate.basis,
      confidence: [rate.confidence, years.confidence].compactMap { $0 }.min(),
      references: rate.references + years.references)
  }

  /// The balance of one exchange.
  /// - Parameters:
  ///   - isHazardous: What the law says of this output, its waste code included; decides haulage.
  ///   - isSunk: The link exists: nothing is invested or arranged anew.
  public func ledger(
    output: OutputStream, input: InputStream, route: Route, transport: Transport,
    isHazardous: Bool, isSunk: Bool
  ) -> Ledger {
    guard let offered = park.material(output.material), let bought = park.material(input.material)
    else { return Ledger(perUnit: [], fixed: [], capital: .zero) }
    var perUnit = [
      disposal(of: output, offered), purchase(of: input, bought, output: output, route: route),
    ]
    perUnit += transportLines(offered, transport, isHazardous: isHazardous)
    perUnit += treatmentLines(offered, output: output, route: route)
    let (fixed, capital) = fixedLines(transport, isSunk: isSunk)
    return Ledger(perUnit: perUnit, fixed: fixed, capital: capital)
  }

  // MARK: What is no longer paid

  private func disposal(of output: OutputStream, _ material: Material) -> LedgerLine {
    let money: LedgerAmount
    if let declared = output.disposalCost {
      money = figures.declared(
        declared, provenance: output.provenance, reference: output.reference)
    } else if output.currentRoute == .none {
      money = declaredNothing(output)
    } else if [.landfill, .incineration, .unknown].contains(output.currentRoute) {
      money = figures.money("disposal_cost", for: material, per: material.referenceUnit)
    } else {
      money = .unknown
    }
    return LedgerLine(
      .avoidedDisposal, bearer: .donor, money: money, carbon: disposalCarbon(of: output, material),
      remark: output.currentRoute.isAlreadyUsed ? "remark.already-used" : nil)
  }

  private func disposalCarbon(of output: OutputStream, _ material: Material) -> LedgerAmount {
    switch output.currentRoute {
    case .none, .sold, .reused: return declaredNothing(output)
    case .flare, .incineration:
      return figures.carbon("combustion_co2", for: material, per: material.referenceUnit)
    case .landfill, .unknown:
      return figures.carbon("disposal_co2", for: material, per: material.referenceUnit)
    case .sewer, .discharge, .stockpile: return .unknown
    }
  }

  private func declaredNothing(_ output: OutputStream) -> LedgerAmount {
    LedgerAmount(
      value: .zero, basis: .declared, confidence: output.provenance.confidence ?? .verified,
      references: [output.reference])
  }

  private func purchase(
    of input: InputStream, _ material: Material, output: OutputStream, route: Route
  ) -> LedgerLine {
    let price =
      input.price.map {
        figures.declared($0, provenance: input.provenance, reference: input.reference)
      } ?? figures.money("price", for: material, per: material.referenceUnit)
    let isUsed = output.currentRoute.isAlreadyUsed
    let virgin =
      isUsed
      ? declaredNothing(output)
      : figures.carbon("virgin_co2", for: material, per: material.referenceUnit)
    return LedgerLine(
      .avoidedPurchase, bearer: .receiver, money: replaced(price, by: route),
      carbon: isUsed ? virgin : replaced(virgin, by: route),
      remark: isUsed ? "remark.no-new-credit" : nil)
  }

  /// Amount per unit of input times the route's ratio.
  private func replaced(_ amount: LedgerAmount, by route: Route) -> LedgerAmount {
    guard let value = amount.value else { return .unknown }
    let routeReference = route.isDirectUse ? [] : ["routes.csv: \(route.id)"]
    return LedgerAmount(
      value: value * route.ratio, basis: amount.basis,
      confidence: [amount.confidence, route.isDirectUse ? nil : route.ratioConfidence]
        .compactMap { $0 }.min(),
      references: amount.references + routeReference)
  }

  // MARK: Moving

  private func transportLines(_ material: Material, _ transport: Transport, isHazardous: Bool)
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
        isMoney
        ? figures.money(role, for: nil, per: unit) : figures.carbon(role, for: nil, per: unit)
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
  private func power(_ term: LedgerTerm, bearer: Bearer, kWh: Estimate, from origin: LedgerAmount)
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

  private func tonnes(perReferenceUnitOf material: Material) -> Double? {
    try? FlowConversion(material: material.id.rawValue, basis: material.conversion)
      .factor(from: material.referenceUnit, to: tonne)
  }

  // MARK: Treating

  private func treatmentLines(_ material: Material, output: OutputStream, route: Route)
    -> [LedgerLine]
  {
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
    if let id = PropertyID("supply_electricity"), let supply = output.properties[id],
      let low = supply.lowest, let high = supply.highest,
      let kWh = Estimate(low: low, typical: supply.typical ?? (low + high) / 2, high: high)
    {
      let origin = LedgerAmount(
        value: kWh, basis: .declared, confidence: supply.provenance.confidence,
        references: [supply.reference])
      lines.append(power(.supplyPower, bearer: .donor, kWh: kWh, from: origin))
    }
    if route.use == .fuel {
      let stack = figures.carbon("combustion_co2", for: material, per: material.referenceUnit)
      lines.append(
        LedgerLine(.combustion, bearer: .receiver, money: .none, carbon: stack.scaled(by: -1)))
    }
    if let share = route.residueShare, share > 0 {
      lines.append(
        LedgerLine(
          .residueDisposal, bearer: .receiver,
          money: figures.money("disposal_cost", for: material, per: material.referenceUnit)
            .scaled(by: -share),
          carbon: figures.carbon("disposal_co2", for: material, per: material.referenceUnit)
            .scaled(by: -share)))
    }
    return lines
  }

  private func treatmentMoney(_ route: Route) -> LedgerAmount {
    guard let cost = route.treatmentCost,
      let conversion = try? park.catalogue.exchangeRates.conversion(
        from: cost.currency, to: park.settings.currency, year: cost.year)
    else { return .unknown }
    return LedgerAmount(
      value: -(cost.amount * conversion.factor), basis: .catalogue,
      confidence: conversion.weakening(route.costConfidence),
      references: ["routes.csv: \(route.id)"]
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
      references: ["routes.csv: \(route.id)"] + used.flatMap(\.references))
  }

  // MARK: Once a year

  private func fixedLines(_ transport: Transport, isSunk: Bool) -> ([LedgerLine], Estimate) {
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

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
/// CO2e = disposal + ρ·virgin + ρ·stack of the fuel replaced − stack of the by-product burnt
/// − transport − treatment energy − power;
/// per year: − annuity(capital) − maintenance − transaction.
public struct LedgerBuilder: Sendable {
  let park: Park
  let figures: FigureBook
  let kilowattHour: Unit
  let gigajoule: Unit
  let tonne: Unit
  let metre: Unit
  let electricityPrice: LedgerAmount
  let electricityCarbon: LedgerAmount
  let heatCarbon: LedgerAmount
  let hazardFactor: LedgerAmount
  let pumping: LedgerAmount
  let maintenanceShare: LedgerAmount
  let transaction: LedgerAmount
  /// Share of an investment to be earned each year; unknown without rate or lifetime.
  let annuity: LedgerAmount

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
    perUnit += combustionLines(
      offered, bought, route: route,
      noCredit: output.currentRoute.isAlreadyUsed ? declaredNothing(output) : nil)
    let carriage = carriage(of: offered, by: transport.mode)
    perUnit += carriage.lines(transport, isHazardous: isHazardous)
    perUnit += treatmentLines(offered, output: output, route: route)
    let (fixed, capital) = isSunk ? (sunkLines, .zero) : carriage.fixedLines(transport)
    return Ledger(perUnit: perUnit, fixed: fixed, capital: capital)
  }

  func disposal(of output: OutputStream, _ material: Material) -> LedgerLine {
    let money: LedgerAmount
    if let declared = output.disposalCost {
      money = figures.declared(
        declared, provenance: output.provenance, reference: output.reference)
    } else if output.currentRoute == .none {
      money = declaredNothing(output)
    } else if [.landfill, .incineration, .unknown].contains(output.currentRoute) {
      money = figures.money("disposal_cost", for: material, per: material.referenceUnit)
    } else if output.basis == .blueprint, output.currentRoute.isAlreadyUsed {
      // A typical plant says where the stream goes, not what it earns: the market price is given up.
      money = figures.money("price", for: material, per: material.referenceUnit).scaled(by: -1)
    } else {
      money = .unknown
    }
    return LedgerLine(
      .avoidedDisposal, bearer: .donor, money: money, carbon: disposalCarbon(of: output, material),
      remark: output.currentRoute.isAlreadyUsed ? "remark.already-used" : nil)
  }

  func disposalCarbon(of output: OutputStream, _ material: Material) -> LedgerAmount {
    switch output.currentRoute {
    case .none, .sold, .reused: return declaredNothing(output)
    case .flare, .incineration:
      return figures.carbon("combustion_co2", for: material, per: material.referenceUnit)
    case .landfill, .unknown:
      return figures.carbon("disposal_co2", for: material, per: material.referenceUnit)
    case .sewer, .discharge, .stockpile: return .unknown
    }
  }

  func declaredNothing(_ output: OutputStream) -> LedgerAmount {
    LedgerAmount(
      value: .zero, basis: .declared, confidence: output.provenance.confidence ?? .verified,
      references: [output.reference])
  }

  func purchase(
    of input: InputStream, _ material: Material, output: OutputStream, route: Route
  ) -> LedgerLine {
    let isUsed = output.currentRoute.isAlreadyUsed
    return LedgerLine(
      .avoidedPurchase, bearer: .receiver,
      money: replaced(price(of: input, material), by: route),
      carbon: isUsed ? declaredNothing(output) : virginCredit(material, by: route),
      remark: isUsed ? "remark.no-new-credit" : nil)
  }

  /// What the receiver pays today per reference unit of what he buys.
  func price(of input: InputStream, _ material: Material) -> LedgerAmount {
    input.price.map {
      figures.declared($0, provenance: input.provenance, reference: input.reference)
    } ?? figures.money("price", for: material, per: material.referenceUnit)
  }

  /// CO2e of making what is not bought any more, per reference unit of output.
  func virginCredit(_ material: Material, by route: Route) -> LedgerAmount {
    replaced(
      figures.carbon("virgin_co2", for: material, per: material.referenceUnit), by: route)
  }

  /// Amount per unit of input times the route's ratio.
  func replaced(_ amount: LedgerAmount, by route: Route) -> LedgerAmount {
    guard let value = amount.value else { return .unknown }
    return LedgerAmount(
      value: value * route.ratio, basis: amount.basis,
      confidence: [amount.confidence, route.isDirectUse ? nil : route.ratioConfidence]
        .compactMap { $0 }.min(),
      references: amount.references + route.references
        + route.ratioReferences.filter { !amount.references.contains($0) })
  }
}

import LichenDomain

/// How one material travels by one mode, with everything that does not depend on the way worked out.
///
/// Writes the lines of a ledger and, beside each, the bare figures of the same line: whoever changes
/// one changes the other.
struct Carriage: Sendable {
  let mode: TransportMode?
  /// Per t·km and per t; `nil` where the mode has no such cost.
  private let freight: Haulage?
  private let freightCarbon: LedgerAmount?
  private let handling: Haulage?
  private let tonnes: Double?
  private let pump: Pump?
  private let line: FixedLine?
  private let transaction: LedgerAmount

  /// Money of haulage, which depends on the hazard of what is moved.
  struct Haulage: Sendable {
    let ordinary: LedgerAmount
    let hazardous: LedgerAmount

    func amount(isHazardous: Bool) -> LedgerAmount { isHazardous ? hazardous : ordinary }
  }

  /// Water in a pipe.
  struct Pump: Sendable {
    /// Per reference unit; `nil` when unknown.
    let cubicMetres: Double?
    let perCubicMetreKm: LedgerAmount
    let price: LedgerAmount
    let carbon: LedgerAmount
  }

  /// A pipe or cable that has to be built.
  struct FixedLine: Sendable {
    let perMetre: LedgerAmount
    let annuity: LedgerAmount
    let maintenanceShare: LedgerAmount
  }

  init(
    mode: TransportMode?, freight: Haulage?, freightCarbon: LedgerAmount?, handling: Haulage?,
    tonnes: Double?, pump: Pump?, line: FixedLine?, transaction: LedgerAmount
  ) {
    self.mode = mode
    self.freight = freight
    self.freightCarbon = freightCarbon
    self.handling = handling
    self.tonnes = tonnes
    self.pump = pump
    self.line = line
    self.transaction = transaction
  }

  // MARK: Per unit moved

  func lines(_ transport: Transport, isHazardous: Bool) -> [LedgerLine] {
    guard mode != nil else { return [] }
    guard let km = transport.km else { return [Self.unknownTransport] }
    if line != nil { return pump.map { [$0.line(km: km)] } ?? [] }
    guard let tonnes else { return [Self.unknownTransport] }
    var lines = [
      LedgerLine(
        .transport, bearer: .both,
        money: Self.moved(
          freight?.amount(isHazardous: isHazardous), times: tonnes * km, transport),
        carbon: Self.moved(freightCarbon, times: tonnes * km, transport),
        remark: isHazardous ? "remark.hazardous-haulage" : nil)
    ]
    if let handling {
      lines.append(
        LedgerLine(
          .handling, bearer: .both,
          money: Self.moved(
            handling.amount(isHazardous: isHazardous), times: tonnes, transport)))
    }
    return lines
  }

  /// The figures of `lines`; a way without a row of its own is an estimated one.
  func figures(km: Double?, isHazardous: Bool, into lines: inout [TermFigure]) {
    guard mode != nil else { return }
    guard let km else { return lines.append(TermFigure(.transport, money: nil, carbon: nil)) }
    if line != nil {
      if let pump { lines.append(pump.figure(km: km)) }
      return
    }
    guard let tonnes else {
      return lines.append(TermFigure(.transport, money: nil, carbon: nil))
    }
    lines.append(
      TermFigure(
        .transport,
        money: Self.moved(freight?.amount(isHazardous: isHazardous), times: tonnes * km),
        carbon: Self.moved(freightCarbon, times: tonnes * km)))
    if let handling {
      lines.append(
        TermFigure(
          .handling,
          money: Self.moved(handling.amount(isHazardous: isHazardous), times: tonnes)))
    }
  }

  private static let unknownTransport = LedgerLine(
    .transport, bearer: .both, money: .unknown, carbon: .unknown)

  private static func moved(_ rate: LedgerAmount?, times factor: Double, _ transport: Transport)
    -> LedgerAmount
  {
    guard let rate else { return .none }
    guard let value = rate.value else { return .unknown }
    return LedgerAmount(
      value: value * -factor, basis: rate.basis,
      confidence: [rate.confidence, transport.confidence].compactMap { $0 }.min(),
      references: rate.references + (transport.distanceRow.map { [$0] } ?? []))
  }

  private static func moved(_ rate: LedgerAmount?, times factor: Double) -> Double? {
    guard let rate else { return 0 }
    return rate.value.map { $0.typical * -factor }
  }

  // MARK: Per year

  /// What the link costs each year, whatever flows, and the investment.
  func fixedLines(_ transport: Transport) -> ([LedgerLine], Estimate) {
    var lines: [LedgerLine] = []
    var capital = Estimate.zero
    if let line {
      if let value = line.perMetre.value, let km = transport.km, let factor = line.annuity.value {
        capital = value * (km * 1000)
        lines.append(
          LedgerLine(
            .capital, bearer: .both,
            money: Self.yearly(-(capital * factor), line.perMetre, line.annuity, transport)))
        let upkeep = line.maintenanceShare.value.map {
          Self.yearly(-(capital * $0), line.perMetre, line.maintenanceShare, transport)
        }
        lines.append(LedgerLine(.maintenance, bearer: .both, money: upkeep ?? .unknown))
      } else {
        lines.append(LedgerLine(.capital, bearer: .both, money: .unknown))
      }
    }
    lines.append(
      LedgerLine(.transaction, bearer: .both, money: transaction.scaled(by: -1)))
    return (lines, capital)
  }

  /// The figures of `fixedLines`; returns the investment [park currency].
  func fixedFigures(km: Double?, into lines: inout [TermFigure]) -> Double {
    var capital = 0.0
    if let line {
      if let perMetre = line.perMetre.value?.typical, let km,
        let factor = line.annuity.value?.typical
      {
        capital = perMetre * (km * 1000)
        lines.append(TermFigure(.capital, money: -(capital * factor)))
        let share = line.maintenanceShare.value?.typical
        lines.append(TermFigure(.maintenance, money: share.map { -(capital * $0) }))
      } else {
        lines.append(TermFigure(.capital, money: nil))
      }
    }
    lines.append(TermFigure(.transaction, money: transaction.value.map { $0.typical * -1 }))
    return capital
  }

  private static func yearly(
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

extension Carriage.Pump {
  func line(km: Double) -> LedgerLine {
    guard let cubicMetres, let kWh = perCubicMetreKm.value else {
      return LedgerLine(.pumping, bearer: .both, money: .unknown, carbon: .unknown)
    }
    return .power(
      .pumping, bearer: .both, kWh: kWh * (cubicMetres * km), from: perCubicMetreKm, price: price,
      carbon: carbon)
  }

  func figure(km: Double) -> TermFigure {
    guard let cubicMetres, let kWh = perCubicMetreKm.value?.typical else {
      return TermFigure(.pumping, money: nil, carbon: nil)
    }
    let used = kWh * (cubicMetres * km)
    return TermFigure(
      .pumping, money: price.value.map { -($0.typical * used) },
      carbon: carbon.value.map { -($0.typical * used) },
      confidence: [price.confidence, perCubicMetreKm.confidence].compactMap(\.self).min())
  }
}

extension LedgerLine {
  /// A line for electricity that is used: its price and its emissions.
  static func power(
    _ term: LedgerTerm, bearer: Bearer, kWh: Estimate, from origin: LedgerAmount,
    price: LedgerAmount, carbon: LedgerAmount
  ) -> LedgerLine {
    func used(_ amount: LedgerAmount) -> LedgerAmount {
      guard let value = amount.value else { return .unknown }
      return LedgerAmount(
        value: -(value * kWh), basis: amount.basis,
        confidence: [amount.confidence, origin.confidence].compactMap { $0 }.min(),
        references: origin.references + amount.references)
    }
    return LedgerLine(term, bearer: bearer, money: used(price), carbon: used(carbon))
  }
}

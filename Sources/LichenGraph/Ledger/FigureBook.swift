import LichenDomain
import Synchronization

/// Answers what things cost and emit in one park: local figure first, then the catalogue's default.
public struct FigureBook: Sendable {
  private let park: Park
  private let catalogue: Catalogue
  private let answers = Answers()

  /// Figures that were asked for before: a park has few materials and many streams.
  private final class Answers: Sendable {
    struct Question: Hashable {
      let role: String
      let material: MaterialID?
      let unit: String
      let isMoney: Bool
    }

    private let known = Mutex<[Question: LedgerAmount]>([:])

    func answer(_ question: Question, _ work: () -> LedgerAmount) -> LedgerAmount {
      if let amount = known.withLock({ $0[question] }) { return amount }
      let amount = work()
      known.withLock { $0[question] = amount }
      return amount
    }
  }

  public init(park: Park) {
    self.park = park
    catalogue = park.catalogue
  }

  /// Money of `role` per `unit`, in the park's currency.
  /// - Parameters:
  ///   - material: The material asked about; also gives density and heating value for conversions.
  ///   - unit: What the amount is for.
  /// - Returns: Unknown when neither park nor catalogue has a figure, or units cannot be joined.
  public func money(_ role: String, for material: Material?, per unit: Unit) -> LedgerAmount {
    amount(role, for: material, per: unit, isMoney: true)
  }

  /// kg CO2e of `role` per `unit`.
  public func carbon(_ role: String, for material: Material?, per unit: Unit) -> LedgerAmount {
    amount(role, for: material, per: unit, isMoney: false)
  }

  /// A plain number of the catalogue or an override, as `discount_rate` or `truck_detour`.
  public func parameter(_ role: String) -> LedgerAmount {
    if let local = park.overrides[role] { return amount(local, value: Estimate(local.value)) }
    guard let answer = catalogue.answer(role, for: nil, in: park.settings.jurisdiction) else {
      return .unknown
    }
    return LedgerAmount(
      value: answer.figures.map(\.value).sum(), basis: answer.basis,
      confidence: answer.confidence, references: answer.figures.map(Self.reference))
  }

  /// A plain number that depends on the material, as `boiler_efficiency`; a local figure for the
  /// material, its family or the role as a whole comes first.
  public func share(_ role: String, of material: Material) -> LedgerAmount {
    if let local = localFigure(role, for: material) {
      return amount(local, value: Estimate(local.value))
    }
    guard let answer = catalogue.answer(role, for: material.id, in: park.settings.jurisdiction)
    else { return parameter(role) }
    return LedgerAmount(
      value: answer.figures.map(\.value).sum(), basis: answer.basis,
      confidence: answer.confidence, references: answer.figures.map(Self.reference))
  }

  /// The park's discount rate [1/a], or the catalogue's.
  public var discountRate: LedgerAmount {
    guard let rate = park.settings.discountRate else { return parameter("discount_rate") }
    return LedgerAmount(
      value: Estimate(rate), basis: .declared, confidence: .verified,
      references: ["datapackage.json: discount_rate"])
  }

  /// A one-off or yearly amount of money that is not per unit of material.
  public func lumpSum(_ role: String) -> LedgerAmount {
    if let local = park.overrides[role] {
      return amount(local, times: 1, in: local.unit.split(separator: "/").first, isMoney: true)
    }
    guard let answer = catalogue.answer(role, for: nil, in: park.settings.jurisdiction) else {
      return .unknown
    }
    return combined(answer) { figure in moneyInParkCurrency(figure, factor: 1) }
  }

  /// Converts declared money into the park's currency, keeping its row as reference.
  public func declared(_ money: Money, provenance: Provenance, reference: String)
    -> LedgerAmount
  {
    guard
      let conversion = try? catalogue.exchangeRates.conversion(
        from: money.currency, to: park.settings.currency, year: money.year)
    else { return .unknown }
    return LedgerAmount(
      value: money.amount * conversion.factor, basis: .declared,
      confidence: conversion.weakening(provenance.confidence ?? .verified),
      references: [reference] + conversion.used.map { "exchange_rates.csv: \($0.id)" })
  }

  /// Freight of `material` per t·km: its own figure where it needs a vehicle of its own, else that of
  /// the mode.
  func freight(_ role: String, of material: Material, isMoney: Bool) -> LedgerAmount {
    let unit = Self.tonneKilometre
    let own =
      catalogue.answer(role, for: material.id, in: park.settings.jurisdiction) == nil
      ? nil : material
    return isMoney ? money(role, for: own, per: unit) : carbon(role, for: own, per: unit)
  }

  /// Freight per t·km [park currency].
  func freight(_ role: String) -> Estimate? {
    money(role, for: nil, per: Self.tonneKilometre).value
  }

  /// Loading and unloading per t [park currency].
  func handling(_ role: String) -> Estimate? {
    catalogue.units.unit(named: "t").flatMap { money(role, for: nil, per: $0).value }
  }

  /// Tonne-kilometres, the unit of freight figures.
  static let tonneKilometre = Unit(
    id: "tkm", dimension: .count, factor: 1, source: "freight convention", confidence: .verified)

  private func amount(_ role: String, for material: Material?, per unit: Unit, isMoney: Bool)
    -> LedgerAmount
  {
    let question = Answers.Question(
      role: role, material: material?.id, unit: unit.id, isMoney: isMoney)
    return answers.answer(question) {
      workedOut(role, for: material, per: unit, isMoney: isMoney)
    }
  }

  private func workedOut(_ role: String, for material: Material?, per unit: Unit, isMoney: Bool)
    -> LedgerAmount
  {
    if let local = localFigure(role, for: material) {
      let parts = local.unit.split(separator: "/", maxSplits: 1)
      let per = parts.last?.trimmingSpaces() ?? unit.id
      guard let factor = factor(material, from: unit, toPer: per) else { return .unknown }
      let measure = parts.count == 2 ? parts.first : nil
      return amount(local, times: factor, in: measure, isMoney: isMoney)
    }
    guard
      let answer = catalogue.answer(role, for: material?.id, in: park.settings.jurisdiction)
    else { return .unknown }
    return combined(answer) { figure in
      guard let factor = factor(material, from: unit, toPer: figure.per) else { return nil }
      return isMoney
        ? moneyInParkCurrency(figure, factor: factor)
        : Expressed(value: figure.value * factor, rates: [])
    }
  }

  /// The override for the material or its nearest ancestor, then for the role as a whole.
  private func localFigure(_ role: String, for material: Material?) -> LocalFigure? {
    if let material {
      for id in catalogue.lineage(of: material.id) {
        if let figure = park.overrides["\(role).\(id)"] { return figure }
      }
    }
    return park.overrides[role]
  }

  /// A local figure times `factor`; money is in the park's currency unless its unit names another.
  private func amount(
    _ local: LocalFigure, times factor: Double, in measure: Substring?, isMoney: Bool
  ) -> LedgerAmount {
    guard (local.value * factor).isFinite else { return .unknown }
    let value = Estimate(local.value * factor)
    guard isMoney, let measure else { return amount(local, value: value) }
    guard let currency = Currency(measure.trimmingSpaces()) else { return .unknown }
    return declared(
      Money(value, currency, year: park.settings.priceYear), provenance: local.provenance,
      reference: local.reference)
  }

  private func amount(_ local: LocalFigure, value: Estimate) -> LedgerAmount {
    LedgerAmount(
      value: value, basis: .declared, confidence: local.provenance.confidence ?? .verified,
      references: [local.reference])
  }

  /// A figure in the unit and currency asked for, with the quotations that this took.
  private struct Expressed {
    let value: Estimate
    let rates: [ExchangeRate]
  }

  /// Adds the figures of an answer; one that cannot be expressed makes the sum unknown.
  private func combined(_ answer: Catalogue.DefaultAnswer, _ express: (Figure) -> Expressed?)
    -> LedgerAmount
  {
    var total = Estimate.zero
    var confidence = answer.confidence
    var references: [String] = []
    for figure in answer.figures {
      guard let expressed = express(figure) else { return .unknown }
      total = total + expressed.value
      confidence = expressed.rates.map(\.confidence).reduce(confidence, min)
      references.append(Self.reference(figure))
      references += expressed.rates.map { "exchange_rates.csv: \($0.id)" }
    }
    return LedgerAmount(
      value: total, basis: answer.basis, confidence: confidence, references: references)
  }

  private func moneyInParkCurrency(_ figure: Figure, factor: Double) -> Expressed? {
    guard let currency = Currency(figure.measure),
      let conversion = try? catalogue.exchangeRates.conversion(
        from: currency, to: park.settings.currency, year: figure.year)
    else { return nil }
    return Expressed(value: figure.value * (factor * conversion.factor), rates: conversion.used)
  }

  /// How many `per` are in one `unit` of the material; plain text equality needs no conversion.
  private func factor(_ material: Material?, from unit: Unit, toPer per: String) -> Double? {
    if per == unit.id { return 1 }
    guard let target = catalogue.units.unit(named: per) else { return nil }
    let conversion = FlowConversion(
      material: material?.id.rawValue ?? "", basis: material?.conversion ?? ConversionBasis(),
      isGas: material?.phase == .gas)
    return try? conversion.factor(from: unit, to: target)
  }

  static func reference(_ figure: Figure) -> String {
    let table: String
    switch figure.measure {
    case "kgCO2e": table = "factors.csv"
    case let measure where Currency(measure) != nil && measure.utf8.count == 3: table = "costs.csv"
    default: table = "parameters.csv"
    }
    return "\(table): \(figure.id)"
  }
}

import LichenDomain
import LichenGraph

/// What the plan has to set beside a published figure of the park.
struct ComparableValue: Sendable {
  /// In the published unit.
  let value: Double
  /// Key of the words that say what was counted.
  let scopeKey: String
}

/// Computes the plan's counterpart of published figures, from their measure and unit.
struct PublishedTotals: Sendable {
  private let context: ReportContext

  init(_ context: ReportContext) { self.context = context }

  /// - Returns: `nil` when the plan has nothing that can be compared.
  func counterpart(of row: TotalRow) -> ComparableValue? {
    let unit = row.unit.split(separator: "/").first.map { String($0).trimmingSpaces() } ?? ""
    let isYearly = row.unit.contains("/")
    if row.unit.uppercased().contains("CO2") || row.measure == "co2" {
      return tonnes(context.plan.carbon.typical / 1000, in: unit, scope: "scope.carbon")
    }
    if let currency = Currency(unit), unit.count == 3, row.measure == "money" {
      return money(currency, isYearly: isYearly, year: row.year)
    }
    switch row.measure {
    case "count":
      return unit == "count" || unit.isEmpty
        ? ComparableValue(value: Double(context.exchanges.count), scopeKey: "scope.count")
        : nil
    case "mass":
      return tonnes(
        context.exchanges.compactMap(\.tonnes).reduce(0, +), in: unit, scope: "scope.mass")
    case "water":
      return water(in: unit)
    case "other":
      // A pay-back time is the one plain duration that a plan has.
      let isPayback = ["payback", "pay-back"].contains {
        row.id.contains($0) || row.name.contains($0)
      }
      guard isPayback, unit.hasPrefix("year"), let years = context.plan.paybackYears else {
        return nil
      }
      return ComparableValue(value: years, scopeKey: "scope.payback")
    case "", "energy":
      return nil
    default:
      return replaced(row.measure, in: unit)
    }
  }

  private func tonnes(_ value: Double, in unit: String, scope: String) -> ComparableValue? {
    guard let name = unit.split(separator: " ").first, let target = massUnit(String(name)) else {
      return nil
    }
    return ComparableValue(value: value / target, scopeKey: scope)
  }

  /// Tonnes in one unit.
  private func massUnit(_ name: String) -> Double? {
    guard let unit = context.park.catalogue.units.unit(named: name), unit.dimension == .mass else {
      return nil
    }
    return unit.factor
  }

  private func money(_ currency: Currency, isYearly: Bool, year: Int?) -> ComparableValue? {
    guard
      let conversion = try? context.park.catalogue.exchangeRates.conversion(
        from: context.currency, to: currency, year: year)
    else { return nil }
    let own = isYearly ? context.plan.money.typical : context.plan.capital.typical
    return ComparableValue(
      value: own * conversion.factor, scopeKey: isYearly ? "scope.money" : "scope.capital")
  }

  /// Water that replaces other water, in the published unit.
  private func water(in unit: String) -> ComparableValue? {
    guard let target = context.park.catalogue.units.unit(named: unit), target.dimension == .volume
    else { return nil }
    let sum = context.exchanges.compactMap { exchange -> Double? in
      amount(of: exchange, in: target) { $0.phase == .water }
    }.reduce(0, +)
    return ComparableValue(value: sum, scopeKey: "scope.water")
  }

  /// What the plan replaces of a bought material whose id contains the measure as a word.
  private func replaced(_ measure: String, in unit: String) -> ComparableValue? {
    guard let target = context.park.catalogue.units.unit(named: unit) else { return nil }
    let amounts = context.exchanges.compactMap { exchange in
      amount(of: exchange, in: target) { material in
        material.id.rawValue.split(separator: "_").contains { $0 == measure }
      }
    }
    return ComparableValue(
      value: amounts.reduce(0, +),
      scopeKey: amounts.isEmpty ? "scope.nothing-replaced" : "scope.replaced")
  }

  /// Amount of the bought material that an exchange replaces; `nil` if it is another one.
  private func amount(
    of exchange: RankedExchange, in target: Unit, where isWanted: (Material) -> Bool
  ) -> Double? {
    guard let material = context.park.material(exchange.candidate.input.material),
      isWanted(material)
    else { return nil }
    let conversion = FlowConversion(
      material: material.id.rawValue, basis: material.conversion, isGas: material.phase == .gas)
    guard let factor = try? conversion.factor(from: material.referenceUnit, to: target) else {
      return nil
    }
    return exchange.planned.quantity * exchange.candidate.route.ratio.typical * factor
  }

  /// Why plan and publication differ, as far as the data tell.
  func reasons(_ row: TotalRow, counterpart: ComparableValue?) -> [String] {
    let language = context.language
    guard let counterpart else { return [language.text("reason.not-comparable")] }
    var reasons = [language.text(counterpart.scopeKey)]
    let settings = context.park.settings
    if let year = row.year {
      if year != settings.baseYear {
        reasons.append(
          language.text(
            "reason.year", ["published": String(year), "plan": String(settings.baseYear)]))
      }
    } else {
      reasons.append(language.text("reason.undated"))
    }
    if counterpart.scopeKey == "scope.money" || counterpart.scopeKey == "scope.capital" {
      reasons.append(language.text("reason.prices", ["year": String(settings.priceYear)]))
    }
    let missing = context.result.rediscovery.documented.count {
      if case .planned = $0.outcome { false } else { true }
    }
    if missing > 0, counterpart.scopeKey != "scope.payback" {
      reasons.append(language.plural("reason.documented", count: missing))
    }
    return reasons
  }
}

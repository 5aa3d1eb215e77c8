import LichenDomain
import LichenGraph

/// What the plan has to set beside a published figure of the park.
struct ComparableValue: Sendable {
  /// In the published unit.
  let value: Double
  /// Key of the words that say what was counted.
  let scopeKey: String
  /// What each exchange adds, by rank, in one unit.
  var parts: [(rank: Int, amount: Double)] = []
}

/// Computes the plan's counterpart of published figures, from their measure and unit.
struct PublishedTotals: Sendable {
  private let context: ReportContext

  init(_ context: ReportContext) { self.context = context }

  /// - Returns: `nil` when the plan has nothing that can be compared.
  func counterpart(of row: TotalRow) -> ComparableValue? {
    let unit = row.unit.split(separator: "/").first.map { String($0).trimmingSpaces() } ?? ""
    let isYearly = row.unit.contains("/")
    let saysCarbon = row.measure.isEmpty && row.unit.uppercased().contains("CO2")
    if saysCarbon || row.measure == "co2" {
      return tonnes(
        context.plan.carbon.typical / 1000, in: unit, scope: "scope.carbon",
        parts: parts { $0.planned.carbon.typical })
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
        context.exchanges.compactMap(\.tonnes).reduce(0, +), in: unit, scope: "scope.mass",
        parts: parts { $0.tonnes ?? 0 })
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

  private func parts(_ amount: (RankedExchange) -> Double) -> [(rank: Int, amount: Double)] {
    context.exchanges.map { ($0.rank, amount($0)) }
  }

  private func tonnes(
    _ value: Double, in unit: String, scope: String, parts: [(rank: Int, amount: Double)]
  ) -> ComparableValue? {
    guard let name = unit.split(separator: " ").first, let target = massUnit(String(name)) else {
      return nil
    }
    return ComparableValue(value: value / target, scopeKey: scope, parts: parts)
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
      value: own * conversion.factor, scopeKey: isYearly ? "scope.money" : "scope.capital",
      parts: parts { isYearly ? $0.planned.money.typical : $0.planned.capital.typical })
  }

  /// Water that replaces other water, in the published unit.
  private func water(in unit: String) -> ComparableValue? {
    guard let target = context.park.catalogue.units.unit(named: unit), target.dimension == .volume
    else { return nil }
    let parts = parts { exchange in amount(of: exchange, in: target) { $0.phase == .water } ?? 0 }
    return ComparableValue(
      value: parts.reduce(0) { $0 + $1.amount }, scopeKey: "scope.water", parts: parts)
  }

  /// What the plan replaces of a bought material whose id contains the measure as a word.
  private func replaced(_ measure: String, in unit: String) -> ComparableValue? {
    guard let target = context.park.catalogue.units.unit(named: unit) else { return nil }
    let parts = parts { exchange in
      amount(of: exchange, in: target) { material in
        material.id.rawValue.split(separator: "_").contains { $0 == measure }
      } ?? 0
    }
    let isNothing = parts.allSatisfy { $0.amount == 0 }
    return ComparableValue(
      value: parts.reduce(0) { $0 + $1.amount },
      scopeKey: isNothing ? "scope.nothing-replaced" : "scope.replaced", parts: parts)
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
    reasons += composition(counterpart)
    if counterpart.scopeKey == "scope.money" { reasons += defaultDisposal() }
    if counterpart.scopeKey != "scope.payback" { reasons += documentedGaps() }
    return reasons
  }

  /// The exchanges that make up most of the plan's figure.
  private func composition(_ counterpart: ComparableValue) -> [String] {
    let gross = counterpart.parts.reduce(0) { $0 + max(0, $1.amount) }
    let largest = counterpart.parts.filter { $0.amount >= gross / 20 && gross > 0 }
      .sorted { ($1.amount, $0.rank) < ($0.amount, $1.rank) }.prefix(3)
    if largest.isEmpty { return [] }
    let language = context.language
    let words = largest.map {
      language.text(
        "reason.part", ["rank": String($0.rank), "share": language.percent($0.amount / gross)])
    }
    return [language.text("reason.parts", ["parts": words.joined(separator: ", ")])]
  }

  /// How much of the gain is disposal that nobody priced for this park.
  private func defaultDisposal() -> [String] {
    let gains = context.exchanges.flatMap(\.planned.lines).filter { $0.term.isBenefit }
    func sum(_ lines: [LedgerLine]) -> Double {
      lines.reduce(0) { $0 + max(0, $1.money.value?.typical ?? 0) }
    }
    let all = sum(gains)
    let disposal = sum(gains.filter { $0.term == .avoidedDisposal && $0.money.basis != .declared })
    guard all > 0, disposal / all >= 0.05 else { return [] }
    return [
      context.language.text(
        "reason.default-disposal", ["share": context.language.percent(disposal / all)])
    ]
  }

  /// Documented exchanges that the plan does not have, by what keeps them out.
  private func documentedGaps() -> [String] {
    let documented = context.result.rediscovery.documented
    let unquantified = documented.count { $0.outcome == .foundUnquantified }
    let others = documented.count {
      if case .planned = $0.outcome { return false }
      return $0.outcome != .foundUnquantified
    }
    var reasons: [String] = []
    if unquantified > 0 {
      reasons.append(context.language.plural("reason.unquantified", count: unquantified))
    }
    if others > 0 { reasons.append(context.language.plural("reason.documented", count: others)) }
    return reasons
  }
}

import LichenDomain
import LichenGraph
import LichenMatching

/// One thing that avoids CO2e, with all that has to be paid for it.
public struct AbatementMeasure: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case exchange
    /// A shared plant with its legs.
    case facility
    case measure
  }

  public let kind: Kind
  public let id: String
  public let enterprises: [EnterpriseID]
  /// Avoided per year [t CO2e].
  public let tonnes: Double
  /// Costs less gains as an equal amount per year, before tax, financing and any price of carbon, its part
  /// of shared permits included [park currency/a]; negative where it saves.
  public let netCost: Double
  /// Some of its money or CO2e is unknown and left out.
  public let isPartlyUnknown: Bool

  /// [park currency/t]; `nil` where it saves money or avoids nothing.
  public var costPerTonne: Double? { netCost > 0 && tonnes > 0 ? netCost / tonnes : nil }
}

/// What a plan's exchanges, plants and measures avoid, and at what cost.
///
/// Only what costs money is ranked by its cost per tonne. Where something saves money and avoids CO2e, a
/// lower ratio is no better: of two that save the same, the one that avoids less would come first (S. Taylor,
/// "The ranking of negative-cost emissions reduction measures", Energy Policy 48, 2012, 430–438). Those
/// are listed by what they save.
public struct AbatementCurve: Sendable {
  /// Save money and avoid CO2e, in order of saving, largest first.
  public let saving: [AbatementMeasure]
  /// Cost money and avoid CO2e, in order of cost per tonne, cheapest first: the steps of the curve.
  public let costly: [AbatementMeasure]
  /// Avoid none, or add some, in order of saving, largest first.
  public let others: [AbatementMeasure]

  /// - Complexity: O(items · horizon + n log n).
  init(plan: Plan, project: FinanceProject, terms: FinanceTerms) {
    let ledger = AbatementLedger(
      plan: plan, project: project, terms: terms.replacing(carbonPrice: 0))
    let measures = ledger.measures()
    func bySaving(_ one: AbatementMeasure, _ other: AbatementMeasure) -> Bool {
      (one.netCost, one.id) < (other.netCost, other.id)
    }
    saving = measures.filter { $0.tonnes > 0 && $0.netCost <= 0 }.sorted(by: bySaving)
    costly = measures.filter { $0.costPerTonne != nil }.sorted {
      ($0.costPerTonne ?? 0, $0.id) < ($1.costPerTonne ?? 0, $1.id)
    }
    others = measures.filter { !($0.tonnes > 0) }.sorted(by: bySaving)
  }
}

/// Puts items together that stand or fall together.
private struct AbatementLedger {
  let plan: Plan
  let project: FinanceProject
  let terms: FinanceTerms

  /// What one measure is made of: items by id and their parts.
  private struct Recipe {
    let kind: AbatementMeasure.Kind
    let id: String
    let enterprises: [EnterpriseID]
    var items: [(kind: ProjectItem.Kind, id: String, part: Double)]
  }

  func measures() -> [AbatementMeasure] {
    let items = Dictionary(
      uniqueKeysWithValues: project.items.map { ("\($0.kind.rawValue) \($0.id)", $0) })
    return recipes().map { recipe in
      var (value, tonnes, isPartlyUnknown) = (0.0, 0.0, false)
      for (kind, id, part) in recipe.items {
        guard let item = items["\(kind.rawValue) \(id)"] else { continue }
        let money = item.money(of: nil, terms)
        value += CashFlow(money.flow).netPresentValue(rate: terms.rate) * part
        tonnes += money.tonnes[1] * part
        if !item.unknownTerms.isEmpty { isPartlyUnknown = true }
      }
      let yearly = LedgerBuilder.annuityFactor(
        rate: terms.realRate, years: Double(terms.horizon))
      return AbatementMeasure(
        kind: recipe.kind, id: recipe.id, enterprises: recipe.enterprises, tonnes: tonnes,
        netCost: -value * yearly, isPartlyUnknown: isPartlyUnknown)
    }
  }

  /// A permit counts in equal parts with all that need it.
  private func recipes() -> [Recipe] {
    var holders: [PermitNeed.Key: Int] = [:]
    let plants = plan.facilities.map { plant in
      (plant, Set(plant.ownLegs.flatMap(\.leg.permits).map(\.key)).sorted())
    }
    for key in plan.exchanges.flatMap(\.candidate.permits).map(\.key) + plants.flatMap(\.1) {
      holders[key, default: 0] += 1
    }
    func permits(_ keys: [PermitNeed.Key]) -> [(ProjectItem.Kind, String, Double)] {
      keys.map { (.permit, $0.text, 1 / Double(holders[$0] ?? 1)) }
    }
    let exchanges = plan.exchanges.map { exchange in
      Recipe(
        kind: .exchange, id: exchange.candidate.id,
        enterprises: [exchange.candidate.output.enterprise, exchange.candidate.input.enterprise],
        items: [(.exchange, exchange.candidate.id, 1)]
          + permits(exchange.candidate.permits.map(\.key)))
    }
    let facilities = plants.map { plant, keys in
      Recipe(
        kind: .facility, id: plant.facility.id.rawValue, enterprises: [plant.facility.site],
        items: [(.facility, plant.facility.id.rawValue, 1)]
          + plant.ownLegs.map { (.leg, $0.leg.id, 1) } + permits(keys))
    }
    let measures = plan.measures.map { taken in
      Recipe(
        kind: .measure, id: taken.option.id.rawValue, enterprises: [taken.option.enterprise],
        items: [(.measure, taken.option.id.rawValue, 1)])
    }
    return exchanges + facilities + measures
  }
}

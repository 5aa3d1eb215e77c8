import LichenDomain
import LichenGraph
import LichenMatching

/// All levers of a park, with ranges that follow from its own figures.
public struct ParkLevers: Sendable {
  /// In the order of a page: prices, limits, years, rules, enterprises, sizes, plants.
  public let levers: [Lever]
  /// Prices of which nothing is known here, so that there is nothing to move.
  public let unknown: [Lever.Subject]
  public let newcomer: Newcomer
  /// Rules that decide about planned exchanges come first; so many of them do.
  public let plannedRules: Int
  let currency: Currency

  /// - Parameters:
  ///   - baseline: The park as declared, with its plan.
  ///   - mostCarbon: Most CO2e that a plan of it avoids [kg/a]; `nil` if it is not known.
  /// - Complexity: O(rows of the park + candidates looked at for rules).
  public init(_ baseline: PlannedScenario, mostCarbon: Double?) {
    let park = baseline.plan.park
    let prices = PriceLevers(park)
    let rules = RuleLevers(baseline)
    currency = park.settings.currency
    unknown = prices.unknown
    plannedRules = rules.planned
    newcomer = Newcomer(park)
    levers =
      [prices.carbon] + prices.shares
      + Self.limits(baseline, mostCarbon: mostCarbon) + Self.times(park) + rules.levers
      + Self.enterprises(baseline) + Self.facilities(park)
  }

  private static func limits(_ baseline: PlannedScenario, mostCarbon: Double?) -> [Lever] {
    let plan = baseline.plan
    let settings = plan.park.settings
    var levers: [Lever] = []
    func add(
      _ id: String, _ subject: Lever.Subject, most: Double, standing: Double?, exact: Bool = false
    ) {
      guard most > 0 else { return }
      let top = exact ? most : RoundScale.above(most)
      levers.append(
        Lever(
          id, subject,
          .number(least: 0, most: top, step: RoundScale.step(top), allowsNone: true),
          baseline: standing.map(Lever.text) ?? Lever.none))
    }
    let ways =
      plan.exchanges.compactMap(\.candidate.transport.km) + plan.legs.compactMap(\.leg.transport.km)
    add(
      "distance_limit", .distanceLimit, most: max(ways.max() ?? 0, settings.distanceLimit ?? 0),
      standing: settings.distanceLimit)
    add(
      "capital_budget", .capitalBudget,
      most: 1.5 * max(plan.capital.typical, settings.capitalBudget ?? 0),
      standing: settings.capitalBudget)
    // A floor above what can be had leaves no plan; whole tonnes below it leave one.
    let tonnes = max((mostCarbon ?? plan.carbon.typical) / 1000, settings.carbonFloor ?? 0)
    add(
      "co2_floor", .carbonFloor, most: tonnes.rounded(.down), standing: settings.carbonFloor,
      exact: true)
    return levers
  }

  private static func times(_ park: Park) -> [Lever] {
    let rows = park.declaration
    let year = park.settings.baseYear
    let years =
      [year] + rows.outputs.flatMap { [$0.fromYear, $0.toYear].compactMap(\.self) }
      + rows.inputs.flatMap { [$0.fromYear, $0.toYear].compactMap(\.self) }
    let (first, last) = (years.min() ?? year, years.max() ?? year)
    var levers: [Lever] = []
    if first < last {
      levers.append(
        Lever(
          "base_year", .year,
          .number(least: Double(first), most: Double(last), step: 1, allowsNone: false),
          baseline: "\(year)"))
    }
    levers.append(
      Lever("law_date", .lawDate, .day, baseline: park.settings.lawDate.description))
    return levers
  }

  /// Those with exchanges first; in order of id.
  private static func enterprises(_ baseline: PlannedScenario) -> [Lever] {
    let plan = baseline.plan
    let active = Set(
      plan.exchanges.flatMap { [$0.candidate.output.enterprise, $0.candidate.input.enterprise] }
        + plan.legs.flatMap { [$0.leg.giver, $0.leg.taker] })
    let all = plan.park.enterprises.map(\.id)
    let ordered = all.filter(active.contains) + all.filter { !active.contains($0) }
    let streams = Set(
      plan.park.outputs.map(\.enterprise) + plan.park.inputs.map(\.enterprise))
    return ordered.prefix(mostEnterprises).map {
      Lever("enterprise.\($0)", .enterprise($0), .either("open", "closed"), baseline: "open")
    }
      + ordered.filter(streams.contains).prefix(mostEnterprises).map {
        Lever(
          "size.\($0)", .size($0), .share(most: 300, standing: .init(amount: 0, per: "")),
          baseline: "100", keys: ["enterprise.\($0).size"])
      }
  }

  /// More would be a table, not a page of levers; a scenario may still name any of them.
  static let mostEnterprises = 60

  private static func facilities(_ park: Park) -> [Lever] {
    park.facilities.map {
      Lever(
        "facility.\($0.id)", .facility($0.id), .either("possible", "closed"), baseline: "possible")
    }
  }
}

/// Round numbers for the ends and steps of a slider.
enum RoundScale {
  /// The next of 1, 1.5, 2, 3, 5, 8 times a power of ten that is not below a positive number.
  static func above(_ value: Double) -> Double {
    guard value > 0, value.isFinite else { return 1 }
    var power = 1.0
    while power > value { power /= 10 }
    while power * 10 <= value { power *= 10 }
    return [1, 1.5, 2, 3, 5, 8].map { $0 * power }.first { $0 >= value * (1 - 1e-12) }
      ?? 10 * power
  }

  /// Some hundred steps, each a round number.
  static func step(_ top: Double) -> Double {
    guard top > 0, top.isFinite else { return 1 }
    var power = 1.0
    while power > top / 100 { power /= 10 }
    while power * 10 <= top / 100 { power *= 10 }
    return [1, 2, 5].map { $0 * power }.first { $0 >= top / 100 * (1 - 1e-12) } ?? 10 * power
  }
}

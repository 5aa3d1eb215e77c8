import LichenMatching

/// Alternatives for programs; every name carries its unit.
public struct AlternativesDocument: Encodable, Sendable {
  struct Link: Encodable {
    let exchange: String
    let freedom: String
    let leastPerYear: Double?
    let mostPerYear: Double?
    let plannedPerYear: Double
  }

  struct Network: Encodable {
    let objective: Double
    let moneyPerYear: Double
    let carbonKgPerYear: Double
    let exchanges: [String]
    let gained: [String]
    let lost: [String]
  }

  let format = "lichen/alternatives/1"
  let park: String
  let currency: String
  let objective: String
  let within: Double
  let best: Double
  let exchanges: [Link]
  let mustAvoid: Int
  let networks: [Network]
  let isComplete: Bool

  public init(_ found: Alternatives, of plan: Plan) {
    park = plan.park.settings.name
    currency = plan.park.settings.currency.code
    objective = plan.options.objective.rawValue
    within = found.within
    best = found.best
    exchanges = found.links.map {
      Link(
        exchange: $0.name, freedom: $0.freedom.rawValue, leastPerYear: $0.least,
        mostPerYear: $0.most, plannedPerYear: $0.planned)
    }
    mustAvoid = found.avoided
    networks = found.networks.map {
      Network(
        objective: $0.value, moneyPerYear: $0.money, carbonKgPerYear: $0.carbon,
        exchanges: $0.links, gained: $0.gained, lost: $0.lost)
    }
    isComplete = found.isComplete
  }
}

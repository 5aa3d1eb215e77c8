import LichenMatching

/// What barriers cost, for programs; every name carries its unit.
public struct BarrierDocument: Encodable, Sendable {
  struct Value: Encodable {
    let barriers: [String]
    let moneyPerYear: Double
    let carbonKgPerYear: Double
    let objective: Double
    let objectiveBound: Double
    let helped: [String]
    let gained: [String]
    let lost: [String]
    let forbids: Int
    let burdens: Int
    let isProven: Bool
  }

  struct Pair: Encodable {
    let value: Value
    let synergy: Double
    let interplay: String
  }

  let format = "lichen/barriers/1"
  let park: String
  let currency: String
  let lawDate: String
  let singles: [Value]
  let pairs: [Pair]
  let plans: Int

  public init(_ result: BarrierResult, of plan: Plan) {
    func value(_ value: BarrierValue) -> Value {
      Value(
        barriers: value.barriers.map(\.name), moneyPerYear: value.money,
        carbonKgPerYear: value.carbon, objective: value.value, objectiveBound: value.mostValue,
        helped: value.helped.map(\.rawValue), gained: value.gained, lost: value.lost,
        forbids: value.forbids, burdens: value.burdens, isProven: value.isProven)
    }
    park = plan.park.settings.name
    currency = plan.park.settings.currency.code
    lawDate = "\(plan.park.settings.lawDate)"
    singles = result.singles.map(value)
    pairs = result.pairs.map {
      Pair(value: value($0.both), synergy: $0.synergy, interplay: $0.interplay.rawValue)
    }
    plans = result.plans
  }
}

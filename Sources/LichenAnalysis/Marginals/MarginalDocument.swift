import LichenMatching

/// Marginal values for programs; every name carries its unit.
public struct MarginalDocument: Encodable, Sendable {
  struct Value: Encodable {
    let resource: String
    let amount: Double
    let shadowPrice: Double
    let gainPerUnitMore: Double?
    let lossPerUnitLess: Double?
    let step: Double
  }

  let format = "lichen/shadow/1"
  let park: String
  let currency: String
  let objective: String
  let stepShare: Double
  let values: [Value]

  public init(_ marginals: Marginals, of plan: Plan) {
    park = plan.park.settings.name
    currency = plan.park.settings.currency.code
    objective = plan.options.objective.rawValue
    stepShare = marginals.share
    values = marginals.values.map {
      Value(
        resource: $0.resource.name, amount: $0.amount, shadowPrice: $0.shadowPrice,
        gainPerUnitMore: $0.more, lossPerUnitLess: $0.less, step: $0.step)
    }
  }
}

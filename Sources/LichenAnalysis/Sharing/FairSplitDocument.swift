/// A split for programs; every name carries its unit.
public struct FairSplitDocument: Encodable, Sendable {
  struct Complaint: Encodable {
    let firms: [String]
    let amountPerYear: Double
  }

  struct Firm: Encodable {
    let enterprise: String
    let untouchedPerYear: Double
    let proportionalPerYear: Double?
    let shapleyPerYear: Double
    /// Absent where the value is exact.
    let shapleyStandardError: Double?
    let nucleolusPerYear: Double?
  }

  struct Group: Encodable {
    let totalPerYear: Double
    let firms: [Firm]
    let isCoreEmpty: Bool?
    let leastComplaintPerYear: Double?
    let complaints: [String: Complaint]
  }

  struct Price: Encodable {
    let exchange: String
    let donor: String
    let receiver: String
    let quantityPerYear: Double
    let leastPrice: Double
    let mostPrice: Double
    let prices: [String: Double]
  }

  struct Payment: Encodable {
    let enterprise: String
    let amountPerYear: Double
  }

  let format = "lichen/share/1"
  let park: String
  let currency: String
  let totalPerYear: Double
  let groups: [Group]
  let prices: [Price]
  let fund: [String: [Payment]]
  let plans: Int
  let samples: Int

  public init(_ split: FairSplit) {
    park = split.plan.park.settings.name
    currency = split.plan.park.settings.currency.code
    totalPerYear = split.groups.reduce(0) { $0 + $1.total }
    groups = split.groups.map { group in
      Group(
        totalPerYear: group.total,
        firms: group.firms.enumerated().map { place, firm in
          Firm(
            enterprise: firm.rawValue, untouchedPerYear: group.shares[.untouched]?[place] ?? 0,
            proportionalPerYear: group.shares[.proportional]?[place],
            shapleyPerYear: group.shares[.shapley]?[place] ?? 0,
            shapleyStandardError: group.standardErrors.isEmpty
              ? nil : group.standardErrors[place],
            nucleolusPerYear: group.shares[.nucleolus]?[place])
        }, isCoreEmpty: group.isCoreEmpty, leastComplaintPerYear: group.leastComplaint,
        complaints: Dictionary(
          uniqueKeysWithValues: group.complaints.map { rule, complaint in
            (
              rule.rawValue,
              Complaint(
                firms: complaint.firms.map(\.rawValue), amountPerYear: complaint.amount)
            )
          }))
    }
    prices = split.prices.map { price in
      Price(
        exchange: price.exchange, donor: price.donor.rawValue, receiver: price.receiver.rawValue,
        quantityPerYear: price.quantity, leastPrice: price.low, mostPrice: price.high,
        prices: Dictionary(
          uniqueKeysWithValues: price.prices.map { ($0.key.rawValue, $0.value) }))
    }
    fund = Dictionary(
      uniqueKeysWithValues: split.fund.map { rule, payments in
        (
          rule.rawValue,
          payments.map { Payment(enterprise: $0.firm.rawValue, amountPerYear: $0.amount) }
        )
      })
    plans = split.plans
    samples = split.samples
  }
}

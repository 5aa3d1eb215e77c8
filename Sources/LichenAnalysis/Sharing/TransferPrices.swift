import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Prices of exchanges that turn balances before payments into the shares of a split.
///
/// A linear program for each rule: prices outside the range in which both sides gain cost most, then payments of a
/// common fund, then distance from the middle of the range. Firms that no planned exchange reaches, or whose share is
/// more than their partners can pay, are paid from the fund.
struct TransferPrices {
  private(set) var prices: [FairSplit.Price] = []
  private(set) var fund: [FairSplit.Rule: [(firm: EnterpriseID, amount: Double)]] = [:]

  /// A planned exchange or leg with what each side gains before any payment [park currency/a].
  private struct Deal {
    let id: String
    let donor: EnterpriseID
    let receiver: EnterpriseID
    let quantity: Double
    var donorGain: Double
    var receiverGain: Double
  }

  init(
    plan: Plan, groups: [FairSplit.Group], balances: [EnterpriseID: Double],
    solver: any MIPSolver
  ) throws {
    let deals = Self.deals(of: plan)
    var found: [[FairSplit.Rule: Double]] = deals.map { _ in [:] }
    for rule in FairSplit.Rule.allCases where rule != .untouched {
      guard groups.allSatisfy({ $0.shares[rule] != nil }), !groups.isEmpty else { continue }
      var shares: [EnterpriseID: Double] = [:]
      for group in groups {
        for (firm, share) in zip(group.firms, group.shares[rule] ?? []) { shares[firm] = share }
      }
      let (payments, paid) = try Self.payments(
        deals, shares: shares, balances: balances, solver: solver)
      for (index, payment) in payments.enumerated() {
        found[index][rule] = payment / deals[index].quantity
      }
      fund[rule] = paid
    }
    prices = zip(deals, found).map { deal, prices in
      FairSplit.Price(
        exchange: deal.id, donor: deal.donor, receiver: deal.receiver, quantity: deal.quantity,
        low: -deal.donorGain / deal.quantity, high: deal.receiverGain / deal.quantity,
        prices: prices)
    }
  }

  /// What flows with its lines by bearer; a permit's cost is split evenly over the deals that need it.
  private static func deals(of plan: Plan) -> [Deal] {
    var users: [PermitNeed: Int] = [:]
    for permit in plan.exchanges.flatMap(\.candidate.permits) + plan.legs.flatMap(\.leg.permits) {
      users[permit, default: 0] += 1
    }
    func deal(
      _ id: String, _ donor: EnterpriseID, _ receiver: EnterpriseID, _ quantity: Double,
      _ lines: [LedgerLine], _ permits: [PermitNeed]
    ) -> Deal? {
      guard quantity > 0, donor != receiver else { return nil }
      var deal = Deal(
        id: id, donor: donor, receiver: receiver, quantity: quantity, donorGain: 0,
        receiverGain: 0)
      for line in lines {
        guard let money = line.money.value?.typical else { continue }
        for (firm, share) in line.bearer.shares(donor: donor, receiver: receiver) {
          if firm == donor {
            deal.donorGain += money * share
          } else {
            deal.receiverGain += money * share
          }
        }
      }
      for permit in permits {
        let cost = (permit.annual.value?.typical ?? 0) / Double(users[permit] ?? 1)
        if permit.key.holder == donor { deal.donorGain -= cost } else { deal.receiverGain -= cost }
      }
      return deal
    }
    return plan.exchanges.compactMap {
      deal(
        $0.candidate.id, $0.candidate.output.enterprise, $0.candidate.input.enterprise,
        $0.quantity, $0.lines, $0.candidate.permits)
    }
      + plan.legs.compactMap {
        deal($0.leg.id, $0.leg.giver, $0.leg.taker, $0.quantity, $0.lines, $0.leg.permits)
      }
  }

  /// Yearly payments by deal, from receiver to donor, and what the fund pays to whom [park currency/a].
  private static func payments(
    _ deals: [Deal], shares: [EnterpriseID: Double], balances: [EnterpriseID: Double],
    solver: any MIPSolver
  ) throws -> (payments: [Double], fund: [(firm: EnterpriseID, amount: Double)]) {
    let firms = shares.keys.sorted()
    let scale = max(
      1e-9, firms.reduce(0) { max($0, abs(shares[$1] ?? 0), abs(balances[$1] ?? 0)) })
    var program = MIPModel(name: "payments")
    // Above and below the middle of the range, inside it and beyond.
    let columns = deals.map { deal -> [Int] in
      let half = max(0, deal.receiverGain + deal.donorGain) / 2 / scale
      return [
        program.addColumn(MIPColumn(name: "up", upper: half, objective: -1)),
        program.addColumn(MIPColumn(name: "down", upper: half, objective: -1)),
        program.addColumn(MIPColumn(name: "over", objective: -1000)),
        program.addColumn(MIPColumn(name: "under", objective: -1000)),
      ]
    }
    let funds = firms.map { _ in
      (
        program.addColumn(MIPColumn(name: "given", objective: -30)),
        program.addColumn(MIPColumn(name: "taken", objective: -30))
      )
    }
    for (place, firm) in firms.enumerated() {
      var entries: [(column: Int, value: Double)] = [(funds[place].0, 1), (funds[place].1, -1)]
      var wanted = (shares[firm] ?? 0) - (balances[firm] ?? 0)
      for (deal, own) in zip(deals, columns) where deal.donor == firm || deal.receiver == firm {
        let sign: Double = deal.donor == firm ? 1 : -1
        wanted -= sign * middle(deal)
        entries += zip(own, [sign, -sign, sign, -sign]).map { ($0, $1) }
      }
      program.addRow(
        MIPRow(name: "share", lower: wanted / scale, upper: wanted / scale, entries: entries))
    }
    let result = try solver.solve(program)
    guard let values = result.values else { return (deals.map(middle), []) }
    let payments = zip(deals, columns).map { deal, own in
      middle(deal) + scale * (values[own[0]] - values[own[1]] + values[own[2]] - values[own[3]])
    }
    let paid = zip(firms, funds).map { firm, fund in
      (firm: firm, amount: scale * (values[fund.0] - values[fund.1]))
    }.filter { abs($0.amount) > 1e-6 * scale }
    return (payments, paid)
  }

  /// The payment at which both sides gain alike.
  private static func middle(_ deal: Deal) -> Double { (deal.receiverGain - deal.donorGain) / 2 }
}

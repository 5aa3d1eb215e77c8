import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Shares the most net benefit that a park's plan can have.
public struct FairSplitAnalysis: Sendable {
  private let study: PlanStudy
  private let options: FairSplitOptions
  private let values: CoalitionValues

  /// - Parameters:
  ///   - graph: Of the park.
  ///   - planning: Its objective is replaced by net benefit, and a floor on CO2e is left out: a coalition owes none.
  /// - Throws: `PlanningError` for contradictory options, `MIPSolverError` if the solver fails.
  public init(
    graph: ExchangeGraph, planning: PlanningOptions, solver: any MIPSolver,
    options: FairSplitOptions = FairSplitOptions()
  ) throws {
    var planning = planning
    planning.objective = .netBenefit
    planning.carbonFloor = nil
    let problem = try PlanningProblem(graph: graph, options: planning)
    let result = try PlanSolver(solver: solver, options: planning).solve(problem.model)
    let plan = Plan(graph: graph, problem: problem, options: planning, result: result)
    study = try PlanStudy(graph: graph, plan: plan, solver: solver)
    self.options = options
    values = CoalitionValues(study)
  }

  /// - Throws: `AnalysisError` if firms alone cannot keep what is required, `MIPSolverError`.
  public func run() throws -> FairSplit {
    let parts = try values.parts.indices.map(part)
    let balances = Dictionary(
      uniqueKeysWithValues: study.plan.balances.map { ($0.enterprise.id, $0.money.typical) })
    var groups: [FairSplit.Group] = []
    for members in grouped(parts) {
      let group = try group(of: members.map { parts[$0] }, balances: balances)
      if group.total > 0 || group.firms.contains(where: { balances[$0] != nil }) {
        groups.append(group)
      }
    }
    groups.sort { ($1.total, $0.firms[0]) < ($0.total, $1.firms[0]) }
    let payments = try TransferPrices(
      plan: study.plan, groups: groups, balances: balances, solver: study.solver)
    return FairSplit(
      plan: study.plan, groups: groups, prices: payments.prices, fund: payments.fund,
      plans: study.variants.solvedParts,
      samples: parts.contains { !$0.errors.isEmpty } ? options.samples : 0)
  }

  // MARK: Parts

  /// Everything known of one part of the model.
  private struct SharedPart {
    let firms: [EnterpriseID]
    let total: Double
    let shapley: [Double]
    /// What the others lose without each firm.
    let marginal: [Double]
    /// By coalition; empty where there are too many.
    let table: [Double]
    let errors: [Double]
  }

  private func part(_ index: Int) throws -> SharedPart {
    let firms = values.parts[index].firms
    let everyone = (1 << firms.count) - 1
    let total = try values.value(of: everyone, in: index)
    let marginal = try firms.indices.map {
      try total - values.value(of: everyone ^ 1 << $0, in: index)
    }
    guard firms.count > min(options.exactLimit, CooperativeGame.mostPlayers) else {
      let table = try values.table(of: index, threads: study.threads)
      return SharedPart(
        firms: firms, total: total, shapley: CooperativeGame(values: table).shapleyValue(),
        marginal: marginal, table: table, errors: [])
    }
    let sampled = try sampledShapley(index, everyone: everyone)
    return SharedPart(
      firms: firms, total: total, shapley: sampled.values, marginal: marginal, table: [],
      errors: sampled.errors)
  }

  /// Mean gain that each firm brings to those before it, over random orders, each with its reverse.
  private func sampledShapley(
    _ index: Int, everyone: Int
  ) throws -> (values: [Double], errors: [Double]) {
    let count = values.parts[index].firms.count
    let pairs = max(2, options.samples / 2)
    let drawn = try Threads.map(pairs, threads: study.threads) { pair in
      Result { () throws -> [Double] in
        // Far apart in the generator's sequence, so that orders do not depend on the thread.
        var random = SplitMix64(state: options.seed &+ UInt64(pair) << 32)
        let order = random.order(of: count)
        let forth = try gains(order, in: index)
        let back = try gains(order.reversed(), in: index)
        return zip(forth, back).map { ($0 + $1) / 2 }
      }
    }.map { try $0.get() }
    var means: [Double] = []
    var errors: [Double] = []
    for firm in 0..<count {
      let values = drawn.map { $0[firm] }
      let mean = values.reduce(0, +) / Double(pairs)
      let squares = values.reduce(0) { $0 + ($1 - mean) * ($1 - mean) }
      means.append(mean)
      errors.append((squares / Double(pairs * (pairs - 1))).squareRoot())
    }
    return (means, errors)
  }

  private func gains(_ order: [Int], in index: Int) throws -> [Double] {
    var gains = [Double](repeating: 0, count: order.count)
    var coalition = 0
    var last = 0.0
    for firm in order {
      coalition |= 1 << firm
      let value = try values.value(of: coalition, in: index)
      gains[firm] = value - last
      last = value
    }
    return gains
  }

  // MARK: Groups

  /// Places of parts that firms join, in order of the first.
  private func grouped(_ parts: [SharedPart]) -> [[Int]] {
    var groups: [(firms: Set<EnterpriseID>, members: [Int])] = []
    for (index, part) in parts.enumerated() {
      let touching = groups.indices.filter { !groups[$0].firms.isDisjoint(with: part.firms) }
      var merged = (firms: Set(part.firms), members: [index])
      for place in touching {
        merged.firms.formUnion(groups[place].firms)
        merged.members += groups[place].members
      }
      for place in touching.reversed() { groups.remove(at: place) }
      groups.append(merged)
    }
    return groups.map { $0.members.sorted() }.sorted { $0[0] < $1[0] }
  }

  private func group(
    of parts: [SharedPart], balances: [EnterpriseID: Double]
  ) throws -> FairSplit.Group {
    let firms = Set(parts.flatMap(\.firms)).sorted()
    let places = Dictionary(uniqueKeysWithValues: firms.enumerated().map { ($1, $0) })
    let total = parts.reduce(0) { $0 + $1.total }
    func summed(_ figure: (SharedPart) -> [Double]) -> [Double] {
      var sums = [Double](repeating: 0, count: firms.count)
      for part in parts {
        for (firm, value) in zip(part.firms, figure(part)) { sums[places[firm] ?? 0] += value }
      }
      return sums
    }
    let marginal = summed(\.marginal)
    let weight = marginal.reduce(0, +)
    var shares: [FairSplit.Rule: [Double]] = [
      .untouched: firms.map { balances[$0] ?? 0 },
      .shapley: summed(\.shapley),
    ]
    if weight > 0, marginal.allSatisfy({ $0 >= -1e-9 * weight }) {
      shares[.proportional] = marginal.map { total * $0 / weight }
    }
    let squares = summed { part in part.errors.map { $0 * $0 } }
    let errors = parts.contains { !$0.errors.isEmpty } ? squares.map { $0.squareRoot() } : []
    var complaints: [FairSplit.Rule: FairSplit.Complaint] = [:]
    var nucleolus: Nucleolus?
    if let game = game(of: parts, firms: firms, places: places) {
      nucleolus = try Nucleolus(of: game, solver: study.solver)
      shares[.nucleolus] = nucleolus?.shares
      for (rule, split) in shares {
        complaints[rule] = game.largestComplaint(split).map { complaint in
          FairSplit.Complaint(
            firms: firms.indices.filter { complaint.coalition >> $0 & 1 == 1 }.map { firms[$0] },
            amount: complaint.amount)
        }
      }
    }
    return FairSplit.Group(
      firms: firms, total: total, shares: shares, complaints: complaints,
      isCoreEmpty: nucleolus?.isCoreEmpty, leastComplaint: nucleolus?.leastComplaint,
      standardErrors: errors)
  }

  /// The game of a group, from the tables of its parts; `nil` for one that is too large.
  private func game(
    of parts: [SharedPart], firms: [EnterpriseID], places: [EnterpriseID: Int]
  ) -> CooperativeGame? {
    guard firms.count <= min(options.exactLimit, CooperativeGame.mostPlayers),
      parts.allSatisfy({ !$0.table.isEmpty })
    else { return nil }
    var worths = [Double](repeating: 0, count: 1 << firms.count)
    for part in parts {
      let bits = part.firms.map { places[$0] ?? 0 }
      for coalition in worths.indices {
        var own = 0
        for (bit, place) in bits.enumerated() where coalition >> place & 1 == 1 { own |= 1 << bit }
        worths[coalition] += part.table[own]
      }
    }
    worths[0] = 0
    return CooperativeGame(values: worths)
  }
}

import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Shares the most net benefit that a park's plan can have.
public struct FairSplitAnalysis: Sendable {
  private let study: PlanStudy
  private let options: FairSplitOptions
  private let workforce: any Workforce

  /// - Parameters:
  ///   - graph: Of the park.
  ///   - planning: Its objective is replaced by net benefit, and a floor on CO2e is left out: a coalition owes none.
  ///   - workforce: The threads of `planning` if absent.
  /// - Throws: `PlanningError` for contradictory options, `MIPSolverError` if the solver fails.
  public init(
    graph: ExchangeGraph, planning: PlanningOptions, solver: any MIPSolver,
    options: FairSplitOptions = FairSplitOptions(), by workforce: (any Workforce)? = nil
  ) throws {
    let workforce = workforce ?? OwnThreads(planning.threads)
    var planning = planning
    planning.objective = .netBenefit
    planning.carbonFloor = nil
    let problem = try PlanningProblem(graph: graph, options: planning)
    let search = PlanSolver(solver: solver, options: planning)
    let result = try workforce.one("plan", size: problem.model.links.count) {
      try search.solve(problem.model)
    }
    let plan = Plan(graph: graph, problem: problem, options: planning, result: result)
    study = try PlanStudy(graph: graph, plan: plan, solver: solver)
    self.options = options
    self.workforce = workforce
  }

  /// - Throws: `AnalysisError` if firms alone cannot keep what is required, `MIPSolverError`.
  public func run() throws -> FairSplit {
    let (parts, networks) = try CoalitionSurvey(values: CoalitionValues(study), options: options)
      .run(by: workforce)
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
      plans: networks,
      samples: parts.contains { !$0.errors.isEmpty } ? options.samples : 0)
  }

  // MARK: Groups

  /// Places of parts that firms join, in order of the first.
  private func grouped(_ parts: [CoalitionSurvey.SharedPart]) -> [[Int]] {
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
    of parts: [CoalitionSurvey.SharedPart], balances: [EnterpriseID: Double]
  ) throws -> FairSplit.Group {
    let firms = Set(parts.flatMap(\.firms)).sorted()
    let places = Dictionary(uniqueKeysWithValues: firms.enumerated().map { ($1, $0) })
    let total = parts.reduce(0) { $0 + $1.total }
    func summed(_ figure: (CoalitionSurvey.SharedPart) -> [Double]) -> [Double] {
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
    of parts: [CoalitionSurvey.SharedPart], firms: [EnterpriseID], places: [EnterpriseID: Int]
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

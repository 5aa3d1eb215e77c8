import LichenDomain
import LichenGraph
import LichenLaw
import LichenMatching
import LichenPlanning

/// Plans a park again without each barrier of the law.
///
/// Rules and licences change what may be planned, so that the candidates are made anew; parts of the model that come
/// out as before keep their plan.
public struct BarrierAnalysis: Sendable {
  private let study: PlanStudy
  private let options: BarrierOptions
  private let today: Outcome

  /// A park with something lifted, planned.
  private struct Outcome: Sendable {
    let plan: Plan
    let value: Double
    let bound: Double
    let exchanges: Set<String>
    /// By enterprise; costs that are waived are added [park currency/a].
    let balances: [EnterpriseID: Double]
    let waived: Double
    let isProven: Bool

    var money: Double { plan.money.typical + waived }
  }

  /// What a barrier does to today's candidates.
  private struct Reach {
    var forbids: Set<Int> = []
    var burdens: Set<Int> = []
    var all: Set<Int> { forbids.union(burdens) }
  }

  /// - Throws: `AnalysisError` without a plan, `MIPSolverError` if the solver fails.
  public init(_ study: PlanStudy, options: BarrierOptions = BarrierOptions()) throws {
    self.study = study
    self.options = options
    guard let today = try Self.outcome(of: [], in: study) else {
      throw AnalysisError.noPlan
    }
    self.today = today
  }

  /// - Throws: `MIPSolverError`, `PlanningError`.
  public func run() throws -> BarrierResult {
    let reaches = self.reaches()
    let barriers = reaches.keys.sorted { $0.name < $1.name }
    let tolerance = 1e-6 * max(1, abs(today.value))
    let found = try values(of: barriers.map { [$0] }, reaches)
    let singles = found.sorted {
      ($1.value, $1.money, $0.barriers[0].name) < ($0.value, $0.money, $1.barriers[0].name)
    }
    let worth = Dictionary(uniqueKeysWithValues: singles.map { ($0.barriers[0], $0.value) })
    let chosen = pairs(singles.map { $0.barriers[0] }, worth: worth, reaches)
    let pairs = try values(of: chosen, reaches).map { both -> BarrierResult.Pair in
      let synergy = both.value - both.barriers.reduce(0) { $0 + (worth[$1] ?? 0) }
      return BarrierResult.Pair(
        both: both, synergy: synergy,
        interplay: synergy > tolerance
          ? .complements : synergy < -tolerance ? .substitutes : .independent)
    }
    return BarrierResult(
      singles: singles,
      pairs: pairs.sorted {
        (abs($1.synergy), $1.both.value, $0.both.barriers[0].name)
          < (abs($0.synergy), $0.both.value, $1.both.barriers[0].name)
      },
      tolerance: tolerance, plans: 1 + found.count + pairs.count)
  }

  // MARK: What stands in the way

  /// Barriers of today's candidates, with the candidates that they bear on.
  private func reaches() -> [Barrier: Reach] {
    var reaches: [Barrier: Reach] = [:]
    for (index, candidate) in study.graph.candidates.enumerated() {
      for rule in candidate.verdict.applying {
        guard rule.effect != .allowed else { continue }
        let isForbidden = rule.effect == .prohibited
        var barriers: [Barrier] = [.rule(rule.id)]
        if let licence = rule.unlessLicence {
          barriers += holders(of: rule, candidate).map { .licence(licence, holder: $0) }
        }
        for barrier in barriers {
          if isForbidden {
            reaches[barrier, default: Reach()].forbids.insert(index)
          } else {
            reaches[barrier, default: Reach()].burdens.insert(index)
          }
        }
      }
      for need in candidate.permits where need.annual.value?.typical ?? 0 > 0 {
        let barrier = Barrier.permit(
          holder: need.key.holder, material: need.key.material, rule: need.key.rule)
        reaches[barrier, default: Reach()].burdens.insert(index)
      }
    }
    return reaches
  }

  private func holders(of rule: LegalRule, _ candidate: Candidate) -> [EnterpriseID] {
    let (donor, receiver) = (candidate.output.enterprise, candidate.input.enterprise)
    let concerned: [EnterpriseID] =
      switch rule.holder {
      case .donor: [donor]
      case .receiver: [receiver]
      case .both: [donor, receiver]
      }
    return concerned.filter { firm in
      rule.unlessLicence.map { study.park.enterprise(firm)?.licences.contains($0) == false }
        ?? false
    }
  }

  /// Pairs of rules and licences: those that bear on one candidate first, then the most valuable.
  private func pairs(
    _ barriers: [Barrier], worth: [Barrier: Double], _ reaches: [Barrier: Reach]
  ) -> [[Barrier]] {
    let eligible = barriers.filter { if case .permit = $0 { false } else { true } }
    var pairs: [(pair: [Barrier], meets: Bool, worth: Double)] = []
    for (place, one) in eligible.enumerated() {
      for other in eligible[(place + 1)...] where Self.differ(one, other) {
        let meets = !(reaches[one]?.all ?? []).isDisjoint(with: reaches[other]?.all ?? [])
        pairs.append(([one, other], meets, (worth[one] ?? 0) + (worth[other] ?? 0)))
      }
    }
    return pairs.sorted { left, right in
      if left.meets != right.meets { return left.meets }
      if left.worth != right.worth { return left.worth > right.worth }
      return left.pair.map(\.name).lexicographicallyPrecedes(right.pair.map(\.name))
    }.prefix(options.pairs).map(\.pair)
  }

  /// A rule and the licence that satisfies it are no pair: lifting one is lifting both.
  private static func differ(_ one: Barrier, _ other: Barrier) -> Bool {
    switch (one, other) {
    case (.rule, .rule), (.licence, .licence): true
    default: false
    }
  }

  // MARK: Planning without it

  private func values(
    of liftings: [[Barrier]], _ reaches: [Barrier: Reach]
  ) throws -> [BarrierValue] {
    try Threads.map(liftings.count, threads: study.threads) { index in
      Result { () throws -> BarrierValue? in
        try Self.outcome(of: liftings[index], in: study).map {
          value(of: liftings[index], $0, liftings[index].compactMap { reaches[$0] })
        }
      }
    }.compactMap { try $0.get() }
  }

  private func value(
    of barriers: [Barrier], _ lifted: Outcome, _ reaches: [Reach]
  ) -> BarrierValue {
    let least = 1e-6 * max(1, abs(today.money))
    let helped = lifted.balances.keys.sorted().filter {
      (lifted.balances[$0] ?? 0) - (today.balances[$0] ?? 0) > least
    }
    return BarrierValue(
      barriers: barriers,
      money: lifted.money - today.money,
      carbon: lifted.plan.carbon.typical - today.plan.carbon.typical,
      value: lifted.value - today.value, mostValue: lifted.bound - today.value,
      helped: helped,
      gained: lifted.exchanges.subtracting(today.exchanges).sorted(),
      lost: today.exchanges.subtracting(lifted.exchanges).sorted(),
      forbids: reaches.reduce(into: Set()) { $0.formUnion($1.forbids) }.count,
      burdens: reaches.reduce(into: Set()) { $0.formUnion($1.burdens) }.count,
      isProven: lifted.isProven && today.isProven)
  }

  /// The plan with barriers lifted; `nil` if what is required cannot be kept.
  private static func outcome(of barriers: [Barrier], in study: PlanStudy) throws -> Outcome? {
    var park = study.park
    var waived: Set<String> = []
    for barrier in barriers {
      switch barrier {
      case .rule(let id): park = park.lifting([id])
      case .licence(let licence, let holder): park = park.granting(licence, to: holder)
      case .permit(let holder, let material, let rule):
        waived.insert("\(holder):\(material):\(rule)")
      }
    }
    let isSame = barriers.allSatisfy { if case .permit = $0 { true } else { false } }
    let graph = isSame ? study.graph : CandidateGenerator(park: park).graph(threads: 1)
    let problem = try PlanningProblem(graph: graph, options: study.plan.options)
    let model = waived.isEmpty ? problem.model : problem.model.waiving(waived)
    let found = try study.variants.solve(model)
    guard found.hasPlan else { return nil }
    let plan = study.plan(found, of: problem, graph: graph)
    var balances = Dictionary(
      uniqueKeysWithValues: plan.balances.map { ($0.enterprise.id, $0.money.typical) })
    var spared = 0.0
    for permit in plan.permits {
      let key = permit.key
      guard waived.contains("\(key.holder):\(key.material):\(key.rule)") else { continue }
      let cost = permit.annual.value?.typical ?? 0
      spared += cost
      balances[key.holder, default: 0] += cost
    }
    return Outcome(
      plan: plan, value: found.objective, bound: found.bound,
      exchanges: Set(plan.exchanges.map(\.candidate.id) + plan.legs.map(\.leg.id)),
      balances: balances, waived: spared, isProven: found.status == .optimal)
  }
}

extension PlanningModel {
  /// The same model where some permits, by name, cost nothing.
  func waiving(_ names: Set<String>) -> PlanningModel {
    var model = self
    for index in permits.indices where names.contains(permits[index].name) {
      model.permits[index].annualCost = 0
    }
    return model
  }
}

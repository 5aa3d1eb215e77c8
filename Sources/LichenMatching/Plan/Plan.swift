import LichenDomain
import LichenGraph
import LichenPlanning

/// An exchange that the plan builds, with its yearly quantity and its share of the balance.
public struct PlannedExchange: Sendable {
  public let candidate: Candidate
  /// [reference units of output/a]
  public let quantity: Double
  /// The ledger's lines per year: per-unit lines times quantity, then fixed lines.
  public let lines: [LedgerLine]
  public let isRequired: Bool

  /// Makes the yearly lines of a candidate at a quantity.
  public init(candidate: Candidate, quantity: Double, isRequired: Bool) {
    self.candidate = candidate
    self.quantity = quantity
    self.isRequired = isRequired
    lines = candidate.ledger.yearly(quantity)
  }

  /// Sum of the lines [park currency/a], permits apart, unknown gains left out.
  public var money: Estimate { lines.compactMap(\.money.value).sum() }
  /// Sum of the lines [kg CO2e/a avoided].
  public var carbon: Estimate { lines.compactMap(\.carbon.value).sum() }
  /// [park currency]
  public var capital: Estimate { candidate.ledger.capital }
}

/// What was solved and what was proved.
public struct SolverCertificate: Sendable {
  public let objective: PlanObjective
  public let status: MIPResult.Status
  public let stopReason: MIPResult.StopReason
  /// Value of the plan in its first objective, re-added from the ledger lines.
  public let incumbent: Double
  /// Proven: no plan is worth more than this in the first objective.
  public let bound: Double
  /// The solver's own objective less `incumbent`.
  public let recomputationDifference: Double
  public let components: [ComponentSummary]
  public let candidates: Int
  public let links: Int
  public let solver: String

  /// (bound − incumbent) / |incumbent|; 0 when both are zero.
  public var gap: Double {
    let distance = max(0, bound - incumbent)
    return distance == 0 ? 0 : distance / max(abs(incumbent), 1e-10)
  }

  public var nodes: Int { components.reduce(0) { $0 + $1.nodes } }
}

/// The chosen exchanges with their yearly quantities and the proof of how good they are.
public struct Plan: Sendable {
  public let park: Park
  public let options: PlanningOptions
  /// In order of net benefit, best first; ties in order of candidate.
  public let exchanges: [PlannedExchange]
  /// Legs of exchanges through shared plants, in order of id.
  public let legs: [PlannedLeg]
  /// Shared plants that are opened, in order of id.
  public let facilities: [PlannedFacility]
  /// Permits that the exchanges need, in order of key, each once.
  public let permits: [PermitNeed]
  /// Efficiency measures that are taken, best first.
  public let measures: [PlannedMeasure]
  /// Measures that the model does not hold, in order of id.
  public let idleMeasures: [IdleMeasure]
  public let certificate: SolverCertificate
  /// Candidates left out of the model, by candidate index.
  public let excluded: Exclusions

  /// Turns flows into exchanges and re-adds every total from the ledgers.
  public init(
    graph: ExchangeGraph, problem: PlanningProblem, options: PlanningOptions,
    result: PlanSearchResult
  ) {
    park = graph.park
    self.options = options
    excluded = problem.excluded
    var exchanges: [PlannedExchange] = []
    var permits: Set<PermitNeed> = []
    var legs: [PlannedLeg] = []
    for (index, link) in problem.model.links.enumerated() where result.isOpen[index] {
      if link.candidate >= graph.candidates.count {
        let leg = graph.legs[link.candidate - graph.candidates.count]
        legs.append(
          PlannedLeg(leg: leg, quantity: result.flows[index], isRequired: link.isRequired))
        permits.formUnion(leg.permits)
        continue
      }
      let candidate = graph.candidates[link.candidate]
      exchanges.append(
        PlannedExchange(
          candidate: candidate, quantity: result.flows[index], isRequired: link.isRequired))
      permits.formUnion(candidate.permits)
    }
    self.exchanges = Self.ranked(exchanges)
    self.legs = legs.sorted { $0.leg.id < $1.leg.id }
    facilities = PlannedFacility.opened(by: self.legs, among: graph.facilities)
    self.permits = permits.sorted { $0.key < $1.key }
    measures = Self.ranked(zip(problem.measures, result.isTaken).filter(\.1).map(\.0))
    idleMeasures = problem.idleMeasures.sorted { $0.measure.option.id < $1.measure.option.id }
    let value = Self.value(
      of: self.exchanges, legs: self.legs, facilities: facilities, permits: self.permits,
      measures: measures, options.objective.primaryWeights(carbonPrice: options.carbonPrice))
    let avoided =
      self.exchanges.map(\.carbon).sum() + self.legs.map(\.carbon).sum()
      + measures.map(\.carbon).sum()
    certificate = SolverCertificate(
      objective: options.objective,
      status: Self.status(of: result, problem, avoided: avoided),
      stopReason: result.stopReason,
      incumbent: value, bound: max(value, result.bound),
      recomputationDifference: result.objective - value, components: result.components,
      candidates: graph.candidates.count, links: problem.model.links.count,
      solver: "\(result.solverName) \(result.solverVersion)")
  }

  /// A plan made again from chosen exchanges and a stated proof, without solving: everything that can
  /// be recomputed is recomputed, model sizes included.
  init(
    graph: ExchangeGraph, options: PlanningOptions, exchanges: [PlannedExchange],
    legs: [PlannedLeg], measures: [PricedMeasure], proof: PlanDocument.Certificate
  ) {
    park = graph.park
    self.options = options
    let problem = try? PlanningProblem(graph: graph, options: options)
    excluded = problem?.excluded ?? Exclusions()
    self.exchanges = Self.ranked(exchanges)
    self.legs = legs.sorted { $0.leg.id < $1.leg.id }
    facilities = PlannedFacility.opened(by: self.legs, among: graph.facilities)
    permits = Set(exchanges.flatMap(\.candidate.permits) + legs.flatMap(\.leg.permits)).sorted {
      $0.key < $1.key
    }
    self.measures = Self.ranked(measures)
    idleMeasures = problem?.idleMeasures ?? []
    let model = problem?.model ?? .empty
    let parts = model.components()
    let weights = options.objective.primaryWeights(carbonPrice: options.carbonPrice)
    let components = proof.components.enumerated().map { index, stated -> ComponentSummary in
      guard index < parts.count else { return stated }
      return stated.resized(to: MIPBuilder(model: model, part: parts[index]))
    }
    let value = Self.value(
      of: self.exchanges, legs: self.legs, facilities: facilities, permits: permits,
      measures: self.measures, weights)
    certificate = SolverCertificate(
      objective: options.objective, status: proof.status, stopReason: proof.stopReason,
      incumbent: value, bound: max(value, proof.bound), recomputationDifference: 0,
      components: components, candidates: graph.candidates.count,
      links: model.links.count, solver: proof.solver)
  }

  /// Parts of a plan that were chosen elsewhere.
  init(
    park: Park, options: PlanningOptions, shown: ShownPlan, certificate: SolverCertificate
  ) {
    self.park = park
    self.options = options
    exchanges = Self.ranked(shown.exchanges)
    legs = shown.legs
    facilities = shown.facilities
    permits = shown.permits
    measures = shown.measures
    idleMeasures = shown.idleMeasures
    self.certificate = certificate
    excluded = Exclusions()
  }

  /// What the search found, judged by the CO2e that is owed: a search that ran out of time may have
  /// left a plan that does nothing.
  private static func status(
    of result: PlanSearchResult, _ problem: PlanningProblem, avoided: Estimate
  ) -> MIPResult.Status {
    if problem.isEmptyBelowFloor { return .infeasible }
    guard let floor = problem.model.carbonFloor, result.status == .feasible,
      avoided.typical < floor - 1e-6 * max(1, floor)
    else { return result.status }
    return .noSolution
  }

  /// Best net benefit first, ties in order of candidate.
  private static func ranked(_ exchanges: [PlannedExchange]) -> [PlannedExchange] {
    exchanges.sorted {
      ($1.money.typical, $0.candidate.id) < ($0.money.typical, $1.candidate.id)
    }
  }

  private static func value(
    of exchanges: [PlannedExchange], legs: [PlannedLeg], facilities: [PlannedFacility],
    permits: [PermitNeed], measures: [PlannedMeasure], _ weights: PlanningModel.Weights
  ) -> Double {
    var flows = exchanges.reduce(0) {
      $0 + weights.money * $1.money.typical + weights.carbon * $1.carbon.typical
    }
    flows += legs.reduce(0) {
      $0 + weights.money * $1.money.typical + weights.carbon * $1.carbon.typical
    }
    flows += facilities.reduce(0) { $0 + weights.money * $1.money.typical }
    flows += measures.reduce(0) {
      $0 + weights.money * $1.money.typical + weights.carbon * $1.carbon.typical
    }
    return flows - weights.money * permits.reduce(0) { $0 + ($1.annual.value?.typical ?? 0) }
  }

  /// Yearly cost of all permits [park currency/a]; not negative.
  public var permitCost: Estimate { permits.compactMap(\.annual.value).sum() }
  /// Yearly net benefit [park currency/a]: exchanges less permits, shared plants, and measures.
  public var money: Estimate { exchangeMoney + facilityMoney + measureMoney }
  /// Yearly CO2e avoided [kg/a].
  public var carbon: Estimate {
    exchanges.map(\.carbon).sum() + legs.map(\.carbon).sum() + measures.map(\.carbon).sum()
  }
  /// Investment, one-off permit costs included [park currency].
  public var capital: Estimate {
    exchanges.map(\.capital).sum() + permits.compactMap(\.oneOff.value).sum()
      + measures.map(\.capital).sum() + legs.map(\.capital).sum()
      + facilities.map(\.capital).sum()
  }

  /// Investment over yearly gain before its annuity [a]; `nil` without investment or gain.
  public var paybackYears: Double? {
    let lines =
      exchanges.flatMap(\.lines) + measures.flatMap(\.measure.lines) + legs.flatMap(\.lines)
      + facilities.flatMap(\.lines)
    let annuities = lines.filter { $0.term == .capital }
      .compactMap(\.money.value?.typical).reduce(0, +)
    let gain = money.typical - annuities + permitCost.typical
    return capital.typical > 0 && gain > 0 ? capital.typical / gain : nil
  }

  /// What one enterprise gains per year before payments between partners.
  public struct EnterpriseBalance: Sendable {
    public let enterprise: Enterprise
    /// [park currency/a]
    public let money: Estimate
    /// [kg CO2e/a], shared lines by halves.
    public let carbon: Estimate
    public let given: Int
    public let received: Int
  }

  /// Balances of all enterprises that take part, in order of id; they add up to the plan's totals.
  public var balances: [EnterpriseBalance] {
    var money: [EnterpriseID: Estimate] = [:]
    var carbon: [EnterpriseID: Estimate] = [:]
    var given: [EnterpriseID: Int] = [:]
    var received: [EnterpriseID: Int] = [:]
    let flows =
      exchanges.map { ($0.candidate.output.enterprise, $0.candidate.input.enterprise, $0.lines) }
      + legs.map { ($0.leg.giver, $0.leg.taker, $0.lines) }
    for (donor, receiver, lines) in flows {
      given[donor, default: 0] += 1
      received[receiver, default: 0] += 1
      for line in lines {
        for (enterprise, share) in line.bearer.shares(donor: donor, receiver: receiver) {
          if let value = line.money.value {
            money[enterprise, default: .zero] = money[enterprise, default: .zero] + value * share
          }
          if let value = line.carbon.value {
            carbon[enterprise, default: .zero] = carbon[enterprise, default: .zero] + value * share
          }
        }
      }
    }
    for plant in facilities {
      let site = plant.facility.site
      money[site, default: .zero] = money[site, default: .zero] + plant.money
    }
    for taken in measures {
      let enterprise = taken.option.enterprise
      money[enterprise, default: .zero] = money[enterprise, default: .zero] + taken.money
      carbon[enterprise, default: .zero] = carbon[enterprise, default: .zero] + taken.carbon
    }
    for permit in permits {
      if let cost = permit.annual.value {
        money[permit.key.holder, default: .zero] = money[permit.key.holder, default: .zero] - cost
      }
    }
    let takers = Set(measures.map(\.option.enterprise))
    return park.enterprises.filter {
      given[$0.id] != nil || received[$0.id] != nil || takers.contains($0.id)
    }.map {
      EnterpriseBalance(
        enterprise: $0, money: money[$0.id] ?? .zero, carbon: carbon[$0.id] ?? .zero,
        given: given[$0.id] ?? 0, received: received[$0.id] ?? 0)
    }
  }
}

extension Bearer {
  /// Who bears which share of a line.
  public func shares(donor: EnterpriseID, receiver: EnterpriseID) -> [(EnterpriseID, Double)] {
    switch self {
    case .donor: [(donor, 1)]
    case .receiver: [(receiver, 1)]
    case .both: [(donor, 0.5), (receiver, 0.5)]
    }
  }
}

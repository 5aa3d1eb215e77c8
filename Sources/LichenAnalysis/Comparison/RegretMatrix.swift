import LichenDomain
import LichenMatching
import LichenPlanning

/// What it costs to have built the plan of one scenario when another one comes true.
public struct Regret: Sendable, Hashable {
  /// Worth of the built network where it is judged, in that scenario's first objective; `nil` if nothing
  /// it can do keeps that scenario's limits.
  public let value: Double?
  /// Proven: the built network is worth no more than this there.
  public let valueBound: Double?
  /// That scenario's optimum less `value`, not negative; `nil` without a value.
  public let regret: Double?
  /// Between which the regret lies for certain, whatever the searches left unproved.
  public let low: Double?
  public let high: Double?
  /// Whether the judged scenario's budget reaches for the whole network; otherwise the best part of it
  /// that the budget allows is built.
  public let isAffordable: Bool
  /// Links that the judged scenario does not have or does not allow, ascending.
  public let stranded: [String]

  /// Whether the regret is known exactly, up to rounding.
  public var isProven: Bool {
    guard let low, let high else { return true }
    return high - low <= 1e-6 * max(1, abs(high))
  }
}

/// Every plan judged in every scenario.
public struct RegretMatrix: Sendable {
  /// In the order of the scenarios: rows are what was built, columns what comes true; `nil` where a
  /// scenario has no plan.
  public let cells: [[Regret?]]

  /// - Parameters:
  ///   - planned: The baseline and its scenarios.
  ///   - threads: Does not change the result.
  /// - Throws: `MIPSolverError` if the solver fails.
  /// - Complexity: n² plans for n scenarios, each over the links of one plan.
  public init(
    _ planned: [PlannedScenario], solver: any MIPSolver, threads: Int,
    control: SolveControl = SolveControl()
  ) throws {
    let networks = planned.map { $0.hasPlan ? SunkNetwork($0.plan) : nil }
    // One column at a time: its model is made once.
    let columns = Threads.map(planned.count, threads: threads) { column in
      Result<[Regret?], any Error> {
        guard planned[column].hasPlan else { return networks.map { _ in nil } }
        let judge = try RegretJudge(planned[column], solver: solver, control: control)
        return try networks.map { network in try network.map(judge.regret) }
      }
    }
    let judged = try columns.map { try $0.get() }
    cells = planned.indices.map { row in judged.map { $0[row] } }
  }

  /// The greatest regret of each row; `nil` where a cell is not possible or there is no plan.
  public var worst: [Double?] {
    cells.map { row in
      let known = row.map { $0?.regret }
      return known.contains { $0 == nil } ? nil : known.compactMap(\.self).max()
    }
  }
}

/// Judges built networks in one scenario.
///
/// What is built is paid for: links, permits, plants and measures cost what they cost here, or what they
/// cost where they were planned if this scenario does not have them. Flows are chosen anew, and a link
/// may stand idle. The worth is that of a plan of this scenario less costs that are not negative, so that
/// it cannot exceed the scenario's optimum.
struct RegretJudge {
  private let planned: PlannedScenario
  private let problem: PlanningProblem
  private let weights: PlanningModel.Weights
  private let solver: PlanSolver
  private let position: [String: Int]

  init(_ planned: PlannedScenario, solver: any MIPSolver, control: SolveControl) throws {
    self.planned = planned
    let options = planned.plan.options
    problem = try PlanningProblem(unreduced: planned.graph, options: options)
    weights = options.stages[0]
    var limits = options.limits
    limits.threads = 1
    self.solver = PlanSolver(solver: solver, stages: [weights], limits: limits)
    self.control = control
    position = Dictionary(
      problem.model.linkNames.enumerated().map { ($0.element, $0.offset) }
    ) { first, _ in first }
  }

  private let control: SolveControl

  func regret(of network: SunkNetwork) throws -> Regret {
    let sunk = Sunk(network, problem: problem, position: position)
    let isAffordable = problem.model.capitalBudget.map { sunk.capital <= $0 * (1 + 1e-9) } ?? true
    let restricted = problem.model.restricted(
      to: PlanningModel.Part(links: sunk.links, measures: sunk.measures))
    let model = isAffordable ? sunk.paid(restricted) : restricted
    let result = try solver.solve(model.withoutHopelessLinks(weights).0, control: control)
    let stranded = network.links.keys.filter { position[$0] == nil }.sorted()
    guard [.optimal, .feasible].contains(result.status), !isBelowFloor(model) else {
      return Regret(
        value: nil, valueBound: nil, regret: nil, low: nil, high: nil, isAffordable: isAffordable,
        stranded: stranded)
    }
    let constant = isAffordable ? weights.money * sunk.yearlyCost : 0
    let value = result.objective - constant
    let valueBound = max(value, result.bound - constant)
    let certificate = planned.plan.certificate
    func notNegative(_ regret: Double) -> Double {
      let noise = 1e-6 * max(1, abs(certificate.incumbent), abs(value))
      return regret <= noise ? 0 : regret
    }
    return Regret(
      value: value, valueBound: valueBound, regret: notNegative(certificate.incumbent - value),
      low: notNegative(certificate.incumbent - valueBound),
      high: notNegative(certificate.bound - value), isAffordable: isAffordable,
      stranded: stranded)
  }

  /// CO2e is owed and there is nothing that could avoid any.
  private func isBelowFloor(_ model: PlanningModel) -> Bool {
    model.links.isEmpty && model.measures.isEmpty && (model.carbonFloor ?? 0) > 0
  }
}

/// A built network in the terms of the scenario that judges it.
private struct Sunk {
  /// Links of the model that are built, or that the scenario requires; ascending.
  let links: [Int]
  /// Measures that are taken, or that the scenario requires; ascending.
  let measures: [Int]
  /// What is spent in all [park currency].
  let capital: Double
  /// Of everything that is paid whatever flows, measures of the scenario apart [park currency/a].
  let yearlyCost: Double
  private let network: SunkNetwork
  private let problem: PlanningProblem
  private let builtLinks: Set<String>

  init(_ network: SunkNetwork, problem: PlanningProblem, position: [String: Int]) {
    let model = problem.model
    self.network = network
    self.problem = problem
    builtLinks = Set(network.links.keys)
    let built = Set(network.links.keys.compactMap { position[$0] })
    links = model.links.indices.filter { built.contains($0) || model.links[$0].isRequired }
    measures = model.measures.indices.filter { index in
      network.measures[problem.measures[index].option.id] != nil
        || model.measures[index].isRequired
    }
    let known = Dictionary(
      model.facilities.map { ($0.name, $0) }
    ) { first, _ in first }
    let modelled = Dictionary(
      problem.measures.enumerated().map { ($0.element.option.id, model.measures[$0.offset]) }
    ) { first, _ in first }
    let permitCosts = Dictionary(
      problem.permitNeeds.enumerated().map { ($0.element.key, model.permits[$0.offset].annualCost) }
    ) { first, _ in first }
    // In one order: sums must not depend on how dictionaries are stored.
    var capital = 0.0
    var cost = 0.0
    for (id, link) in network.links.sorted(by: { $0.key < $1.key }) {
      let here = position[id].map { model.links[$0] }
      capital += here?.capital ?? link.capital
      cost += here?.fixedCost ?? link.fixedCost
    }
    for (key, annual) in network.permits.sorted(by: { $0.key < $1.key }) {
      cost += permitCosts[key] ?? annual
    }
    for (id, plant) in network.facilities.sorted(by: { $0.key < $1.key }) {
      capital += known[id]?.capital ?? plant.capital
      cost += known[id]?.openingCost ?? plant.fixedCost
    }
    for (id, measure) in network.measures.sorted(by: { $0.key < $1.key }) {
      // The balance of a measure that the scenario has is part of the program.
      capital += modelled[id]?.capital ?? measure.capital
      if modelled[id] == nil { cost += measure.fixedCost }
    }
    self.capital = capital
    yearlyCost = cost
  }

  /// The restricted model with everything free that is paid for, and what is left of the budget.
  func paid(_ model: PlanningModel) -> PlanningModel {
    PlanningModel(
      name: model.name,
      links: zip(model.links, model.linkNames).map { link, name in
        guard builtLinks.contains(name) else { return link }
        return PlanningModel.Link(
          candidate: link.candidate, source: link.source, target: link.target, ratio: link.ratio,
          money: link.money, carbon: link.carbon, fixedCost: 0, capital: 0, lower: link.lower,
          upper: link.upper, isRequired: link.isRequired)
      }, linkNames: model.linkNames, linkPermits: model.linkPermits, supplies: model.supplies,
      needs: model.needs, leastNeeds: model.leastNeeds,
      permits: zip(model.permits, problem.permitNeeds).map { permit, need in
        network.permits[need.key] == nil
          ? permit : PlanningModel.Permit(name: permit.name, annualCost: 0)
      },
      facilities: model.facilities.map { plant in
        network.facilities[plant.name] == nil
          ? plant
          : PlanningModel.Facility(
            name: plant.name, capacity: plant.capacity, openingCost: 0, capital: 0)
      }, blends: model.blends,
      measures: zip(model.measures, measures).map { measure, index in
        guard network.measures[problem.measures[index].option.id] != nil else { return measure }
        return PlanningModel.Measure(
          name: measure.name, output: measure.output, input: measure.input, shift: measure.shift,
          money: measure.money, carbon: measure.carbon, capital: 0, isRequired: true)
      }, capitalBudget: model.capitalBudget.map { max(0, $0 - capital) },
      carbonFloor: model.carbonFloor, partnerLimit: model.partnerLimit)
  }
}

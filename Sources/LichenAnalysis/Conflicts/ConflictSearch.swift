import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Finds a minimal set of requirements that no plan can keep together, by leaving out one after the other as long as what
/// is left stays impossible (deletion filter, Chinneck & Dravnieks 1991), and asks what relaxing each would take.
public struct ConflictSearch {
  private let graph: ExchangeGraph
  private let options: PlanningOptions
  private let solver: any MIPSolver
  /// Without any requirement.
  private let free: PlanningModel
  private let requirements: [Requirement]
  private var isProven = true

  /// - Parameter options: With the requirements that are in question.
  /// - Throws: `PlanningError` for selectors that name nothing.
  public init(graph: ExchangeGraph, options: PlanningOptions, solver: any MIPSolver) throws {
    self.graph = graph
    self.options = options
    self.solver = solver
    let kept =
      graph.park.settings.existingExchanges != .kept
      ? []
      : graph.park.exchanges.compactMap { exchange -> LinkSelector? in
        guard let output = exchange.output, let input = exchange.input else { return nil }
        return LinkSelector("\(output):\(input)")
      }
    requirements =
      options.required.map { .required($0) } + Set(kept).sorted().map { .kept($0) }
      + options.forbidden.map { .forbidden($0) }
      + (options.capitalBudget.map { [.budget($0)] } ?? [])
      + (options.carbonFloor.map { [.carbonFloor($0)] } ?? [])
      + (options.partnerLimit.map { [.partners($0)] } ?? [])
    var bare = options
    bare.required = []
    bare.forbidden = []
    bare.capitalBudget = nil
    bare.carbonFloor = nil
    bare.partnerLimit = nil
    // Plans in stages leave no link out.
    bare.objective = .benefitThenCarbon
    let model = try PlanningProblem(graph: graph, options: bare).model
    free = model.requiring([])
  }

  /// - Throws: `MIPSolverError` if the solver fails.
  public mutating func run() throws -> Conflict {
    // An exchange that cannot be planned is a conflict by itself.
    var conflicting = requirements.filter { cannotBePlanned($0) }.prefix(1).map { $0 }
    if conflicting.isEmpty {
      guard try !isPossible(requirements) else {
        return Conflict(requirements: [], relaxations: [], isProven: isProven)
      }
      conflicting = requirements
      for requirement in requirements {
        let rest = conflicting.filter { $0 != requirement }
        if try !isPossible(rest) { conflicting = rest }
      }
    }
    let relaxations = try conflicting.map { try relaxation(of: $0) }
    return Conflict(requirements: conflicting, relaxations: relaxations, isProven: isProven)
  }

  private func cannotBePlanned(_ requirement: Requirement) -> Bool {
    guard case .required(let selector) = requirement else { return false }
    return !free.linkNames.contains(where: selector.matches)
  }

  /// Whether some plan keeps all of these; a search that was cut short counts as possible.
  private mutating func isPossible(_ kept: [Requirement]) throws -> Bool {
    if kept.contains(where: cannotBePlanned) { return false }
    let model = model(keeping: kept)
    let result = try PlanSolver(
      solver: solver, stages: [PlanningModel.Weights(money: 0, carbon: 0)],
      limits: options.limits
    ).solve(model)
    if result.status == .noSolution { isProven = false }
    if model.links.isEmpty, model.measures.isEmpty { return (model.carbonFloor ?? 0) <= 0 }
    return result.status != .infeasible
  }

  /// The free model with some requirements.
  private func model(keeping kept: [Requirement]) -> PlanningModel {
    var required: [LinkSelector] = []
    var forbidden: [LinkSelector] = []
    var limits = (budget: Double?.none, floor: Double?.none, partners: Int?.none)
    for requirement in kept {
      switch requirement {
      case .required(let selector), .kept(let selector): required.append(selector)
      case .forbidden(let selector): forbidden.append(selector)
      case .budget(let value): limits.budget = value
      case .carbonFloor(let value): limits.floor = value
      case .partners(let count): limits.partners = count
      }
    }
    let allowed = free.links.indices.filter { index in
      !forbidden.contains { $0.matches(free.linkNames[index]) }
    }
    return free.restricted(
      to: PlanningModel.Part(links: allowed, measures: Array(free.measures.indices))
    ).requiring(required).limited(
      budget: limits.budget, floor: limits.floor, partners: limits.partners)
  }

  // MARK: Relaxing

  /// What giving way on one requirement takes while all the others hold.
  private mutating func relaxation(of requirement: Requirement) throws -> Conflict.Relaxation {
    let others = requirements.filter { $0 != requirement }
    guard try isPossible(others) else {
      return Conflict.Relaxation(
        requirement: requirement, mildest: nil, helps: false, money: nil, carbon: nil,
        obstacles: obstacles(of: requirement))
    }
    let mildest = try mildest(requirement, others)
    let best = try best(of: model(keeping: others + (mildest.map { [$0] } ?? [])))
    return Conflict.Relaxation(
      requirement: requirement, mildest: mildest, helps: true, money: best?.money,
      carbon: best?.carbon, obstacles: obstacles(of: requirement))
  }

  /// Room for the tolerance of solvers, so that the mildest requirement can be kept for certain.
  private static let slack = 1e-6

  private mutating func mildest(
    _ requirement: Requirement, _ others: [Requirement]
  ) throws -> Requirement? {
    let model = model(keeping: others)
    switch requirement {
    case .required, .kept, .forbidden: return nil
    case .budget:
      var capital = LinearCriterion(of: model)
      capital.perOpenLink = model.links.map(\.capital)
      capital.perMeasure = model.measures.map(\.capital)
      capital.perFacility = model.facilities.map(\.capital)
      return try most(of: capital.scaled(by: -1), model).map { .budget(-$0 * (1 + Self.slack)) }
    case .carbonFloor:
      // Below zero nothing is owed: then the requirement must go altogether.
      return try most(of: LinearCriterion(.carbon, of: model), model).flatMap {
        $0 > 0 ? .carbonFloor($0 * (1 - Self.slack)) : nil
      }
    case .partners(let count):
      for wanted in (count + 1)...max(count + 1, model.links.count)
      where try isPossible(others + [.partners(wanted)]) {
        return .partners(wanted)
      }
      return nil
    }
  }

  private mutating func most(of criterion: LinearCriterion, _ model: PlanningModel) throws
    -> Double?
  {
    let program = CriterionProgram(
      model: model, opensEveryLink: true, solver: solver, limits: options.limits)
    let outcome = try program.most(of: criterion)
    if !outcome.isProven { isProven = false }
    guard let point = outcome.point else { return nil }
    return criterion.value(of: model, at: point)
  }

  private mutating func best(of model: PlanningModel) throws -> (money: Double, carbon: Double)? {
    let result = try PlanSolver(solver: solver, options: options).solve(model)
    guard result.status == .optimal || result.status == .feasible else { return nil }
    func figure(_ weights: PlanningModel.Weights) -> Double {
      LinearCriterion(weights, of: model).value(
        of: model, flows: result.flows, isOpen: result.isOpen, isTaken: result.isTaken)
    }
    return (figure(.benefit), figure(.carbon))
  }

  /// Blockers of the candidates that a selector means, in order of kind.
  private func obstacles(of requirement: Requirement) -> [Blocker] {
    guard cannotBePlanned(requirement), case .required(let selector) = requirement else {
      return []
    }
    let blockers = graph.candidates.filter { selector.matches($0.id) }.flatMap(\.blockers)
    var kinds: Set<Blocker.Kind> = []
    return blockers.filter { kinds.insert($0.kind).inserted }
      .sorted { $0.kind.rawValue < $1.kind.rawValue }
  }
}

extension PlanningModel {
  /// The same model where exactly the links that these name must be open.
  func requiring(_ selectors: [LinkSelector]) -> PlanningModel {
    var model = self
    for index in links.indices {
      model.links[index].isRequired = selectors.contains { $0.matches(linkNames[index]) }
    }
    return model
  }

  /// The same model with other limits on the whole plan.
  func limited(budget: Double?, floor: Double?, partners: Int?) -> PlanningModel {
    var model = self
    model.capitalBudget = budget
    model.carbonFloor = floor
    model.partnerLimit = partners
    return model
  }
}

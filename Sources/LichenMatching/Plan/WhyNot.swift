import LichenDomain
import LichenGraph
import LichenPlanning

/// Why a candidate is not in the plan, and what changing that would be worth.
public struct WhyNotEntry: Sendable {
  public enum Reason: Sendable, Equatable {
    /// Something stands against it; the candidate lists what.
    case blocked
    case forbidden
    /// Loses money, or the objective, even alone and at its best quantity.
    case neverPays(bestPerYear: Double)
    /// Sound, but others use the same streams, permits or money better.
    case outcompeted
  }

  /// Place among the graph's candidates.
  public let index: Int
  private let candidates: CandidateList
  public let reason: Reason
  /// Change of the plan's yearly net benefit if the blockers were lifted, or if the exchange were
  /// forced in, after planning everything anew [park currency/a]; `nil` when it cannot be computed.
  public let moneyChange: Double?
  /// The same for CO2e avoided [kg/a].
  public let carbonChange: Double?

  /// Made anew each time; see `CandidateList`.
  public var candidate: Candidate { candidates[index] }
  public var row: CandidateRow { candidates.row(index) }

  init(
    _ index: Int, of candidates: CandidateList, _ reason: Reason,
    change: (money: Double, carbon: Double)?
  ) {
    self.index = index
    self.candidates = candidates
    self.reason = reason
    moneyChange = change?.money
    carbonChange = change?.carbon
  }
}

/// Explains all candidates that a plan leaves out.
public struct WhyNotAnalysis: Sendable {
  /// By what they would gain, most first; those of unknown worth last, in order of id.
  public let entries: [WhyNotEntry]
  /// Plants that the plan leaves closed, in order of id.
  public let facilities: [ClosedFacility]
  /// Whether every candidate and plant of known economics was valued; a large or hard park runs out of effort.
  public let isComplete: Bool

  /// Search nodes that all re-plans together may take. Counted, not timed, so that equal input gives
  /// equal answers on any machine.
  public static let effort = 20_000

  /// Re-plans the candidate's part of the network once for every left-out candidate whose economics
  /// are known.
  /// - Throws: `MIPSolverError` if the back end fails.
  public init(
    plan: Plan, graph: ExchangeGraph, solver: any MIPSolver, control: SolveControl = SolveControl()
  ) throws {
    let planned = Set(plan.exchanges.compactMap { graph.candidates.index(of: $0.candidate) })
    var replanner = Replanner(plan: plan, graph: graph, solver: solver, nodesLeft: Self.effort)
    var isComplete = true
    var entries: [WhyNotEntry] = []
    for index in graph.candidates.indices where !planned.contains(index) {
      let reason: WhyNotEntry.Reason
      switch plan.excluded[index] {
      case .blocked: reason = .blocked
      case .forbidden: reason = .forbidden
      case .neverPays(let best): reason = .neverPays(bestPerYear: best)
      case nil: reason = .outcompeted
      }
      var change: (money: Double, carbon: Double)?
      if Self.hasKnownEconomics(graph.candidates.row(index)), plan.certificate.status == .optimal {
        if !control.isCancelled {
          change = try replanner.change(index: index, reason: reason, control: control)
        }
        isComplete = isComplete && change != nil
      }
      entries.append(WhyNotEntry(index, of: graph.candidates, reason, change: change))
    }
    var closed: [ClosedFacility] = []
    let opened = Set(plan.facilities.map(\.facility.id))
    for plant in graph.facilities where !opened.contains(plant.facility.id) {
      let reason = ClosedFacility.reason(of: plant, in: graph)
      var change: (money: Double, carbon: Double)?
      if reason == .doesNotPay, plan.certificate.status == .optimal, !control.isCancelled {
        change = try replanner.change(opening: plant.facility.id, control: control)
        isComplete = isComplete && (change != nil || replanner.nodesLeft > 0)
      }
      closed.append(
        ClosedFacility(
          plant: plant, reason: reason, moneyChange: change?.money, carbonChange: change?.carbon))
    }
    facilities = closed
    self.isComplete = isComplete
    self.entries = entries.sorted {
      ($1.moneyChange ?? -.infinity, $0.index) < ($0.moneyChange ?? -.infinity, $1.index)
    }
  }

  /// Quantities and costs are known, so that a plan with the candidate can be valued.
  private static func hasKnownEconomics(_ row: CandidateRow) -> Bool {
    guard let most = row.maximumFlow, most > 0, row.minimumFlow <= most else { return false }
    return row.blockers.isDisjoint(with: .missingData)
  }
}

/// Plans one part of the network anew with one candidate let in.
private struct Replanner {
  let plan: Plan
  let graph: ExchangeGraph
  let solver: any MIPSolver
  var nodesLeft: Int

  /// Change of money and CO2e, or `nil` if no such plan exists or the effort ran out.
  mutating func change(index: Int, reason: WhyNotEntry.Reason, control: SolveControl) throws
    -> (money: Double, carbon: Double)?
  {
    guard nodesLeft > 0 else { return nil }
    var options = plan.options
    options.timeLimit = nil
    options.nodeLimit = nodesLeft
    options.threads = 1
    var changed = graph
    if reason == .blocked {
      changed = graph.lifting(index)
    } else {
      let id = graph.candidates.id(index)
      options.forbidden.removeAll { $0.matches(id) }
      if let selector = LinkSelector(id) { options.required.append(selector) }
    }
    guard let whole = try? PlanningProblem(graph: changed, options: options),
      let part = whole.part(with: index)
    else {
      // Lifted, but eliminated because it can never pay: nothing changes.
      return reason == .blocked ? (0, 0) : nil
    }
    let result = try PlanSolver(solver: solver, options: options)
      .solve(part.model, control: control)
    nodesLeft -= max(1, result.components.reduce(0) { $0 + $1.nodes })
    guard result.status == .optimal else { return nil }
    let replanned = Plan(graph: changed, problem: part, options: options, result: result)
    let before = today(
      Set(part.model.links.map { changed.linkID($0.candidate) }),
      measures: Set(part.measures.map(\.option.id)))
    return (
      replanned.money.typical - before.money, replanned.carbon.typical - before.carbon
    )
  }

  /// Change of money and CO2e if a closed plant were opened, whatever it costs: planned with the plant
  /// paid for beforehand, which is the same and needs no other model.
  mutating func change(opening id: FacilityID, control: SolveControl) throws
    -> (money: Double, carbon: Double)?
  {
    guard nodesLeft > 0,
      let plant = graph.facilities.first(where: { $0.facility.id == id }),
      let whole = try? PlanningProblem(graph: graph, options: plan.options),
      let part = whole.part(opening: id, of: graph)
    else { return nil }
    var options = plan.options
    options.timeLimit = nil
    options.nodeLimit = nodesLeft
    options.threads = 1
    let result = try PlanSolver(solver: solver, options: options).solve(
      part.model, control: control)
    nodesLeft -= max(1, result.components.reduce(0) { $0 + $1.nodes })
    guard result.status == .optimal else { return nil }
    let replanned = Plan(graph: graph, problem: part, options: options, result: result)
    let isUsed = replanned.facilities.contains { $0.facility.id == id }
    let before = today(
      Set(part.model.links.map { graph.linkID($0.candidate) }),
      measures: Set(part.measures.map(\.option.id)))
    return (
      replanned.money.typical + (isUsed ? 0 : plant.money.typical) - before.money,
      replanned.carbon.typical - before.carbon
    )
  }

  /// What the plan's exchanges among `candidates` bring, permits included, and its measures among
  /// `measures`.
  private func today(_ candidates: Set<String>, measures: Set<OptionID>) -> (
    money: Double, carbon: Double
  ) {
    let exchanges = plan.exchanges.filter { candidates.contains($0.candidate.id) }
    let legs = plan.legs.filter { candidates.contains($0.leg.id) }
    let ends = Set(legs.flatMap { [$0.leg.origin?.id, $0.leg.destination?.id].compactMap(\.self) })
    let plants = plan.facilities.filter { ends.contains($0.facility.id) }
    let permits = Set(exchanges.flatMap(\.candidate.permits) + legs.flatMap(\.leg.permits))
      .sorted { $0.key < $1.key }.reduce(0) { $0 + ($1.annual.value?.typical ?? 0) }
    let taken = plan.measures.filter { measures.contains($0.option.id) }
    return (
      exchanges.reduce(0) { $0 + $1.money.typical } - permits
        + legs.reduce(0) { $0 + $1.money.typical } + plants.reduce(0) { $0 + $1.money.typical }
        + taken.reduce(0) { $0 + $1.money.typical },
      exchanges.reduce(0) { $0 + $1.carbon.typical }
        + legs.reduce(0) { $0 + $1.carbon.typical }
        + taken.reduce(0) { $0 + $1.carbon.typical }
    )
  }
}

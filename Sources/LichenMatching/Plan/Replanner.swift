import LichenDomain
import LichenGraph
import LichenPlanning

/// Plans one part of the network anew with one candidate let in.
struct Replanner {
  private let plan: Plan
  private let graph: ExchangeGraph
  private let solver: any MIPSolver
  private(set) var nodesLeft: Int
  /// `nil` where more than streams and permits joins exchanges: then all is modelled each time.
  private let neighbourhoods: Neighbourhoods?
  /// Places of the plan's exchanges by place of their candidate.
  private let planned: [Int: Int]

  init(plan: Plan, graph: ExchangeGraph, solver: any MIPSolver, nodesLeft: Int) {
    self.plan = plan
    self.graph = graph
    self.solver = solver
    self.nodesLeft = nodesLeft
    let isJoinedOtherwise =
      !graph.legs.isEmpty || !graph.park.options.isEmpty || plan.options.capitalBudget != nil
      || plan.options.carbonFloor != nil
    neighbourhoods = isJoinedOtherwise ? nil : Neighbourhoods(graph)
    planned = Dictionary(
      plan.exchanges.enumerated().compactMap { place, exchange in
        graph.candidates.index(of: exchange.candidate).map { ($0, place) }
      }
    ) { first, _ in first }
  }

  /// Links up to which a search node counts once; beyond, as often as it has so many.
  private static let linksPerNode = 100

  /// Plans a part anew within what is left of the effort.
  private mutating func solve(_ part: PlanningProblem, control: SolveControl) throws
    -> PlanSearchResult
  {
    let weight = max(1, part.model.links.count / Self.linksPerNode)
    var options = plan.options
    options.timeLimit = nil
    options.nodeLimit = max(1, nodesLeft / weight)
    options.threads = 1
    let result = try PlanSolver(solver: solver, options: options).solve(
      part.model, control: control)
    nodesLeft -= weight * max(1, result.components.reduce(0) { $0 + $1.nodes })
    return result
  }

  /// Change of money and CO2e, or `nil` if no such plan exists or the effort ran out.
  mutating func change(index: Int, reason: WhyNotEntry.Reason, control: SolveControl) throws
    -> (money: Double, carbon: Double)?
  {
    guard nodesLeft > 0 else { return nil }
    var options = plan.options
    var changed = graph
    if reason == .blocked {
      changed = graph.lifting(index)
    } else {
      let id = graph.candidates.id(index)
      options.forbidden.removeAll { $0.matches(id) }
      if let selector = LinkSelector(id) { options.required.append(selector) }
    }
    guard
      let whole = try? PlanningProblem(
        graph: changed, options: options, among: neighbourhoods?.around(index)),
      let part = whole.part(with: index)
    else {
      // Lifted, but eliminated because it can never pay: nothing changes.
      return reason == .blocked ? (0, 0) : nil
    }
    let result = try solve(part, control: control)
    guard result.status == .optimal else { return nil }
    let replanned = Plan(graph: changed, problem: part, options: options, result: result)
    let before = today(
      part.model.links.map(\.candidate),
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
    let result = try solve(part, control: control)
    guard result.status == .optimal else { return nil }
    let replanned = Plan(graph: graph, problem: part, options: plan.options, result: result)
    let isUsed = replanned.facilities.contains { $0.facility.id == id }
    let before = today(
      part.model.links.map(\.candidate),
      measures: Set(part.measures.map(\.option.id)))
    return (
      replanned.money.typical + (isUsed ? 0 : plant.money.typical) - before.money,
      replanned.carbon.typical - before.carbon
    )
  }

  /// What the plan's exchanges and legs by these links bring, permits included, and its measures among
  /// `measures`.
  private func today(_ links: [Int], measures: Set<OptionID>) -> (
    money: Double, carbon: Double
  ) {
    let exchanges = links.compactMap { planned[$0] }.sorted().map { plan.exchanges[$0] }
    let legIDs = Set(links.filter { $0 >= graph.candidates.count }.map(graph.linkID))
    let legs = plan.legs.filter { legIDs.contains($0.leg.id) }
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

import LichenBench
import LichenPlanning

/// What the units of one stage found, in the terms of the whole model.
struct StageOutcomes: Sendable {
  /// Yearly flow per link of the whole; of a cut link what both copies carry.
  var flows: [Double]
  var taken: Set<Int> = []
  /// By cut: flows of the tails' and the heads' copies of its cut links.
  var tails: [[Double]]
  var heads: [[Double]]
  /// By cut: what no plan of the component is worth more than.
  var cutBounds: [Double]
  /// Components of packs, by first member in the whole.
  var pieces: [(first: Int, summary: ComponentSummary)] = []
  var statuses: [MIPResult.Status] = []
  var stopReasons: [MIPResult.StopReason] = []
  /// Name and version.
  var solver = (name: "", version: "")

  private let sharder: PlanSharder

  init(_ sharder: PlanSharder) {
    self.sharder = sharder
    flows = Array(repeating: 0, count: sharder.model.links.count)
    tails = sharder.cuts.map { Array(repeating: 0, count: $0.blocks.cutLinks.count) }
    heads = tails
    cutBounds = Array(repeating: 0, count: sharder.cuts.count)
  }

  /// Takes in what a unit found, if the judge accepts it.
  /// - Throws: `WorkError.refusedResult`.
  mutating func add(
    _ outcome: PlanOutcome, of content: PlanSharder.Content, excerpt: Excerpt, entry: UnitEntry
  ) throws(WorkError) {
    let rows = excerpt.model.linksInOrderOfTables
    var plan = NetworkPlan(idle: excerpt.model)
    for flow in outcome.flows {
      guard rows.indices.contains(flow.link) else {
        throw .refusedResult(index: entry.index, reason: "it has links that the unit has not")
      }
      plan.flows[rows[flow.link]] = flow.amount
    }
    for measure in outcome.taken where plan.isTaken.indices.contains(measure) {
      plan.isTaken[measure] = true
    }
    try check(plan, outcome, excerpt.model, entry)
    for (member, amount) in zip(excerpt.links, plan.flows) where amount > 0 {
      switch member.role {
      case .whole: flows[member.link] = amount
      case .tail: copy(member, of: content, into: &tails, amount)
      case .head: copy(member, of: content, into: &heads, amount)
      }
    }
    for (place, measure) in excerpt.measures.enumerated() where plan.isTaken[place] {
      taken.insert(measure)
    }
    statuses.append(outcome.status)
    stopReasons.append(outcome.stopReason)
    solver = (outcome.solver, outcome.solverVersion)
    switch content {
    case .block(let cut, _): cutBounds[cut] += outcome.bound
    case .pack:
      for piece in outcome.components {
        pieces.append(
          (
            piece.first < rows.count
              ? excerpt.links[rows[piece.first]].link
              : sharder.model.links.count + excerpt.measures[piece.first - rows.count],
            piece.summary
          ))
      }
    }
  }

  private func copy(
    _ member: Excerpt.Member, of content: PlanSharder.Content, into copies: inout [[Double]],
    _ amount: Double
  ) {
    guard case .block(let cut, _) = content,
      let place = sharder.cuts[cut].blocks.cutLinks.position(of: member.link)
    else { return }
    copies[cut][place] = amount
  }

  private func check(
    _ plan: NetworkPlan, _ outcome: PlanOutcome, _ model: PlanningModel, _ entry: UnitEntry
  ) throws(WorkError) {
    func refused(_ reason: String) -> WorkError {
      .refusedResult(index: entry.index, reason: reason)
    }
    switch outcome.status {
    case .infeasible, .noSolution, .unbounded: return
    case .optimal, .feasible: break
    }
    let verdict = PlanJudge(model).judge(plan)
    if let fault = verdict.violations.first { throw refused("\(fault)") }
    let weights = sharder.limits.objectives[0]
    let value = weights.money * verdict.objective + weights.carbon * verdict.carbon
    let tolerance = 1e-6 * max(1, abs(value))
    guard abs(value - outcome.objective) <= tolerance else {
      throw refused("it claims \(outcome.objective), its plan is worth \(value)")
    }
    guard outcome.bound >= value - tolerance else {
      throw refused("its bound \(outcome.bound) is below its plan's worth \(value)")
    }
  }

  /// Cut links carry what both copies do.
  mutating func join() {
    for (cut, content) in sharder.cuts.enumerated() {
      for (place, link) in content.blocks.cutLinks.enumerated() {
        flows[link] = min(tails[cut][place], heads[cut][place])
      }
    }
  }

  /// What the joined plan of a cut component is worth, as far as its flows go.
  func worth(ofCut cut: Int) -> Double {
    let model = sharder.model
    let part = sharder.parts[sharder.cuts[cut].part]
    var permits: Set<Int32> = []
    var facilities: Set<Int> = []
    var value = 0.0
    for index in part.links where flows[index] > 0 || model.links[index].isRequired {
      let link = model.links[index]
      value += link.money * flows[index] - link.fixedCost
      permits.formUnion(model.permits(of: index))
      if case .facility(let facility) = link.source { facilities.insert(facility) }
      if case .facility(let facility) = link.target { facilities.insert(facility) }
    }
    value -= permits.sorted().reduce(0) { $0 + model.permits[Int($1)].annualCost }
    value -= facilities.sorted().reduce(0) { $0 + model.facilities[$1].openingCost }
    return part.measures.reduce(value) { $0 + (taken.contains($1) ? model.measures[$1].money : 0) }
  }
}

extension PlanningModel {
  /// Links as an instance's tables have them: those between streams first, then those of facilities.
  var linksInOrderOfTables: [Int] {
    func isDirect(_ link: Link) -> Bool { link.output != nil && link.input != nil }
    return links.indices.filter { isDirect(links[$0]) }
      + links.indices.filter { !isDirect(links[$0]) }
  }
}

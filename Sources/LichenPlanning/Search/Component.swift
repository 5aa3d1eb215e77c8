struct ComponentOutcome: Sendable {
  let part: PlanningModel.Part
  let flows: [Double]
  /// By measure of the part.
  let taken: [Bool]
  /// Whether flows and measures are a plan.
  let hasPlan: Bool
  let status: MIPResult.Status
  var stopReason: MIPResult.StopReason
  let objective: Double
  let bound: Double
  let summary: ComponentSummary

  /// Whether no search can find out more.
  var isSettled: Bool { status == .optimal || status == .infeasible }

  /// The same in a later run, which did nothing for it.
  func again(relativeGap: Double) -> ComponentOutcome {
    let gap = MIPResult.relativeGap(incumbent: objective, bound: bound) ?? .infinity
    return ComponentOutcome(
      part: part, flows: flows, taken: taken, hasPlan: hasPlan, status: status,
      stopReason: status == .optimal ? .completed : gap <= relativeGap ? .gapLimit : .timeLimit,
      objective: objective, bound: bound,
      summary: ComponentSummary(
        links: summary.links, rows: summary.rows, columns: summary.columns,
        integers: summary.integers, status: status.rawValue, rawStatus: "as before",
        objective: objective, bound: bound, nodes: 0))
  }

  /// The better plan and the better bound of two searches of the same part.
  func joined(with other: ComponentOutcome, relativeGap: Double) -> ComponentOutcome {
    if status == .infeasible || status == .optimal { return self }
    let better = other.hasPlan && (!hasPlan || other.objective > objective) ? other : self
    let bound = max(min(bound, other.bound), better.objective)
    let gap = MIPResult.relativeGap(incumbent: better.objective, bound: bound) ?? .infinity
    let status: MIPResult.Status =
      !better.hasPlan ? .noSolution : gap <= 1e-9 ? .optimal : .feasible
    let reason: MIPResult.StopReason =
      status == .optimal
      ? .completed : better.hasPlan && gap <= relativeGap ? .gapLimit : stopReason
    return ComponentOutcome(
      part: part, flows: better.flows, taken: better.taken, hasPlan: better.hasPlan,
      status: status, stopReason: reason, objective: better.objective, bound: bound,
      summary: ComponentSummary(
        links: summary.links, rows: summary.rows, columns: summary.columns,
        integers: summary.integers, status: status.rawValue, rawStatus: summary.rawStatus,
        objective: better.objective, bound: bound, nodes: max(summary.nodes, other.summary.nodes)))
  }
}

/// One connected part of the problem.
struct Component {
  let model: PlanningModel
  let part: PlanningModel.Part
  let stages: [PlanningModel.Weights]
  let solver: any MIPSolver
  /// No plan of the part is worth more.
  let knownBound: Double
  let relativeGap: Double
  let nodeLimit: Int?

  /// Σ over links of the best each could add alone: valid because streams, permits and limits only
  /// take away. Required links that lose count with their loss.
  static func trivialBound(
    model: PlanningModel, part: PlanningModel.Part, _ weights: PlanningModel.Weights
  ) -> Double {
    let linked = part.links.reduce(0.0) { sum, index in
      let link = model.links[index]
      let best = model.bestValue(of: link, weights)
      return sum + (link.isRequired ? best : max(0, best))
    }
    return part.measures.reduce(linked) { sum, index in
      let measure = model.measures[index]
      let value = model.value(of: measure, weights)
      return sum + (measure.isRequired ? value : max(0, value))
    }
  }

  /// Solves the stages in turn, each keeping the optima of the earlier ones.
  /// - Parameter start: A known plan of the part.
  func solve(
    start: (flows: [Double], taken: [Bool])? = nil, deadline: ContinuousClock.Instant?,
    control: SolveControl
  ) throws -> ComponentOutcome {
    let builder = MIPBuilder(model: model, part: part)
    var options = options(deadline, integers: builder.integerCount)
    options.start = start.map { builder.values(flows: $0.flows, taken: $0.taken) }
    var floor: (weights: PlanningModel.Weights, optimum: Double)?
    var best: MIPResult?
    var first: (program: MIPModel, result: MIPResult)?
    for weights in stages {
      let program = builder.program(maximising: weights, keeping: floor)
      let result = try solver.solve(program, options: options, control: control)
      if first == nil { first = (program, result) }
      // A later stage that found nothing leaves the earlier stage's plan standing.
      guard result.values != nil else { break }
      best = result
      options.start = result.values
      options.timeLimit = deadline.map { max(.zero, $0 - ContinuousClock.now) }
      guard result.status == .optimal, let objective = result.objective else { break }
      if floor == nil { floor = (weights, objective) }
    }
    guard let first else { preconditionFailure("an objective has at least one stage") }
    return outcome(builder, first: first.program, first.result, values: best?.values)
  }

  private func options(_ deadline: ContinuousClock.Instant?, integers: Int) -> MIPOptions {
    MIPOptions(
      timeLimit: deadline.map { max(.zero, $0 - ContinuousClock.now) }, relativeGap: relativeGap,
      nodeLimit: nodeLimit.map { max(1, $0) }, usesCuts: integers > 60, skipsGomoryCuts: true,
      skipsHeuristics: integers <= 60, branching: integers >= 200 ? .pseudoCost : .standard)
  }

  private func outcome(
    _ builder: MIPBuilder, first program: MIPModel, _ result: MIPResult, values: [Double]?
  ) -> ComponentOutcome {
    let bound =
      result.status == .optimal
      ? result.bound ?? result.objective ?? knownBound
      : min(result.bound ?? knownBound, knownBound)
    return record(
      result, of: program, flows: values.map(builder.flows(from:)),
      taken: values.map(builder.taken(from:)), bound: bound,
      status: result.status, stopReason: result.stopReason)
  }

  /// Writes down what a search found; doing nothing stands where nothing was found or required.
  private func record(
    _ result: MIPResult, of program: MIPModel, flows: [Double]?, taken: [Bool]?, bound: Double,
    status: MIPResult.Status, stopReason: MIPResult.StopReason
  ) -> ComponentOutcome {
    let canIdle = model.canIdle(part)
    let status = status == .noSolution && canIdle ? .feasible : status
    let objective = flows == nil ? 0 : result.objective ?? 0
    let safeBound = max(bound, objective)
    return ComponentOutcome(
      part: part, flows: flows ?? Array(repeating: 0, count: part.links.count),
      taken: taken ?? Array(repeating: false, count: part.measures.count),
      hasPlan: flows != nil || canIdle, status: status,
      stopReason: stopReason, objective: objective, bound: safeBound,
      summary: ComponentSummary(
        links: part.links.count, rows: program.rows.count, columns: program.columns.count,
        integers: program.columns.count { $0.isInteger }, status: status.rawValue,
        rawStatus: result.rawStatus, objective: objective, bound: safeBound, nodes: result.nodes))
  }
}

extension PlanningModel {
  /// Whether doing nothing is a plan of the part.
  func canIdle(_ part: Part) -> Bool {
    if let floor = carbonFloor, floor > 0 { return false }
    return !part.links.contains { index in
      let link = links[index]
      return link.isRequired || (link.input.map { leastNeed(of: $0) > 0 } ?? false)
    } && !part.measures.contains { measures[$0].isRequired }
  }

  /// Whether an input that must be covered has no link at all.
  var hasUnservedNeed: Bool {
    if leastNeeds.isEmpty { return false }
    var isServed = [Bool](repeating: false, count: needs.count)
    for link in links { if let input = link.input { isServed[input] = true } }
    return leastNeeds.indices.contains { leastNeeds[$0] > 0 && !isServed[$0] }
  }
}

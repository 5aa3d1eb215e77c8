struct ComponentOutcome: Sendable {
  let part: PlanningModel.Part
  let flows: [Double]
  /// By measure of the part.
  let taken: [Bool]
  let status: MIPResult.Status
  let stopReason: MIPResult.StopReason
  let objective: Double
  let bound: Double
  let summary: ComponentSummary
}

/// One connected part of the problem.
struct Component {
  let model: PlanningModel
  let part: PlanningModel.Part
  let stages: [PlanningModel.Weights]
  let solver: any MIPSolver
  let relativeGap: Double
  let nodeLimit: Int?
  let exactLimit: Int

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

  private var links: [Int] { part.links }

  func solve(deadline: ContinuousClock.Instant?, control: SolveControl) throws -> ComponentOutcome {
    try solveWhole(MIPBuilder(model: model, part: part), deadline: deadline, control: control)
  }

  /// Solves the stages in turn, each keeping the optima of the earlier ones.
  private func solveWhole(
    _ builder: MIPBuilder, deadline: ContinuousClock.Instant?, control: SolveControl
  ) throws -> ComponentOutcome {
    var floor: (weights: PlanningModel.Weights, optimum: Double)?
    var best: MIPResult?
    var first: (program: MIPModel, result: MIPResult)?
    for weights in stages {
      let program = builder.program(maximising: weights, keeping: floor)
      let result = try solver.solve(program, options: options(deadline), control: control)
      if first == nil { first = (program, result) }
      // A later stage that found nothing leaves the earlier stage's plan standing.
      guard result.values != nil else { break }
      best = result
      guard result.status == .optimal, let objective = result.objective else { break }
      if floor == nil { floor = (weights, objective) }
    }
    guard let first else { preconditionFailure("an objective has at least one stage") }
    return outcome(builder, first: first.program, first.result, values: best?.values)
  }

  private func options(_ deadline: ContinuousClock.Instant?) -> MIPOptions {
    MIPOptions(
      timeLimit: deadline.map { max(.zero, $0 - ContinuousClock.now) }, relativeGap: relativeGap,
      nodeLimit: nodeLimit)
  }

  private func outcome(
    _ builder: MIPBuilder, first program: MIPModel, _ result: MIPResult, values: [Double]?
  ) -> ComponentOutcome {
    let trivial = Self.trivialBound(model: model, part: part, stages[0])
    let bound =
      result.status == .optimal
      ? result.bound ?? result.objective ?? trivial : min(result.bound ?? trivial, trivial)
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
    let canIdle =
      !links.contains { model.links[$0].isRequired }
      && !part.measures.contains { model.measures[$0].isRequired }
    let status = status == .noSolution && canIdle ? .feasible : status
    let objective = flows == nil ? 0 : result.objective ?? 0
    let safeBound = max(bound, objective)
    return ComponentOutcome(
      part: part, flows: flows ?? Array(repeating: 0, count: links.count),
      taken: taken ?? Array(repeating: false, count: part.measures.count), status: status,
      stopReason: stopReason, objective: objective, bound: safeBound,
      summary: ComponentSummary(
        links: links.count, rows: program.rows.count, columns: program.columns.count,
        integers: program.columns.count { $0.isInteger }, status: status.rawValue,
        rawStatus: result.rawStatus, objective: objective, bound: safeBound, nodes: result.nodes))
  }
}

import LichenPlanning

/// Dynamic slope scaling (Kim and Pardalos 1999, Operations Research Letters 24).
///
/// Fixed costs become slopes f/x at the flows of the last linear program, until the flows stay; permits
/// and facilities are spread over all that pass them. Every iterate is made a plan; the best stays.
public struct SlopeScaling: MatchingAlgorithm {
  static let mostRounds = 40

  public let name = "slope-scaling"
  public let isRandom = false
  public let summary =
    "Fixed costs as slopes at the last flows, again and again (Kim, Pardalos 1999)."
  private let solver: any MIPSolver

  public init(solver: any MIPSolver) { self.solver = solver }

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    let limit = MinimumCostFlow.largestModel
    guard model.links.count <= limit else {
      throw AlgorithmRefusal.tooLarge(links: model.links.count, limit: limit)
    }
    let program = FlowProgram(model)
    let rounding = FlowRounding(model: model, routes: RouteSet(model))
    var slopes = Slopes(model, averageValues: program.averageValues())
    var best: PlanState?
    var last: [Double] = []
    for round in 0..<Self.mostRounds where round == 0 || !progress.isOver(limits) {
      let solution: FlowSolution
      do {
        solution = try program.solve(
          slopes.values, solver: solver, limits: limits, progress: progress)
      } catch  where best != nil {
        break
      }
      let state = CarbonPricing.plan(model) { rounding.state(of: solution, price: $0) }
      if state.isBetter(than: best) {
        best = state
        if state.keepsAll { progress.foundPlan(worth: state.money) }
      }
      if solution.flows == last { break }
      last = solution.flows
      slopes.adjust(to: solution.flows)
    }
    let stopRule: AlgorithmResult.StopRule = progress.isOver(limits) ? .timeLimit : .finished
    guard let best = best else {
      return AlgorithmResult(plan: nil, stopRule: stopRule, note: "no time for a plan")
    }
    return AlgorithmResult(best, stopRule: stopRule)
  }
}

/// Values per unit that spread fixed costs over flows.
private struct Slopes {
  let model: PlanningModel
  private(set) var values: [Double]

  init(_ model: PlanningModel, averageValues: [Double]) {
    self.model = model
    values = averageValues
  }

  /// Links that carry nothing keep the slope of the last time they did.
  mutating func adjust(to flows: [Double]) {
    var throughPermit = [Double](repeating: 0, count: model.permits.count)
    var intoFacility = [Double](repeating: 0, count: model.facilities.count)
    for (index, link) in model.links.enumerated() where flows[index] > 0 {
      for permit in model.permits(of: index) { throughPermit[Int(permit)] += flows[index] }
      if case .facility(let facility) = link.target { intoFacility[facility] += flows[index] }
    }
    for (index, link) in model.links.enumerated() where flows[index] > 0 {
      var value = link.money - link.fixedCost / flows[index]
      for permit in model.permits(of: index).map(Int.init) {
        value -= model.permits[permit].annualCost / throughPermit[permit]
      }
      if case .facility(let facility) = link.target {
        value -= model.facilities[facility].openingCost / intoFacility[facility]
      }
      values[index] = value
    }
  }
}

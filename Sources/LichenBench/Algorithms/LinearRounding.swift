import LichenPlanning

/// Randomised rounding of the linear relaxation (Raghavan and Thompson 1987, Combinatorica 7).
///
/// The relaxation has fixed costs spread over full use; a link opens with the share x/u that it gets
/// there, a dozen times over, and the best plan stays. What is left is filled greedily. The optimum
/// of the relaxation is its bound, raised by one part in 10⁷ for the solver's tolerances.
public struct LinearRounding: MatchingAlgorithm {
  static let trials = 12
  static let boundMargin = 1e-7

  public let name = "lp-rounding"
  public let isRandom = true
  public let summary = "Linear relaxation rounded at random, best of 12; its optimum is the bound."
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
    let values = program.averageValues()
    let solution = try program.solve(values, solver: solver, limits: limits, progress: progress)
    let bound = Self.bound(solution, model)
    if let bound { progress.proved(bound: bound) }
    let routes = RouteSet(model)
    let rounding = FlowRounding(model: model, routes: routes)
    let filling = RankedFilling.order(routes.count) { route in
      routes.legs(of: route).reduce(0) {
        $0 + routes.multipliers[$1] * values[Int(routes.legs[$1])]
      }
    }
    var choices = SeededChoices(seed: limits.seed)
    var best: PlanState?
    for trial in 0..<Self.trials where trial == 0 || !progress.isOver(limits) {
      let flows = solution.flows.enumerated().map { index, flow -> Double in
        let share = flow / model.links[index].upper
        return trial == 0 || flow == 0 || choices.share() < max(share, 0.05) ? flow : 0
      }
      let rounded = FlowSolution(flows: flows, measures: solution.measures, optimum: nil)
      let state = CarbonPricing.plan(model) {
        rounding.state(of: rounded, price: $0, filling: filling)
      }
      if state.isBetter(than: best) {
        best = state
        if state.keepsAll { progress.foundPlan(worth: state.money) }
      }
    }
    let stopRule: AlgorithmResult.StopRule = progress.isOver(limits) ? .timeLimit : .finished
    guard let best = best else {
      return AlgorithmResult(
        plan: nil, bound: bound, stopRule: stopRule, note: "no time for a plan")
    }
    return AlgorithmResult(best, bound: bound, stopRule: stopRule)
  }

  /// The relaxation proves something only where no cost is negative.
  static func bound(_ solution: FlowSolution, _ model: PlanningModel) -> Double? {
    guard let optimum = solution.optimum, model.links.allSatisfy({ $0.fixedCost >= 0 }),
      model.permits.allSatisfy({ $0.annualCost >= 0 }),
      model.facilities.allSatisfy({ $0.openingCost >= 0 })
    else { return nil }
    let scale = model.links.reduce(abs(optimum)) { max($0, abs($1.money) * $1.upper) }
    return optimum + boundMargin * scale
  }
}

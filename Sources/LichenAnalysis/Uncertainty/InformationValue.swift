import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// What it is worth to know one factor before building (expected value of partial perfect
/// information).
///
/// Plans are made anew, over all candidates, at five values of the factor, all else typical; each
/// plan found is valued at all five, linear in between. The value is the mean of the best of them at
/// each value of the factor, less the best mean of one plan for all values: never below zero, and
/// zero where the same plan is best whatever the factor turns out to be.
struct InformationValue {
  private let graph: ExchangeGraph
  private let plan: Plan
  private let solver: any MIPSolver
  private let options: UncertaintyOptions

  init(
    graph: ExchangeGraph, plan: Plan, solver: any MIPSolver, options: UncertaintyOptions
  ) {
    self.graph = graph
    self.plan = plan
    self.solver = solver
    self.options = options
  }

  struct Result {
    /// In the plan's objective, by key of the factor; absent where it was not worked out.
    var byFactor: [String: Double] = [:]
    var isComplete = true
  }

  func values(of factors: [UncertainFactor], control: SolveControl) throws -> Result {
    var result = Result()
    if factors.isEmpty { return result }
    let found = graph.candidates.indices.filter { index in
      let row = graph.candidates.row(index)
      return row.blockers.isSubset(of: BlockerSet(.lotTooLarge)) && row.maximumFlow != nil
    }
    guard found.count <= options.replanLimit, plan.certificate.status == .optimal else {
      result.isComplete = false
      return result
    }
    let plannable = found.map { graph.candidates[$0] }
    let bench = ValuationBench(
      candidates: plannable, plan: plan, solver: solver,
      required: plan.exchanges.filter(\.isRequired).map(\.candidate.id))
    var nodesLeft = options.effort
    for factor in factors {
      guard !control.isCancelled, nodesLeft > 0, let position = bench.position(of: factor.identity)
      else {
        result.isComplete = false
        continue
      }
      let value = try value(
        of: factor, at: position, bench, plannable, nodesLeft: &nodesLeft, control: control)
      result.byFactor[factor.key] = value
      if value == nil { result.isComplete = false }
    }
    return result
  }

  private func value(
    of factor: UncertainFactor, at position: Int, _ bench: ValuationBench,
    _ plannable: [Candidate], nodesLeft: inout Int, control: SolveControl
  ) throws -> Double? {
    let distribution = Triangular(factor.range)
    var networks = [BuiltNetwork(plan)]
    for node in distribution.nodes where node != factor.range.typical {
      var point = bench.set.typical
      point[position] = node
      guard
        let network = try replan(
          bench.supposition(point), plannable, nodesLeft: &nodesLeft, control: control)
      else { return nil }
      if !networks.contains(network) { networks.append(network) }
    }
    if networks.count == 1 { return 0 }
    let curves = try networks.map { network in
      PiecewiseLinear(
        nodes: distribution.nodes,
        values: try distribution.nodes.map { node in
          var point = bench.set.typical
          point[position] = node
          return try bench.value(network, point).objective
        })
    }
    let informed = distribution.mean { x in curves.map { $0(x) }.max() ?? 0 }
    let blind = curves.map { curve in distribution.mean { curve($0) } }.max() ?? 0
    let gain = informed - blind
    return gain > 1e-9 * abs(blind) ? gain : 0
  }

  /// The best network under the supposition; `nil` if none was found within the effort.
  private func replan(
    _ supposition: Supposition, _ plannable: [Candidate], nodesLeft: inout Int,
    control: SolveControl
  ) throws -> BuiltNetwork? {
    guard nodesLeft > 0 else { return nil }
    var options = plan.options
    options.timeLimit = nil
    options.nodeLimit = nodesLeft
    options.threads = 1
    let candidates = plannable.map { supposition.candidate($0) }
    let supposed = ExchangeGraph(
      park: supposition.parkWithStreams(of: candidates), candidates: candidates)
    guard let problem = try? PlanningProblem(graph: supposed, options: options) else { return nil }
    let result = try PlanSolver(solver: solver, options: options)
      .solve(problem.model, control: control)
    nodesLeft -= max(1, result.components.reduce(0) { $0 + $1.nodes })
    guard result.status == .optimal else { return nil }
    return BuiltNetwork(
      Plan(graph: supposed, problem: problem, options: options, result: result))
  }
}

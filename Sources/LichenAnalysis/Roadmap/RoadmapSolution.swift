import LichenPlanning

/// When everything begins and how much flows, with the proof of how good that is.
public struct RoadmapSolution: Sendable, Codable {
  /// First period of every asset of the model; `nil` if it never begins.
  public let begins: [Int?]
  /// By period and arc [units/a].
  public let flows: [[Double]]
  /// Net present value in the objective's terms, added up anew from beginnings and flows.
  public let value: Double
  /// Proven: no road map is worth more; `nil` if nothing was proved.
  public let bound: Double?
  public let status: MIPResult.Status
  public let stopReason: MIPResult.StopReason
  /// Branch-and-bound nodes.
  public let nodes: Int

  /// (bound − value) / |value|; 0 when both are zero, `nil` if nothing was proved.
  public var gap: Double? {
    guard let bound else { return nil }
    let distance = max(0, bound - value)
    return distance == 0 ? 0 : distance / max(abs(value), 1e-10)
  }

  /// Whether there is a road map at all.
  public var isThere: Bool { status == .optimal || status == .feasible }
}

extension RoadmapModel {
  /// Net present value of given beginnings and flows.
  /// - Complexity: O(assets · periods + arcs).
  public func value(begins: [Int?], flows: [[Double]]) -> Double {
    var value = 0.0
    for (index, begin) in begins.enumerated() {
      guard let begin else { continue }
      value -= cost(of: index, from: begin)
      for period in begin..<periods.count {
        value += weight(ofPeriod: period) * runningValue(of: index, in: period)
      }
    }
    for (period, facts) in periods.enumerated() {
      let yearly = zip(facts.arcs, flows[period]).reduce(0) { $0 + self.value(of: $1.0) * $1.1 }
      value += weight(ofPeriod: period) * yearly
    }
    return value
  }

  /// What is paid for assets by year [park currency].
  public func spending(begins: [Int?]) -> [Double] {
    var spending = [Double](repeating: 0, count: years)
    for (index, begin) in begins.enumerated() {
      guard let begin else { continue }
      for payment in payments(for: index, from: begin) { spending[payment.year] += payment.amount }
    }
    return spending
  }

  /// Whether beginnings keep all limits on capital.
  func keepsBudgets(begins: [Int?]) -> Bool {
    let tolerance = 1e-9
    if let totalBudget {
      let first = zip(assets, begins).reduce(0) {
        $0 + ($1.1 == nil || $1.0.kind == .permit || $1.0.isThere ? 0 : $1.0.capital)
      }
      if first > totalBudget * (1 + tolerance) { return false }
    }
    if budgets.isEmpty { return true }
    let spent = spending(begins: begins)
    if !carriesOver {
      return spent.enumerated().allSatisfy {
        $1 <= (budget(ofYear: $0) ?? .infinity) * (1 + tolerance)
      }
    }
    var (sum, limit) = (0.0, 0.0)
    return spent.enumerated().allSatisfy {
      sum += $1
      limit += budget(ofYear: $0) ?? .infinity
      return sum <= limit * (1 + tolerance)
    }
  }
}

/// Solves road maps with any solver of mixed-integer programs.
struct RoadmapSolver {
  let solver: any MIPSolver
  var timeLimit: Duration?
  var nodeLimit: Int?
  var relativeGap = 0.0

  /// - Parameter target: Beginnings that would be good if they kept the limits on capital; where the search
  ///   begins.
  /// - Throws: `MIPSolverError` if the solver fails.
  func solve(_ model: RoadmapModel, towards target: [Int?]? = nil, control: SolveControl) throws
    -> RoadmapSolution
  {
    let program = RoadmapProgram(model)
    var options = MIPOptions(
      timeLimit: timeLimit, relativeGap: relativeGap, nodeLimit: nodeLimit)
    options.skipsGomoryCuts = true
    if program.program.columns.count(where: \.isInteger) > 200 { options.branching = .pseudoCost }
    if let target {
      let begins = RoadmapHeuristic(model: model, target: target).begins()
      let trial = try solver.solve(program.fixed(begins), options: MIPOptions(), control: control)
      if trial.status == .optimal { options.start = trial.values }
    }
    let result = try solver.solve(program.program, options: options, control: control)
    guard let values = result.values else {
      return RoadmapSolution(
        begins: model.assets.map { _ in nil }, flows: model.periods.map { $0.arcs.map { _ in 0 } },
        value: 0, bound: result.bound, status: result.status, stopReason: result.stopReason,
        nodes: result.nodes)
    }
    let (begins, flows) = program.decoded(values)
    let value = model.value(begins: begins, flows: flows)
    return RoadmapSolution(
      begins: begins, flows: flows, value: value, bound: result.bound.map { max($0, value) },
      status: result.status, stopReason: result.stopReason, nodes: result.nodes)
  }
}

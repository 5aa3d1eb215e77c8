import Foundation
import GLPKSolver
import LichenBench
import LichenPlanning
import LichenTestSupport
import Synchronization

/// One search of a model with everything that it told on the way.
struct SearchTrial {
  let model: PlanningModel
  let result: PlanSearchResult
  let reports: [PlanProgress]

  /// - Parameter limits: With an exact limit of 0 every part goes to the search of large parts.
  init(
    _ model: PlanningModel, limits: SearchLimits, start: PlanStart? = nil,
    control: SolveControl = SolveControl(), solver: any MIPSolver = GLPKSolver()
  ) throws {
    self.model = model
    let heard = Mutex<[PlanProgress]>([])
    result = try PlanSolver(solver: solver, stages: [.benefit], limits: limits).solve(
      model, start: start, control: control,
      onProgress: { report in heard.withLock { $0.append(report) } })
    reports = heard.withLock { $0 }
  }

  /// Limits under which the search for large parts does a given amount of work.
  static func searchOnly(effort: Int?, threads: Int = 1) -> SearchLimits {
    SearchLimits(nodeLimit: effort, exactLimit: 0, threads: threads)
  }

  var hasPlan: Bool { result.status == .optimal || result.status == .feasible }

  /// Largest worth in the model, by which differences are measured.
  var scale: Double {
    model.links.reduce(1e-9) { max($0, abs($1.money) * $1.upper, $1.fixedCost) }
  }

  /// What is wrong with the plan in exact arithmetic; empty if nothing is.
  func faultsOfPlan() -> [String] {
    guard hasPlan else { return [] }
    let verdict = PlanJudge(model).judge(
      NetworkPlan(flows: result.flows, isTaken: result.isTaken))
    var faults = verdict.violations.map(\.description)
    if abs(verdict.objective - result.objective) > 1e-9 * scale * Double(model.links.count) {
      faults.append("the plan is worth \(verdict.objective), not \(result.objective)")
    }
    return faults
  }

  /// What contradicts a known optimum, `nil` if there is no plan: of result and of every report.
  func faults(against optimum: Double?) -> [String] {
    var faults = faultsOfPlan()
    guard let optimum else {
      if hasPlan { faults.append("a plan of a model without any: \(result.status)") }
      return faults
    }
    let slack = 1e-7 * max(scale, abs(optimum))
    if result.status == .infeasible { faults.append("infeasible, but \(optimum) is a plan") }
    if hasPlan {
      if result.objective > optimum + slack { faults.append("plan \(result.objective)") }
      if result.bound < optimum - slack { faults.append("bound \(result.bound)") }
      if result.status == .optimal, result.objective < optimum - slack {
        faults.append("\(result.objective) is not optimal")
      }
    }
    for (turn, report) in reports.enumerated() {
      if report.bound < optimum - slack { faults.append("bound \(report.bound), report \(turn)") }
      if let value = report.incumbent, value > optimum + slack {
        faults.append("plan \(value), report \(turn)")
      }
    }
    if let first = faults.first { faults[0] = "optimum \(optimum): " + first }
    return faults
  }
}

extension RandomNetworks {
  /// A number of cases from the environment, for longer campaigns than every run can afford.
  static func cases(_ name: String, otherwise count: Int) -> Int {
    ProcessInfo.processInfo.environment[name].flatMap(Int.init) ?? count
  }
}

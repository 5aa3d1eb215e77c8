import GLPKSolver
import LichenBench
import LichenPlanning
import LichenTestSupport
import Testing

/// Searches that are stopped, and searches for what does not exist.
@Suite("Limits of the search for large parts")
struct SearchLimitTests {
  @Test("without any limit, a cancelled search ends with the best plan so far")
  func cancel() throws {
    let model = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 300, seed: 5)
    ).model
    let control = SolveControl()
    let result = try PlanSolver(
      solver: GLPKSolver(), stages: [.benefit], limits: SearchTrial.searchOnly(effort: nil)
    ).solve(model, control: control) { report in
      if let value = report.incumbent, value > 0 { control.cancel() }
    }
    #expect(result.stopReason == .cancelled)
    #expect(result.status == .feasible)
    #expect(result.objective > 0)
    #expect(result.bound >= result.objective)
    #expect(
      PlanJudge(model).judge(NetworkPlan(flows: result.flows, isTaken: result.isTaken)).violations
        == [])
  }

  @Test("cancelled beforehand, it does not begin")
  func cancelledBefore() throws {
    let control = SolveControl()
    control.cancel()
    let model = RandomNetworks.model(.plain, seed: 3)
    let trial = try SearchTrial(
      model, limits: SearchTrial.searchOnly(effort: nil), control: control)
    #expect(trial.result.stopReason == .cancelled)
    #expect(trial.faultsOfPlan() == [])
    #expect(trial.result.status == .feasible)
    #expect(trial.result.objective == 0)
  }

  @Test("with less memory than there is, it ends with a plan and a bound and says why")
  func memory() throws {
    let model = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 200, seed: 6)
    ).model
    var limits = SearchTrial.searchOnly(effort: nil)
    limits.memoryLimit = 1 << 20
    let trial = try SearchTrial(model, limits: limits)
    #expect(trial.result.stopReason == .memoryLimit)
    #expect(trial.faultsOfPlan() == [])
    limits = SearchTrial.searchOnly(effort: 300)
    limits.memoryLimit = 1 << 50
    let free = try SearchTrial(model, limits: limits)
    // Small parts run out of levels before they run out of effort.
    #expect([.nodeLimit, .partialSearch].contains(free.result.stopReason))
    #expect(trial.result.bound >= free.result.objective)
    #expect(free.result.objective > trial.result.objective)
  }

  /// A model that nothing satisfies: more CO2e, cover or required flow than there can be.
  private static func impossible(_ kind: String, seed: UInt64) -> PlanningModel {
    let model = RandomNetworks.model(
      .plain, seed: seed, size: .init(outputs: 4, inputs: 4, direct: 14))
    let carbon = model.links.reduce(0) { $0 + max(0, $1.carbon) * $1.upper }
    let served = model.links.reduce(0) { $1.input == 0 ? $0 + $1.upper * $1.ratio : $0 }
    return PlanningModel(
      name: "\(kind)-\(seed)",
      links: model.links.map { link in
        PlanningModel.Link(
          candidate: link.candidate, source: link.source, target: link.target, ratio: link.ratio,
          money: link.money, carbon: link.carbon, fixedCost: link.fixedCost,
          capital: link.capital,
          lower: kind == "required" ? link.upper : link.lower, upper: link.upper,
          isRequired: kind == "required")
      }, linkNames: model.linkNames,
      supplies: model.supplies.map { kind == "required" ? $0 * 0.5 : $0 }, needs: model.needs,
      leastNeeds: kind == "cover" ? model.needs.indices.map { $0 == 0 ? served * 1.01 : 0 } : [],
      carbonFloor: kind == "floor" ? carbon * 1.01 + 1 : nil)
  }

  @Test("what no plan can do is never done", arguments: ["floor", "cover", "required"])
  func impossible(_ kind: String) throws {
    for seed in UInt64(1)...6 {
      let model = Self.impossible(kind, seed: seed)
      for limits in [SearchTrial.searchOnly(effort: 20), SearchLimits()] {
        let trial = try SearchTrial(model, limits: limits)
        #expect(
          trial.result.status == .infeasible || trial.result.status == .noSolution,
          "\(model.name): \(trial.result.status)")
      }
      let exact = try SearchTrial(model, limits: SearchLimits())
      #expect(exact.result.status == .infeasible, "\(model.name)")
    }
  }

  @Test("a measure that is left without links still counts", arguments: UInt64(1)...8)
  func looseMeasures(_ seed: UInt64) throws {
    // One stream that no link is worth building to, with a measure that pays.
    let model = RandomNetworks.model(.measures, seed: seed)
    let poor = model.with(factor: { model.links[$0].output == 0 ? -1 : 1 })
    let optimum = try ExhaustiveOptimum.value(of: poor, solver: GLPKSolver())
    let trial = try SearchTrial(poor, limits: SearchTrial.searchOnly(effort: 500))
    #expect(trial.faults(against: optimum) == [])
  }
}

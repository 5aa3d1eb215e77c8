import ExternalSolvers
import Foundation
import LichenPlanning
import LichenTestSupport
import Testing

/// The planner beside HiGHS on models of some dozen to some hundred links.
@Suite("HiGHS agrees on mid-size models", .serialized)
struct SearchAgreementTests {
  private static let highs = try? HiGHSSolver.find(python: Repository.judgesPython).get()
  /// Models per variant; HiGHS is a process for each, so few by default.
  private static let cases = RandomNetworks.cases("LICHEN_AGREEMENT_CASES", otherwise: 2)

  @Test(
    "either one's plan is within the other's bound",
    .enabled(if: highs != nil, "highspy is missing: .venv-judges"),
    .disabled(if: Repository.isCI, "too long for every push"),
    arguments: RandomNetworks.Variant.allCases)
  func agrees(_ variant: RandomNetworks.Variant) async throws {
    let highs = try #require(Self.highs)
    for seed in 1...UInt64(Self.cases) {
      let links = 20 + Int(seed * 37 % 131)
      let model = RandomNetworks.model(
        variant, seed: 300_000 + seed,
        size: .init(outputs: 3 + links / 9, inputs: 3 + links / 11, direct: links))
      let (ours, theirs) = try await Self.both(model, highs)
      let faults = Self.faults(ours, theirs)
      #expect(faults.isEmpty, "\(model.name), \(links) links: \(faults)")
    }
  }

  private static func both(_ model: PlanningModel, _ highs: HiGHSSolver) async throws -> (
    ours: SearchTrial, theirs: MIPResult
  ) {
    try await withCheckedThrowingContinuation { continuation in
      // Off the tests' threads, which must not wait for another process.
      Thread.detachNewThread {
        continuation.resume(
          with: Result {
            let ours = try SearchTrial(
              model, limits: SearchLimits(timeLimit: .seconds(2), threads: 1))
            let theirs = try highs.solve(
              MIPBuilder(model: model).program(maximising: .benefit),
              options: MIPOptions(timeLimit: .seconds(5)), control: SolveControl())
            return (ours, theirs)
          })
      }
    }
  }

  private static func faults(_ ours: SearchTrial, _ theirs: MIPResult) -> [String] {
    var faults = ours.faultsOfPlan()
    let (result, slack) = (ours.result, 1e-6 * ours.scale)
    if theirs.status == .infeasible, ours.hasPlan { faults.append("HiGHS finds no plan") }
    if result.status == .infeasible, theirs.values != nil { faults.append("HiGHS has a plan") }
    if let value = theirs.objective, ours.hasPlan, result.bound < value - slack {
      faults.append("bound \(result.bound), but HiGHS has \(value)")
    }
    if let bound = theirs.bound, ours.hasPlan, result.objective > bound + slack {
      faults.append("plan \(result.objective), but HiGHS proves \(bound)")
    }
    if result.status == .optimal, theirs.status == .optimal, let value = theirs.objective,
      abs(value - result.objective) > slack
    {
      faults.append("optimum \(result.objective), HiGHS \(value)")
    }
    if let value = theirs.objective {
      for report in ours.reports where report.bound < value - slack {
        faults.append("report \(report.bound), but HiGHS has \(value)")
      }
    }
    return faults
  }
}

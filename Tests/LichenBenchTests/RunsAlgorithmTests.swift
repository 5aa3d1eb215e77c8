import GLPKSolver
import LichenPlanning
import LichenTestSupport
import Testing

@testable import LichenBench

@Suite("Algorithms on small models")
struct RunsAlgorithmTests {
  static let seeds: ClosedRange<UInt64> = 1...20

  static let algorithms: [any MatchingAlgorithm] = AlgorithmList.shipped(solver: GLPKSolver())

  @Test(
    "plans are accepted, worth no more than the optimum, and bounds no less",
    arguments: SmallModels.Variant.allCases)
  func honest(variant: SmallModels.Variant) throws {
    for seed in Self.seeds {
      let model = SmallModels.model(variant, seed: seed)
      let optimum = try Self.optimum(model)
      for algorithm in Self.algorithms {
        let place = "\(algorithm.name) on \(model.name)"
        let isExact = ["glpk", "lichen"].contains(algorithm.name)
        let result: AlgorithmResult
        do {
          result = try algorithm.plan(
            model, limits: RunLimits(seconds: 20, seed: seed), progress: RunProgress())
        } catch AlgorithmRefusal.noPlan {
          if isExact { #expect(optimum == nil, "\(place)") }
          continue
        }
        if let plan = result.plan {
          let verdict = PlanJudge(model).judge(plan)
          #expect(verdict.isAccepted, "\(place): \(verdict.violations)")
          let best = try #require(optimum, "\(place)")
          #expect(verdict.objective <= best + 1e-6 * max(1, abs(best)), "\(place)")
          if isExact { #expect(verdict.objective >= best - 1e-6 * max(1, abs(best)), "\(place)") }
        }
        if let bound = result.bound, let optimum {
          #expect(bound >= optimum - 1e-9 * max(1, abs(optimum)), "\(place)")
        }
      }
    }
  }

  @Test("GLPK's optimum of the whole model is that of trying everything", arguments: [1, 2])
  func exhaustive(seed: UInt64) throws {
    for variant in [SmallModels.Variant.plain, .permits, .budget, .blends, .required] {
      let model = SmallModels.model(variant, seed: seed)
      let tried = try ExhaustiveOptimum.value(of: model, solver: GLPKSolver())
      let solved = try Self.optimum(model)
      #expect((tried == nil) == (solved == nil), "\(model.name)")
      if let tried, let solved {
        #expect(abs(tried - solved) <= 1e-6 * max(1, abs(tried)), "\(model.name)")
      }
    }
  }

  /// Proven by GLPK on the whole program; `exhaustive` checks that it is right.
  static func optimum(_ model: PlanningModel) throws -> Double? {
    let result = try GLPKSolver().solve(
      MIPBuilder(model: model).program(maximising: .benefit), options: MIPOptions(),
      control: SolveControl())
    return result.status == .optimal ? result.objective : nil
  }

  @Test("one seed gives one plan, whatever ran before", arguments: ["lp-rounding", "lagrangian"])
  func repeatable(name: String) throws {
    let algorithm = try #require(Self.algorithms.first { $0.name == name })
    let model = SmallModels.model(.plain, seed: 5)
    let plans = try (0..<2).map { _ in
      try algorithm.plan(
        model, limits: RunLimits(seconds: 20, seed: 7), progress: RunProgress()
      ).plan
    }
    #expect(plans[0] == plans[1])
  }
}

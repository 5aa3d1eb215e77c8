import GLPKSolver
import LichenPlanning
import LichenTestSupport
import Testing

/// Whatever the search for large parts claims of tiny models is measured by trying everything.
@Suite("Bounds are proofs")
struct SearchBoundTests {
  /// Models per variant: `LICHEN_BOUND_CASES` over all of them, 2,000 if not set.
  private static let cases =
    RandomNetworks.cases("LICHEN_BOUND_CASES", otherwise: 2_000)
    / RandomNetworks.Variant.allCases.count

  /// Effort from a first plan alone to blocks and pieces, which take long and are tried less often.
  private static func effort(_ seed: UInt64) -> Int? {
    switch seed % 25 {
    case 0: 2_000
    case 1...4: 0
    default: 1
    }
  }

  @Test(
    "bound ≥ optimum ≥ plan at every report, and the plan keeps every limit",
    arguments: RandomNetworks.Variant.allCases)
  func enclosed(_ variant: RandomNetworks.Variant) throws {
    var plans = 0
    for seed in 1...UInt64(Self.cases) {
      let model = RandomNetworks.model(variant, seed: seed)
      let optimum = try ExhaustiveOptimum.value(of: model, solver: GLPKSolver())
      let trial = try SearchTrial(model, limits: SearchTrial.searchOnly(effort: Self.effort(seed)))
      let faults = trial.faults(against: optimum)
      #expect(faults.isEmpty, "\(model.name): \(faults)")
      if optimum != nil, trial.hasPlan { plans += 1 }
    }
    // Many searches of every variant find a plan, or these tests would say little.
    #expect(plans * 20 > Self.cases, "\(variant): \(plans) plans")
  }
}

import GLPKSolver
import LichenBench
import LichenTestSupport
import Testing

@testable import LichenPlanning

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

  @Test(
    "links that lose money, and openings that bring some",
    arguments: [.plain, .permits] as [RandomNetworks.Variant])
  func unusualSigns(_ variant: RandomNetworks.Variant) throws {
    for seed in UInt64(1)...40 {
      let usual = RandomNetworks.model(variant, seed: seed)
      let model = usual.with(
        fixedCosts: usual.links.enumerated().map { $0 % 3 == 1 ? -$1.fixedCost : $1.fixedCost },
        factor: { $0 % 4 == 2 ? -1 : 1 })
      let optimum = try ExhaustiveOptimum.value(of: model, solver: GLPKSolver())
      let trial = try SearchTrial(model, limits: SearchTrial.searchOnly(effort: Self.effort(seed)))
      #expect(trial.faults(against: optimum) == [], "\(model.name)")
    }
  }

  @Test("the local order lists every link once, neighbours near each other")
  func localOrder() {
    let model = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 4_000, seed: 3)
    ).model
    let part = model.components().max { $0.count < $1.count } ?? model.whole
    let local = model.inLocalOrder(part)
    #expect(local.links.sorted() == part.links)
    #expect(model.inLocalOrder(part) == local)
    #expect(Self.spread(model, local) * 2 < Self.spread(model, part))
  }

  /// How far the links of an input are spread in a part's order, on average [positions].
  private static func spread(_ model: PlanningModel, _ part: PlanningModel.Part) -> Double {
    var first: [Int: Int] = [:]
    var total = 0
    for (position, index) in part.links.enumerated() {
      guard let input = model.links[index].input else { continue }
      total += position - first[input, default: position]
      first[input] = first[input] ?? position
    }
    return Double(total) / Double(part.links.count)
  }
}

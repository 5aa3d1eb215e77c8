import GLPKSolver
import LichenPlanning
import LichenTestSupport
import Testing

/// The planner as it comes, with all its parts, against trying everything.
@Suite("Tiny models are solved to a proven optimum")
struct SearchOptimumTests {
  /// Models per variant: `LICHEN_OPTIMUM_CASES` over all of them, 1,000 if not set.
  private static let cases =
    RandomNetworks.cases("LICHEN_OPTIMUM_CASES", otherwise: 1_000)
    / RandomNetworks.Variant.allCases.count

  @Test("default options", arguments: RandomNetworks.Variant.allCases)
  func proven(_ variant: RandomNetworks.Variant) throws {
    for seed in 100_001...UInt64(100_000 + Self.cases) {
      let model = RandomNetworks.model(variant, seed: seed)
      let optimum = try ExhaustiveOptimum.value(of: model, solver: GLPKSolver())
      let trial = try SearchTrial(model, limits: SearchLimits())
      let faults = trial.faults(against: optimum)
      #expect(faults.isEmpty, "\(model.name): \(faults)")
      #expect(
        trial.result.status == (optimum == nil ? .infeasible : .optimal),
        "\(model.name): \(trial.result.status), optimum \(optimum ?? .nan)")
    }
  }

  @Test("links in another order have the same optimum", arguments: RandomNetworks.Variant.allCases)
  func shuffled(_ variant: RandomNetworks.Variant) throws {
    var random = SeededGenerator(seed: 5_001)
    for seed in 200_001...UInt64(200_010) {
      let model = RandomNetworks.model(
        variant, seed: seed, size: .init(outputs: 4, inputs: 5, direct: 14))
      let first = try SearchTrial(model, limits: SearchLimits())
      let other = model.reordered(random.shuffled(Array(model.links.indices)))
      let second = try SearchTrial(other, limits: SearchLimits())
      #expect(first.result.status == second.result.status, "\(model.name)")
      guard first.result.status == .optimal else { continue }
      let difference = abs(first.result.objective - second.result.objective)
      #expect(
        difference <= 1e-9 * max(first.scale, abs(first.result.objective)),
        "\(model.name): \(first.result.objective), \(second.result.objective)")
    }
  }
}

extension PlanningModel {
  /// The same problem with its links in another order.
  func reordered(_ order: [Int]) -> PlanningModel {
    var place = [Int](repeating: 0, count: order.count)
    for (new, old) in order.enumerated() { place[old] = new }
    return PlanningModel(
      name: name, links: order.map { links[$0] }, linkNames: order.map { linkNames[$0] },
      linkPermits: linkPermits.isEmpty
        ? RaggedArray() : RaggedArray(order.map { linkPermits[$0].map(Int.init) }),
      supplies: supplies, needs: needs, leastNeeds: leastNeeds, permits: permits,
      facilities: facilities,
      blends: blends.map { blend in
        let members = zip(blend.links.map { place[$0] }, blend.excess).sorted { $0.0 < $1.0 }
        return Blend(name: blend.name, links: members.map(\.0), excess: members.map(\.1))
      }, measures: measures, capitalBudget: capitalBudget, carbonFloor: carbonFloor,
      partnerLimit: partnerLimit)
  }
}

import LichenBench
import LichenPlanning
import LichenTestSupport
import Testing

/// The search for large parts under a limit of work, which alone may decide the answer.
@Suite("The same work gives the same plan")
struct SearchStabilityTests {
  private static func model(_ variant: RandomNetworks.Variant) -> PlanningModel {
    RandomNetworks.model(
      variant, seed: 7, size: .init(outputs: 14, inputs: 12, direct: 90))
  }

  @Test(
    "one thread and two, to the last bit", arguments: RandomNetworks.Variant.allCases)
  func threads(_ variant: RandomNetworks.Variant) throws {
    // Through first plans, ascent, new beginnings and a batch of blocks.
    let model = Self.model(variant)
    let alone = try SearchTrial(model, limits: SearchTrial.searchOnly(effort: 25))
    let beside = try SearchTrial(model, limits: SearchTrial.searchOnly(effort: 25, threads: 2))
    #expect(alone.result.flows == beside.result.flows)
    #expect(alone.result.isTaken == beside.result.isTaken)
    #expect(alone.result.bound == beside.result.bound)
    #expect(alone.result.status == beside.result.status)
    #expect(alone.result.components == beside.result.components)
    #expect(alone.reports.map(\.bound) == beside.reports.map(\.bound))
    #expect(alone.reports.map(\.incumbent) == beside.reports.map(\.incumbent))
    #expect(alone.faultsOfPlan() == [])
  }

  @Test("parts that take turns side by side find the same as one after the other")
  func turns() throws {
    let model = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 200, seed: 41, variant: .permits)
    ).model
    let parts = model.components().filter { $0.links.count > 120 }
    try #require(parts.count > 2)
    var limits = SearchLimits(relativeGap: 0.02, threads: 1)
    let alone = try SearchTrial(model, limits: limits)
    limits.threads = 2
    let beside = try SearchTrial(model, limits: limits)
    for (one, other) in [(alone, beside), (beside, alone)] {
      #expect(one.faultsOfPlan() == [])
      #expect(one.result.bound <= 1.02 * one.result.objective * (1 + 1e-9))
      #expect(one.result.bound >= other.result.objective)
      let last = try #require(one.reports.last)
      #expect(last.solvedComponents == last.components)
      let told = try #require(last.incumbent)
      #expect(abs(told - one.result.objective) <= 1e-9 * told)
    }
  }

  @Test(
    "nodes shared out among threads are added up in one order",
    .enabled(
      if: RandomNetworks.cases("LICHEN_LONG_TESTS", otherwise: 0) > 0,
      "minutes without optimisation: set LICHEN_LONG_TESTS=1"))
  func manyLinks() throws {
    // Only from 5,000 links on are nodes worked out side by side.
    let instance = InstanceGenerator.instance(
      InstanceRequest(family: .dense, enterprises: 90, seed: 3, variant: [.permits, .partners]))
    #expect(instance.model.links.count > 5_000)
    let alone = try SearchTrial(instance.model, limits: SearchTrial.searchOnly(effort: 60))
    let beside = try SearchTrial(
      instance.model, limits: SearchTrial.searchOnly(effort: 60, threads: 2))
    #expect(alone.result.flows == beside.result.flows)
    #expect(alone.result.bound == beside.result.bound)
    #expect(alone.result.components == beside.result.components)
  }
}

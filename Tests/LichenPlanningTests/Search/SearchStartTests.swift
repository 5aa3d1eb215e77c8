import GLPKSolver
import LichenBench
import LichenPlanning
import LichenTestSupport
import Testing

/// Searches that begin where an earlier one ended.
@Suite("Warm starts")
struct SearchStartTests {
  enum Price: CaseIterable {
    case link, stream
  }

  @Test(
    "after one price changed, a fifth of the effort reaches the cold search's gap",
    arguments: Price.allCases, [11, 14, 17] as [UInt64])
  func cheaper(_ price: Price, _ seed: UInt64) throws {
    let model = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 200, seed: seed)
    ).model
    var limits = SearchLimits(relativeGap: 0.005, threads: 1)
    let earlier = try SearchTrial(model, limits: limits)
    let link = model.links[model.links.count / 2]
    let changed = model.with(factor: { index in
      let isMeant =
        price == .link
        ? index == model.links.count / 2 : model.links[index].output == link.output
      return isMeant ? 1.1 : 1
    })
    let cold = try SearchTrial(changed, limits: limits)
    limits.relativeGap = max(0.005, Self.gap(cold))
    let warm = try SearchTrial(changed, limits: limits, start: PlanStart(earlier.result))
    #expect(Self.gap(warm) <= limits.relativeGap + 1e-9)
    let (warmEffort, coldEffort) = (Self.effort(warm), Self.effort(cold))
    #expect(warmEffort * 5 <= coldEffort, "warm \(warmEffort), cold \(coldEffort)")
    #expect(warm.faultsOfPlan() == [])
  }

  @Test(
    "a plan that became too large is mended",
    .enabled(
      if: RandomNetworks.cases("LICHEN_LONG_TESTS", otherwise: 0) > 0,
      "minutes without optimisation: set LICHEN_LONG_TESTS=1"),
    arguments: [InstanceRequest.Variant(), .facilities, .partners])
  func mended(_ variant: InstanceRequest.Variant) throws {
    let model = InstanceGenerator.instance(
      InstanceRequest(family: .clustered, enterprises: 60, seed: 12, variant: variant)
    ).model
    let limits = SearchTrial.searchOnly(effort: 40)
    let earlier = try SearchTrial(model, limits: limits)
    let smaller = model.with(supplies: model.supplies.map { 0.8 * $0 })
    let cold = try SearchTrial(smaller, limits: limits)
    let warm = try SearchTrial(smaller, limits: limits, start: PlanStart(earlier.result))
    #expect(warm.faultsOfPlan() == [])
    #expect(warm.reports.allSatisfy { $0.bound >= cold.result.objective * (1 - 1e-9) })
    // Both have the same work to do; from a plan that nearly fits the result is about as good.
    #expect(warm.result.objective >= 0.99 * cold.result.objective)
  }

  private static func gap(_ trial: SearchTrial) -> Double {
    (trial.result.bound - trial.result.objective) / trial.result.objective
  }

  /// Of all parts; a part of a search counts some units, of an exact one its nodes.
  private static func effort(_ trial: SearchTrial) -> Int {
    trial.result.components.reduce(0) { $0 + $1.nodes }
  }

  @Test("no start makes an answer wrong", arguments: RandomNetworks.Variant.allCases)
  func nonsense(_ variant: RandomNetworks.Variant) throws {
    var random = SeededGenerator(seed: 6_001)
    for seed in 400_001...UInt64(400_006) {
      let model = RandomNetworks.model(variant, seed: seed)
      let optimum = try ExhaustiveOptimum.value(of: model, solver: GLPKSolver())
      let other = RandomNetworks.model(variant, seed: seed + 50)
      for flows in Self.flows(of: model, &random) {
        let start = PlanStart(
          flows: flows, taken: model.measures.map { _ in random.chance(0.5) })
        for limits in [SearchLimits(), SearchTrial.searchOnly(effort: 1)] {
          let trial = try SearchTrial(model, limits: limits, start: start)
          let faults = trial.faults(against: optimum)
          #expect(faults.isEmpty, "\(model.name), \(limits.exactLimit), \(flows): \(faults)")
        }
      }
      // What was learnt about other figures, where the links are as many.
      guard other.links.count == model.links.count,
        other.measures.count == model.measures.count
      else { continue }
      let learnt = try SearchTrial(other, limits: SearchTrial.searchOnly(effort: 1))
      let trial = try SearchTrial(
        model, limits: SearchTrial.searchOnly(effort: 1), start: PlanStart(learnt.result))
      let faults = trial.faults(against: optimum)
      #expect(faults.isEmpty, "\(model.name), from \(other.name): \(faults)")
    }
  }

  /// Nothing, too much, less than the least, negative, random, and beyond all measure.
  private static func flows(of model: PlanningModel, _ random: inout SeededGenerator) -> [[Double]]
  {
    [
      model.links.map { _ in 0 },
      model.links.map { $0.upper },
      model.links.map { $0.upper * 10 },
      model.links.map { max($0.lower * 0.5, 1e-9) },
      model.links.map { -$0.upper },
      model.links.map { _ in random.number(in: 0...50) },
      model.links.map { _ in 1e300 },
    ]
  }
}

extension PlanningModel {
  /// The same problem with other supplies or prices.
  /// - Parameter factor: Of a link's money, by index.
  func with(
    supplies changed: [Double]? = nil, fixedCosts: [Double]? = nil,
    factor: (Int) -> Double = { _ in 1 }
  ) -> PlanningModel {
    PlanningModel(
      name: name,
      links: links.enumerated().map { index, link in
        Link(
          candidate: link.candidate, source: link.source, target: link.target, ratio: link.ratio,
          money: link.money * factor(index), carbon: link.carbon,
          fixedCost: fixedCosts?[index] ?? link.fixedCost,
          capital: link.capital, lower: link.lower, upper: link.upper,
          isRequired: link.isRequired)
      }, linkNames: linkNames, linkPermits: linkPermits, supplies: changed ?? supplies,
      needs: needs,
      leastNeeds: leastNeeds, permits: permits, facilities: facilities, blends: blends,
      measures: measures, capitalBudget: capitalBudget, carbonFloor: carbonFloor,
      partnerLimit: partnerLimit)
  }
}

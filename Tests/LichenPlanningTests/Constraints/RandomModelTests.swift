import GLPKSolver
import LichenPlanning
import LichenTestSupport
import Testing

/// All families at once on small random models, against the oracle.
struct RandomModelTests {
  /// Up to nine links, two facilities, two blends, and each limit now and then.
  static func model(_ seed: UInt64) -> PlanningModel {
    var random = SeededGenerator(seed: seed)
    let facilities = (0..<random.whole(in: 0...2)).map {
      PlanningModel.Facility(
        name: "f\($0)", capacity: random.number(in: 10...120),
        openingCost: random.number(in: 0...60), capital: random.number(in: 0...30))
    }
    var links: [PlanningModel.Link] = []
    for index in 0..<random.whole(in: 2...9) {
      links.append(link(index, facilities: facilities.count, &random))
    }
    var blends: [PlanningModel.Blend] = []
    for input in 0..<2 where random.chance(0.4) {
      let members = links.indices.filter { links[$0].input == input && links[$0].output != nil }
      if members.isEmpty { continue }
      blends.append(
        PlanningModel.Blend(
          name: "b\(input)", links: members, excess: members.map { _ in random.number(in: -5...5) })
      )
    }
    let supplies = (0..<3).map { _ in random.number(in: 0...100) }
    let permits = random.chance(0.4) ? links.map { _ in random.chance(0.5) ? [0] : [] } : []
    return SmallModel.model(
      links, permits: permits, supplies: supplies,
      needs: (0..<3).map { _ in random.number(in: 0...80) },
      leastNeeds: random.chance(0.2) && links.contains { $0.input == 0 }
        ? [random.number(in: 0...8), 0, 0] : [],
      permits: [random.number(in: 0...50)], facilities: facilities, blends: blends,
      measures: random.chance(0.3)
        ? [
          .init(
            name: "m", output: 0, shift: random.number(in: -supplies[0]...20),
            money: random.number(in: -30...60), carbon: random.number(in: 0...40),
            capital: random.number(in: 0...20))
        ] : [],
      budget: random.chance(0.3) ? random.number(in: 0...80) : nil,
      floor: random.chance(0.3) ? random.number(in: 0...150) : nil,
      partners: random.chance(0.2) ? 1 : nil)
  }

  private static func link(
    _ index: Int, facilities: Int, _ random: inout SeededGenerator
  ) -> PlanningModel.Link {
    var source = PlanningModel.Source.output(random.whole(in: 0...2))
    var target = PlanningModel.Target.input(random.whole(in: 0...2))
    if facilities > 0 {
      let facility = random.whole(in: 0...(facilities - 1))
      switch random.whole(in: 0...4) {
      case 0, 1: target = .facility(facility)
      case 2, 3: source = .facility(facility)
      default: break
      }
      // Two plants in a row now and then.
      if facilities == 2, random.chance(0.1) { (source, target) = (.facility(0), .facility(1)) }
    }
    let upper = random.number(in: 5...80)
    return SmallModel.link(
      source, target, money: random.number(in: -2...6), ratio: random.number(in: 0.3...1.5),
      carbon: random.number(in: -1...4), fixed: random.chance(0.5) ? random.number(in: 0...40) : 0,
      capital: random.chance(0.4) ? random.number(in: 0...40) : 0,
      lower: random.chance(0.3) ? random.number(in: 0...upper / 2) : 0, upper: upper,
      isRequired: random.chance(0.05))
  }

  @Test("The optimum over all families equals brute force", arguments: 0..<400)
  func optimum(seed: Int) throws {
    let model = Self.model(UInt64(seed))
    let expected = BruteForcePlan(model: model, weights: .benefit).best()
    let result = try SmallModel.solve(model)
    guard let expected else {
      #expect(result.status == .infeasible, "seed \(seed)")
      return
    }
    #expect(result.status == .optimal, "seed \(seed)")
    #expect(abs(result.objective - expected) <= 1e-6 * max(1, abs(expected)), "seed \(seed)")
    #expect(result.bound >= expected - 1e-6 * max(1, abs(expected)), "seed \(seed)")
  }

  @Test("The random models are worth testing: plants open, blends bind, floors bind")
  func power() throws {
    var opened = 0
    var blended = 0
    var owed = 0
    var infeasible = 0
    for seed in 0..<400 {
      let model = Self.model(UInt64(seed))
      let result = try SmallModel.solve(model)
      if result.status == .infeasible { infeasible += 1 }
      guard result.status == .optimal else { continue }
      if zip(model.links, result.flows).contains(where: { $0.output == nil && $1 > 1e-6 }) {
        opened += 1
      }
      if try !model.blends.isEmpty && differs(model, result, blends: []) { blended += 1 }
      if try model.carbonFloor != nil && differs(model, result, blends: model.blends) { owed += 1 }
    }
    #expect(opened > 60)
    #expect(blended > 15)
    #expect(owed > 15)
    #expect(infeasible > 20)
  }

  /// Whether the plan is worth more without the CO2e floor, or, if blends go, with it.
  private func differs(
    _ model: PlanningModel, _ result: PlanSearchResult, blends: [PlanningModel.Blend]
  ) throws -> Bool {
    let relaxed = PlanningModel(
      name: model.name, links: model.links, linkNames: model.linkNames,
      linkPermits: model.linkPermits, supplies: model.supplies, needs: model.needs,
      leastNeeds: model.leastNeeds, permits: model.permits, facilities: model.facilities,
      blends: blends, measures: model.measures, capitalBudget: model.capitalBudget,
      carbonFloor: blends.count < model.blends.count ? model.carbonFloor : nil,
      partnerLimit: model.partnerLimit)
    let free = try SmallModel.solve(relaxed)
    return free.objective > result.objective + 1e-6 * max(1, abs(result.objective))
  }
}

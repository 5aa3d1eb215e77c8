import LichenPlanning

/// Random models small enough for brute force, one family of constraints at a time or all together.
public enum SmallModels {
  public enum Variant: String, CaseIterable, Sendable {
    case plain, permits, facilities, budget, partners, floor, cover, blends, measures, required,
      everything
  }

  public static func model(_ variant: Variant, seed: UInt64) -> PlanningModel {
    var random = SeededGenerator(seed: seed &* 31 &+ UInt64(variant.rawValue.utf8.count))
    func has(_ wanted: Variant) -> Bool { variant == wanted || variant == .everything }
    let supplies = (0..<3).map { _ in random.number(in: 10...60) }
    let needs = (0..<3).map { _ in random.number(in: 10...60) }
    var links = directLinks(supplies, needs, has(.required), &random)
    var facilities: [PlanningModel.Facility] = []
    if has(.facilities) {
      facilities = [
        PlanningModel.Facility(
          name: "hub", capacity: random.number(in: 20...60),
          openingCost: random.number(in: 0...80), capital: random.number(in: 0...40))
      ]
      links.removeLast(2)
      links += legs(supplies, needs, capacity: facilities[0].capacity, &random)
    }
    let permits = (0..<2).map {
      PlanningModel.Permit(name: "p\($0)", annualCost: random.number(in: 0...60))
    }
    let linkPermits = RaggedArray(
      links.map { _ in (0..<2).filter { _ in random.chance(0.4) } })
    let least = needs.indices.map { input -> Double in
      let most = links.reduce(0) { $0 + ($1.input == input ? $1.ratio * $1.upper : 0) }
      return random.chance(0.5) ? 0 : min(needs[input], most) * random.number(in: 0.05...0.4)
    }
    let capital = links.reduce(0) { $0 + $1.capital }
    let carbon = links.reduce(0) { $0 + max(0, $1.carbon) * $1.upper }
    return PlanningModel(
      name: "\(variant.rawValue)-\(seed)", links: links,
      linkNames: links.indices.map { "l\($0)" },
      linkPermits: has(.permits) ? linkPermits : RaggedArray(), supplies: supplies, needs: needs,
      leastNeeds: has(.cover) ? least : [], permits: has(.permits) ? permits : [],
      facilities: facilities, blends: has(.blends) ? [blend(links, &random)] : [],
      measures: has(.measures) ? measures(&random) : [],
      capitalBudget: has(.budget) ? capital * random.number(in: 0.2...0.7) : nil,
      carbonFloor: has(.floor) ? carbon * random.number(in: 0.05...0.3) : nil,
      partnerLimit: has(.partners) ? random.whole(in: 1...2) : nil)
  }

  private static func directLinks(
    _ supplies: [Double], _ needs: [Double], _ isRequired: Bool, _ random: inout SeededGenerator
  ) -> [PlanningModel.Link] {
    (0..<8).map { index in
      let (output, input) = (random.whole(in: 0...2), random.whole(in: 0...2))
      let ratio = random.chance(0.5) ? 1 : random.number(in: 0.5...1.5)
      let upper = min(supplies[output], needs[input] / ratio) * random.number(in: 0.6...1)
      return PlanningModel.Link(
        candidate: index, source: .output(output), target: .input(input), ratio: ratio,
        money: random.number(in: -1...8), carbon: random.number(in: -1...5),
        fixedCost: random.number(in: 0...100), capital: random.number(in: 0...100),
        lower: random.chance(0.4) ? upper * random.number(in: 0.1...0.5) : 0, upper: upper,
        isRequired: isRequired && index == 3)
    }
  }

  private static func legs(
    _ supplies: [Double], _ needs: [Double], capacity: Double, _ random: inout SeededGenerator
  ) -> [PlanningModel.Link] {
    let arriving = (0..<2).map { output in
      let upper = min(supplies[output], capacity)
      return PlanningModel.Link(
        candidate: 8 + output, source: .output(output), target: .facility(0),
        ratio: random.number(in: 0.5...0.9), money: random.number(in: -1...2),
        carbon: random.number(in: -1...1), fixedCost: random.number(in: 0...20),
        capital: random.number(in: 0...20), lower: random.chance(0.5) ? upper * 0.2 : 0,
        upper: upper)
    }
    let leaving = (0..<2).map { input in
      PlanningModel.Link(
        candidate: 10 + input, source: .facility(0), target: .input(input), ratio: 1,
        money: random.number(in: 4...12), carbon: random.number(in: 0...5),
        fixedCost: random.number(in: 0...20), capital: random.number(in: 0...20), lower: 0,
        upper: min(needs[input], capacity))
    }
    return arriving + leaving
  }

  /// One quality at one input: some links too bad, some better than needed.
  private static func blend(_ links: [PlanningModel.Link], _ random: inout SeededGenerator)
    -> PlanningModel.Blend
  {
    let members = links.indices.filter { links[$0].input == links[0].input }
    return PlanningModel.Blend(
      name: "ash", links: members, excess: members.map { _ in random.number(in: -1...1) })
  }

  private static func measures(_ random: inout SeededGenerator) -> [PlanningModel.Measure] {
    [
      PlanningModel.Measure(
        name: "save", output: 0, shift: -random.number(in: 1...9),
        money: random.number(in: -20...60), carbon: random.number(in: 0...9),
        capital: random.number(in: 0...30)),
      PlanningModel.Measure(
        name: "grow", input: 1, shift: random.number(in: 1...9),
        money: random.number(in: -40...20), carbon: 1, capital: random.number(in: 0...30)),
    ]
  }
}

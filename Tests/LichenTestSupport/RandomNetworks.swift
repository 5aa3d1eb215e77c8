import LichenPlanning

/// Seeded random planning models, one family of constraints at a time or all together; sizes from a
/// few links, for trying everything, to some hundred.
public struct RandomNetworks {
  public enum Variant: String, CaseIterable, Sendable {
    case plain, lots, permits, facilities, chained, budget, floor, partners, blends, cover,
      required,
      measures, partnersAndMeasures, everything
  }

  /// How many of what.
  public struct Size: Sendable {
    public var outputs: Int
    public var inputs: Int
    /// Links that join an output and an input.
    public var direct: Int

    public init(outputs: Int, inputs: Int, direct: Int) {
      self.outputs = outputs
      self.inputs = inputs
      self.direct = direct
    }

    public static let tiny = Size(outputs: 2, inputs: 3, direct: 6)
  }

  private let variant: Variant
  private let size: Size
  private var random: SeededGenerator
  /// Whether figures are small whole numbers, so that much is worth the same.
  private let isEven: Bool
  private var supplies: [Double] = []
  private var needs: [Double] = []
  private var links: [PlanningModel.Link] = []
  private var facilities: [PlanningModel.Facility] = []

  /// A model that the seed alone decides; some seeds of `floor`, `cover`, `required` and `everything`
  /// have no plan.
  public static func model(_ variant: Variant, seed: UInt64, size: Size = .tiny) -> PlanningModel {
    var maker = RandomNetworks(variant, seed: seed, size: size)
    return maker.make(name: "\(variant.rawValue)-\(seed)")
  }

  private init(_ variant: Variant, seed: UInt64, size: Size) {
    self.variant = variant
    self.size = size
    let place = UInt64(Variant.allCases.firstIndex(of: variant) ?? 0)
    random = SeededGenerator(seed: (seed &* 101) &+ place)
    isEven = random.chance(0.2)
  }

  private func has(_ wanted: Variant...) -> Bool {
    variant == .everything || wanted.contains(variant)
  }

  private mutating func number(_ low: Double, _ high: Double) -> Double {
    let drawn = random.number(in: low...high)
    return isEven ? drawn.rounded() : drawn
  }

  private mutating func make(name: String) -> PlanningModel {
    supplies = (0..<size.outputs).map { _ in max(1, number(5, 60)) }
    needs = (0..<size.inputs).map { _ in max(1, number(5, 60)) }
    let hubs = has(.facilities, .chained) ? max(1, size.direct / 20) : 0
    // Legs take the place of direct links, so that all can be tried.
    addDirectLinks(max(1, size.direct - 4 * hubs))
    for _ in 0..<hubs { addFacility() }
    if has(.chained) { for _ in 0..<hubs { chain() } }
    let permits = (0..<max(3, size.direct / 6)).map {
      PlanningModel.Permit(name: "p\($0)", annualCost: number(0, 60))
    }
    let chance = 1.2 / Double(permits.count)
    let linkPermits = RaggedArray(
      links.map { _ in permits.indices.filter { _ in random.chance(chance) } })
    let capital = links.reduce(0) { $0 + $1.capital }
    let carbon = carbonInReach()
    return PlanningModel(
      name: name, links: links, linkNames: links.indices.map { "l\($0)" },
      linkPermits: has(.permits) ? linkPermits : RaggedArray(), supplies: supplies, needs: needs,
      leastNeeds: has(.cover) ? leastNeeds() : [], permits: has(.permits) ? permits : [],
      facilities: facilities, blends: has(.blends) ? blends() : [],
      measures: has(.measures, .partnersAndMeasures) ? measures() : [],
      capitalBudget: has(.budget) ? capital * random.number(in: 0.2...0.7) : nil,
      carbonFloor: has(.floor)
        ? carbon * random.number(in: variant == .everything ? 0.01...0.15 : 0.1...0.8) : nil,
      partnerLimit: has(.partners, .partnersAndMeasures) ? random.whole(in: 1...2) : nil)
  }

  // MARK: Links

  private mutating func addDirectLinks(_ count: Int) {
    for index in 0..<count {
      let output = random.whole(in: 0...(supplies.count - 1))
      let input = random.whole(in: 0...(needs.count - 1))
      let ratio = random.chance(0.5) ? 1 : random.number(in: 0.5...1.5)
      let most = min(supplies[output], needs[input] / ratio)
      addLink(
        .output(output), .input(input), ratio: ratio,
        upper: most * (random.chance(0.5) ? 1 : random.number(in: 0.4...1)), money: -1...8,
        isRequired: has(.required) && index % 7 == min(3, count - 1))
    }
  }

  private mutating func addLink(
    _ source: PlanningModel.Source, _ target: PlanningModel.Target, ratio: Double, upper: Double,
    money: ClosedRange<Double>, isRequired: Bool = false
  ) {
    let lot = has(.lots) ? 0.8 : 0.3
    links.append(
      PlanningModel.Link(
        candidate: links.count, source: source, target: target, ratio: ratio,
        money: number(money.lowerBound, money.upperBound), carbon: number(-1, 5),
        fixedCost: random.chance(0.15) ? 0 : number(0, 3 * upper), capital: number(0, 100),
        lower: random.chance(lot) ? upper * random.number(in: 0.1...0.9) : 0, upper: upper,
        isRequired: isRequired))
  }

  /// A facility with two links in and two out.
  private mutating func addFacility() {
    let index = facilities.count
    let capacity = max(1, number(10, 60))
    facilities.append(
      PlanningModel.Facility(
        name: "f\(index)", capacity: capacity, openingCost: number(0, 60), capital: number(0, 60)))
    for _ in 0..<2 {
      let output = random.whole(in: 0...(supplies.count - 1))
      addLink(
        .output(output), .facility(index), ratio: random.number(in: 0.4...1.2),
        upper: min(supplies[output], capacity), money: -1...2)
    }
    for _ in 0..<2 {
      let input = random.whole(in: 0...(needs.count - 1))
      let ratio = random.number(in: 0.7...1.3)
      addLink(
        .facility(index), .input(input), ratio: ratio, upper: needs[input] / ratio, money: 1...12)
    }
  }

  /// A second facility that works on what the last one makes.
  private mutating func chain() {
    let first = facilities.count - 1
    let capacity = max(1, number(10, 60))
    facilities.append(
      PlanningModel.Facility(
        name: "f\(first + 1)", capacity: capacity, openingCost: number(0, 30),
        capital: number(0, 30)))
    let input = random.whole(in: 0...(needs.count - 1))
    addLink(
      .facility(first), .facility(first + 1), ratio: random.number(in: 0.5...1), upper: capacity,
      money: -1...2)
    addLink(
      .facility(first + 1), .input(input), ratio: 1, upper: min(needs[input], capacity),
      money: 4...15)
  }

  // MARK: Limits

  private func carbonInReach() -> Double {
    let all = links.reduce(0) { $0 + max(0, $1.carbon) * $1.upper }
    return min(all, 3 * supplies.reduce(0, +))
  }

  private mutating func leastNeeds() -> [Double] {
    needs.indices.map { input in
      let most = links.reduce(0) { $0 + ($1.input == input ? $1.ratio * $1.upper : 0) }
      guard most > 0, random.chance(0.5) else { return 0 }
      return min(needs[input], most) * random.number(in: 0.05...0.6)
    }
  }

  /// One quality at every second input: some links too bad, some better than needed.
  private mutating func blends() -> [PlanningModel.Blend] {
    stride(from: 0, to: needs.count, by: 2).compactMap { input in
      let members = links.indices.filter { links[$0].input == input }
      if members.isEmpty { return nil }
      return PlanningModel.Blend(
        name: "ash\(input)", links: members, excess: members.map { _ in number(-2, 2) })
    }
  }

  private mutating func measures() -> [PlanningModel.Measure] {
    (0..<max(2, size.direct / 8)).map { index in
      let isOutput = random.chance(0.4)
      let isLoose = random.chance(0.15)
      return PlanningModel.Measure(
        name: "m\(index)",
        output: isOutput && !isLoose ? random.whole(in: 0...(supplies.count - 1)) : nil,
        input: !isOutput && !isLoose ? random.whole(in: 0...(needs.count - 1)) : nil,
        shift: isLoose ? 0 : number(-5, 9), money: number(-40, 60), carbon: number(-1, 9),
        capital: number(0, 30), isRequired: random.chance(0.1))
    }
  }
}

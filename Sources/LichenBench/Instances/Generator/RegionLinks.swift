import LichenPlanning

/// The links of a map: every use of an output's material within reach, as far as the two know each
/// other and haulage leaves a gain.
struct RegionLinks {
  private(set) var links: [PlanningModel.Link] = []
  /// By link; empty without shared permits.
  private(set) var permits = RaggedArray()
  private(set) var permitCosts: [Double] = []

  private let recipe: RegionRecipe
  private let book: MaterialBook
  private let map: SiteMap
  private var random: RandomStream
  private var permitRandom: RandomStream
  /// Index of the permit of a receiver and a material.
  private var permitIndices: [Int: Int] = [:]

  /// An input within reach of an output.
  private struct Reached {
    let input: Int32
    let use: Int32
    /// As the crow flies [km].
    let distance: Double
  }

  init(
    _ request: InstanceRequest, recipe: RegionRecipe, book: MaterialBook, map: SiteMap,
    hasPermits: Bool
  ) {
    self.recipe = recipe
    self.book = book
    self.map = map
    random = RandomStream(seed: request.seed, .links)
    permitRandom = RandomStream(seed: request.seed, .permits)
    let grid = StreamGrid(
      x: map.inputOwners.map { map.x[Int($0)] }, y: map.inputOwners.map { map.y[Int($0)] },
      materials: map.inputMaterials, materialCount: recipe.materials, reach: recipe.reach)
    var reached: [Reached] = []
    for output in map.supplies.indices {
      reached.removeAll(keepingCapacity: true)
      collect(from: output, on: grid, into: &reached)
      // Draws must not depend on the cells of the grid.
      reached.sort { $0.input < $1.input }
      for end in reached { add(end, from: output, hasPermits: hasPermits) }
    }
  }

  private func collect(from output: Int, on grid: StreamGrid, into reached: inout [Reached]) {
    let owner = map.outputOwners[output]
    let (x, y) = (map.x[Int(owner)], map.y[Int(owner)])
    for (index, use) in book.uses[Int(map.outputMaterials[output])].enumerated() {
      grid.visit(use.input, aroundX: x, y: y, radius: use.reach) { input, distance in
        if map.inputOwners[Int(input)] != owner {
          reached.append(Reached(input: input, use: Int32(index), distance: distance))
        }
      }
    }
  }

  private mutating func add(_ end: Reached, from output: Int, hasPermits: Bool) {
    let material = Int(map.outputMaterials[output])
    let input = Int(end.input)
    let use = book.uses[material][Int(end.use)]
    let road = recipe.detour * end.distance
    if recipe.acquaintance.isFinite,
      !random.chance(PortableMath.exp(-road / recipe.acquaintance))
    {
      return
    }
    let gain = use.gain - book.haulage[material] * road
    if gain <= 1 { return }
    let upper = min(map.supplies[output], map.needs[input] / use.ratio)
    let benefit = Self.rounded(
      gain * random.logNormal(median: 1, sigma: 0.15), recipe.benefitStep, per: 100)
    let size = 0.5 + (upper / 800).squareRoot()
    let capital = (random.logNormal(median: 30_000, sigma: 0.7) * size + 150 * road).rounded()
    let ownPermit = random.logNormal(median: 2_500, sigma: 0.5)
    let lot = random.number(recipe.lot.lowerBound, recipe.lot.upperBound) * upper
    links.append(
      PlanningModel.Link(
        candidate: links.count, source: .output(output), target: .input(input), ratio: use.ratio,
        money: benefit,
        carbon: PortableMath.rounded(book.carbon[use.input] * use.ratio - 0.0001 * road, per: 1e4),
        fixedCost: fixedCost(capital, ownPermit, gain: benefit * upper), capital: capital,
        lower: min(upper, Self.rounded(max(10, lot), recipe.lotStep, per: 10)),
        upper: upper))
    if hasPermits { permits.append([permit(of: Int(map.inputOwners[input]), material)]) }
  }

  private static func rounded(_ value: Double, _ step: Double?, per unit: Double) -> Double {
    if let step { return PortableMath.rounded(value, to: step) }
    return PortableMath.rounded(value, per: unit)
  }

  private mutating func fixedCost(_ capital: Double, _ permit: Double, gain: Double) -> Double {
    switch recipe.fixedCost {
    case .investment: (capital / 7 + permit).rounded()
    case .shareOfGain(let share): (share * gain * random.logNormal(median: 1, sigma: 0.3)).rounded()
    }
  }

  /// One permit per receiving enterprise and material.
  private mutating func permit(of receiver: Int, _ material: Int) -> Int {
    let key = receiver * recipe.materials + material
    if let known = permitIndices[key] { return known }
    permitIndices[key] = permitCosts.count
    permitCosts.append(permitRandom.logNormal(median: 9_000, sigma: 0.6).rounded())
    return permitCosts.count - 1
  }
}

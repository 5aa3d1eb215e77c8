import LichenPlanning

/// Shared plants: each makes one material from outputs of its family and serves inputs of it.
struct RegionHubs {
  private(set) var facilities: [PlanningModel.Facility] = []
  private(set) var legs: [PlanningModel.Link] = []

  private let book: MaterialBook
  private let map: SiteMap
  private var random: RandomStream

  /// Farthest places that bring to a plant and that it serves, and the length over which
  /// acquaintance fades [km].
  private static let inward = 40.0
  private static let outward = 60.0
  private static let acquaintance = 60.0
  /// Money per t for what a plant does to what it takes.
  private static let treatment = 6.0

  /// - Parameter first: Position of the first leg among all links.
  init(
    _ request: InstanceRequest, recipe: RegionRecipe, book: MaterialBook, map: SiteMap, first: Int
  ) {
    self.book = book
    self.map = map
    random = RandomStream(seed: request.seed, .hubs)
    func grid(_ owners: [Int32], _ materials: [Int32], reach: Double) -> StreamGrid {
      StreamGrid(
        x: owners.map { map.x[Int($0)] }, y: owners.map { map.y[Int($0)] }, materials: materials,
        materialCount: recipe.materials, reach: reach)
    }
    let outputs = grid(map.outputOwners, map.outputMaterials, reach: Self.inward)
    let inputs = grid(map.inputOwners, map.inputMaterials, reach: Self.outward)
    for hub in 0..<max(2, request.enterprises / 60) {
      let centre = map.centres[random.index(map.centres.count)]
      let place = (x: centre.x + 4 * random.normal(), y: centre.y + 4 * random.normal())
      let product = book.inputChoice.draw(&random)
      let capacity = random.logNormal(median: 9_000, sigma: 0.6).rounded()
      let opening = (capacity * random.number(8, 25)).rounded()
      let yield = PortableMath.rounded(random.number(0.5, 0.95), per: 100)
      facilities.append(
        PlanningModel.Facility(
          name: "h\(hub + 1)", capacity: capacity, openingCost: opening, capital: 5 * opening))
      for material in book.families.indices where book.families[material] == book.families[product]
      {
        for (output, distance) in Self.around(place, outputs, material, Self.inward) {
          bring(output, material, to: hub, yield: yield, capacity, distance: distance, first)
        }
      }
      // A plant that nothing reaches serves nobody.
      guard legs.last?.target == .facility(hub) else { continue }
      for (input, distance) in Self.around(place, inputs, product, Self.outward) {
        serve(input, product, from: hub, most: capacity * yield, distance: distance, first)
      }
    }
  }

  private static func around(
    _ place: (x: Double, y: Double), _ grid: StreamGrid, _ material: Int, _ radius: Double
  ) -> [(stream: Int, distance: Double)] {
    var found: [(stream: Int, distance: Double)] = []
    grid.visit(material, aroundX: place.x, y: place.y, radius: radius) {
      found.append((Int($0), $1))
    }
    return found.sorted { $0.stream < $1.stream }
  }

  private mutating func bring(
    _ output: Int, _ material: Int, to hub: Int, yield: Double, _ capacity: Double,
    distance: Double, _ first: Int
  ) {
    let road = 1.25 * distance
    guard random.chance(PortableMath.exp(-road / Self.acquaintance)) else { return }
    let benefit = book.disposal[material] - book.haulage[material] * road - Self.treatment
    append(
      from: .output(output), to: .facility(hub), ratio: yield, benefit: benefit, carbon: 0,
      road: road, upper: min(map.supplies[output], capacity), first)
  }

  private mutating func serve(
    _ input: Int, _ product: Int, from hub: Int, most: Double, distance: Double, _ first: Int
  ) {
    let road = 1.25 * distance
    guard random.chance(PortableMath.exp(-road / Self.acquaintance)) else { return }
    let benefit =
      0.85 * book.virgin[product] - book.haulage[product] * road
      + 0.5 * MaterialBook.carbonPrice * book.carbon[product]
    append(
      from: .facility(hub), to: .input(input), ratio: 1, benefit: benefit,
      carbon: book.carbon[product], road: road, upper: min(map.needs[input], most), first)
  }

  private mutating func append(
    from source: PlanningModel.Source, to target: PlanningModel.Target, ratio: Double,
    benefit: Double, carbon: Double, road: Double, upper: Double, _ first: Int
  ) {
    legs.append(
      PlanningModel.Link(
        candidate: first + legs.count, source: source, target: target, ratio: ratio,
        money: PortableMath.rounded(benefit, per: 100),
        carbon: PortableMath.rounded(carbon - 0.0001 * road, per: 1e4),
        fixedCost: random.logNormal(median: 3_000, sigma: 0.5).rounded(), capital: 0, lower: 0,
        upper: upper))
  }
}

/// Enterprises on a map, with what each offers and wants; streams of one enterprise stand together.
struct SiteMap {
  let x: [Double]
  let y: [Double]
  /// Middles of clusters, for shared plants.
  let centres: [(x: Double, y: Double)]
  let outputOwners: [Int32]
  let outputMaterials: [Int32]
  let supplies: [Double]
  let inputOwners: [Int32]
  let inputMaterials: [Int32]
  let needs: [Double]

  init(_ request: InstanceRequest, _ recipe: RegionRecipe, _ book: MaterialBook) {
    var random = RandomStream(seed: request.seed, .sites)
    let places = Self.places(request.enterprises, recipe.layout, &random)
    x = places.sites.map(\.x)
    y = places.sites.map(\.y)
    centres = places.centres
    var streams = RandomStream(seed: request.seed, .streams)
    let offers = Self.streams(request.enterprises, book.outputChoice, median: 800, &streams)
    let wishes = Self.streams(request.enterprises, book.inputChoice, median: 900, &streams)
    (outputOwners, outputMaterials, supplies) = offers
    (inputOwners, inputMaterials) = (wishes.owners, wishes.materials)
    let wanted = wishes.quantities
    let scale = recipe.balance.map {
      $0 * offers.quantities.reduce(0, +) / wanted.reduce(0, +)
    }
    needs = wanted.map { need in
      scale.map { max(1, PortableMath.rounded(need * $0, per: 10)) } ?? need
    }
  }

  private static func places(
    _ count: Int, _ layout: RegionRecipe.Layout, _ random: inout RandomStream
  ) -> (sites: [(x: Double, y: Double)], centres: [(x: Double, y: Double)]) {
    switch layout {
    case .square(let side):
      let sites = (0..<count).map { _ in (random.number(0, side), random.number(0, side)) }
      return (sites, [(side / 2, side / 2)])
    case .road(let each):
      let length = each * Double(count)
      let sites = (0..<count).map { _ in (random.number(0, length), 0.0) }
      return (sites, (1...5).map { (Double($0) * length / 6, 0) })
    case .clusters(let side, let members, let spread, let loners):
      let edge = side * (Double(count) / 50).squareRoot()
      let centres = (0..<max(3, count / members)).map { _ in
        (x: random.number(0, edge), y: random.number(0, edge))
      }
      let choice = WeightedChoice(WeightedChoice.zipf(centres.count, exponent: 0.6))
      let sites = (0..<count).map { _ -> (x: Double, y: Double) in
        if random.chance(loners) { return (random.number(0, edge), random.number(0, edge)) }
        let centre = centres[choice.draw(&random)]
        return (centre.x + spread * random.normal(), centre.y + spread * random.normal())
      }
      return (sites, centres)
    }
  }

  private static func streams(
    _ enterprises: Int, _ choice: WeightedChoice, median: Double, _ random: inout RandomStream
  ) -> (owners: [Int32], materials: [Int32], quantities: [Double]) {
    var owners: [Int32] = []
    var materials: [Int32] = []
    var quantities: [Double] = []
    for enterprise in 0..<enterprises {
      for _ in 0...random.poissonHalf() {
        owners.append(Int32(enterprise))
        materials.append(Int32(choice.draw(&random)))
        quantities.append(
          5 + PortableMath.rounded(random.logNormal(median: median, sigma: 1.3), per: 10))
      }
    }
    return (owners, materials, quantities)
  }
}

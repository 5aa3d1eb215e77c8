/// What a family's materials are worth and which can stand for which.
struct MaterialBook {
  /// A use of one material as another.
  struct Use {
    let input: Int
    let ratio: Double
    /// Gain per t before haulage.
    let gain: Double
    /// Longest haul that can pay [km].
    let reach: Double
  }

  /// Price of CO2e in the gain [money per t].
  static let carbonPrice = 70.0

  let families: [Int]
  /// Money per t that its holder pays to be rid of it.
  let disposal: [Double]
  /// Money per t of new material.
  let virgin: [Double]
  /// Money per t and km.
  let haulage: [Double]
  /// t CO2e avoided per t of new material.
  let carbon: [Double]
  /// By output material, in order of input material.
  let uses: [[Use]]
  let outputChoice: WeightedChoice
  let inputChoice: WeightedChoice

  init(_ recipe: RegionRecipe, _ random: inout RandomStream) {
    let count = recipe.materials
    let popular = WeightedChoice.zipf(count, exponent: recipe.zipf)
    families = (0..<count).map {
      recipe.hasEvenFamilies ? $0 % recipe.materialFamilies : random.index(recipe.materialFamilies)
    }
    disposal = (0..<count).map { _ in random.logNormal(median: 35, sigma: 0.6) }
    virgin = (0..<count).map { _ in random.logNormal(median: 60, sigma: 0.8) }
    haulage = (0..<count).map { _ in
      random.number(recipe.haulage.lowerBound, recipe.haulage.upperBound)
    }
    carbon = (0..<count).map { _ in random.logNormal(median: 0.25, sigma: 0.8) }
    var uses = [[Use]](repeating: [], count: count)
    for output in 0..<count {
      for input in 0..<count where families[output] == families[input] {
        var (ratio, treatment) = (1.0, 0.0)
        if input != output {
          guard random.chance(recipe.compatible) else { continue }
          ratio = PortableMath.rounded(random.number(0.4, 1.15), per: 100)
          treatment = PortableMath.rounded(random.number(3, 35), per: 10)
        }
        let gain =
          disposal[output] + virgin[input] * ratio * 0.7 - treatment
          + Self.carbonPrice * carbon[input] * ratio * 0.5
        if gain <= 2 { continue }
        uses[output].append(
          Use(
            input: input, ratio: ratio, gain: gain,
            reach: min(gain / haulage[output], recipe.reach)))
      }
    }
    self.uses = uses
    var order = Array(0..<count)
    for last in stride(from: count - 1, to: 0, by: -1) {
      order.swapAt(last, random.index(last + 1))
    }
    outputChoice = WeightedChoice(popular)
    inputChoice = WeightedChoice((0..<count).map { 0.5 * popular[$0] + 0.5 * popular[order[$0]] })
  }
}

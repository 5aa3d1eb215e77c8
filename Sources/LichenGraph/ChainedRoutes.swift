import LichenDomain

/// Joins two rows of the catalogue through a material that the first makes and the second uses.
///
/// Sensible chains only: the intermediate and what it replaces are things that could be bought and sold
/// (no heat, power, water or service: everybody buys those, and making them of a waste in two steps is
/// a plant of its own), the first step makes the intermediate rather than burning, spreading or
/// feeding it, and one tonne of output serves for at least a fiftieth of a tonne of input, because
/// below that most of the mass is something else.
struct ChainedRoutes: Sendable {
  private let catalogue: Catalogue
  private let tonne: Unit

  /// Tonnes of input per tonne of output below which a chain is left out.
  static let leastMassRatio = 0.02
  private static let makingUses: Set<RouteUse> = [
    .reuse, .recycling, .chemical, .gas, .buildingMaterial,
  ]
  private static let tradedPhases: Set<Phase> = [.solid, .liquid, .slurry, .gas]

  init(catalogue: Catalogue) {
    self.catalogue = catalogue
    tonne =
      catalogue.units.unit(named: "t")
      ?? Unit(id: "t", dimension: .mass, factor: 1, source: "SI", confidence: .verified)
  }

  /// The chain from `output` to `input` that rests on the firmest figures; of equals the one that
  /// replaces most, then the first by id.
  /// - Parameter rows: Rows that lead from one material to another.
  func best(
    from output: MaterialID, to input: MaterialID,
    by rows: (MaterialID, MaterialID) -> [Route]?
  ) -> Route? {
    guard let wanted = catalogue.materials[input], Self.tradedPhases.contains(wanted.phase) else {
      return nil
    }
    var best: Route?
    let lineage = catalogue.lineage(of: output)
    for source in lineage {
      for first in catalogue.routes(from: source) where makes(first, of: lineage) {
        guard first.input != input else { continue }
        for second in rows(first.input, input) ?? [] {
          guard let chain = joined(first, second, from: output, to: input) else { continue }
          if best.map({ isFirmer(chain, than: $0) }) ?? true { best = chain }
        }
      }
    }
    return best
  }

  /// Whether the row makes a traded material that is not the output again.
  private func makes(_ row: Route, of lineage: [MaterialID]) -> Bool {
    guard let made = catalogue.materials[row.input], row.ratioRule == nil else { return false }
    return Self.tradedPhases.contains(made.phase) && Self.makingUses.contains(row.use)
      && (made.legalKind == .product || made.legalKind == .residue) && !lineage.contains(made.id)
  }

  private func isFirmer(_ route: Route, than other: Route) -> Bool {
    (other.ratioConfidence, other.ratio.typical, route.id)
      < (route.ratioConfidence, route.ratio.typical, other.id)
  }

  /// Both steps as one route; `nil` if too little of the output's mass serves.
  func joined(
    _ first: Route, _ second: Route, from output: MaterialID, to input: MaterialID,
    leastMassRatio: Double = Self.leastMassRatio
  )
    -> Route?
  {
    let ratio = first.ratio * second.ratio
    if let mass = massRatio(ratio.typical, output, input), mass < leastMassRatio { return nil }
    guard
      let id = RouteID("\(output)__\(first.input)__\(input)") ?? RouteID("\(output)__\(input)")
    else { return nil }
    let part = first.ratio.typical
    return Route(
      id: id, output: output, input: input, ratio: ratio,
      ratioBasis: [first.ratioBasis, second.ratioBasis].filter { !$0.isEmpty }
        .joined(separator: "; then "),
      use: second.use,
      pretreatment: [first.pretreatment, second.pretreatment].filter { !$0.isEmpty }
        .joined(separator: "; then "),
      treatmentCost: cost(first, second),
      electricityKWh: first.electricityKWh
        + part * second.electricityKWh, heatGJ: first.heatGJ + part * second.heatGJ,
      residueShare: residue(first, second, from: output),
      maximumKm: [first.maximumKm, second.maximumKm].compactMap(\.self).min(),
      limits: first.limits, qualityText: first.qualityText,
      source: first.source == second.source ? first.source : "\(first.source); \(second.source)",
      confidence: min(first.confidence, second.confidence),
      ratioConfidence: min(first.ratioConfidence, second.ratioConfidence),
      costConfidence: min(first.costConfidence, second.costConfidence),
      ratioReferences: second.ratioReferences,
      chain: RouteChain(
        first: first.id, second: second.family ?? second.id, intermediate: first.input,
        firstRatio: first.ratio, firstUse: first.use))
  }

  /// The second step works on what the first has made; prices of two years or currencies are not
  /// added, because a chain must not invent a figure.
  private func cost(_ first: Route, _ second: Route) -> Money? {
    guard let one = first.treatmentCost, let other = second.treatmentCost,
      one.currency == other.currency, one.year == other.year
    else { return nil }
    return Money(one.amount + first.ratio * other.amount, one.currency, year: one.year)
  }

  /// Residue of the second step counts where both steps are weighed.
  private func residue(_ first: Route, _ second: Route, from output: MaterialID) -> Double? {
    let isWeighed = [output, first.input].allSatisfy {
      catalogue.materials[$0]?.referenceUnit.dimension == .mass
    }
    let shares = [first.residueShare, isWeighed ? second.residueShare : nil]
    if shares.allSatisfy({ $0 == nil }) { return nil }
    return min(1, (shares[0] ?? 0) + first.ratio.typical * (shares[1] ?? 0))
  }

  private func massRatio(_ ratio: Double, _ output: MaterialID, _ input: MaterialID) -> Double? {
    guard let given = tonnes(output), let replaced = tonnes(input) else { return nil }
    return ratio * replaced / given
  }

  /// Tonnes in one reference unit; `nil` where the material has no mass.
  private func tonnes(_ id: MaterialID) -> Double? {
    guard let material = catalogue.materials[id] else { return nil }
    return try? FlowConversion(
      material: id.rawValue, basis: material.conversion, isGas: material.phase == .gas
    ).factor(from: material.referenceUnit, to: tonne)
  }
}

import LichenDomain

/// Finds the routes that lead from an output material to what a park buys.
struct RouteBook: Sendable {
  private let catalogue: Catalogue
  private let displaced: DisplacedFuel
  private let chains: ChainedRoutes

  init(park: Park) {
    catalogue = park.catalogue
    displaced = DisplacedFuel(park: park)
    chains = ChainedRoutes(catalogue: park.catalogue)
  }

  /// Routes from `output`, each with the input materials that it may serve.
  ///
  /// Taken from the nearest ancestor that has a route to the material in question, so that a route
  /// for the material itself comes before one for its family. A bought material that is the output's
  /// own, or a broader one, is served directly unless the catalogue has a row for it. Only where
  /// neither leads anywhere, two rows are joined through an intermediate material.
  /// - Complexity: O(bought · depth² · routes per material).
  func routes(from output: MaterialID, to bought: Set<MaterialID>) -> [(Route, Set<MaterialID>)] {
    var served: [RouteID: (route: Route, materials: Set<MaterialID>)] = [:]
    for material in bought {
      for route in routes(from: output, to: material) {
        served[route.id, default: (route, [])].materials.insert(material)
      }
    }
    return served.values.sorted { $0.route.id < $1.route.id }.map { ($0.route, $0.materials) }
  }

  private func routes(from output: MaterialID, to input: MaterialID) -> [Route] {
    if let found = rows(from: output, to: input) { return found }
    if catalogue.lineage(of: output).contains(input) { return [directUse(output, input)] }
    return chains.best(from: output, to: input, by: rows).map { [$0] } ?? []
  }

  /// Rows of the catalogue from the nearest ancestors that have any; those with a rule worked out.
  private func rows(from output: MaterialID, to input: MaterialID) -> [Route]? {
    let targets = catalogue.lineage(of: input)
    for source in catalogue.lineage(of: output) {
      let routes = catalogue.routes(from: source)
      for target in targets {
        let matching = routes.filter { $0.input == target }
          .compactMap { displaced.resolved($0, from: output, to: input) }
        if !matching.isEmpty { return matching }
      }
    }
    return nil
  }

  /// The route as it stands for these two streams, whose heating values may have been measured.
  func refined(_ route: Route, from output: OutputStream, to input: InputStream) -> Route {
    guard let family = route.family, let id = PropertyID("lhv") else { return route }
    let offered = output.properties[id]
    let replaced = input.properties[id]
    if offered == nil && replaced == nil { return route }
    guard let row = catalogue.routes.first(where: { $0.id == family }) else { return route }
    return displaced.resolved(
      row, from: output.material, to: input.material, offered: offered, replaced: replaced)
      ?? route
  }

  /// Same material on both sides: ratio 1, nothing to treat.
  private func directUse(_ output: MaterialID, _ input: MaterialID) -> Route {
    let use: RouteUse
    switch catalogue.materials[output]?.phase {
    case .water: use = .waterReuse
    case .heat, .cold, .steam: use = .heat
    case .electricity: use = .electricity
    case .gas: use = .gas
    case .service: use = .treatment
    default: use = .reuse
    }
    // Both parts are identifiers, so their join is one unless it grows too long.
    let id = RouteID("\(output)__\(input)") ?? RouteID("direct-use")
    guard let id else { preconditionFailure("'direct-use' is an identifier") }
    return Route(
      id: id, output: output, input: input, ratio: Estimate(1), use: use, treatmentCost: nil,
      source: "same material on both sides", confidence: .verified, ratioConfidence: .verified,
      costConfidence: .verified, isDirectUse: true)
  }
}

/// The inputs of a park by material, each with a spatial index.
struct InputBook: Sendable {
  private var byMaterial: [MaterialID: SpatialIndex] = [:]
  private var named: [EnterpriseID: [EnterpriseID]] = [:]
  private var byEnterprise: [EnterpriseID: [Int]] = [:]

  var materials: Set<MaterialID> { Set(byMaterial.keys) }

  init(park: Park) {
    for (index, input) in park.inputs.enumerated() {
      let place = park.enterprise(input.enterprise)?.coordinate
      byMaterial[input.material, default: SpatialIndex()].insert(index, at: place)
      byEnterprise[input.enterprise, default: []].append(index)
    }
    // Pairs that a row names are examined whatever their distance.
    for pair in park.distances.keys { named[pair.from, default: []].append(pair.to) }
    for exchange in park.exchanges { named[exchange.from, default: []].append(exchange.to) }
  }

  /// Indices of inputs of these materials near `donor`, ascending.
  func inputs(
    of materials: Set<MaterialID>, within reachKm: Double, of donor: Enterprise, park: Park
  ) -> [Int] {
    var found: Set<Int> = []
    for material in materials {
      found.formUnion(byMaterial[material]?.indices(within: reachKm, of: donor.coordinate) ?? [])
    }
    for receiver in named[donor.id] ?? [] {
      for index in byEnterprise[receiver] ?? []
      where materials.contains(park.inputs[index].material) { found.insert(index) }
    }
    return found.sorted()
  }
}

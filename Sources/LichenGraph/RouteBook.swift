import LichenDomain

/// Finds the routes that lead from an output material to what a park buys.
struct RouteBook: Sendable {
  private let catalogue: Catalogue

  init(catalogue: Catalogue) { self.catalogue = catalogue }

  /// Routes from `output`, each with the input materials that it may serve.
  ///
  /// Taken from the nearest ancestor that has a route to the material in question, so that a route
  /// for the material itself comes before one for its family. A bought material that is the output's
  /// own, or a broader one, is served directly unless the catalogue has a row for it.
  func routes(from output: MaterialID, to bought: Set<MaterialID>) -> [(Route, Set<MaterialID>)] {
    let lineage = catalogue.lineage(of: output)
    var served: [RouteID: (route: Route, materials: Set<MaterialID>)] = [:]
    for material in bought {
      let targets = catalogue.lineage(of: material)
      let found =
        nearest(lineage, targets)
        ?? (lineage.contains(material) ? [directUse(output, material)] : [])
      for route in found { served[route.id, default: (route, [])].materials.insert(material) }
    }
    return served.values.sorted { $0.route.id < $1.route.id }.map { ($0.route, $0.materials) }
  }

  private func nearest(_ lineage: [MaterialID], _ targets: [MaterialID]) -> [Route]? {
    for source in lineage {
      let routes = catalogue.routes(from: source)
      for target in targets {
        let matching = routes.filter { $0.input == target }
        if !matching.isEmpty { return matching }
      }
    }
    return nil
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

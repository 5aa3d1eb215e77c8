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
    refined(
      route, from: output, measured: Self.heatingValue.flatMap { input.properties[$0] },
      to: input.material)
  }

  /// The route as it stands for this output and an input of the material.
  /// - Parameter replaced: Heating value measured for the fuel replaced, if any.
  func refined(
    _ route: Route, from output: OutputStream, measured replaced: PropertyValue?,
    to input: MaterialID
  ) -> Route {
    guard let family = route.family else { return route }
    let offered = Self.heatingValue.flatMap { output.properties[$0] }
    if offered == nil && replaced == nil { return route }
    guard let row = catalogue.routes.first(where: { $0.id == family }) else { return route }
    return displaced.resolved(
      row, from: output.material, to: input, offered: offered, replaced: replaced) ?? route
  }

  private static let heatingValue = PropertyID("lhv")

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

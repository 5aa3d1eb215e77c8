import LichenDomain

/// All lanes from what a park offers to what it buys.
struct LaneBook: Sendable {
  /// Lanes from one material, in order of route.
  struct Departures: Sendable {
    let material: Material
    let lanes: [Lane]
    /// Distance up to which pairs are examined [km].
    let reachKm: Double
  }

  /// Routes by the number of their lanes; ascending in id among those of one output.
  let routes: [Route]
  private let byMaterial: [MaterialID: Departures]

  init(
    park: Park, bought: Set<MaterialID>, routeBook: RouteBook, ledgers: LedgerBuilder,
    transports: TransportPlanner, screen: TechnicalScreen
  ) {
    var routes: [Route] = []
    var byMaterial: [MaterialID: Departures] = [:]
    for id in Set(park.outputs.map(\.material)).sorted() {
      guard let offered = park.material(id) else { continue }
      var lanes: [Lane] = []
      for (route, inputs) in routeBook.routes(from: id, to: bought) {
        let number = Int32(routes.count)
        routes.append(route)
        for input in inputs.sorted() {
          guard let material = park.material(input) else { continue }
          lanes.append(
            Lane(
              number: number, route: route, offered: offered, bought: material, ledgers: ledgers,
              transports: transports, screen: screen))
        }
      }
      byMaterial[id] = Departures(
        material: offered, lanes: lanes, reachKm: transports.listingReachKm(of: offered))
    }
    self.routes = routes
    self.byMaterial = byMaterial
  }

  func departures(from material: MaterialID) -> Departures? { byMaterial[material] }
}

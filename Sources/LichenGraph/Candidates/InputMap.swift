import LichenDomain

/// Where the inputs of many parks stand: finds what an output's candidates would be made of, without the rows behind it.
///
/// Holds some 60 bytes per input, so that millions of them can be looked through.
public struct InputMap: Sendable {
  /// Where an input stands.
  public struct Point: Sendable {
    public let material: MaterialID
    public let place: Coordinate?
    /// Any number that all streams of an enterprise share and no other has.
    public let enterprise: Int32

    public init(material: MaterialID, place: Coordinate?, enterprise: Int32) {
      self.material = material
      self.place = place
      self.enterprise = enterprise
    }
  }

  /// What may become of an offered material.
  private struct Departure: Sendable {
    let bought: [MaterialID]
    let lanes: Int
    let reachKm: Double
  }

  private let enterprises: [Int32]
  private let byMaterial: [MaterialID: SpatialIndex]
  private let departures: [MaterialID: Departure]

  /// - Parameters:
  ///   - park: Gives settings and catalogue; its streams do not matter.
  ///   - points: Inputs; a point is known by its place in the list.
  ///   - offered: Materials of outputs that will be asked about.
  public init(park: Park, points: [Point], offered: Set<MaterialID>) {
    enterprises = points.map(\.enterprise)
    var places: [MaterialID: [(index: Int, place: Coordinate?)]] = [:]
    for (index, point) in points.enumerated() {
      places[point.material, default: []].append((index, point.place))
    }
    byMaterial = places.mapValues { SpatialIndex($0) }
    let bought = Set(places.keys)
    let routes = RouteBook(park: park)
    let transports = TransportPlanner(park: park)
    var departures: [MaterialID: Departure] = [:]
    for id in offered {
      guard let material = park.material(id) else { continue }
      let found = routes.routes(from: id, to: bought)
      departures[id] = Departure(
        bought: Set(found.flatMap(\.1)).sorted(),
        lanes: found.reduce(0) { $0 + $1.1.count },
        reachKm: transports.listingReachKm(of: material))
    }
    self.departures = departures
  }

  /// How many pairs of route and bought material an output of this material may have.
  public func lanes(from offered: MaterialID) -> Int { departures[offered]?.lanes ?? 0 }

  /// Adds the inputs among which `CandidateGenerator` finds the nearest of each material.
  /// - Parameter enterprise: The donor's number; its own inputs do not count.
  public func nearest(
    _ count: Int, to offered: MaterialID, at place: Coordinate?, enterprise: Int32,
    into found: inout [Int]
  ) {
    guard let departure = departures[offered], let place else { return }
    var near: [SpatialIndex.Found] = []
    for material in departure.bought {
      byMaterial[material]?.nearest(
        count, within: departure.reachKm, of: place, where: { enterprises[$0] != enterprise },
        into: &near)
    }
    found += near.map(\.index)
  }
}

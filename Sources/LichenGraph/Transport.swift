import LichenDomain

/// How a stream would travel between two sites.
public struct Transport: Sendable, Hashable {
  /// Mode id of `transport.csv`; `nil` when nothing moves (a service).
  public let mode: TransportMode?
  /// Length of the way [km]; `nil` when neither coordinates nor a distance row give it.
  public let km: Double?
  /// Row that gives the length, or `nil` for great circle times detour.
  public let distanceRow: String?
  /// Confidence of the length.
  public let confidence: Confidence

  public init(
    mode: TransportMode?, km: Double?, distanceRow: String?, confidence: Confidence
  ) {
    self.mode = mode
    self.km = km
    self.distanceRow = distanceRow
    self.confidence = confidence
  }
}

/// The modes by which a material travels where no row says otherwise.
struct UndeclaredWays: Sendable {
  let usual: TransportMode?
  let usualDetour: Double
  /// Beyond the reach of the usual mode; `nil` if nothing else carries the material.
  let trailer: TransportMode?
  let trailerDetour: Double

  /// - Parameter directKm: Great circle; `nil` when a place is unknown.
  func way(directKm: Double?) -> (mode: TransportMode?, km: Double?, isByTrailer: Bool) {
    guard let directKm else { return (usual, nil, false) }
    let km = directKm * usualDetour
    if let usual, let trailer, km > usual.reachKm {
      return (trailer, directKm * trailerDetour, true)
    }
    return (usual, km, false)
  }
}

/// Chooses mode and length of way: what the park declares, else by phase and great circle.
public struct TransportPlanner: Sendable {
  private let park: Park
  private let modeByPhase: [Phase: TransportMode]
  private let roadDetour: Double?
  /// Freight per t·km and per t by mode [park currency], where known.
  private let freight: [String: (perTonneKm: Double, perTonne: Double)]

  /// Rail, barge and ship need a harbour or a siding, so they are used only where a row of
  /// `distances.csv` says so.
  private static let onDeclarationOnly: Set<String> = ["rail", "barge", "ship"]

  /// Road trailers with pressure or cold tanks carry gases that are sold by weight, as hydrogen,
  /// oxygen or carbon dioxide, beyond the reach of a pipe.
  private static let gasTrailer = "gas_trailer"
  private let trailer: TransportMode?

  public init(park: Park) {
    self.park = park
    var modes: [Phase: TransportMode] = [:]
    for mode in park.catalogue.transportModes
    where !Self.onDeclarationOnly.contains(mode.id) && mode.id != Self.gasTrailer {
      for phase in mode.phases where modes[phase] == nil { modes[phase] = mode }
    }
    modeByPhase = modes
    trailer = park.catalogue.transportModes.first { $0.id == Self.gasTrailer }
    roadDetour = park.settings.roadDetour
    let figures = FigureBook(park: park)
    var freight: [String: (perTonneKm: Double, perTonne: Double)] = [:]
    for mode in park.catalogue.transportModes {
      guard let role = mode.costRole, let cost = figures.freight(role)?.typical else { continue }
      freight[mode.id] = (cost, mode.handlingRole.flatMap { figures.handling($0)?.typical } ?? 0)
    }
    self.freight = freight
  }

  /// The usual mode of a phase; `nil` for services and phases that nothing carries.
  public func mode(of phase: Phase) -> TransportMode? { modeByPhase[phase] }

  private func trailer(for material: Material) -> TransportMode? {
    material.phase == .gas && material.referenceUnit.dimension == .mass ? trailer : nil
  }

  /// Distance up to which pairs are worth examining [km]: the mode's reach, doubled so that near
  /// misses are listed with their blocker.
  public func listingReachKm(of material: Material) -> Double {
    guard let mode = modeByPhase[material.phase] else { return .infinity }
    return 2 * max(mode.reachKm, trailer(for: material)?.reachKm ?? 0)
  }

  /// - Parameter material: What moves; `nil` moves nothing.
  /// - Returns: Mode and length from donor to receiver.
  public func transport(of material: Material?, from donor: Enterprise, to receiver: Enterprise)
    -> Transport
  {
    let phase = material?.phase ?? .service
    let usual = modeByPhase[phase]
    if let way = cheapest(
      park.distances[SitePair(from: donor.id, to: receiver.id)] ?? [], of: phase, usual: usual)
    {
      return Transport(
        mode: way.mode, km: way.known.km, distanceRow: way.known.reference,
        confidence: way.known.provenance.confidence ?? .verified)
    }
    let directKm: Double? =
      if let start = donor.coordinate, let end = receiver.coordinate {
        start.distanceKm(to: end)
      } else {
        nil
      }
    let way = undeclaredWays(of: material).way(directKm: directKm)
    return Transport(mode: way.mode, km: way.km, distanceRow: nil, confidence: .estimated)
  }

  /// How a material travels where no row says otherwise; `nil` moves nothing.
  func undeclaredWays(of material: Material?) -> UndeclaredWays {
    func detour(_ mode: TransportMode?) -> Double {
      if let roadDetour, mode?.isFixedLine == false { return roadDetour }
      return mode?.detour ?? 1
    }
    let usual = modeByPhase[material?.phase ?? .service]
    let trailer = material.flatMap { self.trailer(for: $0) }
    return UndeclaredWays(
      usual: usual, usualDetour: detour(usual), trailer: usual == nil ? nil : trailer,
      trailerDetour: detour(trailer))
  }

  /// Of the declared ways that can carry the phase, the one with the least freight; a row without a
  /// mode speaks of the usual one.
  private func cheapest(_ known: [KnownDistance], of phase: Phase, usual: TransportMode?)
    -> (known: KnownDistance, mode: TransportMode?)?
  {
    func mode(of way: KnownDistance) -> TransportMode? {
      way.mode.flatMap { id in park.catalogue.transportModes.first { $0.id == id } } ?? usual
    }
    func freight(_ way: KnownDistance) -> Double {
      guard let mode = mode(of: way), let cost = self.freight[mode.id] else { return .infinity }
      return cost.perTonneKm * way.km + cost.perTonne
    }
    return known.filter { way in
      way.mode == nil || mode(of: way)?.phases.contains(phase) == true
    }.min { (freight($0), $0.mode ?? "") < (freight($1), $1.mode ?? "") }
      .map { ($0, mode(of: $0)) }
  }
}

import LichenDomain

/// Checks whether a stream can physically serve: distance, level of heat and steam, quality.
struct TechnicalScreen: Sendable {
  private let park: Park
  private let steamLossPerKm: Double
  private let heatLossPerKm: Double
  private let approach: Double
  /// The park's own limit on every way [km].
  private let longestKm: Double
  /// Level below which nobody burns a fuel to heat [°C].
  private let fuelFloor: Double

  init(park: Park) {
    self.park = park
    longestKm = park.settings.distanceLimit ?? .infinity
    let figures = FigureBook(park: park)
    // A missing parameter loses nothing on the way: the level check itself still holds.
    func typical(_ role: String) -> Double { figures.parameter(role).value?.typical ?? 0 }
    steamLossPerKm = typical("steam_loss_k_per_km")
    heatLossPerKm = typical("hot_water_loss_k_per_km")
    approach = typical("heat_approach_k")
    fuelFloor = typical("boiler_fuel_floor_c")
  }

  /// Farthest that mode and route allow [km]; `nil` when nothing moves.
  func reachKm(_ mode: TransportMode?, route: Route) -> Double? {
    mode.map { min($0.reachKm, route.maximumKm ?? .infinity) }
  }

  /// What stands against a way, and the limit that it exceeds [km], if it is too far.
  /// - Parameters:
  ///   - km: `nil` when unknown.
  ///   - isDeclared: A row gives the way; such a line is known to be possible, and only undeclared
  ///     ways are held to the usual reach.
  ///   - maximumKm: Of the route; `nil` where only the mode bounds the way.
  func obstacle(
    by mode: TransportMode?, km: Double?, isDeclared: Bool, of phase: Phase, maximumKm: Double?
  ) -> (kind: Blocker.Kind, limit: Double)? {
    guard let mode else { return phase == .service ? nil : (.noCarrier, 0) }
    guard let km else { return (.distanceUnknown, 0) }
    let bound = min(maximumKm ?? .infinity, longestKm)
    let limit = isDeclared ? bound : min(mode.reachKm, bound)
    return km > limit ? (.tooFar, limit) : nil
  }

  /// - Parameter route: `nil` where only the mode bounds the way.
  func transportBlockers(_ transport: Transport, of phase: Phase, route: Route?) -> [Blocker] {
    guard
      let obstacle = obstacle(
        by: transport.mode, km: transport.km, isDeclared: transport.distanceRow != nil, of: phase,
        maximumKm: route?.maximumKm)
    else { return [] }
    switch obstacle.kind {
    case .noCarrier:
      return [Blocker(.noCarrier, ["phase": .key("phase.\(phase.rawValue)")])]
    case .tooFar:
      return [
        Blocker(
          .tooFar,
          [
            "km": .number(transport.km ?? 0), "limit": .number(obstacle.limit),
            "mode": .key("mode.\(transport.mode?.id ?? "")"),
          ])
      ]
    default: return [Blocker(obstacle.kind)]
    }
  }

  struct Quality {
    var blockers: [Blocker] = []
    var unmeasured: [PropertyID] = []
    var mixtures: [MixtureTerm] = []
    /// Smallest margin to a limit, 0...1; `nil` when nothing was measured.
    var margin: Double?
  }

  /// Compares measured qualities with the route's limits and the receiver's demands.
  ///
  /// The worst end of a measured range counts. A quality without a measurement blocks nothing; it is
  /// listed as an open point.
  func quality(of output: OutputStream, for input: InputStream, route: Route) -> Quality {
    var quality = quality(of: output, route: route)
    // How the receiver uses his fuel is no demand on the by-product.
    let judged = (hasLevel(park.material(output.material), on: route) ? Self.levels : []).union([
      Self.feedstockShare
    ])
    for (property, demand) in input.properties.sorted(by: { $0.key < $1.key })
    where !judged.contains(property.rawValue) {
      if demand.isMixture, let measured = output.properties[property],
        let tonnes = park.mixedTonnes(output.material)
      {
        mix(property, measured, demand, tonnes: tonnes, into: &quality)
        continue
      }
      compare(
        property, output.properties[property], minimum: demand.minimum, maximum: demand.maximum,
        source: demand.reference, into: &quality)
    }
    if hasLevel(park.material(output.material), on: route), !route.isDirectUse,
      let temperature = Self.temperature, park.material(input.material)?.phase != .heat,
      park.material(input.material)?.phase != .steam, input.properties[temperature] == nil
    {
      // Which level the receiver's fuel serves decides everything, and nobody has said.
      quality.unmeasured.append(temperature)
    }
    quality.unmeasured.sort()
    return quality
  }

  private func mix(
    _ property: PropertyID, _ measured: PropertyValue, _ demand: PropertyValue, tonnes: Double,
    into quality: inout Quality
  ) {
    func add(_ side: MixtureTerm.Side, _ value: Double, _ limit: Double) {
      quality.mixtures.append(
        MixtureTerm(
          property: property, side: side, measured: value, limit: limit, tonnesPerUnit: tonnes,
          reference: demand.reference))
      note(limit > 0 ? (side == .most ? 1 - value / limit : value / limit - 1) : 0, in: &quality)
    }
    if let maximum = demand.maximum, let value = measured.highest { add(.most, value, maximum) }
    if let minimum = demand.minimum, let value = measured.lowest { add(.least, value, minimum) }
  }

  /// Compares measured qualities with the route's limits alone.
  func quality(of output: OutputStream, route: Route) -> Quality {
    var quality = Quality()
    for limit in route.limits {
      compare(
        limit.property, output.properties[limit.property], minimum: limit.minimum,
        maximum: limit.maximum, source: "routes.csv: \(route.id)", into: &quality)
    }
    quality.unmeasured.sort()
    return quality
  }

  /// Qualities that `levelBlockers` judges, with losses on the way.
  private static let levels: Set<String> = ["temperature", "pressure"]

  private func compare(
    _ property: PropertyID, _ measured: PropertyValue?, minimum: Double?, maximum: Double?,
    source: String, into quality: inout Quality
  ) {
    guard let measured else {
      if !quality.unmeasured.contains(property) { quality.unmeasured.append(property) }
      return
    }
    let unit = park.catalogue.properties[property]?.unit ?? ""
    func arguments(_ value: Double, _ limit: Double) -> [String: BlockerArgument] {
      [
        "property": .key("property.\(property)"), "value": .number(value),
        "limit": .number(limit), "unit": .text(unit), "source": .text(source),
      ]
    }
    if let maximum, let value = measured.highest {
      if value > maximum {
        quality.blockers.append(Blocker(.qualityTooHigh, arguments(value, maximum)))
      }
      note(maximum > 0 ? 1 - value / maximum : 0, in: &quality)
    }
    if let minimum, let value = measured.lowest {
      if value < minimum {
        quality.blockers.append(Blocker(.qualityTooLow, arguments(value, minimum)))
      }
      note(minimum > 0 ? value / minimum - 1 : 1, in: &quality)
    }
  }

  private func note(_ margin: Double, in quality: inout Quality) {
    let clamped = min(1, max(0, margin))
    quality.margin = min(quality.margin ?? 1, clamped)
  }

  /// Property of an input: share that is raw material, motor fuel or reducing agent.
  static let feedstockShare = "feedstock_share"
  private static let feedstockShareID = PropertyID(feedstockShare)
  private static let temperature = PropertyID("temperature")
  private static let pressure = PropertyID("pressure")

  /// Heat, and anything burnt, replaces only what was bought to be burnt. A need that is used for both
  /// is blocked, too: its two parts belong into two rows.
  func feedstockBlockers(_ input: InputStream, route: Route) -> [Blocker] {
    guard asksForFuel(route), let share = feedstockShare(of: input) else { return [] }
    return [Blocker(.feedstock, ["share": .number(share)])]
  }

  /// Whether the route replaces only what is bought to be burnt.
  func asksForFuel(_ route: Route) -> Bool {
    (route.use == .heat || route.use == .fuel) && !route.isDirectUse
  }

  /// Share of an input that is no fuel, if there is any.
  func feedstockShare(of input: InputStream) -> Double? {
    Self.feedstockShareID.flatMap { input.properties[$0] }?.highest.flatMap { $0 > 0 ? $0 : nil }
  }

  // MARK: Levels

  /// Warm water, too, is judged by its level where it serves as heat.
  private func hasLevel(_ material: Material?, on route: Route) -> Bool {
    switch material?.phase {
    case .heat, .steam, .cold: true
    case .water, .liquid: route.use == .heat && material?.temperatureCelsius != nil
    default: false
    }
  }

  /// Heat, steam and cold must arrive at the level that the receiver needs, unless the route itself
  /// lifts them, as a heat pump does.
  func levelBlockers(
    _ output: OutputStream, _ input: InputStream, _ transport: Transport, route: Route
  ) -> [Blocker] {
    guard let offered = park.material(output.material), let wanted = park.material(input.material)
    else { return [] }
    guard judgesLevel(route, offered, wanted) else { return [] }
    return temperatureBlockers(output, offered, input, wanted, transport, route)
      + pressureBlockers(output, offered, input, wanted)
  }

  /// Whether the level at which the output arrives decides.
  func judgesLevel(_ route: Route, _ offered: Material, _ wanted: Material) -> Bool {
    hasLevel(offered, on: route) && !lifts(route, offered, wanted)
  }

  /// A route of the catalogue from a lower class of heat to a higher one contains the lift.
  private func lifts(_ route: Route, _ offered: Material, _ wanted: Material) -> Bool {
    guard !route.isDirectUse, offered.phase == .heat, let from = offered.temperatureCelsius,
      let to = wanted.temperatureCelsius
    else { return false }
    return from < to
  }

  private func temperatureBlockers(
    _ output: OutputStream, _ offered: Material, _ input: InputStream, _ wanted: Material,
    _ transport: Transport, _ route: Route
  ) -> [Blocker] {
    let own = Self.temperature.flatMap { output.properties[$0] }
    let demand = Self.temperature.flatMap { input.properties[$0] }
    let isCold = offered.phase == .cold
    guard let supply = (isCold ? own?.highest : own?.lowest) ?? offered.temperatureCelsius else {
      return []
    }
    let loss = (offered.phase == .steam ? steamLossPerKm : heatLossPerKm) * (transport.km ?? 0)
    if isCold {
      guard let needed = demand?.highest else { return [] }
      let arrives = supply + loss
      return arrives > needed ? [level(.notColdEnough, arrives, needed)] : []
    }
    // What is bought as fuel heats to something, though the receiver did not say to what.
    let isFuel = route.use == .heat && wanted.phase != .heat && wanted.phase != .steam
    if let needed = demand?.lowest ?? (isFuel ? fuelFloor : nil) {
      // A heat exchanger stands between two circuits; steam is used as it arrives.
      let arrives = supply - loss - (offered.phase == .steam ? 0 : approach)
      return arrives < needed ? [level(.notHotEnough, arrives, needed)] : []
    }
    // Without a declared demand the classes decide: a lower class cannot serve a higher one.
    guard wanted.phase == .heat || wanted.phase == .steam, let needed = wanted.temperatureCelsius
    else { return [] }
    return supply < needed ? [level(.notHotEnough, supply, needed)] : []
  }

  private func pressureBlockers(
    _ output: OutputStream, _ offered: Material, _ input: InputStream, _ wanted: Material
  ) -> [Blocker] {
    guard offered.phase == .steam, let id = Self.pressure else { return [] }
    let supply = output.properties[id]?.lowest ?? offered.pressureBar
    let needed = input.properties[id]?.lowest ?? (wanted.phase == .steam ? wanted.pressureBar : nil)
    guard let supply, let needed, supply < needed else { return [] }
    return [level(.pressureTooLow, supply, needed)]
  }

  private func level(_ kind: Blocker.Kind, _ arrives: Double, _ needed: Double) -> Blocker {
    Blocker(kind, ["arrives": .number(arrives), "needed": .number(needed)])
  }
}

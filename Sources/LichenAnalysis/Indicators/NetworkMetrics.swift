import LichenDomain

/// What the firms' graph of one state looks like; firms without any exchange belong to it.
public struct NetworkMetrics: Sendable {
  /// A firm that stands between others.
  public struct Bridge: Sendable, Hashable {
    public let firm: EnterpriseID
    /// Shortest ways between two others that pass it.
    public let betweenness: Double
  }

  public let firms: Int
  /// Pairs of firms, by direction.
  public let pairs: Int
  public let density: Double?
  /// Over all firms.
  public let meanPartners: Double?
  public let mostPartners: Int
  public let centralisation: Double?
  public let reciprocity: Double?
  public let cyclicity: Double
  /// Those with the most, at most five, above zero; ties in order of id.
  public let bridges: [Bridge]

  static let bridgeCount = 5

  /// - Complexity: O(f · (f + pairs)) for the f firms that take part.
  init(_ state: NetworkState) {
    let all = state.park.enterprises.map(\.id)
    // Firms that take part first: the others change no path and no cycle.
    let linked = state.links.filter { $0.donor != $0.receiver }
    let active = Set(linked.flatMap { [$0.donor, $0.receiver] }).sorted()
    let place = Dictionary(uniqueKeysWithValues: active.enumerated().map { ($1, $0) })
    let arcs = linked.compactMap { link in
      place[link.donor].flatMap { donor in
        place[link.receiver].map { (donor: donor, receiver: $0) }
      }
    }
    let core = FirmNetwork(firms: active.count, exchanges: arcs)
    let whole = FirmNetwork(firms: max(all.count, active.count), exchanges: arcs)
    firms = whole.firmCount
    pairs = whole.exchangeCount
    density = whole.density
    let partners = core.partnerCounts
    meanPartners = firms > 0 ? Double(partners.reduce(0, +)) / Double(firms) : nil
    mostPartners = partners.max() ?? 0
    centralisation = whole.degreeCentralisation
    reciprocity = core.reciprocity
    cyclicity = core.cyclicity()
    bridges = zip(active, core.betweenness())
      .filter { $0.1 > 0 }
      .sorted { ($1.1, $0.0) < ($0.1, $1.0) }
      .prefix(Self.bridgeCount).map { Bridge(firm: $0.0, betweenness: $0.1) }
  }
}

/// What the flow network of one state looks like in one medium.
public struct FlowMetrics: Sendable {
  public let medium: FlowMedium
  public let firms: Int
  /// Between firms [units/a].
  public let exchanged: Double
  /// Bought [units/a], closing apart.
  public let bought: Double
  /// Given off and taken by no exchange: sold or used elsewhere [units/a], closing apart.
  public let exported: Double
  /// Given off and lost [units/a].
  public let lost: Double
  /// What had to be added so that each firm's balance closes [units/a].
  public let closingImports: Double
  public let closingExports: Double
  /// Σ of all flows [units/a].
  public let throughput: Double
  /// Share of the throughflow that returns, 0...1.
  public let cyclingIndex: Double?
  public let meanPathLength: Double?
  /// [units · bits]
  public let ascendency: Double
  public let developmentCapacity: Double
  public let leftOut: Int

  init(_ flows: ParkFlows) {
    let network = flows.network
    medium = flows.medium
    firms = flows.firms.count
    exchanged = network.flows.reduce(0) { $0 + $1.amount }
    bought = network.imports.reduce(0, +) - flows.closing.imports
    exported = network.exports.reduce(0, +) - flows.closing.exports
    lost = network.losses.reduce(0, +)
    closingImports = flows.closing.imports
    closingExports = flows.closing.exports
    throughput = network.totalThroughput
    cyclingIndex = network.cyclingIndex()
    meanPathLength = network.meanPathLength
    ascendency = network.ascendency
    developmentCapacity = network.developmentCapacity
    leftOut = flows.leftOut
  }

  /// Ascendency over capacity, 0...1; `nil` when nothing flows.
  public var order: Double? {
    developmentCapacity > 0 ? ascendency / developmentCapacity : nil
  }
}

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif
import LichenDomain

/// Enterprises of a plan on a circle, those of a group side by side, with few long ways.
struct NetworkLayout: Sendable {
  struct Node: Sendable {
    let id: EnterpriseID
    let ranks: [Int]
    /// How many others it exchanges with.
    let partners: Int
    /// Given and taken [t/a].
    let tonnes: Double
    let group: Int
    /// From the top, clockwise [rad].
    let angle: Double
  }

  /// Everything that goes one way between two enterprises.
  struct Link: Sendable {
    let from: Int
    let to: Int
    let ranks: [Int]
    let tonnes: Double
    /// Strictest status on the way.
    let effect: LegalEffect
  }

  struct Group: Sendable {
    /// Zone; `nil` for a group found from the exchanges.
    let name: String?
    let start: Double
    let end: Double
  }

  /// In order around the circle.
  let nodes: [Node]
  let links: [Link]
  let groups: [Group]
  /// Whether the groups are the park's own zones.
  let hasZones: Bool

  private static let mostZones = 12

  /// - Parameters:
  ///   - flows: In order of rank.
  ///   - zones: Zone of each enterprise; empty for none.
  init(_ flows: [PlannedFlow], zones: [EnterpriseID: String]) {
    let ids = Set(flows.flatMap { [$0.donor, $0.receiver] }).sorted()
    let index = Dictionary(uniqueKeysWithValues: ids.enumerated().map { ($1, $0) })
    let ends = flows.map { (index[$0.donor] ?? 0, index[$0.receiver] ?? 0) }
    let named = Self.zones(ids, zones)
    hasZones = named != nil
    let members =
      named?.map(\.members) ?? Communities.groups(count: ids.count, links: ends)
    let order = CircleOrder(members, links: ends).order
    let places = CirclePlaces(order)
    groups = places.arcs.enumerated().map { group, arc in
      Group(name: named?[group].name, start: arc.start, end: arc.end)
    }
    var ranks = [[Int]](repeating: [], count: ids.count)
    var tonnes = [Double](repeating: 0, count: ids.count)
    var partners = [Set<Int>](repeating: [], count: ids.count)
    for (flow, ends) in zip(flows, ends) {
      for (one, other) in [(ends.0, ends.1), (ends.1, ends.0)] {
        ranks[one].append(flow.rank)
        tonnes[one] += flow.tonnes ?? 0
        if one != other { partners[one].insert(other) }
      }
    }
    let around = order.enumerated().flatMap { group, members in members.map { ($0, group) } }
    var place = [Int](repeating: 0, count: ids.count)
    for (position, entry) in around.enumerated() { place[entry.0] = position }
    nodes = around.map { member, group in
      Node(
        id: ids[member], ranks: ranks[member], partners: partners[member].count,
        tonnes: tonnes[member], group: group, angle: places.angles[member] ?? 0)
    }
    links = Self.links(flows, ends: ends.map { (place[$0.0], place[$0.1]) })
  }

  /// Zones in order of name, when there are a few.
  private static func zones(_ ids: [EnterpriseID], _ zones: [EnterpriseID: String]) -> [(
    name: String, members: [Int]
  )]? {
    let found = Dictionary(grouping: ids.indices) { zones[ids[$0]] ?? "" }
    guard (2...mostZones).contains(found.count) else { return nil }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private static func links(_ flows: [PlannedFlow], ends: [(Int, Int)]) -> [Link] {
    struct Way: Hashable {
      let from: Int
      let to: Int
    }
    var members: [Way: [PlannedFlow]] = [:]
    for (flow, ends) in zip(flows, ends) {
      members[Way(from: ends.0, to: ends.1), default: []].append(flow)
    }
    // Widest first, so that thin lines lie on top.
    return members.map { way, flows in
      Link(
        from: way.from, to: way.to, ranks: flows.map(\.rank),
        tonnes: flows.reduce(0) { $0 + ($1.tonnes ?? 0) },
        effect: flows.map(\.effect).max() ?? .allowed)
    }.sorted { ($1.tonnes, $0.from, $0.to) < ($0.tonnes, $1.from, $1.to) }
  }

  /// Nodes by partners, then tonnes, then id: the hubs first.
  var byWeight: [Int] {
    nodes.indices.sorted {
      (-nodes[$0].partners, -nodes[$0].tonnes, nodes[$0].id)
        < (-nodes[$1].partners, -nodes[$1].tonnes, nodes[$1].id)
    }
  }
}

/// Spreads groups over a circle with gaps between them.
struct CirclePlaces {
  /// From the top, clockwise [rad], by member.
  private(set) var angles: [Int: Double] = [:]
  private(set) var arcs: [(start: Double, end: Double)] = []

  init(_ groups: [[Int]]) {
    let count = groups.reduce(0) { $0 + $1.count }
    // A gap is as wide as the place of one and a half nodes.
    let gaps = groups.count > 1 ? 1.5 * Double(groups.count) : 0
    let step = 2 * Double.pi / max(1, Double(count) + gaps)
    var angle = 0.0
    for group in groups {
      let start = angle
      for member in group {
        angles[member] = angle + step / 2
        angle += step
      }
      arcs.append((start, angle))
      if gaps > 0 { angle += 1.5 * step }
    }
  }
}

/// Orders members of groups on a circle so that ways are short.
///
/// Each member moves towards the middle of those that it exchanges with; the best of some rounds is kept.
struct CircleOrder {
  private(set) var order: [[Int]]

  private static let rounds = 12

  init(_ groups: [[Int]], links: [(Int, Int)]) {
    var groups = groups
    order = groups
    var partners: [Int: [Int]] = [:]
    for (from, to) in links where from != to {
      partners[from, default: []].append(to)
      partners[to, default: []].append(from)
    }
    var shortest = Self.length(groups, links)
    for _ in 0..<Self.rounds {
      let places = CirclePlaces(groups)
      groups = zip(groups, places.arcs).map { group, arc in
        let middle = (arc.start + arc.end) / 2
        func pull(_ member: Int) -> Double {
          let own = Point.direction(places.angles[member] ?? 0) * 0.5
          let sum = (partners[member] ?? []).reduce(own) {
            $0 + Point.direction(places.angles[$1] ?? 0)
          }
          let angle = atan2(sum.y, sum.x) - middle
          return atan2(sin(angle), cos(angle))
        }
        let pulls = Dictionary(uniqueKeysWithValues: group.map { ($0, pull($0)) })
        return group.sorted { (pulls[$0] ?? 0, $0) < (pulls[$1] ?? 0, $1) }
      }
      let length = Self.length(groups, links)
      if length < shortest - 1e-9 {
        shortest = length
        order = groups
      }
    }
  }

  static func length(_ groups: [[Int]], _ links: [(Int, Int)]) -> Double {
    let angles = CirclePlaces(groups).angles
    return links.reduce(0) {
      $0 + abs(sin(((angles[$1.0] ?? 0) - (angles[$1.1] ?? 0)) / 2))
    }
  }
}

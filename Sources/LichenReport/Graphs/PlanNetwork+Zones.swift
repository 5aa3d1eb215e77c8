extension PlanNetwork {
  /// Those who take part, by the zone of the park in which they stand.
  struct Zone: Sendable {
    /// `nil` for those of no zone, and where zones are not told apart.
    let name: String?
    let nodes: [Node]
  }

  /// Zones in order of name, those of no zone first; one zone without a name for few nodes or few zones.
  /// - Parameter count: Nodes up to which zones are not told apart.
  func zones(above count: Int) -> [Zone] {
    let nodes = participants
    let names = Set(nodes.map(\.zone).filter { !$0.isEmpty })
    guard nodes.count > count, names.count > 1 else { return [Zone(name: nil, nodes: nodes)] }
    let none = nodes.filter { $0.zone.isEmpty }
    return (none.isEmpty ? [] : [Zone(name: nil, nodes: none)])
      + names.sorted().map { name in
        Zone(name: name, nodes: nodes.filter { $0.zone == name })
      }
  }

  /// Numbers of those who take part, from 1, by id: names that no language of drawings can misread.
  var numbers: [String: Int] {
    Dictionary(
      participants.enumerated().map { ($1.id, $0 + 1) }, uniquingKeysWith: { first, _ in first })
  }

  /// The first flows and those who take part in them.
  func prefix(_ count: Int) -> PlanNetwork {
    let links = Array(links.prefix(count))
    let ends = Set(links.flatMap { [$0.source, $0.target] })
    return PlanNetwork(nodes: nodes.filter { ends.contains($0.id) }, links: links)
  }
}

import LichenDomain

/// A planned exchange as drawings of flows see it.
struct PlannedFlow: Sendable {
  let rank: Int
  let donor: EnterpriseID
  let material: MaterialID
  let receiver: EnterpriseID
  /// [t/a]; `nil` for what has no mass, such as electricity.
  let tonnes: Double?
  let effect: LegalEffect

  init(
    rank: Int, donor: EnterpriseID, material: MaterialID, receiver: EnterpriseID, tonnes: Double?,
    effect: LegalEffect
  ) {
    self.rank = rank
    self.donor = donor
    self.material = material
    self.receiver = receiver
    self.tonnes = tonnes
    self.effect = effect
  }

  /// - Parameter isDropped: A scenario drops it, so that it carries nothing.
  init(_ exchange: RankedExchange, isDropped: Bool = false) {
    self.init(
      rank: exchange.rank, donor: exchange.candidate.output.enterprise,
      material: exchange.candidate.output.material,
      receiver: exchange.candidate.input.enterprise,
      tonnes: isDropped
        ? exchange.tonnes.map { _ in 0 } : exchange.tonnes.flatMap { $0 > 0 ? $0 : nil },
      effect: exchange.effect)
  }
}

/// Whom a drawing of flows names, and who stands together as "n others".
struct FlowGroups: Sendable {
  struct Node: Hashable, Sendable {
    /// Unique among the nodes of a drawing's side; groups come last.
    let key: String
    let name: String
    let isGroup: Bool
  }

  /// Node of each key.
  private let nodes: [String: Node]
  /// Whether any nodes are grouped.
  let isCut: Bool

  /// More groups than these tell no more than one.
  private static let mostGroups = 6

  /// - Parameters:
  ///   - weights: Weight of each key; the heaviest keep their own node.
  ///   - limit: Most nodes.
  ///   - traits: What the rest may be grouped by, best first; the first that makes few groups is taken.
  init(
    _ weights: [String: Double], limit: Int, language: Language, name: (String) -> String,
    traits: [(String) -> String] = []
  ) {
    let order = weights.keys.sorted { (weights[$1] ?? 0, $0) < (weights[$0] ?? 0, $1) }
    var nodes: [String: Node] = [:]
    func own(_ key: String) { nodes[key] = Node(key: key, name: name(key), isGroup: false) }
    isCut = order.count > limit
    guard order.count > limit else {
      for key in order { own(key) }
      self.nodes = nodes
      return
    }
    let several = order.dropFirst(max(0, limit - Self.mostGroups))
    let trait = traits.first { trait in
      let found = Set(several.map(trait))
      return (2...Self.mostGroups).contains(found.count) && !found.contains("")
    }
    let rest = trait == nil ? order.dropFirst(max(0, limit - 1)) : several
    for key in order.prefix(order.count - rest.count) { own(key) }
    let groups = Dictionary(grouping: rest) { trait?($0) ?? "" }
    for (label, members) in groups.sorted(by: { $0.key < $1.key }) {
      if members.count == 1, let only = members.first {
        own(only)
        continue
      }
      let text =
        label.isEmpty
        ? language.plural("flow.others", count: members.count)
        : language.plural("flow.others-of", count: members.count, ["group": label])
      for key in members { nodes[key] = Node(key: "~\(label)", name: text, isGroup: true) }
    }
    self.nodes = nodes
  }

  func node(_ key: String) -> Node {
    nodes[key] ?? Node(key: key, name: key, isGroup: false)
  }

  /// Groups of enterprises: by zone, else by sector, else all in one.
  static func enterprises(
    _ weights: [String: Double], limit: Int, context: ReportContext
  ) -> FlowGroups {
    let sites = Dictionary(
      context.park.enterprises.map { ($0.id.rawValue, $0) }, uniquingKeysWith: { first, _ in first }
    )
    return FlowGroups(
      weights, limit: limit, language: context.language,
      name: { EnterpriseID($0).map(context.names.short) ?? $0 },
      traits: [{ sites[$0]?.zone ?? "" }, { sites[$0]?.sector ?? "" }])
  }

  static func materials(
    _ weights: [String: Double], limit: Int, context: ReportContext
  ) -> FlowGroups {
    FlowGroups(
      weights, limit: limit, language: context.language,
      name: { SiteNames.shortened(MaterialID($0).map(context.material) ?? $0) })
  }
}

/// A part of a planning model under one objective, in flat arrays for search and bounds.
///
/// Nodes are the outputs, inputs and facilities in use, numbered by first use. A link takes one unit
/// from its tail per unit moved and `ratio` units from its head. Limits that span nodes (budget, CO2e
/// floor, blends, needs that must be covered) are side rows Σ a·x + Σ c·y ≤ b.
final class SearchNetwork: Sendable {
  enum NodeKind: UInt8 { case stream, facility }

  let linkCount: Int
  let nodeCount: Int
  let tail: FlatArray<Int32>
  let head: FlatArray<Int32>
  let ratio: FlatArray<Double>
  let benefit: FlatArray<Double>
  let fixed: FlatArray<Double>
  let lower: FlatArray<Double>
  let upper: FlatArray<Double>
  let isRequired: FlatArray<Bool>

  let kind: FlatArray<NodeKind>
  /// Supply, need, or what a facility can take in.
  let capacity: FlatArray<Double>
  /// Most open links; `Int32.max` for no limit.
  let partnerLimit: FlatArray<Int32>
  /// Cost of opening a facility; 0 for streams.
  let opening: FlatArray<Double>
  /// Links at each node; those of a facility in both directions.
  let links: FlatRows
  let facilities: [Int]

  /// Permits that several links need; the cost of any other is part of its link's.
  let permitCost: FlatArray<Double>
  let linkPermits: FlatRows
  let permitLinks: FlatRows
  /// Permits that only links into one stream need, by that stream: it decides on them.
  let ownPermits: FlatRows
  /// Position of a permit among those of its stream, or -1 if no stream has it to itself.
  let permitPlace: FlatArray<Int32>
  /// Permits of links that no stream has to itself.
  let sharedPermits: FlatRows

  let rows: SideRows
  let measures: [Measure]
  /// Indices in `measures` by node.
  let nodeMeasures: FlatRows
  /// Whether every link joins two streams without permits, side rows or measures.
  let isPlain: Bool
  /// Whether streams may have only so many open links.
  let limitsPartners: Bool

  struct Measure: Sendable {
    /// Node whose capacity it shifts, or -1.
    let node: Int
    let shift: Double
    let value: Double
    let isRequired: Bool
  }

  /// Links and measures of the model, by position in this network.
  let part: PlanningModel.Part

  init(model: PlanningModel, part: PlanningModel.Part, weights: PlanningModel.Weights) {
    self.part = part
    let nodes = NodeNumbering(model, part)
    let chosen = part.links
    linkCount = chosen.count
    tail = FlatArray(chosen.map { Int32(nodes.node(of: model.links[$0].source)) })
    head = FlatArray(chosen.map { Int32(nodes.node(of: model.links[$0].target)) })
    ratio = FlatArray(chosen.map { model.links[$0].ratio })
    benefit = FlatArray(chosen.map { model.unitValue(of: model.links[$0], weights) })
    fixed = FlatArray(chosen.map { weights.money * model.links[$0].fixedCost })
    lower = FlatArray(chosen.map { model.links[$0].lower })
    upper = FlatArray(chosen.map { model.links[$0].upper })
    isRequired = FlatArray(chosen.map { model.links[$0].isRequired })
    nodeCount = nodes.capacities.count
    capacity = FlatArray(nodes.capacities)
    kind = FlatArray(nodes.facilityOfNode.map { $0 == nil ? .stream : .facility })
    opening = FlatArray(
      nodes.facilityOfNode.map { index in
        index.map { weights.money * model.facilities[$0].openingCost } ?? 0
      })
    let limit = Int32(clamping: model.partnerLimit ?? Int(Int32.max))
    partnerLimit = FlatArray(nodes.facilityOfNode.map { $0 == nil ? limit : Int32.max })
    facilities = nodes.facilityOfNode.indices.filter { nodes.facilityOfNode[$0] != nil }
    links = FlatRows(rows: nodeCount, keys: [tail, head])

    let needs = PermitNeeds(model, part)
    for (link, permits) in needs.single {
      for permit in permits { fixed[link] += weights.money * model.permits[permit].annualCost }
    }
    permitCost = FlatArray(needs.permits.map { weights.money * model.permits[$0].annualCost })
    linkPermits = FlatRows(needs.byLink)
    permitLinks = FlatRows(needs.links)
    let places = needs.places(head: head, kind: kind)
    permitPlace = FlatArray(places.place)
    ownPermits = FlatRows(places.byNode)
    sharedPermits = FlatRows(needs.byLink.map { $0.filter { places.place[$0] < 0 } })

    measures = part.measures.map { index in
      let measure = model.measures[index]
      return Measure(
        node: nodes.node(of: measure) ?? -1, shift: measure.shift,
        value: model.value(of: measure, weights), isRequired: measure.isRequired)
    }
    var atNode = [[Int]](repeating: [], count: nodeCount)
    for (index, measure) in measures.enumerated() where measure.node >= 0 {
      atNode[measure.node].append(index)
    }
    nodeMeasures = FlatRows(atNode)
    rows = SideRows(model: model, part: part, nodes: nodes)
    isPlain =
      needs.permits.isEmpty && facilities.isEmpty && measures.isEmpty && rows.count == 0
    limitsPartners = model.partnerLimit != nil
  }

  /// The other end of a link.
  func opposite(of node: Int, on link: Int) -> Int {
    Int(tail[link]) == node ? Int(head[link]) : Int(tail[link])
  }

  /// Whether a link joins two streams.
  func isDirect(_ link: Int) -> Bool {
    facilities.isEmpty || (kind[Int(tail[link])] == .stream && kind[Int(head[link])] == .stream)
  }
}

/// Which links of a part need which permits.
private struct PermitNeeds {
  /// Permits of the model that several links need.
  let permits: [Int]
  /// By link: positions in `permits`.
  private(set) var byLink: [[Int]]
  /// By position in `permits`: the links.
  private(set) var links: [[Int]]
  /// By link: permits of the model that no other link needs.
  private(set) var single: [Int: [Int]] = [:]

  init(_ model: PlanningModel, _ part: PlanningModel.Part) {
    var users: [Int: Int] = [:]
    for link in part.links {
      for permit in model.permits(of: link) { users[Int(permit), default: 0] += 1 }
    }
    permits = users.filter { $0.value > 1 }.keys.sorted()
    let index = Dictionary(uniqueKeysWithValues: permits.enumerated().map { ($1, $0) })
    byLink = Array(repeating: [], count: part.links.count)
    links = Array(repeating: [], count: permits.count)
    if users.isEmpty { return }
    for (place, link) in part.links.enumerated() {
      for permit in model.permits(of: link) {
        if let shared = index[Int(permit)] {
          byLink[place].append(shared)
          links[shared].append(place)
        } else {
          single[place, default: []].append(Int(permit))
        }
      }
    }
  }

  /// Places of permits at the streams that have them to themselves, as many as a stream can decide on.
  func places(head: FlatArray<Int32>, kind: FlatArray<SearchNetwork.NodeKind>)
    -> (place: [Int32], byNode: [[Int]])
  {
    var place = [Int32](repeating: -1, count: permits.count)
    var byNode = [[Int]](repeating: [], count: kind.count)
    for (permit, links) in links.enumerated() {
      let node = Int(head[links[0]])
      guard kind[node] == .stream, byNode[node].count < PermitKnapsack.most,
        links.allSatisfy({ Int(head[$0]) == node })
      else { continue }
      place[permit] = Int32(byNode[node].count)
      byNode[node].append(permit)
    }
    return (place, byNode)
  }
}

/// Numbers the streams and facilities that a part uses, in the order in which its links name them.
struct NodeNumbering {
  private var nodes: [Int32]
  private let outputs: Int
  private let inputs: Int
  private(set) var capacities: [Double] = []
  /// By node: the facility in the model, or `nil` for a stream.
  private(set) var facilityOfNode: [Int?] = []

  init(_ model: PlanningModel, _ part: PlanningModel.Part) {
    outputs = model.supplies.count
    inputs = model.needs.count
    nodes = Array(repeating: -1, count: outputs + inputs + model.facilities.count)
    for link in part.links {
      number(key(model.links[link].source), model)
      number(key(model.links[link].target), model)
    }
    for index in part.measures {
      if let key = key(model.measures[index]) { number(key, model) }
    }
  }

  private mutating func number(_ key: Int, _ model: PlanningModel) {
    guard nodes[key] < 0 else { return }
    nodes[key] = Int32(capacities.count)
    let facility = key - outputs - inputs
    facilityOfNode.append(facility >= 0 ? facility : nil)
    capacities.append(
      key < outputs
        ? model.supplies[key]
        : facility < 0 ? model.needs[key - outputs] : model.facilities[facility].capacity)
  }

  private func key(_ source: PlanningModel.Source) -> Int {
    switch source {
    case .output(let index): index
    case .facility(let index): outputs + inputs + index
    }
  }

  private func key(_ target: PlanningModel.Target) -> Int {
    switch target {
    case .input(let index): outputs + index
    case .facility(let index): outputs + inputs + index
    }
  }

  private func key(_ measure: PlanningModel.Measure) -> Int? {
    measure.output ?? measure.input.map { outputs + $0 }
  }

  func node(of source: PlanningModel.Source) -> Int { Int(nodes[key(source)]) }
  func node(of target: PlanningModel.Target) -> Int { Int(nodes[key(target)]) }
  func node(of measure: PlanningModel.Measure) -> Int? { key(measure).map { Int(nodes[$0]) } }
}

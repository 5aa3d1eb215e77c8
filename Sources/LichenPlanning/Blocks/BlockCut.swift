/// A component cut into blocks of streams and facilities that stand near each other: links inside a block are whole,
/// links across are cut in two copies.
///
/// Halved again and again, each time in the order of a walk from one end to the other (George and Liu 1979), then mended:
/// nodes go to the block that they have most worth with, while it has room.
/// - Complexity: O(links · log blocks).
public struct BlockCut: Sendable {
  /// By block: links and measures, each member of the component in one block or, cut, in two.
  public let members: [[Excerpt.Member]]
  public let measures: [[Int]]
  /// Links across, ascending.
  public let cutLinks: [Int]
  /// By permit that several blocks need: how many do.
  let permitUsers: [Int: Int]

  /// - Parameters:
  ///   - model: In money alone; without a binding budget or CO2e floor, which would tie all blocks together.
  ///   - part: The component.
  ///   - size: Links per block that are aimed at.
  public init(_ model: PlanningModel, _ part: PlanningModel.Part, size: Int) {
    precondition(model.carbonFloor == nil && !model.isBudgetBinding, "One limit ties all blocks.")
    let network = CutNetwork(model, part)
    let count = max(1, (part.links.count + size - 1) / max(1, size))
    let blockOf = network.mended(network.halved(into: count), blocks: count)
    var members = [[Excerpt.Member]](repeating: [], count: count)
    var cut: [Int] = []
    for (place, link) in network.order {
      let tail = Int(blockOf[Int(network.tails[place])])
      let head = Int(blockOf[Int(network.heads[place])])
      if tail == head {
        members[tail].append(Excerpt.Member(link: link, role: .whole))
      } else {
        members[tail].append(Excerpt.Member(link: link, role: .tail))
        members[head].append(Excerpt.Member(link: link, role: .head))
        cut.append(link)
      }
    }
    var measures = [[Int]](repeating: [], count: count)
    for measure in part.measures {
      measures[network.node(of: model.measures[measure]).map { Int(blockOf[$0]) } ?? 0]
        .append(measure)
    }
    let kept = members.indices.filter { !members[$0].isEmpty || !measures[$0].isEmpty }
    self.members = kept.map { members[$0] }
    self.measures = kept.map { measures[$0].sorted() }
    cutLinks = cut
    permitUsers = Self.permitUsers(model, self.members)
  }

  private static func permitUsers(_ model: PlanningModel, _ blocks: [[Excerpt.Member]]) -> [Int:
    Int]
  {
    if model.linkPermits.isEmpty { return [:] }
    var users: [Int: Int] = [:]
    var last = [Int32](repeating: -1, count: model.permits.count)
    for (block, members) in blocks.enumerated() {
      for member in members where member.role != .tail {
        for permit in model.permits(of: member.link) where last[Int(permit)] != Int32(block) {
          last[Int(permit)] = Int32(block)
          users[Int(permit), default: 0] += 1
        }
      }
    }
    return users.filter { $0.value > 1 }
  }

  /// A block as a problem of its own. What a permit costs is shared evenly by the blocks that need it: no plan pays less.
  public func block(_ index: Int, of model: PlanningModel, division: LinkDivision) -> Excerpt {
    var builder = ExcerptBuilder(model)
    return builder.excerpt(
      members[index], measures: measures[index], division: division,
      permitShare: { 1 / Double(permitUsers[$0] ?? 1) })
  }
}

/// The component's streams and facilities with the links between them.
private struct CutNetwork {
  let tails: [Int32]
  let heads: [Int32]
  /// Position in `tails` and `heads` of each link, in order of link.
  let order: [(place: Int, link: Int)]
  private let nodes: NodeNumbering
  private let atNode: FlatRows
  private let weight: [Float]

  init(_ model: PlanningModel, _ part: PlanningModel.Part) {
    let nodes = NodeNumbering(model, part)
    self.nodes = nodes
    tails = part.links.map { Int32(nodes.node(of: model.links[$0].source)) }
    heads = part.links.map { Int32(nodes.node(of: model.links[$0].target)) }
    order = part.links.enumerated().map { ($0.offset, $0.element) }.sorted { $0.1 < $1.1 }
    atNode = FlatRows(rows: nodes.capacities.count, keys: [FlatArray(tails), FlatArray(heads)])
    weight = part.links.map { Float(max(0, model.bestValue(of: model.links[$0], .benefit))) }
  }

  var nodeCount: Int { nodes.capacities.count }

  func node(of measure: PlanningModel.Measure) -> Int? { nodes.node(of: measure) }

  private func other(_ link: Int, from node: Int) -> Int {
    Int(tails[link]) == node ? Int(heads[link]) : Int(tails[link])
  }

  /// By node: its block.
  func halved(into count: Int) -> [Int32] {
    var blockOf = [Int32](repeating: 0, count: nodeCount)
    // The half that a node is in while its set is halved: which set, so that walks stay inside.
    var setOf = [Int32](repeating: 0, count: nodeCount)
    var nextSet: Int32 = 1
    var waiting = [(nodes: Array(Int32(0)..<Int32(nodeCount)), first: 0, count: count)]
    while let set = waiting.popLast() {
      if set.count == 1 {
        for node in set.nodes { blockOf[Int(node)] = Int32(set.first) }
        continue
      }
      let far = walk(set.nodes, from: nil, setOf).last
      let order = walk(set.nodes, from: far, setOf)
      let left = set.count / 2
      let total = order.reduce(0) { $0 + atNode.range(Int($1)).count }
      var sum = 0
      var place = 0
      while place < order.count - 1, sum * set.count < total * left {
        sum += atNode.range(Int(order[place])).count
        place += 1
      }
      for node in order[place...] { setOf[Int(node)] = nextSet }
      nextSet += 1
      waiting.append((Array(order[..<place]), set.first, left))
      waiting.append((Array(order[place...]), set.first + left, set.count - left))
    }
    return blockOf
  }

  /// The nodes of a set, each near the one before: breadth-first.
  private func walk(_ set: [Int32], from first: Int32?, _ setOf: [Int32]) -> [Int32] {
    guard let some = set.first else { return [] }
    let mark = setOf[Int(some)]
    var isSeen = SeenNodes(count: nodeCount)
    var order: [Int32] = []
    order.reserveCapacity(set.count)
    for start in [first ?? some] + set where isSeen.insert(start) {
      var next = order.count
      order.append(start)
      while next < order.count {
        let node = Int(order[next])
        next += 1
        for link in atNode(node) {
          let other = Int32(other(Int(link), from: node))
          if setOf[Int(other)] == mark, isSeen.insert(other) { order.append(other) }
        }
      }
    }
    return order
  }

  /// Nodes move to the block that they have most worth with, while it has room.
  func mended(_ halves: [Int32], blocks: Int) -> [Int32] {
    if blocks == 1 { return halves }
    var blockOf = halves
    var loads = [Int](repeating: 0, count: blocks)
    for node in 0..<nodeCount { loads[Int(blockOf[node])] += atNode.range(node).count }
    let most = loads.reduce(0, +) / blocks * 11 / 10
    var ties = [Float](repeating: 0, count: blocks)
    for _ in 0..<6 {
      var moved = 0
      for node in 0..<nodeCount {
        let own = Int(blockOf[node])
        var touched: [Int] = []
        for link in atNode(node) {
          let block = Int(blockOf[other(Int(link), from: node)])
          if ties[block] == 0 { touched.append(block) }
          ties[block] += weight[Int(link)] + 1e-3
        }
        let degree = atNode.range(node).count
        var best = own
        for block in touched where ties[block] > ties[best] * 1.0001 {
          if block != own, loads[block] + degree > most { continue }
          best = block
        }
        for block in touched { ties[block] = 0 }
        if best == own { continue }
        blockOf[node] = Int32(best)
        loads[own] -= degree
        loads[best] += degree
        moved += 1
      }
      if moved * 500 < nodeCount { break }
    }
    return blockOf
  }
}

/// Nodes that a walk has come by.
private struct SeenNodes {
  private var bits: [UInt64]

  init(count: Int) { bits = Array(repeating: 0, count: count / 64 + 1) }

  /// Whether the node is new.
  mutating func insert(_ node: Int32) -> Bool {
    let (word, bit) = (Int(node) / 64, UInt64(1) << UInt64(node % 64))
    if bits[word] & bit != 0 { return false }
    bits[word] |= bit
    return true
  }
}

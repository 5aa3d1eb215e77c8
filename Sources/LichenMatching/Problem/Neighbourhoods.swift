import LichenGraph

/// Which candidates a change of one candidate can reach: those joined to it by streams and permits.
///
/// Wider than the parts of the planning model, whose links that can never pay are gone, so that a
/// problem made of a neighbourhood holds the whole part.
struct Neighbourhoods: Sendable {
  private let candidates: CandidateList
  private let outputs: Int
  private let permitNodes: [PermitCode: Int]
  /// Smallest known member of each node's set; see `root`.
  private let roots: [Int32]
  /// Candidates that can be planned, by root and then ascending.
  private let members: [Int32]
  private let starts: [Int32: Range<Int>]

  /// - Complexity: O(n · α(n)) for n candidates.
  init(_ graph: ExchangeGraph) {
    candidates = graph.candidates
    outputs = graph.park.outputs.count
    let streams = outputs + graph.park.inputs.count
    var permitNodes: [PermitCode: Int] = [:]
    var sets = Array(Int32(0)..<Int32(streams))
    var plannable: [Int32] = []
    for index in candidates.indices {
      let row = candidates.row(index)
      guard row.isPlannable, row.output >= 0, row.input >= 0 else { continue }
      plannable.append(Int32(index))
      Self.unite(Int(row.output), outputs + Int(row.input), &sets)
      for code in candidates.permits(of: row) {
        let node = permitNodes[code] ?? sets.count
        if node == sets.count {
          permitNodes[code] = node
          sets.append(Int32(node))
        }
        Self.unite(Int(row.output), node, &sets)
      }
    }
    for node in sets.indices { sets[node] = Int32(Self.root(of: node, &sets)) }
    let keyed = plannable.map { (root: sets[Int(graph.candidates.row(Int($0)).output)], index: $0) }
      .sorted { ($0.root, $0.index) < ($1.root, $1.index) }
    var starts: [Int32: Range<Int>] = [:]
    var first = 0
    for place in keyed.indices
    where place + 1 == keyed.count || keyed[place + 1].root != keyed[place].root {
      starts[keyed[place].root] = first..<(place + 1)
      first = place + 1
    }
    self.permitNodes = permitNodes
    self.starts = starts
    roots = sets
    members = keyed.map(\.index)
  }

  /// All that can be planned around a candidate, and whatever else joins its two streams, ascending.
  func around(_ index: Int) -> [Int] {
    let row = candidates.row(index)
    var nodes = [Int(row.output), outputs + Int(row.input)]
    nodes += candidates.permits(of: row).compactMap { permitNodes[$0] }
    var found: Set<Int> = [index]
    for root in Set(nodes.map { roots[$0] }) {
      if let range = starts[root] { found.formUnion(members[range].lazy.map(Int.init)) }
    }
    found.formUnion(candidates.alternatives(to: index))
    return found.sorted()
  }

  private static func root(of node: Int, _ sets: inout [Int32]) -> Int {
    var current = node
    while Int(sets[current]) != current {
      sets[current] = sets[Int(sets[current])]
      current = Int(sets[current])
    }
    return current
  }

  private static func unite(_ left: Int, _ right: Int, _ sets: inout [Int32]) {
    let (first, second) = (root(of: left, &sets), root(of: right, &sets))
    sets[max(first, second)] = Int32(min(first, second))
  }
}

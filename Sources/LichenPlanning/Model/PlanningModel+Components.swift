extension PlanningModel {
  /// Splits the links into groups that share no stream, permit or binding budget, each group in order
  /// of link and the groups in order of their first link. Solving them apart is exact.
  /// - Complexity: O(links · α(links)), by union-find.
  public func components() -> [[Int]] {
    var sets = DisjointSets(count: links.count)
    var ownerOfOutput: [Int: Int] = [:]
    var ownerOfInput: [Int: Int] = [:]
    var ownerOfPermit: [Int: Int] = [:]
    var ownerOfBudget: [Int: Int] = [:]
    func join(_ key: Int, _ link: Int, _ owners: inout [Int: Int]) {
      if let owner = owners[key] { sets.unite(owner, link) } else { owners[key] = link }
    }
    let isBudgetBinding = isBudgetBinding
    for (index, link) in links.enumerated() {
      join(link.output, index, &ownerOfOutput)
      join(link.input, index, &ownerOfInput)
      for permit in link.permits { join(permit, index, &ownerOfPermit) }
      if isBudgetBinding, link.capital > 0 { join(0, index, &ownerOfBudget) }
    }
    var groups: [Int: [Int]] = [:]
    for index in links.indices { groups[sets.root(of: index), default: []].append(index) }
    return groups.values.sorted { ($0.first ?? 0) < ($1.first ?? 0) }
  }

  /// Whether the budget can be exceeded at all; if not it is no constraint and couples nothing.
  var isBudgetBinding: Bool {
    guard let capitalBudget else { return false }
    return links.reduce(0) { $0 + $1.capital } > capitalBudget
  }
}

/// Union-find with path halving and union by size.
struct DisjointSets {
  private var parents: [Int]
  private var sizes: [Int]

  init(count: Int) {
    parents = Array(0..<count)
    sizes = Array(repeating: 1, count: count)
  }

  mutating func root(of element: Int) -> Int {
    var current = element
    while parents[current] != current {
      parents[current] = parents[parents[current]]
      current = parents[current]
    }
    return current
  }

  mutating func unite(_ left: Int, _ right: Int) {
    var larger = root(of: left)
    var smaller = root(of: right)
    if larger == smaller { return }
    if sizes[larger] < sizes[smaller] { swap(&larger, &smaller) }
    parents[smaller] = larger
    sizes[larger] += sizes[smaller]
  }
}

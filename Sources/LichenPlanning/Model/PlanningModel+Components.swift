extension PlanningModel {
  /// Splits links and measures into parts that share no stream, permit or binding budget, each in
  /// order of index and the parts in order of their first member, links before measures. Solving them
  /// apart is exact.
  /// - Complexity: O(n · α(n)) for n links and measures, by union-find.
  public func components() -> [Part] {
    var sets = DisjointSets(count: links.count + measures.count)
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
    for (offset, measure) in measures.enumerated() {
      let index = links.count + offset
      if let output = measure.output { join(output, index, &ownerOfOutput) }
      if let input = measure.input { join(input, index, &ownerOfInput) }
      if isBudgetBinding, measure.capital > 0 { join(0, index, &ownerOfBudget) }
    }
    var groups: [Int: [Int]] = [:]
    for index in 0..<(links.count + measures.count) {
      groups[sets.root(of: index), default: []].append(index)
    }
    return groups.values.sorted { ($0.first ?? 0) < ($1.first ?? 0) }.map { members in
      Part(
        links: members.filter { $0 < links.count },
        measures: members.filter { $0 >= links.count }.map { $0 - links.count })
    }
  }

  /// Whether the budget can be exceeded at all; if not it is no constraint and couples nothing.
  var isBudgetBinding: Bool {
    guard let capitalBudget else { return false }
    let all = links.reduce(0) { $0 + $1.capital } + measures.reduce(0) { $0 + $1.capital }
    return all > capitalBudget
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

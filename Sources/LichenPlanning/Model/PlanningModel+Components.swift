extension PlanningModel {
  /// Splits links and measures into parts that share no stream, facility, permit or limit, each in
  /// order of index and the parts in order of their first member, links before measures. Solving them
  /// apart is exact.
  /// - Complexity: O(n · α(n)) for n links and measures, by union-find.
  public func components() -> [Part] {
    var sets = DisjointSets(count: links.count + measures.count)
    var owners = Owners(self)
    let isBudgetBinding = isBudgetBinding
    func join(_ key: Int, _ member: Int) {
      if let owner = owners.claim(key, by: member) { sets.unite(owner, member) }
    }
    for (index, link) in links.enumerated() {
      join(owners.node(of: link.source), index)
      join(owners.node(of: link.target), index)
      for permit in permits(of: index) { join(owners.node(ofPermit: Int(permit)), index) }
      if isCoupled(link, isBudgetBinding) { join(owners.common, index) }
    }
    for (offset, measure) in measures.enumerated() {
      let index = links.count + offset
      if let output = measure.output { join(owners.node(of: .output(output)), index) }
      if let input = measure.input { join(owners.node(of: .input(input)), index) }
      if isCoupled(measure, isBudgetBinding) { join(owners.common, index) }
    }
    for blend in blends {
      for link in blend.links.dropFirst() { sets.unite(blend.links[0], link) }
    }
    var partOfRoot = [Int32](repeating: -1, count: links.count + measures.count)
    var members: [(links: [Int], measures: [Int])] = []
    for index in 0..<(links.count + measures.count) {
      let root = sets.root(of: index)
      if partOfRoot[root] < 0 {
        partOfRoot[root] = Int32(members.count)
        members.append(([], []))
      }
      if index < links.count {
        members[Int(partOfRoot[root])].links.append(index)
      } else {
        members[Int(partOfRoot[root])].measures.append(index - links.count)
      }
    }
    return members.map { Part(links: $0.links, measures: $0.measures) }
  }

  /// A facility's investment is spent once for all its legs, so they carry the budget.
  private func isCoupled(_ link: Link, _ isBudgetBinding: Bool) -> Bool {
    if carbonFloor != nil { return true }
    guard isBudgetBinding else { return false }
    if case .facility(let index) = link.target, facilities[index].capital > 0 { return true }
    if case .facility(let index) = link.source, facilities[index].capital > 0 { return true }
    return link.capital > 0
  }

  private func isCoupled(_ measure: Measure, _ isBudgetBinding: Bool) -> Bool {
    carbonFloor != nil || (isBudgetBinding && measure.capital > 0)
  }

  /// Whether the budget can be exceeded at all; if not it is no constraint and couples nothing.
  public var isBudgetBinding: Bool {
    guard let capitalBudget else { return false }
    let all =
      links.reduce(0) { $0 + $1.capital } + measures.reduce(0) { $0 + $1.capital }
      + facilities.reduce(0) { $0 + $1.capital }
    return all > capitalBudget
  }
}

/// Which link or measure first used a stream, facility, permit or common limit.
private struct Owners {
  private let outputs: Int
  private let inputs: Int
  private let facilities: Int
  private var owners: [Int32]

  init(_ model: PlanningModel) {
    outputs = model.supplies.count
    inputs = model.needs.count
    facilities = model.facilities.count
    owners = Array(
      repeating: -1, count: outputs + inputs + facilities + model.permits.count + 1)
  }

  func node(of source: PlanningModel.Source) -> Int {
    switch source {
    case .output(let index): index
    case .facility(let index): outputs + inputs + index
    }
  }

  func node(of target: PlanningModel.Target) -> Int {
    switch target {
    case .input(let index): outputs + index
    case .facility(let index): outputs + inputs + index
    }
  }

  func node(ofPermit permit: Int) -> Int { outputs + inputs + facilities + permit }
  /// Stands for the limits on the whole plan.
  var common: Int { owners.count - 1 }

  /// The first user of a key, unless `member` is the first.
  mutating func claim(_ key: Int, by member: Int) -> Int? {
    if owners[key] >= 0 { return Int(owners[key]) }
    owners[key] = Int32(member)
    return nil
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

/// Who delivers to whom: a directed graph of firms, each pair at most once, none to itself.
public struct FirmNetwork: Sendable, Hashable {
  /// By firm: whom it delivers to, ascending.
  public let receivers: [[Int]]

  /// - Parameter exchanges: Pairs of firms counted from 0; repeated ones and those within a firm count not.
  public init(firms: Int, exchanges: some Sequence<(donor: Int, receiver: Int)>) {
    var found = [Set<Int>](repeating: [], count: firms)
    for (donor, receiver) in exchanges where donor != receiver { found[donor].insert(receiver) }
    receivers = found.map { $0.sorted() }
  }

  public var firmCount: Int { receivers.count }
  public var exchangeCount: Int { receivers.reduce(0) { $0 + $1.count } }

  /// Share of all pairs, by direction, that exchange something; `nil` for fewer than two firms.
  public var density: Double? {
    firmCount > 1 ? Double(exchangeCount) / Double(firmCount * (firmCount - 1)) : nil
  }

  /// With how many others each firm exchanges, in either direction.
  public var partnerCounts: [Int] {
    var partners = receivers.map(Set.init)
    for (donor, all) in receivers.enumerated() {
      for receiver in all { partners[receiver].insert(donor) }
    }
    return partners.map(\.count)
  }

  /// How much the network hangs on one firm, 0...1: Σ (dₘₐₓ − dᵢ) / ((n − 1)·(n − 2)), with d the numbers
  /// of partners; 1 for a star (Freeman, Social Networks 1, 1979). `nil` for fewer than three firms.
  public var degreeCentralisation: Double? {
    guard firmCount > 2 else { return nil }
    let counts = partnerCounts
    let most = counts.max() ?? 0
    return Double(counts.reduce(0) { $0 + most - $1 }) / Double((firmCount - 1) * (firmCount - 2))
  }

  /// Share of exchanges whose receiver gives something back, 0...1: L↔ / L (Newman, Forrest and Balthrop,
  /// Physical Review E 66, 2002); `nil` without exchanges.
  public var reciprocity: Double? {
    guard exchangeCount > 0 else { return nil }
    let mutual = receivers.enumerated().reduce(0) { sum, firm in
      sum + firm.element.count { receivers[$0].contains(firm.offset) }
    }
    return Double(mutual) / Double(exchangeCount)
  }

  /// On how many of the shortest ways between two others each firm stands: Σ over s ≠ v ≠ t of the share of
  /// shortest paths s→t that pass v (Brandes, Journal of Mathematical Sociology 25, 2001).
  /// - Complexity: O(firms · (firms + exchanges)).
  public func betweenness() -> [Double] {
    var between = [Double](repeating: 0, count: firmCount)
    for source in 0..<firmCount {
      var distance = [Int](repeating: -1, count: firmCount)
      var paths = [Double](repeating: 0, count: firmCount)
      distance[source] = 0
      paths[source] = 1
      var order = [source]
      var next = 0
      while next < order.count {
        let firm = order[next]
        next += 1
        for other in receivers[firm] {
          if distance[other] < 0 {
            distance[other] = distance[firm] + 1
            order.append(other)
          }
          if distance[other] == distance[firm] + 1 { paths[other] += paths[firm] }
        }
      }
      var dependence = [Double](repeating: 0, count: firmCount)
      for firm in order.reversed() {
        for other in receivers[firm] where distance[other] == distance[firm] + 1 {
          dependence[firm] += paths[firm] / paths[other] * (1 + dependence[other])
        }
        if firm != source { between[firm] += dependence[firm] }
      }
    }
    return between
  }

  /// How fast ways through the network multiply with their length: the largest eigenvalue of the adjacency
  /// matrix. 0 without any cycle, 1 for a simple one, more where cycles share firms (Fath and Halnes,
  /// Ecological Modelling 208, 2007).
  /// - Complexity: O(firms · exchanges) to find what is connected both ways, then O(exchanges) per step.
  public func cyclicity() -> Double {
    let reached = (0..<firmCount).map(reach)
    var isSeen = [Bool](repeating: false, count: firmCount)
    var largest = 0.0
    for firm in 0..<firmCount where !isSeen[firm] {
      let members = (0..<firmCount).filter {
        reached[firm].contains($0) && reached[$0].contains(firm)
      }
      for member in members { isSeen[member] = true }
      if !members.isEmpty { largest = max(largest, spectralRadius(members)) }
    }
    return largest
  }

  /// Firms that can be reached by one exchange or more.
  private func reach(_ source: Int) -> Set<Int> {
    var found: Set<Int> = []
    var waiting = receivers[source]
    while let firm = waiting.popLast() {
      if found.insert(firm).inserted { waiting += receivers[firm] }
    }
    return found
  }

  /// Of firms that all reach each other: by powers of A + 1, which has no period, until the bounds of
  /// Collatz and Wielandt meet.
  private func spectralRadius(_ members: [Int]) -> Double {
    let place = Dictionary(uniqueKeysWithValues: members.enumerated().map { ($1, $0) })
    let inside = members.map { receivers[$0].compactMap { place[$0] } }
    var vector = [Double](repeating: 1, count: members.count)
    var (low, high) = (0.0, Double(members.count))
    for _ in 0..<Self.steps where high - low > 1e-12 * high {
      let next = inside.enumerated().map { index, others in
        others.reduce(vector[index]) { $0 + vector[$1] }
      }
      let ratios = zip(next, vector).map { $0 / $1 }
      low = max(low, (ratios.min() ?? 1) - 1)
      high = min(high, (ratios.max() ?? 1) - 1)
      let size = next.max() ?? 1
      vector = next.map { $0 / size }
    }
    return (low + high) / 2
  }

  private static let steps = 100_000
}

import LichenTestSupport
import Testing

@testable import LichenPlanning

/// The search of one stream that decides on permits against trying every set of openings.
@Suite("Permits of one stream")
struct PermitKnapsackTests {
  fileprivate struct Question {
    var items: [KnapsackItem] = []
    /// By item: its permits, as bits.
    var needs: [UInt64] = []
    var costs: [Double] = []
    var capacity = 0.0
    var countLimit = Int32.max

    var size: Double {
      (items.map { max(abs($0.profit * $0.upper), abs($0.fixed)) } + costs).reduce(1e-9, max)
    }

    init(_ random: inout SeededGenerator) {
      let isSmall = random.chance(0.3)
      costs = (0..<random.whole(in: 1...4)).map { _ in
        isSmall ? Double(random.whole(in: 0...6)) : random.number(in: 0...60)
      }
      for link in 0..<random.whole(in: 1...9) {
        let upper = isSmall ? Double(random.whole(in: 1...3)) : random.number(in: 0.1...40)
        let lower = random.chance(0.3) ? upper * random.number(in: 0...1) : 0
        let item = KnapsackItem(
          profit: isSmall ? Double(random.whole(in: 0...3)) : random.number(in: -1...8),
          fixed: isSmall ? Double(random.whole(in: 0...3)) : random.number(in: 0...0.4) * upper * 5,
          lower: lower, upper: upper, link: link, isMandatory: random.chance(0.08))
        guard item.best > 0 || item.isMandatory else { continue }
        items.append(item)
        needs.append(
          costs.indices.reduce(0) { random.chance(0.4) ? $0 | 1 << UInt64($1) : $0 })
      }
      let most = items.reduce(0) { $0 + $1.upper }
      capacity = random.chance(0.2) ? 2 * most : most * random.number(in: 0...1)
      if random.chance(0.3) { countLimit = Int32(random.whole(in: 1...5)) }
    }

    /// What a set is worth with the permits that it needs; minus infinity if it does not fit.
    func worth(_ set: Int) -> Double {
      var left = capacity
      var value = 0.0
      var bought: UInt64 = 0
      for index in items.indices where set & (1 << index) != 0 {
        left -= items[index].lower
        value += items[index].profit * items[index].lower - items[index].fixed
        bought |= needs[index]
      }
      if left < -1e-9 * max(1, capacity) { return -.infinity }
      for index in items.indices.sorted(by: { items[$0].profit > items[$1].profit })
      where set & (1 << index) != 0 && items[index].profit > 0 {
        let more = min(max(0, left), items[index].upper - items[index].lower)
        value += items[index].profit * more
        left -= more
      }
      for permit in costs.indices where bought & (1 << UInt64(permit)) != 0 {
        value -= costs[permit]
      }
      return value
    }

    var optimum: Double {
      let mandatory = items.indices.reduce(0) { items[$1].isMandatory ? $0 | (1 << $1) : $0 }
      return (0..<(1 << items.count)).filter {
        $0 & mandatory == mandatory && $0.nonzeroBitCount <= Int(countLimit)
      }.map(worth).max() ?? -.infinity
    }
  }

  @Test("bound and value enclose the optimum and meet; the set is worth the value")
  func bruteForce() {
    var random = SeededGenerator(seed: 4_101)
    var permitsDecided = 0
    for number in 1...RandomNetworks.cases("LICHEN_KNAPSACK_CASES", otherwise: 2_000) {
      let question = Question(&random)
      let knapsack = NodeKnapsack()
      for item in question.items { knapsack.add(item) }
      let search = PermitKnapsack(knapsack)
      search.take(costs: question.costs, permits: { question.needs[question.place(of: $0)] })
      let bound = search.solve(
        capacity: question.capacity, countLimit: question.countLimit, stepLimit: 100_000)
      let optimum = question.optimum
      let slack = 1e-9 * question.size
      #expect(bound >= optimum - slack, "\(number): bound \(bound) < \(optimum), \(question)")
      #expect(search.value <= optimum + slack, "\(number): \(search.value) > \(optimum)")
      guard optimum > -.infinity else { continue }
      #expect(
        bound <= optimum + 2e-5 * max(abs(optimum), 1e-3 * question.size),
        "\(number): bound \(bound) far above \(optimum), \(question)")
      var set = 0
      search.forEachOpen { link, _ in set |= 1 << question.place(of: link) }
      #expect(abs(question.worth(set) - search.value) <= slack, "\(number): \(question)")
      if question.needs.indices.contains(where: { set & (1 << $0) != 0 && question.needs[$0] != 0 })
      {
        permitsDecided += 1
      }
    }
    #expect(permitsDecided > 500)
  }
}

extension PermitKnapsackTests.Question {
  fileprivate func place(of link: Int) -> Int { items.firstIndex { Int($0.link) == link } ?? 0 }
}

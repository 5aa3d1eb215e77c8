import LichenTestSupport
import Testing

@testable import LichenPlanning

/// The search of one node against trying every set of openings.
@Suite("Knapsack of one node")
struct NodeKnapsackTests {
  /// What one node is asked.
  private struct Question {
    var items: [KnapsackItem]
    var capacity: Double
    var countLimit: Int32 = .max

    /// Under a count limit what an item gains by opening alone is given away, so that the bound need
    /// not be met.
    var givesAway: Bool {
      items.count > Int(countLimit)
        && items.contains { $0.fixed < 0 && $0.lower <= 0 && !$0.isMandatory }
    }
  }

  /// Bound, value and set of one search.
  private struct Answer {
    let bound: Double
    let value: Double
    let amounts: [Int: Double]

    init(_ knapsack: NodeKnapsack, _ question: Question, stepLimit: Int) {
      bound = knapsack.solve(
        capacity: question.capacity, countLimit: question.countLimit, stepLimit: stepLimit)
      value = knapsack.value
      var amounts: [Int: Double] = [:]
      knapsack.forEachOpen { amounts[$0] = $1 }
      self.amounts = amounts
    }
  }

  private static func ask(_ question: Question, stepLimit: Int) -> Answer {
    let knapsack = NodeKnapsack()
    for item in question.items { knapsack.add(item) }
    return Answer(knapsack, question, stepLimit: stepLimit)
  }

  /// Every set, filled by profit; minus infinity if mandatory items do not fit.
  private static func optimum(_ question: Question) -> Double {
    let items = question.items
    let mandatory = items.indices.reduce(0) { items[$1].isMandatory ? $0 | (1 << $1) : $0 }
    let order = items.indices.sorted { items[$0].profit > items[$1].profit }
    var best = -Double.infinity
    for set in 0..<(1 << items.count)
    where set & mandatory == mandatory && set.nonzeroBitCount <= Int(question.countLimit) {
      var left = question.capacity
      var value = 0.0
      for index in items.indices where set & (1 << index) != 0 {
        left -= items[index].lower
        value += items[index].profit * items[index].lower - items[index].fixed
      }
      if left < -1e-9 * question.capacity { continue }
      for index in order where set & (1 << index) != 0 && items[index].profit > 0 {
        let more = min(max(0, left), items[index].upper - items[index].lower)
        value += items[index].profit * more
        left -= more
      }
      best = max(best, value)
    }
    return best
  }

  /// Why a set is no answer, or `nil`.
  private static func fault(of answer: Answer, to question: Question) -> String? {
    var value = 0.0
    var used = 0.0
    for item in question.items {
      guard let amount = answer.amounts[Int(item.link)] else {
        if item.isMandatory { return "mandatory item \(item.link) is closed" }
        continue
      }
      let slack = 1e-9 * max(1, item.upper)
      if amount < item.lower - slack || amount > item.upper + slack {
        return "\(amount) of item \(item.link) in \(item.lower)...\(item.upper)"
      }
      value += item.profit * amount - item.fixed
      used += amount
    }
    if used > question.capacity + 1e-9 * max(1, question.capacity) {
      return "\(used) of \(question.capacity)"
    }
    if answer.amounts.count > Int(question.countLimit) { return "\(answer.amounts.count) are open" }
    // What is given away is missing in the value, never added.
    let size = 1e-9 * max(1, abs(value))
    if value < answer.value - size || (!question.givesAway && value > answer.value + size) {
      return "the set is worth \(value), not \(answer.value)"
    }
    return nil
  }

  // MARK: Questions

  private enum Tightness: CaseIterable { case nothing, tight, lots, roomy }

  private static func question(_ random: inout SeededGenerator, count: Int) -> Question {
    let isEven = random.chance(0.2)
    let isSmall = random.chance(0.2)
    let common = random.number(in: 0...5)
    var items: [KnapsackItem] = []
    for link in 0..<count {
      let upper =
        isSmall ? Double(random.whole(in: 1...3)) : random.number(in: 0.1...40)
      let lower = random.chance(0.4) ? upper * random.number(in: 0...1) : 0
      var profit = isSmall ? Double(random.whole(in: -1...3)) : random.number(in: -2...8)
      var fixed =
        isSmall ? Double(random.whole(in: -2...4)) : random.number(in: -0.15...0.5) * upper * 5
      if random.chance(0.2) { fixed = 0 }
      // Equal slopes: profit less the cost per unit of the most.
      if isEven { profit = common + fixed / upper }
      let isMandatory = random.chance(0.1)
      let item = KnapsackItem(
        profit: profit, fixed: fixed, lower: lower, upper: upper, link: link,
        isMandatory: isMandatory)
      if item.best > 0 || isMandatory { items.append(item) }
    }
    let most = items.reduce(0) { $0 + $1.upper }
    let least = items.reduce(0) { $0 + $1.lower }
    let capacity: Double =
      switch random.element(of: Tightness.allCases) {
      case .nothing: random.chance(0.2) ? 0 : most * 0.1
      case .tight: most * random.number(in: 0.1...0.9)
      case .lots: least * random.number(in: 0.5...1.5)
      case .roomy: most * (random.chance(0.5) ? 1 : 1e6)
      }
    let limit = random.chance(0.4) ? Int32(random.whole(in: 1...max(1, count))) : .max
    return Question(
      items: items, capacity: isSmall ? capacity.rounded() : capacity, countLimit: limit)
  }

  @Test("bound and value enclose the optimum, and meet if the search is complete")
  func bruteForce() {
    var random = SeededGenerator(seed: 4_001)
    var searched = 0
    for number in 1...RandomNetworks.cases("LICHEN_KNAPSACK_CASES", otherwise: 2_000) {
      let question = Self.question(&random, count: random.whole(in: 1...10))
      let optimum = Self.optimum(question)
      let size = question.items.reduce(1e-9) { max($0, abs($1.profit * $1.upper), abs($1.fixed)) }
      for stepLimit in [0, 3, 40, 100_000] {
        let answer = Self.ask(question, stepLimit: stepLimit)
        #expect(
          answer.bound >= optimum - 1e-9 * size,
          "\(number): bound \(answer.bound) < \(optimum), steps \(stepLimit), \(question)")
        #expect(
          answer.value <= optimum + 1e-9 * size,
          "\(number): value \(answer.value) > \(optimum), \(question)")
        guard optimum > -.infinity else { continue }
        if answer.value > -.infinity {
          let fault = Self.fault(of: answer, to: question)
          #expect(fault == nil, "\(number): \(fault ?? ""), \(question)")
        }
        if stepLimit == 100_000, !question.givesAway {
          searched += 1
          #expect(
            answer.bound <= answer.value + 2e-5 * max(abs(answer.value), 1e-9 * size),
            "\(number): \(answer.value)...\(answer.bound), \(question)")
        }
      }
    }
    #expect(searched > 1_000)
  }

  @Test("a second question about the same items has the same answer")
  func twice() {
    var random = SeededGenerator(seed: 4_002)
    for number in 1...500 {
      let question = Self.question(&random, count: random.whole(in: 1...10))
      let knapsack = NodeKnapsack()
      for item in question.items { knapsack.add(item) }
      let first = Answer(knapsack, question, stepLimit: 1_000)
      var other = question
      other.capacity *= 0.5
      _ = Answer(knapsack, other, stepLimit: 1_000)
      let second = Answer(knapsack, question, stepLimit: 1_000)
      let size = question.items.reduce(1e-9) { max($0, abs($1.profit * $1.upper), abs($1.fixed)) }
      #expect(
        abs(first.bound - second.bound) <= 2e-5 * max(abs(first.bound), 1e-9 * size)
          || first.bound == second.bound,
        "\(number): \(first.bound), then \(second.bound), \(question)")
    }
  }

  @Test("more items than can be decided still have a bound")
  func manyItems() {
    var random = SeededGenerator(seed: 4_003)
    for number in 1...100 {
      var question = Self.question(&random, count: 110)
      question.items = Array(question.items.prefix(70))
      if number % 4 == 0 {
        // More mandatory items than can be decided; they always fit.
        for index in question.items.indices {
          question.items[index].isMandatory = index % 40 != 0
          question.items[index].lower = 0
        }
        question.countLimit = number % 8 == 0 ? Int32(question.items.count - 1) : .max
      }
      let answer = Self.ask(question, stepLimit: 40)
      #expect(answer.bound >= answer.value - 1e-9 * abs(answer.value), "\(number)")
      let simple = Self.byProfit(question)
      #expect(answer.bound >= simple - 1e-9 * abs(simple), "\(number): \(answer.bound), \(simple)")
      if answer.value > -.infinity {
        let fault = Self.fault(of: answer, to: question)
        #expect(fault == nil, "\(number): \(fault ?? "")")
      }
    }
  }

  /// Some answer: mandatory items, then others by profit as long as they fit and pay.
  private static func byProfit(_ question: Question) -> Double {
    let order = question.items.sorted {
      ($0.isMandatory ? 1 : 0, $0.profit) > ($1.isMandatory ? 1 : 0, $1.profit)
    }
    var left = question.capacity
    var count = 0
    var value = 0.0
    for item in order where item.isMandatory {
      left -= item.lower
      count += 1
      value += item.profit * item.lower - item.fixed
    }
    if left < 0 || count > Int(question.countLimit) { return -.infinity }
    for item in order {
      if item.isMandatory {
        let more = item.profit > 0 ? min(left, item.upper - item.lower) : 0
        value += item.profit * more
        left -= more
      } else {
        let amount = item.profit > 0 ? min(left, item.upper) : item.lower
        guard amount >= item.lower, amount <= left, count < Int(question.countLimit),
          item.profit * amount > item.fixed
        else { continue }
        value += item.profit * amount - item.fixed
        left -= amount
        count += 1
      }
    }
    return value
  }
}

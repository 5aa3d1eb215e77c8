import LichenPlanning

/// The Lagrangian relaxation of everything but each link's own range, with its prices.
///
/// L = Σ λ·s + Σ μ·d − Σ ν·least + β·B − γ·G + Σ_links max over closed or open of (r·x − f − β·capital)
///   + Σ_facilities max(0, κ·capacity − F − β·capital) + Σ_measures max(0, worth at these prices),
/// with r = v + γ·g − price of the source − ratio · price of the target − Σ η·excess. Permits and
/// partners are left out, which only raises L. Any prices with the right signs give a bound; it is
/// raised by more than all rounding can have taken from it.
struct LagrangianBound {
  /// Kinds of prices, each with a flat block of its own.
  private struct Layout {
    let supplies, needs, covers, balances, capacities, blends, budget, floor, count: Int

    init(_ model: PlanningModel) {
      supplies = 0
      needs = supplies + model.supplies.count
      covers = needs + model.needs.count
      balances = covers + model.leastNeeds.count
      capacities = balances + model.facilities.count
      blends = capacities + model.facilities.count
      budget = blends + model.blends.count
      floor = budget + (model.capitalBudget == nil ? 0 : 1)
      count = floor + (model.carbonFloor == nil ? 0 : 1)
    }
  }

  private let model: PlanningModel
  private let layout: Layout
  private var prices: [Double]
  /// Slack of each relaxed row at the last evaluation, and the smoothed direction made of them.
  private var slacks: [Double]
  private var direction: [Double]
  private let scales: [Double]
  private var value = Double.infinity
  /// Reduced value per unit of each link at the last evaluation.
  private var reduced: [Double]
  private var blendsOfLink: [Int: [(blend: Int, excess: Double)]] = [:]

  init(_ model: PlanningModel) {
    self.model = model
    layout = Layout(model)
    prices = Array(repeating: 0, count: layout.count)
    slacks = prices
    direction = prices
    reduced = Array(repeating: 0, count: model.links.count)
    var scales =
      model.supplies + model.needs + model.leastNeeds + model.facilities.map(\.capacity)
      + model.facilities.map(\.capacity)
    for blend in model.blends {
      scales.append(
        zip(blend.links, blend.excess).reduce(0) { max($0, abs($1.1) * model.links[$1.0].upper) })
    }
    // Limits on the whole plan weigh as much as all streams together in the length of a step.
    let streams = Double(max(1, model.supplies.count + model.needs.count)).squareRoot()
    if let budget = model.capitalBudget { scales.append(budget / streams) }
    if let floor = model.carbonFloor { scales.append(abs(floor) / streams) }
    self.scales = scales.map { $0 > 0 ? $0 : 1 }
    for (index, blend) in model.blends.enumerated() {
      for (link, excess) in zip(blend.links, blend.excess) where excess != 0 {
        blendsOfLink[link, default: []].append((index, excess))
      }
    }
  }

  private var capitalPrice: Double { model.capitalBudget == nil ? 0 : prices[layout.budget] }
  private var carbonPrice: Double { model.carbonFloor == nil ? 0 : prices[layout.floor] }

  /// Value of the relaxation at the present prices: a proven bound.
  mutating func evaluate() -> Double {
    var sum = CarefulSum()
    resetSlacks(&sum)
    for index in model.links.indices { decide(link: index, &sum) }
    for index in model.facilities.indices { decide(facility: index, &sum) }
    for index in model.measures.indices { decide(measure: index, &sum) }
    value = sum.upperEnd
    return value
  }

  private mutating func resetSlacks(_ sum: inout CarefulSum) {
    slacks = Array(repeating: 0, count: layout.count)
    func start(_ row: Int, _ limit: Double) {
      slacks[row] = limit
      sum.add(prices[row] * limit)
    }
    for (output, supply) in model.supplies.enumerated() { start(layout.supplies + output, supply) }
    for (input, need) in model.needs.enumerated() { start(layout.needs + input, need) }
    for (input, least) in model.leastNeeds.enumerated() { start(layout.covers + input, -least) }
    if let budget = model.capitalBudget { start(layout.budget, budget) }
    if let floor = model.carbonFloor { start(layout.floor, -floor) }
  }

  private mutating func decide(link index: Int, _ sum: inout CarefulSum) {
    let link = model.links[index]
    var unit = link.money + carbonPrice * link.carbon
    var parts = abs(link.money) + abs(carbonPrice * link.carbon)
    func charge(_ price: Double) {
      unit -= price
      parts += abs(price)
    }
    switch link.source {
    case .output(let output): charge(prices[layout.supplies + output])
    case .facility(let facility): charge(prices[layout.balances + facility])
    }
    switch link.target {
    case .input(let input):
      charge(link.ratio * prices[layout.needs + input])
      if !model.leastNeeds.isEmpty { charge(-link.ratio * prices[layout.covers + input]) }
    case .facility(let facility):
      charge(-link.ratio * prices[layout.balances + facility])
      charge(prices[layout.capacities + facility])
    }
    for (blend, excess) in blendsOfLink[index] ?? [] {
      charge(prices[layout.blends + blend] * excess)
    }
    reduced[index] = unit
    let flow = unit > 0 ? link.upper : link.lower
    let opening = link.fixedCost + capitalPrice * link.capital
    let best = unit * flow - opening
    sum.allow(parts * flow + abs(opening))
    guard link.isRequired || best > 0 else { return }
    sum.add(best)
    use(index, flow)
  }

  private mutating func use(_ index: Int, _ flow: Double) {
    let link = model.links[index]
    switch link.source {
    case .output(let output): slacks[layout.supplies + output] -= flow
    case .facility(let facility): slacks[layout.balances + facility] -= flow
    }
    switch link.target {
    case .input(let input):
      slacks[layout.needs + input] -= link.ratio * flow
      if !model.leastNeeds.isEmpty { slacks[layout.covers + input] += link.ratio * flow }
    case .facility(let facility):
      slacks[layout.balances + facility] += link.ratio * flow
      slacks[layout.capacities + facility] -= flow
    }
    for (blend, excess) in blendsOfLink[index] ?? [] {
      slacks[layout.blends + blend] -= excess * flow
    }
    if model.capitalBudget != nil { slacks[layout.budget] -= link.capital }
    if model.carbonFloor != nil { slacks[layout.floor] += link.carbon * flow }
  }

  private mutating func decide(facility index: Int, _ sum: inout CarefulSum) {
    let facility = model.facilities[index]
    let earned = prices[layout.capacities + index] * facility.capacity
    let cost = facility.openingCost + capitalPrice * facility.capital
    sum.allow(abs(earned) + abs(cost))
    guard earned > cost else { return }
    sum.add(earned - cost)
    slacks[layout.capacities + index] += facility.capacity
    if model.capitalBudget != nil { slacks[layout.budget] -= facility.capital }
  }

  private mutating func decide(measure index: Int, _ sum: inout CarefulSum) {
    let measure = model.measures[index]
    let terms: [Double] = [
      measure.money, carbonPrice * measure.carbon, -capitalPrice * measure.capital,
      measure.output.map { prices[layout.supplies + $0] * measure.shift } ?? 0,
      measure.input.map { prices[layout.needs + $0] * measure.shift } ?? 0,
    ]
    let worth = terms.reduce(0, +)
    sum.allow(terms.reduce(0) { $0 + abs($1) })
    guard measure.isRequired || worth > 0 else { return }
    sum.add(worth)
    if let output = measure.output { slacks[layout.supplies + output] += measure.shift }
    if let input = measure.input { slacks[layout.needs + input] += measure.shift }
    if model.capitalBudget != nil { slacks[layout.budget] -= measure.capital }
    if model.carbonFloor != nil { slacks[layout.floor] += measure.carbon }
  }

  /// Moves the prices against the slacks, each row in its own scale.
  mutating func descend(towards target: Double, step: Double) {
    var norm = 0.0
    for row in direction.indices {
      let isFree = row >= layout.balances && row < layout.capacities
      var slope = slacks[row] / scales[row]
      // A price of 0 that would fall stays; it must not shorten the step of the others.
      if !isFree && prices[row] == 0 && slope > 0 { slope = 0 }
      direction[row] = 0.7 * slope + 0.3 * direction[row]
      norm += direction[row] * direction[row]
    }
    guard norm > 0, value.isFinite else { return }
    let length = step * max(value - target, 1e-6 * abs(value)) / norm
    for row in prices.indices {
      let isFree = row >= layout.balances && row < layout.capacities
      let moved = prices[row] - length * direction[row] / scales[row]
      prices[row] = isFree ? moved : max(0, moved)
    }
  }

  /// Routes by what they add at the present prices, fixed costs paid.
  func ranking(of routes: RouteSet) -> [Int] {
    RankedFilling.order(routes.count) { route in
      var (unit, capital) = (0.0, 0.0)
      for place in routes.legs(of: route) {
        unit += routes.multipliers[place] * reduced[Int(routes.legs[place])]
        capital += model.links[Int(routes.legs[place])].capital
      }
      return unit * routes.capacity(of: route, model) - routes.openingCost(of: route, model)
        - capitalPrice * capital
    }
  }
}

/// A sum of doubles with an allowance for all its rounding.
private struct CarefulSum {
  private var total = 0.0
  private var size = 0.0
  private var allowance = 0.0
  private var count = 0.0

  mutating func add(_ term: Double) {
    total += term
    size += abs(term)
    count += 1
  }

  /// Takes note of the sizes of the parts of a term, whose own rounding is a few units in the last
  /// place of them.
  mutating func allow(_ parts: Double) { allowance += parts }

  /// No less than the exact sum: n·2⁻⁵³·Σ|t| for the additions, 2⁻⁴⁸·Σ|parts| for the terms.
  var upperEnd: Double {
    total + (count + 2) * 0x1p-52 * size + allowance * 0x1p-48
  }
}

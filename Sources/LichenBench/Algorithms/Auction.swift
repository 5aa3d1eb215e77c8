import LichenPlanning

/// The auction algorithm with a falling ε, fixed costs averaged over full use.
///
/// Outputs bid for the needs of inputs: each offers its free quantity to the link with the best value at
/// the present prices, and bids so much that the second best would be ε better; a full need gives way to
/// the higher bid. After Bertsekas and Castañon 1989, "The auction algorithm for the transportation
/// problem", Annals of Operations Research 20; with links of different ratios and needs that may stay
/// empty it is a heuristic. Fixed costs are paid afterwards and what loses is dropped. Single links
/// only.
public struct Auction: MatchingAlgorithm {
  static let scales = 6
  static let scaleFactor = 4.0

  public let name = "auction"
  public let isRandom = false
  public let summary = "Auction with falling epsilon on average costs (Bertsekas, Castanon 1989)."

  public init() {}

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    let rounding = FlowRounding(model: model, routes: RouteSet(model))
    var auction = AuctionRound(model)
    var best: PlanState?
    var increment = auction.largestWorth / Self.scaleFactor
    for _ in 0..<Self.scales where increment > 0 && !progress.isOver(limits) {
      auction.run(increment: increment) { progress.isOver(limits) }
      let solution = FlowSolution(flows: auction.flows, measures: [], optimum: nil)
      let state = CarbonPricing.plan(model) { rounding.state(of: solution, price: $0) }
      if state.isBetter(than: best) {
        best = state
        if state.keepsAll { progress.foundPlan(worth: state.money) }
      }
      increment /= Self.scaleFactor
    }
    let idle = FlowSolution(
      flows: Array(repeating: 0, count: model.links.count), measures: [], optimum: nil)
    let state = best ?? CarbonPricing.plan(model) { rounding.state(of: idle, price: $0) }
    return AlgorithmResult(
      state, stopRule: progress.isOver(limits) ? .timeLimit : .finished)
  }
}

/// Bids and prices of one auction.
private struct AuctionRound {
  private struct Bid {
    let link: Int
    /// [units of the need]
    var amount: Double
    /// [park currency per unit of the need]
    let price: Double
  }

  private let model: PlanningModel
  private let worth: [Double]
  private let byOutput: [[Int32]]
  private(set) var flows: [Double]
  private var prices: [Double]
  private var bids: [[Bid]]
  private var free: [Double]
  private var needLeft: [Double]
  let largestWorth: Double

  init(_ model: PlanningModel) {
    self.model = model
    let ranking = SideRanking(model)
    worth = model.links.map { $0.money - $0.fixedCost / $0.upper }
    byOutput = ranking.byOutput.map { $0.filter { ranking.isAcceptable[Int($0)] } }
    largestWorth = zip(worth, ranking.isAcceptable).reduce(0) { $1.1 ? max($0, $1.0) : $0 }
    flows = Array(repeating: 0, count: model.links.count)
    prices = Array(repeating: 0, count: model.needs.count)
    bids = Array(repeating: [], count: model.needs.count)
    free = model.supplies
    needLeft = model.needs
  }

  /// Auctions everything anew, from the prices of the last round where it sold out.
  mutating func run(increment: Double, isOver: () -> Bool) {
    for input in prices.indices {
      let isSoldOut = needLeft[input] <= PlanState.dust * model.needs[input]
      prices[input] = isSoldOut ? max(0, prices[input] - increment * Auction.scaleFactor) : 0
    }
    flows = Array(repeating: 0, count: model.links.count)
    bids = Array(repeating: [], count: model.needs.count)
    free = model.supplies
    needLeft = model.needs
    var waiting = Array(model.supplies.indices.reversed())
    var steps = 0
    let mostSteps = 10_000 + 100 * model.links.count
    while let output = waiting.popLast(), steps < mostSteps {
      while free[output] > PlanState.dust * model.supplies[output], steps < mostSteps {
        steps += 1
        if steps % 4096 == 0, isOver() { return }
        guard let offer = bestOffer(of: output, increment: increment) else { break }
        if let outbid = place(offer, from: output), outbid != output { waiting.append(outbid) }
      }
    }
  }

  /// The best link at present prices and what to bid for it.
  private func bestOffer(of output: Int, increment: Double) -> (link: Int, price: Double)? {
    var best: (link: Int, margin: Double)?
    var second = 0.0
    for index in byOutput[output].map(Int.init) {
      let link = model.links[index]
      guard let input = link.input, flows[index] < link.upper * (1 - PlanState.dust) else {
        continue
      }
      let margin = worth[index] - link.ratio * prices[input]
      if margin > best?.margin ?? 0 {
        second = max(0, best?.margin ?? 0)
        best = (index, margin)
      } else {
        second = max(second, margin)
      }
    }
    guard let best, let input = model.links[best.link].input else { return nil }
    let raise = (best.margin - second + increment) / model.links[best.link].ratio
    return (best.link, prices[input] + raise)
  }

  /// Places a bid; it takes what is free, or what the lowest bid holds.
  /// - Returns: The output that was outbid.
  private mutating func place(_ offer: (link: Int, price: Double), from output: Int) -> Int? {
    let link = model.links[offer.link]
    guard let input = link.input else { return nil }
    let amount = min(free[output], link.upper - flows[offer.link]) * link.ratio
    let isFree = needLeft[input] > PlanState.dust * model.needs[input]
    var outbid: Int?
    var taken = min(amount, needLeft[input])
    if isFree {
      needLeft[input] -= taken
    } else {
      guard
        let lowest = bids[input].indices.min(by: { bids[input][$0].price < bids[input][$1].price })
      else { return nil }
      let loser = bids[input][lowest]
      taken = min(amount, loser.amount)
      let freed = taken / model.links[loser.link].ratio
      flows[loser.link] = max(0, flows[loser.link] - freed)
      if let loserOutput = model.links[loser.link].output {
        free[loserOutput] += freed
        outbid = loserOutput
      }
      bids[input][lowest].amount -= taken
      if bids[input][lowest].amount <= PlanState.dust * model.needs[input] {
        bids[input].remove(at: lowest)
      }
    }
    free[output] = max(0, free[output] - taken / link.ratio)
    flows[offer.link] = min(link.upper, flows[offer.link] + taken / link.ratio)
    bids[input].append(Bid(link: offer.link, amount: taken, price: offer.price))
    if needLeft[input] <= PlanState.dust * model.needs[input] {
      prices[input] = max(prices[input], bids[input].map(\.price).min() ?? 0)
    }
    return outbid
  }
}

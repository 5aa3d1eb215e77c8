import LichenPlanning

/// Deferred acceptance with quantities: outputs offer down their list, inputs keep the best offers.
///
/// Gale and Shapley 1962 (American Mathematical Monthly 69) in the form of Baïou and Balinski 2002 for
/// quantities, over single links; see `SideRanking` for the lists. Fixed costs, lots, permits, partners
/// and budget are no part of the theory: they are imposed on the stable flows afterwards, and what
/// then loses is dropped, so that the plan can have blocking pairs. They are counted for every method.
public struct StableAllocation: MatchingAlgorithm {
  public let name = "stable"
  public let isRandom = false
  public let summary =
    "Stable allocation by deferred acceptance with quantities (Gale, Shapley 1962)."

  public init() {}

  public func plan(_ model: PlanningModel, limits: RunLimits, progress: RunProgress) throws
    -> AlgorithmResult
  {
    var acceptance = DeferredAcceptance(model)
    acceptance.run { progress.isOver(limits) }
    let solution = FlowSolution(flows: acceptance.held, measures: [], optimum: nil)
    let rounding = FlowRounding(model: model, routes: RouteSet(model))
    let state = CarbonPricing.plan(model) { rounding.state(of: solution, price: $0) }
    return AlgorithmResult(
      state, stopRule: progress.isOver(limits) ? .timeLimit : .finished)
  }
}

/// The offers and refusals of a stable allocation.
struct DeferredAcceptance {
  private let model: PlanningModel
  private let ranking: SideRanking
  /// Flow per link that its input holds [reference units/a].
  private(set) var held: [Double]
  private var free: [Double]
  private var needLeft: [Double]
  /// Place in the list of each output where it offers next.
  private var next: [Int]
  /// By input, place in its list behind the last link with flow: everything after it is 0.
  private var lastHeld: [Int]
  private var rankAtInput: [Int32]

  init(_ model: PlanningModel) {
    self.model = model
    ranking = SideRanking(model)
    held = Array(repeating: 0, count: model.links.count)
    free = model.supplies
    needLeft = model.needs
    next = Array(repeating: 0, count: model.supplies.count)
    lastHeld = Array(repeating: 0, count: model.needs.count)
    rankAtInput = Array(repeating: 0, count: model.links.count)
    for links in ranking.byInput {
      for (place, link) in links.enumerated() { rankAtInput[Int(link)] = Int32(place) }
    }
  }

  /// Runs until no output has anything left to offer.
  mutating func run(isOver: () -> Bool) {
    var waiting = Array(model.supplies.indices.reversed())
    var steps = 0
    while let output = waiting.popLast() {
      steps += 1
      if steps % 4096 == 0, isOver() { return }
      while free[output] > PlanState.dust * model.supplies[output],
        next[output] < ranking.byOutput[output].count
      {
        let index = Int(ranking.byOutput[output][next[output]])
        guard ranking.isAcceptable[index], held[index] < model.links[index].upper else {
          next[output] += 1
          continue
        }
        waiting += offer(index, from: output)
      }
    }
  }

  /// Offers all that is free over a link.
  /// - Returns: Other outputs that were refused something for it.
  private mutating func offer(_ index: Int, from output: Int) -> [Int] {
    let link = model.links[index]
    guard let input = link.input else { return [] }
    let amount = min(free[output], link.upper - held[index])
    held[index] = amount == link.upper - held[index] ? link.upper : held[index] + amount
    free[output] -= amount
    needLeft[input] -= amount * link.ratio
    lastHeld[input] = max(lastHeld[input], Int(rankAtInput[index]) + 1)
    var refused: [Int] = []
    while needLeft[input] < 0, lastHeld[input] > 0 {
      let worst = Int(ranking.byInput[input][lastHeld[input] - 1])
      if held[worst] == 0 {
        lastHeld[input] -= 1
        continue
      }
      let ratio = model.links[worst].ratio
      let back = min(held[worst], -needLeft[input] / ratio)
      let isAll = back == held[worst]
      held[worst] = isAll ? 0 : held[worst] - back
      needLeft[input] = isAll ? needLeft[input] + back * ratio : 0
      guard let loser = model.links[worst].output else { continue }
      free[loser] += back
      if loser == output {
        next[output] = max(next[output], place(of: worst, at: output) + 1)
      } else {
        next[loser] = max(next[loser], place(of: worst, at: loser) + 1)
        refused.append(loser)
      }
    }
    return refused
  }

  private func place(of link: Int, at output: Int) -> Int {
    ranking.byOutput[output].firstIndex(of: Int32(link)) ?? 0
  }
}

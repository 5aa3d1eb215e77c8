import LichenPlanning

/// Ways from an output to an input: single links, and chains of legs through facilities.
///
/// A unit that leaves the output is `multiplier` units on a leg, the product of the ratios before it.
/// Chains pass at most `longestChain` legs and no facility twice. Where in-legs times out-legs are too
/// many, every in-leg keeps only its best continuations by value less fixed costs at full use, so that
/// there are about `chainLimit` chains in all.
struct RouteSet {
  static let longestChain = 4
  static let chainLimit = 1_000_000
  /// Every in-leg keeps at least as many continuations.
  static let fewestContinuations = 24

  private(set) var starts: [Int32] = [0]
  private(set) var legs: [Int32] = []
  private(set) var multipliers: [Double] = []
  private(set) var outputs: [Int32] = []
  private(set) var inputs: [Int32] = []
  /// Units of the need that one unit from the output serves.
  private(set) var served: [Double] = []
  /// Money and CO2e per unit that leaves the output.
  private(set) var money: [Double] = []
  private(set) var carbon: [Double] = []

  var count: Int { outputs.count }

  func legs(of route: Int) -> Range<Int> { Int(starts[route])..<Int(starts[route + 1]) }

  /// No way at all.
  init() {}

  init(_ model: PlanningModel) {
    var tails = ChainTails(model)
    for (index, link) in model.links.enumerated() {
      guard let output = link.output else { continue }
      switch link.target {
      case .input(let input):
        append(output, input, [Int32(index)], model)
      case .facility(let facility):
        for tail in tails.from(facility) {
          append(output, tail.input, [Int32(index)] + tail.legs, model)
        }
      }
    }
  }

  private mutating func append(
    _ output: Int, _ input: Int, _ chain: [Int32], _ model: PlanningModel
  ) {
    var multiplier = 1.0
    var (gain, saved) = (0.0, 0.0)
    for leg in chain {
      let link = model.links[Int(leg)]
      legs.append(leg)
      multipliers.append(multiplier)
      gain += multiplier * link.money
      saved += multiplier * link.carbon
      multiplier *= link.ratio
    }
    starts.append(Int32(legs.count))
    outputs.append(Int32(output))
    inputs.append(Int32(input))
    served.append(multiplier)
    money.append(gain)
    carbon.append(saved)
  }
}

/// The ways on from a facility to an input, best first, found once per facility.
private struct ChainTails {
  struct Tail {
    let input: Int
    let legs: [Int32]
    /// Value per unit that enters, fixed costs spread over full use.
    let worth: Double
  }

  private let model: PlanningModel
  private var leaving: [[Int32]]
  private var known: [[Tail]?]
  private let limit: Int

  init(_ model: PlanningModel) {
    self.model = model
    leaving = Array(repeating: [], count: model.facilities.count)
    known = Array(repeating: nil, count: model.facilities.count)
    var arriving = 0
    for (index, link) in model.links.enumerated() {
      if case .facility(let facility) = link.source { leaving[facility].append(Int32(index)) }
      if link.output != nil, link.input == nil { arriving += 1 }
    }
    limit = max(RouteSet.fewestContinuations, RouteSet.chainLimit / max(1, arriving))
  }

  mutating func from(_ facility: Int) -> [Tail] {
    if let found = known[facility] { return found }
    let found = search(facility, legs: RouteSet.longestChain - 1, passed: [facility])
    known[facility] = found
    return found
  }

  private func search(_ facility: Int, legs: Int, passed: [Int]) -> [Tail] {
    var tails: [Tail] = []
    for leg in leaving[facility] {
      let link = model.links[Int(leg)]
      let worth = link.money - link.fixedCost / link.upper
      switch link.target {
      case .input(let input): tails.append(Tail(input: input, legs: [leg], worth: worth))
      case .facility(let next):
        guard legs > 1, !passed.contains(next) else { continue }
        for tail in search(next, legs: legs - 1, passed: passed + [next]) {
          tails.append(
            Tail(
              input: tail.input, legs: [leg] + tail.legs, worth: worth + link.ratio * tail.worth))
        }
      }
    }
    guard tails.count > limit else { return tails }
    let order = tails.indices.sorted { (-tails[$0].worth, $0) < (-tails[$1].worth, $1) }
    return order.prefix(limit).sorted().map { tails[$0] }
  }
}

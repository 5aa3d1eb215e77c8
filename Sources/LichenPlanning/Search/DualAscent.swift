/// Lowers the bound of a decomposition by deflected subgradients: the division of each link moves
/// against the average disagreement of its two copies.
///
/// The step aims at the value of the best known plan (Polyak) and shrinks when the bound no longer
/// falls; it then goes back to the best division.
final class DualAscent {
  let split: Decomposition
  private let network: SearchNetwork
  private let best: DivisionMemory
  private let profitDirection: FlatArray<Double>
  private let fixedDirection: FlatArray<Double>
  private let permitDirection: FlatArray<Double>
  private let rowDirection: FlatArray<Double>
  /// What a whole link is worth in the norm of steps: its fixed cost, or a little of its profit.
  private let weight: FlatArray<Double>
  /// How often the copies of a link were open lately, 0...1: what the relaxation would build.
  let likelihood: FlatArray<Double>
  private(set) var bound = Double.infinity
  private var step: Double
  private var sinceBest = 0

  /// Share of the newest disagreement in the average.
  static let smoothing = 0.1
  static let patience = 30
  static let decline = 0.7
  /// First step from a division that is already good.
  static let carefulStep = 0.02
  /// Relative rise of the bound at which a step was too long.
  static let overshoot = 0.03

  init(_ split: Decomposition, step: Double = 0.05) {
    self.split = split
    network = split.network
    self.step = step
    best = DivisionMemory(split)
    profitDirection = FlatArray(repeating: 0, count: network.linkCount)
    fixedDirection = FlatArray(repeating: 0, count: network.linkCount)
    permitDirection = FlatArray(repeating: 0, count: split.permitPrice.count)
    rowDirection = FlatArray(repeating: 0, count: network.rows.count)
    weight = FlatArray(repeating: 0, count: network.linkCount)
    likelihood = FlatArray(repeating: 0, count: network.linkCount)
    for link in 0..<network.linkCount {
      let share = network.isDirect(link) ? Self.profitShare : Self.legShare
      weight[link] = max(
        network.fixed[link], share * abs(network.benefit[link]) * network.upper[link], 1e-9)
    }
  }

  /// Least weight of a link as a share of its profit; legs of facilities, whose prices are far from
  /// known at first, weigh more.
  private static let profitShare = 0.02
  private static let legShare = 4.0

  /// Divides profits by node prices, fixed costs evenly.
  func start(from prices: FlatArray<Double>) {
    for link in 0..<network.linkCount {
      let perUnit = network.fixed[link] / network.upper[link]
      let (tail, head) = (Int(network.tail[link]), Int(network.head[link]))
      // A facility has no price yet: what the stream at the other end leaves is its own.
      split.headProfit[link] =
        network.kind[head] == .stream
        ? network.ratio[link] * prices[head] + perUnit / 2
        : network.benefit[link] - prices[tail] - perUnit / 2
      split.headFixed[link] = network.fixed[link] / 2
    }
    for permit in 0..<network.permitCost.count {
      // Each link pays its share of the permit, by size; a price below zero would prove nothing.
      let users = network.permitLinks(permit)
      func size(_ link: Int) -> Double { network.upper[link] * max(0, network.benefit[link]) }
      let total = users.reduce(0) { $0 + size(Int($1)) }
      for user in users {
        for entry in network.sharedPermits.range(Int(user))
        where Int(network.sharedPermits.members[entry]) == permit && total > 0 {
          split.permitPrice[entry] =
            network.permitCost[permit] * size(Int(user)) / total
        }
      }
    }
  }

  /// Takes over a division that was good in a similar network, and so moves little at first.
  func start(from division: NetworkDivision) {
    for link in 0..<network.linkCount {
      split.headProfit[link] = division.headProfit[link]
      split.headFixed[link] = division.headFixed[link]
    }
    for entry in 0..<split.permitPrice.count where entry < division.permitPrices.count {
      split.permitPrice[entry] = division.permitPrices[entry]
    }
    for row in 0..<network.rows.count {
      split.rowPrice[row] = division.rowPrices[network.rows.names[row]] ?? split.rowPrice[row]
    }
    step = Self.carefulStep
  }

  /// The division at the best bound.
  var division: NetworkDivision {
    NetworkDivision(
      headProfit: best.headProfit.array, headFixed: best.headFixed.array,
      permitPrices: best.permitPrice.array,
      rowPrices: Dictionary(
        uniqueKeysWithValues: (0..<network.rows.count).map {
          (network.rows.names[$0], best.rowPrice[$0])
        }))
  }

  /// Runs some iterations.
  /// - Parameter shouldStop: Asked often, by any thread.
  func run(_ count: Int, incumbent: Double, threads: Int, shouldStop: @Sendable () -> Bool) {
    for _ in 0..<count {
      guard let value = split.evaluate(threads: threads, shouldStop: shouldStop) else { return }
      judge(value)
      if value == -.infinity { return }
      move(by: step * max(value - incumbent, 1e-4 * abs(value)))
    }
  }

  private func judge(_ value: Double) {
    if value < bound - 1e-7 * abs(bound) || bound == .infinity {
      bound = min(bound, value)
      split.store(into: best)
      sinceBest = 0
      return
    }
    bound = min(bound, value)
    sinceBest += 1
    guard sinceBest >= Self.patience || value > bound + Self.overshoot * abs(bound) else { return }
    step *= Self.decline
    sinceBest = 0
    returnToBest()
  }

  /// Puts the best division back.
  func returnToBest() {
    split.restore(from: best)
    profitDirection.fill(0)
    fixedDirection.fill(0)
    permitDirection.fill(0)
    rowDirection.fill(0)
  }

  private func move(by length: Double) {
    let new = Self.smoothing
    let old = 1 - new
    var norm = 0.0
    let (tailFlow, headFlow) = (split.tailFlow.base, split.headFlow.base)
    let (tailOpen, headOpen) = (split.tailOpen.base, split.headOpen.base)
    let (profit, fixed, weight) = (profitDirection.base, fixedDirection.base, weight.base)
    let likelihood = likelihood.base
    for link in 0..<network.linkCount {
      profit[link] = new * (headFlow[link] - tailFlow[link]) + old * profit[link]
      fixed[link] = new * (tailOpen[link] - headOpen[link]) + old * fixed[link]
      norm += weight[link] * (profit[link] * profit[link] + fixed[link] * fixed[link])
      likelihood[link] += 0.05 * ((tailOpen[link] + headOpen[link]) / 2 - likelihood[link])
    }
    norm += permitNorm(new, old) + rowNorm(new, old)
    let step = length / max(norm, 1e-12)
    let upper = network.upper.base
    for link in 0..<network.linkCount {
      let size = step * weight[link]
      split.headProfit.base[link] -= size * profit[link] / upper[link]
      split.headFixed.base[link] -= size * fixed[link]
    }
    movePermits(step)
    moveRows(step)
  }

  private func permitNorm(_ new: Double, _ old: Double) -> Double {
    guard network.permitCost.count > 0 else { return 0 }
    var norm = 0.0
    for link in 0..<network.linkCount {
      for entry in network.sharedPermits.range(link) {
        let permit = Int(network.sharedPermits.members[entry])
        let disagreement = split.permitBought[permit] - split.headOpen[link]
        permitDirection[entry] = new * disagreement + old * permitDirection[entry]
        if split.permitPrice[entry] <= 0, permitDirection[entry] > 0 { continue }
        norm += permitWeight(permit) * permitDirection[entry] * permitDirection[entry]
      }
    }
    return norm
  }

  private func permitWeight(_ permit: Int) -> Double {
    network.permitCost[permit] / Double(max(1, network.permitLinks(permit).count))
  }

  private func movePermits(_ step: Double) {
    for entry in 0..<split.permitPrice.count {
      let permit = Int(network.sharedPermits.members[entry])
      split.permitPrice[entry] = max(
        0, split.permitPrice[entry] - step * permitWeight(permit) * permitDirection[entry])
    }
  }

  private func rowNorm(_ new: Double, _ old: Double) -> Double {
    var norm = 0.0
    for row in 0..<network.rows.count {
      let scale = network.rows.scales[row]
      let excess = (split.rowActivity[row] - network.rows.limits[row]) / scale
      rowDirection[row] = new * excess + old * rowDirection[row]
      if split.rowPrice[row] <= 0, rowDirection[row] < 0 { continue }
      norm += rowWeight * rowDirection[row] * rowDirection[row]
    }
    return norm
  }

  private func moveRows(_ step: Double) {
    for row in 0..<network.rows.count {
      let move = step * rowWeight * rowDirection[row] / network.rows.scales[row]
      split.rowPrice[row] = max(0, split.rowPrice[row] + move)
    }
  }

  /// What a violation by a row's whole scale weighs beside the links.
  private var rowWeight: Double { 0.3 * max(1, abs(bound == .infinity ? 1 : bound)) }
}

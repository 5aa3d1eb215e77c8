/// Tears down a random ball of nodes and builds it up again, guided by prices; keeps what is better.
final class BallSearch {
  private let network: SearchNetwork
  private let moves: NodeMoves
  private var random: SearchRandom
  private let mark: FlatArray<Int32>
  private let linkMark: FlatArray<Int32>
  private var stamp: Int32 = 0
  private var ball: [Int] = []
  private var touched: [Int] = []
  private var before: [Double] = []
  private var candidates: [(score: Double, link: Int)] = []
  /// Prices of one unit of each node's capacity.
  let prices: FlatArray<Double>
  /// How likely each link is to be open in a good plan, 0...1.
  let likelihood: FlatArray<Double>

  /// Nodes in a ball: from the first on, fewer than the second more.
  private static let ballSize = (least: 6, span: 12)
  /// Share of a ball's links that are closed.
  private static let destruction = 0.7
  /// Noise in scores, and weight of likelihood, as multiples of what opening costs.
  private static let noise = 2.1
  private static let trust = 0.7

  init(_ network: SearchNetwork, moves: NodeMoves, seed: UInt64) {
    self.network = network
    self.moves = moves
    random = SearchRandom(seed: seed)
    mark = FlatArray(repeating: 0, count: network.nodeCount)
    linkMark = FlatArray(repeating: 0, count: network.linkCount)
    prices = FlatArray(repeating: 0, count: network.nodeCount)
    likelihood = FlatArray(repeating: 0, count: network.linkCount)
  }

  /// One move.
  /// - Returns: Whether the plan became better; otherwise it is as before.
  func move(_ state: SearchState) -> Bool {
    if network.linkCount == 0 { return false }
    gather(size: Self.ballSize.least + random.below(Self.ballSize.span))
    if touched.count < 2 { return false }
    let merit = state.merit
    before.removeAll(keepingCapacity: true)
    for link in touched { before.append(state.flow.base[link]) }
    for link in touched
    where state.flow.base[link] > 0 && !network.isRequired.base[link]
      && random.unit() < Self.destruction
    {
      state.set(link, 0)
    }
    rebuild(state)
    for _ in 0..<3 {
      let merit = state.merit
      for node in ball { _ = moves.reoptimise(node, in: state, stepLimit: 60) }
      if state.merit <= merit + 1e-9 * abs(merit) { break }
    }
    if state.merit > merit + 1e-10 * abs(merit) { return true }
    undo(state)
    return false
  }

  private func undo(_ state: SearchState) {
    for (index, link) in touched.enumerated()
    where state.flow.base[link] > 0 && state.flow.base[link] != before[index] {
      state.set(link, network.isRequired.base[link] ? network.lower.base[link] : 0)
    }
    for (index, link) in touched.enumerated() { state.set(link, before[index]) }
  }

  /// Grows a ball of nodes from a random one, or two; its direct links are `touched`.
  private func gather(size: Int) {
    stamp &+= 1
    ball.removeAll(keepingCapacity: true)
    touched.removeAll(keepingCapacity: true)
    // What one place spends of a budget may be worth more at another.
    for _ in 0..<(network.rows.count > 0 ? 2 : 1) {
      let first = random.below(network.nodeCount)
      if mark.base[first] == stamp { continue }
      mark.base[first] = stamp
      ball.append(first)
    }
    var next = 0
    while next < ball.count, ball.count < size {
      let links = network.links(ball[next])
      next += 1
      if links.isEmpty { continue }
      for _ in 0..<min(links.count, 4) {
        let link = Int(links[random.below(links.count)])
        let other = network.opposite(of: ball[next - 1], on: link)
        if mark.base[other] != stamp, network.kind.base[other] == .stream {
          mark.base[other] = stamp
          ball.append(other)
        }
      }
    }
    for node in ball {
      for link in network.links(node) where linkMark.base[Int(link)] != stamp {
        linkMark.base[Int(link)] = stamp
        if network.isDirect(Int(link)) { touched.append(Int(link)) }
      }
    }
  }

  private func rebuild(_ state: SearchState) {
    candidates.removeAll(keepingCapacity: true)
    for link in touched where state.flow.base[link] <= 0 {
      let amount = state.room(link)
      if amount <= 0 || amount < network.lower.base[link] { continue }
      let worth = network.isPlain ? network.benefit.base[link] : moves.unitWorth(link)
      let cost =
        network.isPlain ? network.fixed.base[link] : moves.openingCost(link, in: state)
      if worth * amount <= cost { continue }
      let net =
        worth - prices.base[Int(network.tail.base[link])]
        - prices.base[Int(network.head.base[link])] * network.ratio.base[link]
      let bonus = (random.unit() - 0.5) * Self.noise + Self.trust * likelihood.base[link]
      candidates.append((net * amount - cost + bonus * (cost + 0.02 * worth * amount), link))
    }
    candidates.sort { ($0.score, $1.link) > ($1.score, $0.link) }
    for candidate in candidates { moves.add(candidate.link, to: state) }
  }
}

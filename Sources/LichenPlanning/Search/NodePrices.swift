/// Prices of one unit at each node in the relaxation that spreads a link's fixed cost over its most:
/// max Σ (b − f/u)·x over node capacities, priced by subgradients. Guides greedy choices and starts the
/// decomposition.
struct NodePrices {
  let prices: FlatArray<Double>
  /// Upper bound on the relaxation, hence on every plan of a network without facilities or side rows.
  private(set) var bound = Double.infinity

  /// - Parameters:
  ///   - incumbent: Value of a known plan, at which steps aim.
  ///   - shouldStop: Asked before each iteration but the first.
  /// - Complexity: O(iterations · links).
  init(
    _ network: SearchNetwork, incumbent: Double, iterations: Int, shouldStop: () -> Bool
  ) {
    let nodes = network.nodeCount
    prices = FlatArray(repeating: 0, count: nodes)
    let best = FlatArray<Double>(repeating: 0, count: nodes)
    let direction = FlatArray<Double>(repeating: 0, count: nodes)
    let used = FlatArray<Double>(repeating: 0, count: nodes)
    let worth = FlatArray<Double>(repeating: 0, count: network.linkCount)
    // What opening brings by itself is had in full, however little flows.
    var gift = 0.0
    for link in 0..<network.linkCount {
      worth[link] = network.benefit[link] - max(0, network.fixed[link]) / network.upper[link]
      gift += max(0, -network.fixed[link])
    }
    var step = 1.0
    var sinceBest = 0
    for iteration in 0..<iterations {
      if iteration > 0, shouldStop() { break }
      let value = gift + Self.evaluate(network, worth, prices, used)
      if bound == .infinity || value < bound - 1e-6 * abs(bound) {
        bound = value
        best.copy(prices)
        sinceBest = 0
      } else {
        sinceBest += 1
        if sinceBest >= 20 {
          step *= 0.7
          sinceBest = 0
          prices.copy(best)
        }
      }
      Self.move(network, prices, direction, used, by: step * (value - incumbent))
    }
    prices.copy(best)
  }

  private static func evaluate(
    _ network: SearchNetwork, _ worth: FlatArray<Double>, _ prices: FlatArray<Double>,
    _ used: FlatArray<Double>
  ) -> Double {
    used.fill(0)
    var value = 0.0
    let (tail, head) = (network.tail.base, network.head.base)
    let (ratio, upper) = (network.ratio.base, network.upper.base)
    let (worth, prices, usage) = (worth.base, prices.base, used.base)
    for link in 0..<network.linkCount {
      let from = Int(tail[link])
      let to = Int(head[link])
      let net = worth[link] - prices[from] - ratio[link] * prices[to]
      if net > 0 {
        value += net * upper[link]
        usage[from] += upper[link]
        usage[to] += ratio[link] * upper[link]
      }
    }
    for node in 0..<network.nodeCount { value += network.capacity.base[node] * prices[node] }
    return value
  }

  /// A deflected step in prices per whole capacity.
  private static func move(
    _ network: SearchNetwork, _ prices: FlatArray<Double>, _ direction: FlatArray<Double>,
    _ used: FlatArray<Double>, by length: Double
  ) {
    var norm = 0.0
    for node in 0..<network.nodeCount where network.capacity[node] > 0 {
      let capacity = network.capacity[node]
      direction[node] = 0.7 * (capacity - used[node]) / capacity + 0.3 * direction[node]
      if prices[node] <= 0, direction[node] > 0 { continue }
      norm += direction[node] * direction[node] * capacity
    }
    let step = length / max(norm, 1e-9)
    for node in 0..<network.nodeCount {
      prices[node] = max(0, prices[node] - step * direction[node])
    }
  }
}

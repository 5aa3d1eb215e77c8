/// What a facility's copies can earn at given prices, bounded by the concave envelopes of its links:
/// max Σ e·x over links in and out, Σ x ≤ capacity over links in, what goes out being what comes in
/// times its ratio, less the opening.
///
/// The balance has one price π; the bound holds for any, and the best is found by bisection on the
/// balance, which falls as π rises. At the best π two solutions are mixed so that the balance closes.
enum FacilityBound {
  private struct Leg {
    let link: Int
    let isIn: Bool
    let ratio: Double
    let upper: Double
    let slope: Double
    let isRequired: Bool
  }

  private struct Solution {
    var value = 0.0
    /// Made less taken out.
    var balance = 0.0
    var shares: [Double]
  }

  static func value(
    of node: Int, in split: Decomposition, terms: inout [(row: Int, value: Double)]
  ) -> Double {
    let network = split.network
    var constant = 0.0
    var mustOpen = false
    var legs: [Leg] = []
    for member in network.links(node) {
      let link = Int(member)
      let isIn = Int(network.head[link]) == node
      let profit = isIn ? split.headProfit[link] : split.tailProfit(link)
      let fixed = isIn ? split.headCost(link) : split.tailFixed(link)
      let required = network.isRequired[link]
      // A cost that need not be spread: paid anyway, or a gain for opening.
      let spread = !required && fixed > 0
      if !spread { constant -= fixed }
      mustOpen = mustOpen || required
      legs.append(
        Leg(
          link: link, isIn: isIn, ratio: network.ratio[link], upper: network.upper[link],
          slope: spread ? profit - fixed / network.upper[link] : profit,
          isRequired: required || fixed < 0))
    }
    var opening = network.opening[node]
    for (row, term) in network.rows.facilityTerms[node] ?? [] {
      opening += split.rowPrice[row] * term
    }
    let (bound, shares) = best(legs, capacity: network.capacity[node])
    let value = bound + constant - opening
    let isOpen = mustOpen || value > 0
    for (leg, share) in zip(legs, shares) {
      let (flow, open) = isOpen ? (share, leg.isRequired ? 1 : share) : (0, 0)
      if leg.isIn {
        split.headFlow[leg.link] = flow
        split.headOpen[leg.link] = open
      } else {
        split.tailFlow[leg.link] = flow
        split.tailOpen[leg.link] = open
      }
    }
    if isOpen { terms += network.rows.facilityTerms[node] ?? [] }
    return isOpen ? value : 0
  }

  private static func best(_ legs: [Leg], capacity: Double) -> (value: Double, shares: [Double]) {
    // Below the lowest price nobody brings anything, above the highest nobody takes anything.
    var low = -1.0
    var high = 1.0
    for leg in legs {
      if leg.isIn {
        low = min(low, -leg.slope / leg.ratio - 1)
        high = max(high, -leg.slope / leg.ratio + 1)
      } else {
        low = min(low, leg.slope - 1)
        high = max(high, leg.slope + 1)
      }
    }
    var atLow = solution(legs, price: low, capacity: capacity)
    var atHigh = solution(legs, price: high, capacity: capacity)
    for _ in 0..<60 where high - low > 1e-12 * max(1, abs(low), abs(high)) {
      let middle = (low + high) / 2
      let found = solution(legs, price: middle, capacity: capacity)
      if found.balance <= 0 {
        (low, atLow) = (middle, found)
      } else {
        (high, atHigh) = (middle, found)
      }
    }
    let span = atHigh.balance - atLow.balance
    let weight = span > 0 ? min(1, max(0, atHigh.balance / span)) : 1
    let shares = zip(atLow.shares, atHigh.shares).map { weight * $0 + (1 - weight) * $1 }
    return (min(atLow.value, atHigh.value), shares)
  }

  /// The inner maximum at one price of the product, a valid bound for any price.
  private static func solution(_ legs: [Leg], price: Double, capacity: Double) -> Solution {
    var solution = Solution(shares: Array(repeating: 0, count: legs.count))
    var arriving: [(worth: Double, index: Int)] = []
    for (index, leg) in legs.enumerated() {
      if leg.isIn {
        let worth = leg.slope + price * leg.ratio
        if worth > 0 { arriving.append((worth, index)) }
      } else if leg.slope > price {
        solution.value += (leg.slope - price) * leg.upper
        solution.balance -= leg.upper
        solution.shares[index] = 1
      }
    }
    var left = capacity
    for (worth, index) in arriving.sorted(by: { ($0.worth, $1.index) > ($1.worth, $0.index) }) {
      let amount = min(left, legs[index].upper)
      if amount <= 0 { break }
      solution.value += worth * amount
      solution.balance += legs[index].ratio * amount
      solution.shares[index] = amount / legs[index].upper
      left -= amount
    }
    return solution
  }
}

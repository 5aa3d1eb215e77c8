/// How the worth of cut links is divided between their two copies: the head's copy has `headMoney` of a unit's worth and
/// `headFixed` of the fixed cost, the tail's the rest. Whatever the division, the best of all blocks by themselves add up
/// to no less than any plan of the whole (Guignard & Kim, Mathematical Programming 39, 1987).
public struct LinkDivision: Sendable, Hashable {
  /// Indices of the cut links in the whole model, ascending.
  public let links: [Int]
  /// By cut link [money per unit moved].
  public private(set) var headMoney: [Double]
  /// By cut link, 0 ... the fixed cost [money].
  public private(set) var headFixed: [Double]

  public init(links: [Int], headMoney: [Double], headFixed: [Double]) {
    precondition(
      links.count == headMoney.count && links.count == headFixed.count, "One share per cut link.")
    self.links = links
    self.headMoney = headMoney
    self.headFixed = headFixed
  }

  /// What a member of a block has of its link's worth.
  func worth(_ member: Excerpt.Member, of link: PlanningModel.Link) -> (
    money: Double, fixedCost: Double
  ) {
    guard member.role != .whole, let place = links.position(of: member.link) else {
      return (link.money, link.fixedCost)
    }
    return member.role == .head
      ? (headMoney[place], headFixed[place])
      : (link.money - headMoney[place], link.fixedCost - headFixed[place])
  }

  /// The division after a subgradient step against the disagreement of the copies (Polyak 1969): what both want alike
  /// stays, what one wants more than the other costs it more.
  /// - Parameters:
  ///   - model: The whole, in money alone.
  ///   - tails: Flow of the tail's copy by cut link [units/a].
  ///   - heads: Flow of the head's copy.
  ///   - distance: By how much the blocks' bound is above the best plan known; the step aims at `relaxation` of it.
  public func moved(
    in model: PlanningModel, tails: [Double], heads: [Double], distance: Double,
    relaxation: Double = 0.5
  ) -> LinkDivision {
    var norm = 0.0
    var weights = [Double](repeating: 0, count: links.count)
    for (place, index) in links.enumerated() {
      let link = model.links[index]
      // As in `DualAscent`: what a whole link is worth in the norm of steps.
      weights[place] = max(link.fixedCost, 0.02 * abs(link.money) * link.upper, 1e-9)
      let flow = (heads[place] - tails[place]) / link.upper
      let open = (tails[place] > 0 ? 1.0 : 0) - (heads[place] > 0 ? 1.0 : 0)
      norm += weights[place] * (flow * flow + open * open)
    }
    var moved = self
    let step = relaxation * max(0, distance) / max(norm, 1e-12)
    for (place, index) in links.enumerated() {
      let link = model.links[index]
      let size = step * weights[place]
      let flow = (heads[place] - tails[place]) / link.upper
      let open = (tails[place] > 0 ? 1.0 : 0) - (heads[place] > 0 ? 1.0 : 0)
      moved.headMoney[place] -= size * flow / link.upper
      // A copy that is paid for opening would open for that alone; instances know no such links.
      moved.headFixed[place] = min(max(headFixed[place] - size * open, 0), link.fixedCost)
    }
    return moved
  }
}

extension [Int] {
  /// Place of an element of an ascending list, by bisection.
  package func position(of element: Int) -> Int? {
    let place = firstPosition(from: element)
    return place < count && self[place] == element ? place : nil
  }

  /// The elements of an ascending list that lie in a range.
  package func elements(in range: Range<Int>) -> ArraySlice<Int> {
    self[firstPosition(from: range.lowerBound)..<firstPosition(from: range.upperBound)]
  }

  /// Place of the first element of an ascending list that is not below a bound, by bisection.
  private func firstPosition(from bound: Int) -> Int {
    var low = 0
    var high = count
    while low < high {
      let middle = (low + high) / 2
      if self[middle] < bound { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

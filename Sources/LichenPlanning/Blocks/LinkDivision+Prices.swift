extension LinkDivision {
  /// A division by node prices of the relaxation that spreads fixed costs over flows; fixed costs evenly.
  /// - Parameters:
  ///   - links: The cut links, ascending.
  ///   - model: In money alone.
  ///   - part: The component.
  ///   - iterations: Steps of the subgradient method.
  /// - Complexity: O(iterations · links of the component).
  public init(
    cutting links: [Int], of part: PlanningModel.Part, in model: PlanningModel,
    iterations: Int = 300
  ) {
    let network = SearchNetwork(model: model, part: part, weights: .benefit)
    let prices = NodePrices(network, incumbent: 0, iterations: iterations) { false }.prices
    var headMoney = [Double](repeating: 0, count: links.count)
    var headFixed = [Double](repeating: 0, count: links.count)
    var place = [Int32](repeating: -1, count: model.links.count)
    for (position, link) in links.enumerated() { place[link] = Int32(position) }
    for (position, index) in part.links.enumerated() where place[index] >= 0 {
      let cut = Int(place[index])
      let link = model.links[index]
      let perUnit = link.fixedCost / link.upper
      let (tail, head) = (Int(network.tail[position]), Int(network.head[position]))
      // A facility has no price: what the stream at the other end leaves is its own.
      headMoney[cut] =
        network.kind[head] == .stream
        ? network.ratio[position] * prices[head] + perUnit / 2
        : link.money - prices[tail] - perUnit / 2
      headFixed[cut] = link.fixedCost / 2
    }
    self.init(links: links, headMoney: headMoney, headFixed: headFixed)
  }
}

import LichenPlanning

/// A greedy plan over direct links, from which a variant's budget or CO2e floor is measured.
struct GreedyLimits {
  private(set) var capital = 0.0
  private(set) var carbon = 0.0

  /// Takes links in falling order of `worth`, each with all that is left at both ends.
  /// - Parameters:
  ///   - isWorthwhile: Whether a link still counts with what is left for it.
  ///   - partners, budget: Limits that the plan keeps.
  /// - Complexity: O(n log n) for n links.
  init(
    _ links: [PlanningModel.Link], supplies: [Double], needs: [Double],
    worth: (PlanningModel.Link) -> Double,
    isWorthwhile: (PlanningModel.Link, Double) -> Bool,
    partners: Int? = nil, budget: Double? = nil
  ) {
    let worths = links.map(worth)
    let order = links.indices.sorted { (-worths[$0], $0) < (-worths[$1], $1) }
    var (offered, wanted) = (supplies, needs)
    var outputPartners = [Int](repeating: 0, count: supplies.count)
    var inputPartners = [Int](repeating: 0, count: needs.count)
    for index in order {
      let link = links[index]
      guard let output = link.output, let input = link.input else { continue }
      if let partners, max(outputPartners[output], inputPartners[input]) >= partners { continue }
      if let budget, capital + link.capital > budget { continue }
      let flow = min(offered[output], wanted[input] / link.ratio)
      guard flow > 0, flow >= link.lower, isWorthwhile(link, flow) else { continue }
      offered[output] -= flow
      wanted[input] -= flow * link.ratio
      outputPartners[output] += 1
      inputPartners[input] += 1
      capital += link.capital
      carbon += link.carbon * flow
    }
  }
}

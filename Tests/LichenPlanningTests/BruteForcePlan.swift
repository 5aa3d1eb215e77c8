import LichenMatching
import LichenPlanning

/// Finds the best plan by trying every set of open links: an oracle that shares no code with the
/// planner or the solver. Exponential; for at most about a dozen links.
struct BruteForcePlan {
  let model: PlanningModel
  let weights: PlanningModel.Weights

  /// Best value over all sets of links and measures, or `nil` if none is feasible.
  func best() -> Double? {
    var highest: Double?
    for set in 0..<(1 << model.measures.count) {
      let taken = model.measures.indices.filter { set & (1 << $0) != 0 }
      guard
        model.measures.indices.allSatisfy({ !model.measures[$0].isRequired || taken.contains($0) }),
        let value = best(taking: taken), value > highest ?? -.infinity
      else { continue }
      highest = value
    }
    return highest
  }

  private func best(taking taken: [Int]) -> Double? {
    var supplies = model.supplies
    var needs = model.needs
    var base = 0.0
    var spent = 0.0
    for index in taken {
      let measure = model.measures[index]
      base += weights.money * measure.money + weights.carbon * measure.carbon
      spent += measure.capital
      if let output = measure.output { supplies[output] += measure.shift }
      if let input = measure.input { needs[input] += measure.shift }
    }
    let avoided = taken.reduce(0) { $0 + model.measures[$1].carbon }
    if (supplies + needs).contains(where: { $0 < -1e-9 }) { return nil }
    if let budget = model.capitalBudget, spent > budget * (1 + 1e-9) { return nil }
    let left = BruteForcePlan(
      model: PlanningModel(
        name: model.name, links: model.links, linkNames: model.linkNames,
        linkPermits: model.linkPermits, supplies: supplies.map { max(0, $0) },
        needs: needs.map { max(0, $0) }, leastNeeds: model.leastNeeds, permits: model.permits,
        facilities: model.facilities, blends: model.blends,
        capitalBudget: model.capitalBudget.map { $0 - spent },
        carbonFloor: model.carbonFloor.map { $0 - avoided }, partnerLimit: model.partnerLimit),
      weights: weights)
    return left.bestLinks().map { base + $0 }
  }

  /// Best value over all sets of open links.
  private func bestLinks() -> Double? {
    let required = model.links.indices.reduce(0) {
      model.links[$1].isRequired ? $0 | (1 << $1) : $0
    }
    var best: Double?
    for set in 0..<(1 << model.links.count) where set & required == required {
      let open = model.links.indices.filter { set & (1 << $0) != 0 }
      guard isAllowed(open), let flows = bestFlows(open) else { continue }
      let value = flows - fixed(open)
      if value > best ?? -.infinity { best = value }
    }
    return best
  }

  /// Partner limits and budget look only at which links are open.
  private func isAllowed(_ open: [Int]) -> Bool {
    if let limit = model.partnerLimit {
      for key in [\PlanningModel.Link.output, \.input] {
        let counts = Dictionary(grouping: open) { model.links[$0][keyPath: key] }
        if counts.contains(where: { $0.key != nil && $0.value.count > limit }) { return false }
      }
    }
    if let budget = model.capitalBudget {
      let spent =
        open.reduce(0) { $0 + model.links[$1].capital }
        + facilities(open).reduce(0) { $0 + model.facilities[$1].capital }
      if spent > budget + 1e-9 * max(1, abs(budget)) { return false }
    }
    return true
  }

  private func facilities(_ open: [Int]) -> Set<Int> {
    var used: Set<Int> = []
    for index in open {
      if case .facility(let facility) = model.links[index].source { used.insert(facility) }
      if case .facility(let facility) = model.links[index].target { used.insert(facility) }
    }
    return used
  }

  private func fixed(_ open: [Int]) -> Double {
    let permits = Set(open.flatMap { model.permits(of: $0) }.map(Int.init))
    return weights.money
      * (open.reduce(0) { $0 + model.links[$1].fixedCost }
        + permits.reduce(0) { $0 + model.permits[$1].annualCost }
        + facilities(open).reduce(0) { $0 + model.facilities[$1].openingCost })
  }

  /// Best value of the flows with exactly these links open, or `nil` if the lots do not fit.
  private func bestFlows(_ open: [Int]) -> Double? {
    if open.isEmpty {
      let owed = (model.carbonFloor ?? 0) > 0 || model.leastNeeds.contains { $0 > 0 }
      return owed ? nil : 0
    }
    var rows: [[Double]] = []
    var limits: [Double] = []
    for (streams, capacities, share) in [
      (\PlanningModel.Link.output, model.supplies, { (_: PlanningModel.Link) in 1.0 }),
      (\.input, model.needs, { $0.ratio }),
    ] {
      for stream in Set(open.compactMap { model.links[$0][keyPath: streams] }).sorted() {
        let row = open.map { index -> Double in
          let link = model.links[index]
          return link[keyPath: streams] == stream ? share(link) : 0
        }
        rows.append(row)
        limits.append(capacities[stream])
      }
    }
    let (more, most) = furtherRows(open)
    rows += more
    limits = zip(rows, limits + most).map { row, limit in
      limit - zip(row, open).reduce(0) { $0 + $1.0 * model.links[$1.1].lower }
    }
    for (position, index) in open.enumerated() {
      let link = model.links[index]
      var row = [Double](repeating: 0, count: open.count)
      row[position] = 1
      rows.append(row)
      limits.append(link.upper - link.lower)
    }
    let values = open.map {
      weights.money * model.links[$0].money + weights.carbon * model.links[$0].carbon
    }
    let base = zip(values, open).reduce(0) { $0 + $1.0 * model.links[$1.1].lower }
    return SmallSimplex.maximum(values, rows: rows, limits: limits).map { base + $0 }
  }

  /// Facilities, blends, CO2e floor and cover, each as Σ a·x ≤ b over the open links.
  private func furtherRows(_ open: [Int]) -> (rows: [[Double]], limits: [Double]) {
    var rows: [[Double]] = []
    var limits: [Double] = []
    func add(_ limit: Double, _ coefficient: (Int, PlanningModel.Link) -> Double) {
      rows.append(open.map { coefficient($0, model.links[$0]) })
      limits.append(limit)
    }
    for facility in facilities(open).sorted() {
      add(model.facilities[facility].capacity) { $1.target == .facility(facility) ? 1 : 0 }
      for sign in [1.0, -1] {
        add(0) { _, link in
          sign
            * ((link.source == .facility(facility) ? 1 : 0)
              - (link.target == .facility(facility) ? link.ratio : 0))
        }
      }
    }
    for blend in model.blends {
      add(0) { index, _ in blend.links.firstIndex(of: index).map { blend.excess[$0] } ?? 0 }
    }
    if let floor = model.carbonFloor { add(-floor) { -$1.carbon } }
    for (input, least) in model.leastNeeds.enumerated() where least > 0 {
      add(-least) { $1.input == input ? -$1.ratio : 0 }
    }
    return (rows, limits)
  }
}

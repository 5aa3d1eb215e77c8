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
    if (supplies + needs).contains(where: { $0 < -1e-9 }) { return nil }
    if let budget = model.capitalBudget, spent > budget * (1 + 1e-9) { return nil }
    let left = BruteForcePlan(
      model: PlanningModel(
        name: model.name, links: model.links, linkNames: model.linkNames,
        linkPermits: model.linkPermits, supplies: supplies.map { max(0, $0) },
        needs: needs.map { max(0, $0) }, permits: model.permits,
        capitalBudget: model.capitalBudget.map { $0 - spent },
        partnerLimit: model.partnerLimit), weights: weights)
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
        if counts.values.contains(where: { $0.count > limit }) { return false }
      }
    }
    if let budget = model.capitalBudget {
      let spent = open.reduce(0) { $0 + model.links[$1].capital }
      if spent > budget + 1e-9 * max(1, abs(budget)) { return false }
    }
    return true
  }

  private func fixed(_ open: [Int]) -> Double {
    let permits = Set(open.flatMap { model.permits(of: $0) }.map(Int.init))
    return weights.money
      * (open.reduce(0) { $0 + model.links[$1].fixedCost }
        + permits.reduce(0) { $0 + model.permits[$1].annualCost })
  }

  /// Best value of the flows with exactly these links open, or `nil` if the lots do not fit.
  private func bestFlows(_ open: [Int]) -> Double? {
    if open.isEmpty { return 0 }
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
        let used = zip(row, open).reduce(0) { $0 + $1.0 * model.links[$1.1].lower }
        let left = capacities[stream] - used
        if left < -1e-9 * max(1, capacities[stream]) { return nil }
        rows.append(row)
        limits.append(max(0, left))
      }
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
    return base + SmallSimplex.maximum(values, rows: rows, limits: limits)
  }
}

/// Textbook primal simplex with Bland's rule for max c·z, A·z ≤ b, z ≥ 0, b ≥ 0 (Chvátal, Linear
/// Programming, 1983, chapters 2-3). The feasible sets here are bounded.
enum SmallSimplex {
  static func maximum(_ objective: [Double], rows: [[Double]], limits: [Double]) -> Double {
    let columns = objective.count
    var tableau = rows.enumerated().map { index, row in
      row + rows.indices.map { $0 == index ? 1.0 : 0.0 } + [limits[index]]
    }
    var costs = objective.map { -$0 } + [Double](repeating: 0, count: rows.count + 1)
    var basis = rows.indices.map { columns + $0 }
    let scale = objective.map(abs).max() ?? 0
    while let entering = costs.dropLast().firstIndex(where: { $0 < -1e-12 * max(1, scale) }) {
      var leaving: Int?
      var least = Double.infinity
      for row in tableau.indices where tableau[row][entering] > 1e-12 {
        let ratio = (tableau[row].last ?? 0) / tableau[row][entering]
        if ratio < least - 1e-12
          || (ratio <= least + 1e-12 && leaving.map { basis[row] < basis[$0] } ?? true)
        {
          least = ratio
          leaving = row
        }
      }
      guard let pivotRow = leaving else { return .infinity }
      let pivot = tableau[pivotRow][entering]
      tableau[pivotRow] = tableau[pivotRow].map { $0 / pivot }
      for row in tableau.indices where row != pivotRow && tableau[row][entering] != 0 {
        let factor = tableau[row][entering]
        for column in tableau[row].indices {
          tableau[row][column] -= factor * tableau[pivotRow][column]
        }
      }
      let factor = costs[entering]
      for column in costs.indices { costs[column] -= factor * tableau[pivotRow][column] }
      basis[pivotRow] = entering
    }
    return costs.last ?? 0
  }
}

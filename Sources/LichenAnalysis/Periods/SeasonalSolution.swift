import LichenDomain
import LichenPlanning

/// Monthly flows and stocks of a part, with what is built and taken for them.
struct SeasonalSolution: Sendable {
  /// By position of the part's links and month [reference units].
  var flows: [[Double]]
  /// By position of the part's measures.
  var isTaken: [Bool]
  /// By position of the part's stores.
  var isBuilt: [Bool]
  /// By position of the part's stores, at the end of each month [reference units].
  var stocks: [[Double]]
  /// What is laid in by month, where a store has a shelf life [reference units].
  var laidIn: [[Double]]

  /// Sum of a link's months.
  func total(_ position: Int) -> Double { flows[position].reduce(0, +) }
}

extension SeasonalProgram {
  /// A solver's values in physical units; values within 1e-9 of an end of their range are taken as that
  /// end, a closed link carries nothing.
  /// - Parameter part: Of the same links, measures and, among others, stores.
  func solution(from values: [Double], part: SeasonalModel.Part) -> SeasonalSolution {
    func share(_ column: Int) -> Double {
      let value = values[column]
      return value < 1e-9 ? 0 : value > 1 - 1e-9 ? 1 : value
    }
    let flows = links.indices.map { position -> [Double] in
      if let opening = openings[position], values[opening] < 0.5 {
        return [Double](repeating: 0, count: 12)
      }
      let amounts = flowColumns[position].indices.map { period in
        flowColumns[position][period].map { share($0) * mostFlows[position][period] } ?? 0
      }
      if isMonthly(position) { return amounts }
      return seasonal.shape(ofLink: links[position]).shares.map { $0 * amounts[0] }
    }
    let nothing = [Double](repeating: 0, count: 12)
    var solution = SeasonalSolution(
      flows: flows, isTaken: measureColumns.map { values[$0] > 0.5 },
      isBuilt: part.stores.map { _ in false }, stocks: part.stores.map { _ in nothing },
      laidIn: part.stores.map { _ in nothing })
    for (position, index) in stores.enumerated() {
      guard let place = part.stores.firstIndex(of: index) else { continue }
      let isBuilt = storeColumns[position].map { values[$0] > 0.5 } ?? true
      guard isBuilt else { continue }
      solution.isBuilt[place] = true
      solution.stocks[place] = stockColumns[position].map { share($0) * capacities[position] }
      solution.laidIn[place] =
        freshColumns[position].isEmpty
        ? nothing : freshColumns[position].map { max(0, values[$0]) * capacities[position] }
    }
    return solution
  }

  /// Values of a known solution, as a start.
  func values(of solution: SeasonalSolution, part: SeasonalModel.Part) -> [Double] {
    var values = program.columns.map { $0.isInteger ? $0.lower : 0 }
    for position in links.indices {
      let total = solution.total(position)
      let isOpen = total > 0 || link(position).isRequired
      if let opening = openings[position] { values[opening] = isOpen ? 1 : 0 }
      for (period, column) in flowColumns[position].enumerated() {
        guard let column else { continue }
        let amount = isMonthly(position) ? solution.flows[position][period] : total
        values[column] = min(1, amount / mostFlows[position][period])
      }
      guard isOpen else { continue }
      for permit in model.permits(of: links[position]) {
        if let column = permitColumns[Int(permit)] { values[column] = 1 }
      }
      for plant in link(position).plants {
        if let column = facilityColumns[plant] { values[column] = 1 }
      }
    }
    for (column, isTaken) in zip(measureColumns, solution.isTaken) {
      values[column] = isTaken ? 1 : 0
    }
    for (position, index) in stores.enumerated() {
      guard let place = part.stores.firstIndex(of: index), solution.isBuilt[place],
        capacities[position] > 0
      else { continue }
      if let column = storeColumns[position] { values[column] = 1 }
      for (column, stock) in zip(stockColumns[position], solution.stocks[place]) {
        values[column] = min(1, stock / capacities[position])
      }
      for (column, amount) in zip(freshColumns[position], solution.laidIn[place]) {
        values[column] = amount / capacities[position]
      }
    }
    return values
  }
}

extension SeasonalModel {
  /// What a solution is worth in an objective, re-added from its flows.
  /// - Parameter isOpen: By position of the part's links, what is paid for; what flows by default.
  func value(
    of solution: SeasonalSolution, part: Part, _ weights: PlanningModel.Weights,
    isOpen: [Bool]? = nil
  ) -> Double {
    let totals = part.links.indices.map(solution.total)
    var value = model.value(
      flows: totals, isOpen: isOpen ?? totals.map { $0 > 0 }, isTaken: solution.isTaken,
      of: part.planning, weights)
    for (place, index) in part.stores.enumerated() where solution.isBuilt[place] {
      let store = stores[index]
      let lost = store.loss * solution.stocks[place].reduce(0, +)
      value -= weights.money * (store.annualCost + store.lostMoney * lost)
      value -= weights.carbon * store.lostCarbon * lost
    }
    return value
  }
}

extension PlanningModel {
  /// What yearly flows of a part are worth, openings, permits and plants paid for; by position in the part.
  func value(
    flows: [Double], isOpen: [Bool], isTaken: [Bool], of part: Part, _ weights: Weights
  ) -> Double {
    var value = 0.0
    for (position, index) in part.links.enumerated() {
      value += unitValue(of: links[index], weights) * flows[position]
    }
    value -= weights.money * sunkCost(isOpen: isOpen, of: part)
    for (index, isTaken) in zip(part.measures, isTaken) where isTaken {
      value += self.value(of: measures[index], weights)
    }
    return value
  }

  /// Yearly cost of open links, their permits and plants [park currency/a]; by position in the part.
  func sunkCost(isOpen: [Bool], of part: Part) -> Double {
    var cost = 0.0
    var usedPermits: Set<Int> = []
    var usedPlants: Set<Int> = []
    for (position, index) in part.links.enumerated()
    where isOpen[position] || links[index].isRequired {
      cost += links[index].fixedCost
      usedPermits.formUnion(permits(of: index).map(Int.init))
      usedPlants.formUnion(links[index].plants)
    }
    cost += usedPermits.sorted().reduce(0) { $0 + permits[$1].annualCost }
    cost += usedPlants.sorted().reduce(0) { $0 + facilities[$1].openingCost }
    return cost
  }
}

import LichenPlanning

/// The way all ranking methods plan: required things first, then cover, then everything that gains, in
/// the order of one ranking; measures that pay alone before and after.
struct RankedFilling {
  let model: PlanningModel
  let limits: RunLimits
  let progress: RunProgress
  /// Whether routes that carry something are dropped at the end if they do not earn their costs.
  var dropsLosers = false

  /// - Parameters:
  ///   - routes: Ways the method knows.
  ///   - rank: Routes to use at a price of CO2e, best first. Routes left out are never used.
  func plan(routes: RouteSet, rank: (RouteSet, Double) -> [Int]) -> AlgorithmResult {
    let state = state(routes: routes, rank: rank)
    return AlgorithmResult(
      state, stopRule: progress.isOver(limits) ? .timeLimit : .finished)
  }

  /// The same, as a plan under construction.
  func state(routes: RouteSet, rank: (RouteSet, Double) -> [Int]) -> PlanState {
    CarbonPricing.plan(model) { price in
      var state = PlanState(model, routes: routes, carbonPrice: price)
      let order = rank(routes, price)
      state.takePayingMeasures(afterExchanges: false)
      state.fillRequired(order: order)
      state.coverNeeds(order: order)
      state.fill(order: order) { progress.isOver(limits) }
      if dropsLosers { state.dropLosers() }
      state.takePayingMeasures(afterExchanges: true)
      return state
    }
  }

  /// Routes by falling key, ties in order of index.
  /// - Complexity: O(n log n).
  static func order(_ count: Int, by key: (Int) -> Double?) -> [Int] {
    var keyed: [(key: Double, index: Int32)] = []
    keyed.reserveCapacity(count)
    for index in 0..<count {
      if let key = key(index) { keyed.append((key, Int32(index))) }
    }
    keyed.sort { $0.key != $1.key ? $0.key > $1.key : $0.index < $1.index }
    return keyed.map { Int($0.index) }
  }
}

extension RouteSet {
  /// Most that a route could ever carry, all other routes idle.
  func capacity(of route: Int, _ model: PlanningModel) -> Double {
    var most = min(
      model.supplies[Int(outputs[route])], model.needs[Int(inputs[route])] / served[route])
    for place in legs(of: route) {
      let link = model.links[Int(legs[place])]
      most = min(most, link.upper / multipliers[place])
      if case .facility(let facility) = link.target {
        most = min(most, model.facilities[facility].capacity / multipliers[place])
      }
    }
    return most
  }

  /// Fixed costs of the legs, permits and facilities of a route that stands alone.
  func openingCost(of route: Int, _ model: PlanningModel) -> Double {
    var cost = 0.0
    for place in legs(of: route) {
      let leg = Int(legs[place])
      cost += model.links[leg].fixedCost
      for permit in model.permits(of: leg) { cost += model.permits[Int(permit)].annualCost }
      if case .facility(let facility) = model.links[leg].target {
        cost += model.facilities[facility].openingCost
      }
    }
    return cost
  }
}

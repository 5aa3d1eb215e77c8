import LichenPlanning

/// Makes a plan of flows: strips them into routes, pays what they open, raises them to their lots and
/// removes those that lose.
struct FlowRounding {
  let model: PlanningModel
  let routes: RouteSet

  /// - Parameters:
  ///   - price: Price of CO2e in the value of the plan.
  ///   - filling: Order of routes for filling up what is left; none if the flows are all there is.
  func state(of solution: FlowSolution, price: Double, filling: [Int] = []) -> PlanState {
    var state = PlanState(model, routes: routes, carbonPrice: price)
    for (index, share) in solution.measures.enumerated() where share > 0.5 && state.canTake(index) {
      state.take(index)
    }
    let quantities = stripped(solution.flows)
    let used = quantities.indices.filter { quantities[$0] > 0 }
    let order = RankedFilling.order(used.count) { place in
      let route = used[place]
      return quantities[route] * state.unitValue(of: route) - routes.openingCost(of: route, model)
    }.map { used[$0] }
    state.fillRequired(order: order + filling)
    add(quantities, order, to: &state)
    state.coverNeeds(order: order + filling)
    state.dropLosers()
    if !filling.isEmpty {
      state.fill(order: filling)
      state.dropLosers()
    }
    state.takePayingMeasures(afterExchanges: true)
    return state
  }

  private func add(_ quantities: [Double], _ order: [Int], to state: inout PlanState) {
    for route in order {
      let wanted = quantities[route] - state.quantities[route]
      guard wanted > 0, let room = state.room(on: route) else { continue }
      state.add(min(room.upperBound, max(room.lowerBound, wanted)), to: route)
    }
  }

  /// Quantities per route that make up the flows, routes of more value per unit first.
  private func stripped(_ flows: [Double]) -> [Double] {
    var left = flows
    var quantities = [Double](repeating: 0, count: routes.count)
    let carrying = (0..<routes.count).filter { route in
      routes.legs(of: route).allSatisfy { flows[Int(routes.legs[$0])] > 0 }
    }
    let order = RankedFilling.order(carrying.count) { routes.money[carrying[$0]] }
    for route in order.map({ carrying[$0] }) {
      var most = Double.infinity
      for place in routes.legs(of: route) {
        most = min(most, left[Int(routes.legs[place])] / routes.multipliers[place])
      }
      guard most > 0 else { continue }
      quantities[route] = most
      for place in routes.legs(of: route) {
        let leg = Int(routes.legs[place])
        left[leg] = max(0, left[leg] - most * routes.multipliers[place])
        if left[leg] < PlanState.dust * model.links[leg].upper { left[leg] = 0 }
      }
    }
    return quantities
  }
}

import LichenPlanning

/// Steps that simple methods share.
extension PlanState {
  /// Measures that pay by themselves: before exchanges those that leave more for them or touch nothing,
  /// after exchanges those that fit what is left. Best first.
  mutating func takePayingMeasures(afterExchanges: Bool) {
    func worth(_ index: Int) -> Double {
      model.measures[index].money + carbonPrice * model.measures[index].carbon
    }
    let order = model.measures.indices.filter {
      worth($0) > 0 && (afterExchanges || model.measures[$0].shift >= 0)
    }
    .sorted { (-worth($0), $0) < (-worth($1), $1) }
    for measure in order where canTake(measure) { take(measure) }
  }

  /// Fills required links to their smallest lot, over the best routes that pass them.
  mutating func fillRequired(order: [Int]) {
    let wanting = model.links.indices.filter {
      model.links[$0].isRequired && flows[$0] < model.links[$0].lower
    }
    guard !wanting.isEmpty else { return }
    let isWanting = Set(wanting)
    for route in order {
      let places = routes.legs(of: route).filter { isWanting.contains(Int(routes.legs[$0])) }
      let missing = places.map { place -> Double in
        let leg = Int(routes.legs[place])
        return (model.links[leg].lower - flows[leg]) / routes.multipliers[place]
      }
      guard let most = missing.max(), most > 0, let room = room(on: route) else { continue }
      add(min(room.upperBound, max(room.lowerBound, most)), to: route)
    }
  }

  /// Serves the needs that must be covered, in order of routes, whatever it costs.
  mutating func coverNeeds(order: [Int]) {
    guard model.leastNeeds.contains(where: { $0 > 0 }) else { return }
    for route in order {
      let input = Int(routes.inputs[route])
      let missing = (model.leastNeeds[input] - served[input]) / routes.served[route]
      guard missing > 0, let room = room(on: route) else { continue }
      add(min(room.upperBound, max(room.lowerBound, missing)), to: route)
    }
  }

  /// Adds as much as fits over every route that gains by it, in order, and again as long as an earlier
  /// opening makes another one pay.
  /// - Parameter isOver: Asked every thousand routes.
  mutating func fill(order: [Int], passes: Int = 4, isOver: () -> Bool = { false }) {
    for _ in 0..<passes {
      var hasAdded = false
      for (count, route) in order.enumerated() {
        if count % 1024 == 1023, isOver() { return }
        guard let room = room(on: route) else { continue }
        // Of a value linear in the quantity the best is at an end, and a gain is at the upper one.
        if gain(of: room.upperBound, on: route) > 0 {
          add(room.upperBound, to: route)
          hasAdded = true
        }
      }
      if !hasAdded { return }
    }
  }

  /// Removes routes that do not earn what closing them saves, one by one, then all routes of a permit
  /// or a facility together, until none is left.
  mutating func dropLosers() {
    for _ in 0..<8 {
      var hasDropped = false
      for route in quantities.indices where quantities[route] > 0 && canRemove(route) {
        if drop([route]) { hasDropped = true }
      }
      for group in sharedGroups() where drop(group) { hasDropped = true }
      if !hasDropped { return }
    }
  }

  /// Removes routes together if that makes the plan better.
  private mutating func drop(_ group: [Int]) -> Bool {
    let before = value
    var removed: [(route: Int, quantity: Double)] = []
    var isWhole = true
    for route in group {
      guard canRemove(route) else {
        isWhole = false
        break
      }
      removed.append((route, quantities[route]))
      remove(route)
    }
    if isWhole && value > before + 1e-12 * abs(before) { return true }
    for (route, quantity) in removed.reversed() { add(quantity, to: route) }
    return false
  }

  /// Routes in use that share a permit or a facility.
  private func sharedGroups() -> [[Int]] {
    var byPermit = [[Int]](repeating: [], count: model.permits.count)
    var byFacility = [[Int]](repeating: [], count: model.facilities.count)
    for route in quantities.indices where quantities[route] > 0 {
      for place in routes.legs(of: route) {
        let leg = Int(routes.legs[place])
        for permit in model.permits(of: leg).map(Int.init) where byPermit[permit].last != route {
          byPermit[permit].append(route)
        }
        for facility in Self.facilities(of: model.links[leg])
        where byFacility[facility].last != route { byFacility[facility].append(route) }
      }
    }
    return (byPermit + byFacility).filter { $0.count > 1 }
  }
}

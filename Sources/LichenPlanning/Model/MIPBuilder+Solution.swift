/// From a solver's values to flows, and back.
extension MIPBuilder {
  /// Yearly flows per link [reference units/a] from a solver's values.
  ///
  /// A closed link carries nothing, whatever a solver's tolerance let through; values within 1e-9 of
  /// an end of their range are taken as that end, and a stream that rounding overdrew gives the excess
  /// back, so that the plan keeps every supply, need and balance exactly.
  public func flows(from values: [Double]) -> [Double] {
    var flows = links.indices.map { position -> Double in
      if let opening = opening(at: position), values[opening] < 0.5 { return 0 }
      let share = min(1, max(0, values[position]))
      let upper = link(position).upper
      if share > 1 - 1e-9 { return upper }
      if share < 1e-9 { return 0 }
      return share * upper
    }
    let left = model.capacities(taking: zip(measures, taken(from: values)).filter(\.1).map(\.0))
    for (output, positions) in grouped(by: \.output) {
      Self.trim(&flows, positions, to: left.supplies[output]) { _ in 1 }
    }
    for (input, positions) in grouped(by: \.input) {
      Self.trim(&flows, positions, to: left.needs[input]) { link($0).ratio }
    }
    balancePlants(&flows)
    return flows
  }

  /// Plants hand on what they make and no more: what a solver's tolerance let through is taken back,
  /// first from what leaves, then from what comes in, so that no other limit is touched.
  ///
  /// As many rounds as plants, so that a chain of all of them comes to rest.
  private func balancePlants(_ flows: inout [Double]) {
    let plants = facilitiesInUse.map { index in
      (
        arriving: links.indices.filter { link($0).target == .facility(index) },
        leaving: links.indices.filter { link($0).source == .facility(index) }
      )
    }
    func shrink(_ positions: [Int], from total: Double, to limit: Double) {
      guard total > limit, total > 0 else { return }
      for position in positions { flows[position] *= max(0, limit) / total }
    }
    for isLeaving in [true, false] {
      for _ in plants {
        for plant in plants {
          let made = plant.arriving.reduce(0) { $0 + link($1).ratio * flows[$1] }
          let handed = plant.leaving.reduce(0) { $0 + flows[$1] }
          if isLeaving {
            shrink(plant.leaving, from: handed, to: made)
          } else {
            shrink(plant.arriving, from: made, to: handed)
          }
        }
      }
    }
  }

  private static func trim(
    _ flows: inout [Double], _ positions: [Int], to limit: Double, _ ratio: (Int) -> Double
  ) {
    let total = positions.reduce(0) { $0 + ratio($1) * flows[$1] }
    guard total > limit,
      let largest = positions.max(by: { ratio($0) * flows[$0] < ratio($1) * flows[$1] })
    else { return }
    flows[largest] = max(0, flows[largest] - (total - max(0, limit)) / ratio(largest))
  }

  /// Which measures a solver's values take, in the order of `measures`.
  public func taken(from values: [Double]) -> [Bool] {
    values.suffix(measures.count).map { $0 > 0.5 }
  }

  /// Values of a known plan: flows by position, measures by position.
  public func values(flows: [Double], taken: [Bool]) -> [Double] {
    var values = [Double](repeating: 0, count: firstMeasureColumn + measures.count)
    var usedPermits: Set<Int> = []
    var usedFacilities: Set<Int> = []
    for (position, flow) in flows.enumerated() where flow > 0 || link(position).isRequired {
      values[position] = flow / link(position).upper
      if let opening = opening(at: position) { values[opening] = 1 }
      usedPermits.formUnion(model.permits(of: links[position]).map(Int.init))
      usedFacilities.formUnion(link(position).facilities)
    }
    for (offset, permit) in permitsInUse.enumerated() where usedPermits.contains(permit) {
      values[firstPermitColumn + offset] = 1
    }
    for (offset, facility) in facilitiesInUse.enumerated() where usedFacilities.contains(facility) {
      values[firstFacilityColumn + offset] = 1
    }
    for (offset, isTaken) in taken.enumerated() where isTaken {
      values[firstMeasureColumn + offset] = 1
    }
    return values
  }
}

extension PlanningModel {
  /// Supplies and needs once some measures, by index, are taken [reference units/a].
  public func capacities(taking taken: [Int]) -> (supplies: [Double], needs: [Double]) {
    var capacities = (supplies: supplies, needs: needs)
    for index in taken {
      let measure = measures[index]
      if let output = measure.output { capacities.supplies[output] += measure.shift }
      if let input = measure.input { capacities.needs[input] += measure.shift }
    }
    return capacities
  }
}

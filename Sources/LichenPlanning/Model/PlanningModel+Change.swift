extension PlanningModel {
  /// How the plans of a part differ from those of an earlier model.
  struct Change: Sendable {
    /// Whether no figure of the part differs at all.
    var isNone = true
    /// Most that any plan of the part can be worth more than it was.
    var rise = 0.0
    /// Sum of what the rise is made of, each taken positive: rounding errs in proportion to it.
    var size = 0.0
  }

  /// How a part differs from the same part of an earlier model, or `nil` if there may be plans of it now
  /// that were none before: bounds of the earlier model say nothing then.
  ///
  /// A plan of the part was one before, if limits are what they were or tighter. It is worth more by at most
  /// Σ over links of max(0, Δv·x − Δf) at the best lower ≤ x ≤ upper, with v the worth of a unit and f the
  /// fixed cost, plus what permits, facilities and measures cost less.
  /// - Parameters:
  ///   - part: Of both models.
  ///   - weights: Of the objective, the same for both.
  /// - Complexity: O(links of the part), and O(blends) of the models.
  func change(of part: Part, since earlier: PlanningModel, _ weights: Weights) -> Change? {
    guard isAsWide(as: earlier), var change = limitsChange(since: earlier) else { return nil }
    var streams: (outputs: Set<Int>, inputs: Set<Int>) = ([], [])
    var facilitiesInUse: Set<Int> = []
    var permitsInUse: Set<Int32> = []
    for index in part.links {
      let (link, before) = (links[index], earlier.links[index])
      guard permits(of: index) == earlier.permits(of: index),
        change.add(link, before, earlier.carbonFloor != nil)
      else { return nil }
      if let output = link.output { streams.outputs.insert(output) }
      if let input = link.input { streams.inputs.insert(input) }
      facilitiesInUse.formUnion(link.facilities)
      permitsInUse.formUnion(permits(of: index))
      if link == before { continue }
      let value = unitValue(of: link, weights) - unitValue(of: before, weights)
      let fixed = weights.money * (link.fixedCost - before.fixedCost)
      let gain = value * (value > 0 ? link.upper : link.lower) - fixed
      change.raise(by: link.isRequired ? gain : max(0, gain))
    }
    for index in part.measures {
      let (measure, before) = (measures[index], earlier.measures[index])
      guard change.add(measure, before, earlier.carbonFloor != nil) else { return nil }
      if let output = measure.output { streams.outputs.insert(output) }
      if let input = measure.input { streams.inputs.insert(input) }
      change.raise(by: max(0, value(of: measure, weights) - earlier.value(of: before, weights)))
    }
    for output in streams.outputs {
      guard change.add(supplies[output], atMost: earlier.supplies[output]) else { return nil }
    }
    for input in streams.inputs {
      guard change.add(needs[input], atMost: earlier.needs[input]),
        change.add(-leastNeed(of: input), atMost: -earlier.leastNeed(of: input))
      else { return nil }
    }
    // In one order: the sum must not depend on how sets are stored.
    for index in facilitiesInUse.sorted() {
      let (facility, before) = (facilities[index], earlier.facilities[index])
      guard facility.capital == before.capital,
        change.add(facility.capacity, atMost: before.capacity)
      else { return nil }
      change.raise(cost: facility.openingCost, before: before.openingCost, weights)
    }
    for permit in permitsInUse.sorted() {
      change.raise(
        cost: permits[Int(permit)].annualCost, before: earlier.permits[Int(permit)].annualCost,
        weights)
    }
    return change
  }

  private func isAsWide(as earlier: PlanningModel) -> Bool {
    links.count == earlier.links.count && supplies.count == earlier.supplies.count
      && needs.count == earlier.needs.count && permits.count == earlier.permits.count
      && facilities.count == earlier.facilities.count && measures.count == earlier.measures.count
  }

  /// Limits on whole plans.
  private func limitsChange(since earlier: PlanningModel) -> Change? {
    var change = Change()
    guard blends == earlier.blends,
      change.add(capitalBudget ?? .infinity, atMost: earlier.capitalBudget ?? .infinity),
      change.add(-(carbonFloor ?? -.infinity), atMost: -(earlier.carbonFloor ?? -.infinity)),
      change.add(Double(partnerLimit ?? .max), atMost: Double(earlier.partnerLimit ?? .max))
    else { return nil }
    return change
  }
}

extension PlanningModel.Change {
  /// Whether a limit lets no more through than before.
  fileprivate mutating func add(_ limit: Double, atMost before: Double) -> Bool {
    if limit != before { isNone = false }
    return limit <= before
  }

  /// Whether a link has no way to flow that it had not before.
  fileprivate mutating func add(
    _ link: PlanningModel.Link, _ before: PlanningModel.Link, _ hasFloor: Bool
  ) -> Bool {
    if link != before { isNone = false }
    return link.source == before.source && link.target == before.target
      && link.ratio == before.ratio && link.capital == before.capital
      && link.lower >= before.lower && link.upper <= before.upper
      && (link.isRequired || !before.isRequired) && (link.carbon == before.carbon || !hasFloor)
  }

  fileprivate mutating func add(
    _ measure: PlanningModel.Measure, _ before: PlanningModel.Measure, _ hasFloor: Bool
  ) -> Bool {
    if measure != before { isNone = false }
    return measure.output == before.output && measure.input == before.input
      && measure.shift == before.shift && measure.capital == before.capital
      && (measure.isRequired || !before.isRequired)
      && (measure.carbon == before.carbon || !hasFloor)
  }

  fileprivate mutating func raise(by gain: Double) {
    rise += gain
    size += abs(gain)
  }

  fileprivate mutating func raise(
    cost: Double, before: Double, _ weights: PlanningModel.Weights
  ) {
    if cost != before { isNone = false }
    raise(by: max(0, weights.money * (before - cost)))
  }
}

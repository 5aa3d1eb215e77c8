import LichenPlanning

extension PlanState {
  /// Value of the plan without the price of CO2e.
  var money: Double { value - carbonPrice * carbon }

  /// What cover, floor and lots of required links still lack, each as a share of what is asked.
  var shortfall: Double {
    var missing = 0.0
    for (input, least) in model.leastNeeds.enumerated() where least > 0 {
      missing += max(0, 1 - served[input] / least)
    }
    for (index, link) in model.links.enumerated() where link.isRequired && link.lower > 0 {
      missing += max(0, 1 - flows[index] / link.lower)
    }
    if let floor = model.carbonFloor, carbon < floor {
      missing += (floor - carbon) / max(abs(floor), .leastNormalMagnitude)
    }
    return missing
  }

  /// Whether nothing is lacking, rounding apart.
  var keepsAll: Bool { shortfall <= 1e-10 }

  /// Less lacking is better; of equal ones the plan worth more.
  func isBetter(than other: PlanState?) -> Bool {
    guard let other else { return true }
    let (own, others) = (keepsAll ? 0 : shortfall, other.keepsAll ? 0 : other.shortfall)
    return own != others ? own < others : money > other.money
  }
}

extension AlgorithmResult {
  /// The plan of a state, unless something is lacking that must be reached.
  init(_ state: PlanState, bound: Double? = nil, stopRule: StopRule = .finished) {
    let isComplete = state.keepsAll
    self.init(
      plan: isComplete ? state.plan : nil, bound: bound, stopRule: stopRule,
      note: isComplete
        ? nil
        : "the method does not reach what must be covered, avoided or carried (lacking shares add up"
          + " to \(state.shortfall))")
  }
}

import LichenPlanning

/// One plan under examination.
struct PlanAudit {
  let model: PlanningModel
  let plan: NetworkPlan
  private let isOpen: [Bool]
  private let openLinks: [Int]
  private var violations: [PlanViolation] = []
  private var sum = ExactSum()

  init(model: PlanningModel, plan: NetworkPlan) {
    self.model = model
    self.plan = plan
    openLinks = plan.openLinks(of: model)
    var isOpen = [Bool](repeating: false, count: model.links.count)
    for link in openLinks { isOpen[link] = true }
    self.isOpen = isOpen
  }

  // MARK: Families

  mutating func checkLinks() {
    for (index, link) in model.links.enumerated() {
      let flow = plan.flows[index]
      if flow == 0 && !isOpen[index] { continue }
      let name = "link \(model.linkNames[index])"
      atLeast(.flow, name, [(flow, 1)], 0, scale: link.upper)
      atMost(.capacity, name, [(flow, 1)], link.upper)
      if isOpen[index] { atLeast(.lot, name, [(flow, 1)], link.lower) }
    }
  }

  mutating func checkMeasures() {
    for (measure, isTaken) in zip(model.measures, plan.isTaken) where measure.isRequired && !isTaken
    {
      miss(.required, "measure \(measure.name)", by: 1)
    }
  }

  /// Supplies, needs and cover, measures included, and the count of partners.
  mutating func checkStreams() {
    let shifts = (shifts(of: \.output), shifts(of: \.input))
    for (output, links) in grouped(by: \.output, count: model.supplies.count) {
      let terms = links.map { (plan.flows[$0], 1.0) } + (shifts.0[output] ?? []).map { ($0, -1) }
      atMost(.supply, "output \(output)", terms, model.supplies[output])
      checkPartners("output \(output)", links)
    }
    for (input, links) in grouped(by: \.input, count: model.needs.count) {
      let served = links.map { (plan.flows[$0], model.links[$0].ratio) }
      atMost(
        .need, "input \(input)", served + (shifts.1[input] ?? []).map { ($0, -1) },
        model.needs[input])
      if !model.leastNeeds.isEmpty, model.leastNeeds[input] > 0 {
        atLeast(.cover, "input \(input)", served, model.leastNeeds[input])
      }
      checkPartners("input \(input)", links)
    }
  }

  private mutating func checkPartners(_ subject: String, _ links: [Int]) {
    guard let limit = model.partnerLimit else { return }
    let count = links.count { isOpen[$0] }
    if count > limit { miss(.partners, subject, by: Double(count - limit)) }
  }

  mutating func checkFacilities() {
    var arriving = [[Int]](repeating: [], count: model.facilities.count)
    var leaving = arriving
    for (index, link) in model.links.enumerated() {
      if case .facility(let facility) = link.target { arriving[facility].append(index) }
      if case .facility(let facility) = link.source { leaving[facility].append(index) }
    }
    for (index, facility) in model.facilities.enumerated() {
      let name = "facility \(facility.name)"
      atMost(
        .facilityCapacity, name, arriving[index].map { (plan.flows[$0], 1) }, facility.capacity)
      let balance =
        leaving[index].map { (plan.flows[$0], 1.0) }
        + arriving[index].map { (plan.flows[$0], -model.links[$0].ratio) }
      atMost(.facilityBalance, name, balance, 0, scale: facility.capacity)
      atLeast(.facilityBalance, name, balance, 0, scale: facility.capacity)
    }
  }

  mutating func checkBlends() {
    for blend in model.blends {
      atMost(
        .blend, "blend \(blend.name)", zip(blend.links, blend.excess).map { (plan.flows[$0], $1) },
        0)
    }
  }

  /// Budget and CO2e floor of the whole plan.
  mutating func checkLimits() {
    if let budget = model.capitalBudget {
      atMost(.budget, "the plan", capitalTerms(), budget)
    }
    if let floor = model.carbonFloor {
      atLeast(.carbon, "the plan", carbonTerms(), floor)
    }
  }

  // MARK: Totals

  mutating func verdict() -> PlanVerdict {
    var money = openLinks.map { (plan.flows[$0], model.links[$0].money) }
    money += openLinks.map { (model.links[$0].fixedCost, -1) }
    money += plan.permits(of: model).map { (model.permits[$0].annualCost, -1) }
    money += plan.facilities(of: model).map { (model.facilities[$0].openingCost, -1) }
    money += takenMeasures.map { ($0.money, 1) }
    return PlanVerdict(
      objective: total(money), carbon: total(carbonTerms()), capital: total(capitalTerms()),
      openLinks: openLinks.count, violations: violations)
  }

  private var takenMeasures: [PlanningModel.Measure] {
    zip(model.measures, plan.isTaken).filter(\.1).map(\.0)
  }

  private func capitalTerms() -> [(Double, Double)] {
    openLinks.map { (model.links[$0].capital, 1) }
      + plan.facilities(of: model).map { (model.facilities[$0].capital, 1) }
      + takenMeasures.map { ($0.capital, 1) }
  }

  private func carbonTerms() -> [(Double, Double)] {
    openLinks.map { (plan.flows[$0], model.links[$0].carbon) }
      + takenMeasures.map { ($0.carbon, 1) }
  }

  private mutating func total(_ terms: [(Double, Double)]) -> Double {
    sum.clear()
    for (value, factor) in terms { sum.add(value, times: factor) }
    return sum.rounded
  }

  // MARK: Rows

  /// Σ terms ≤ limit.
  private mutating func atMost(
    _ family: PlanViolation.Family, _ subject: String, _ terms: [(Double, Double)],
    _ limit: Double, scale: Double? = nil
  ) {
    check(family, subject, terms, limit, sign: 1, scale: scale)
  }

  /// Σ terms ≥ limit.
  private mutating func atLeast(
    _ family: PlanViolation.Family, _ subject: String, _ terms: [(Double, Double)],
    _ limit: Double, scale: Double? = nil
  ) {
    check(family, subject, terms, limit, sign: -1, scale: scale)
  }

  private mutating func check(
    _ family: PlanViolation.Family, _ subject: String, _ terms: [(Double, Double)],
    _ limit: Double, sign: Double, scale: Double?
  ) {
    sum.clear()
    var largest = abs(limit)
    for (value, factor) in terms {
      sum.add(value, times: sign * factor)
      largest = max(largest, abs(value * factor))
    }
    sum.add(limit, times: -sign)
    guard sum.sign > 0 else { return }
    let excess = sum
    sum.subtract(PlanJudge.tolerance, times: scale ?? min(largest, .greatestFiniteMagnitude))
    if sum.sign > 0 {
      violations.append(
        PlanViolation(
          family: family, subject: subject, amount: excess.rounded, exactAmount: excess.text))
    }
  }

  private mutating func miss(_ family: PlanViolation.Family, _ subject: String, by amount: Double) {
    var excess = ExactSum()
    excess.add(amount)
    violations.append(
      PlanViolation(
        family: family, subject: subject, amount: amount, exactAmount: excess.text))
  }

  // MARK: Groups

  /// Links by stream, streams ascending; streams that only a measure touches come with none.
  private func grouped(by key: KeyPath<PlanningModel.Link, Int?>, count: Int) -> [(Int, [Int])] {
    var groups = [[Int]](repeating: [], count: count)
    for (index, link) in model.links.enumerated() {
      if let stream = link[keyPath: key] { groups[stream].append(index) }
    }
    return groups.enumerated().map { ($0, $1) }
  }

  private func shifts(of key: KeyPath<PlanningModel.Measure, Int?>) -> [Int: [Double]] {
    var shifts: [Int: [Double]] = [:]
    for measure in takenMeasures {
      if let stream = measure[keyPath: key] { shifts[stream, default: []].append(measure.shift) }
    }
    return shifts
  }
}

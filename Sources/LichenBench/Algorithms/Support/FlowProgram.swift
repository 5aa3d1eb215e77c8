import LichenPlanning

/// The linear program of flows alone, one column per link and per measure: openings are projected out.
///
/// Every family has its row; what counts openings takes x/u for y, which is never more than y: partners
/// Σ x/u ≤ K, budget Σ capital·x/u ≤ B. Permits, lots of links that need not open and facility openings
/// are left to the prices.
struct FlowProgram {
  let model: PlanningModel
  private var program: MIPModel

  init(_ model: PlanningModel) {
    self.model = model
    program = MIPModel(name: model.name)
    for (index, link) in model.links.enumerated() {
      program.addColumn(
        MIPColumn(
          name: "flow_\(index)", lower: link.isRequired ? link.lower / link.upper : 0, upper: 1))
    }
    for (index, measure) in model.measures.enumerated() {
      program.addColumn(
        MIPColumn(name: "measure_\(index)", lower: measure.isRequired ? 1 : 0, upper: 1))
    }
    addStreams()
    addFacilities()
    addBlends()
    addLimits()
  }

  private func column(ofMeasure index: Int) -> Int { model.links.count + index }

  private mutating func addStreams() {
    var outputs = [[(column: Int, value: Double)]](repeating: [], count: model.supplies.count)
    var inputs = [[(column: Int, value: Double)]](repeating: [], count: model.needs.count)
    for (index, link) in model.links.enumerated() {
      if let output = link.output { outputs[output].append((index, link.upper)) }
      if let input = link.input { inputs[input].append((index, link.ratio * link.upper)) }
    }
    addPartners(outputs)
    addPartners(inputs)
    if !model.leastNeeds.isEmpty {
      for (input, entries) in inputs.enumerated() where model.leastNeeds[input] > 0 {
        addScaled("cover", entries, lower: model.leastNeeds[input], scale: model.leastNeeds[input])
      }
    }
    for (index, measure) in model.measures.enumerated() {
      if let output = measure.output {
        outputs[output].append((column(ofMeasure: index), -measure.shift))
      }
      if let input = measure.input {
        inputs[input].append((column(ofMeasure: index), -measure.shift))
      }
    }
    for (entries, limit) in zip(outputs + inputs, model.supplies + model.needs) {
      addScaled("stream", entries, upper: limit, scale: limit)
    }
  }

  private mutating func addPartners(_ streams: [[(column: Int, value: Double)]]) {
    guard let limit = model.partnerLimit else { return }
    for entries in streams where entries.count > limit {
      addScaled("partners", entries.map { ($0.column, 1) }, upper: Double(limit), scale: 1)
    }
  }

  private mutating func addFacilities() {
    var arriving = [[(column: Int, value: Double)]](repeating: [], count: model.facilities.count)
    var balance = arriving
    for (index, link) in model.links.enumerated() {
      if case .facility(let facility) = link.target {
        arriving[facility].append((index, link.upper))
        balance[facility].append((index, -link.ratio * link.upper))
      }
      if case .facility(let facility) = link.source {
        balance[facility].append((index, link.upper))
      }
    }
    for (index, facility) in model.facilities.enumerated() {
      let scale = facility.capacity
      addScaled("capacity", arriving[index], upper: facility.capacity, scale: scale)
      addScaled("balance", balance[index], lower: 0, upper: 0, scale: scale)
    }
  }

  private mutating func addBlends() {
    for blend in model.blends {
      let entries = zip(blend.links, blend.excess).map {
        (column: $0, value: $1 * model.links[$0].upper)
      }
      addScaled("blend", entries, upper: 0, scale: entries.map { abs($0.value) }.max() ?? 1)
    }
  }

  private mutating func addLimits() {
    if let budget = model.capitalBudget {
      var entries = model.links.enumerated().map { (column: $0, value: $1.capital) }
      entries += model.measures.enumerated().map { (column(ofMeasure: $0), $1.capital) }
      addScaled("budget", entries, upper: budget, scale: budget)
    }
    if let floor = model.carbonFloor {
      var entries = model.links.enumerated().map { (column: $0, value: $1.carbon * $1.upper) }
      entries += model.measures.enumerated().map { (column(ofMeasure: $0), $1.carbon) }
      addScaled("carbon", entries, lower: floor, scale: abs(floor))
    }
  }

  private mutating func addScaled(
    _ name: String, _ entries: [(column: Int, value: Double)], lower: Double = -.infinity,
    upper: Double = .infinity, scale: Double
  ) {
    let used = entries.filter { $0.value != 0 }
    if used.isEmpty { return }
    let scale = scale > 0 ? scale : 1
    program.addRow(
      MIPRow(
        name: name, lower: lower / scale, upper: upper / scale,
        entries: used.map { ($0.column, $0.value / scale) }))
  }

  /// Value per unit of flow with fixed costs and facility openings spread over full use.
  ///
  /// Since f·y ≥ f·x/u and F·z ≥ F·inflow/capacity for costs that are not negative, the optimum of the
  /// flows at these values is no less than that of the model.
  func averageValues() -> [Double] {
    model.links.map { link in
      var value = link.money - link.fixedCost / link.upper
      if case .facility(let index) = link.target, model.facilities[index].capacity > 0 {
        value -= model.facilities[index].openingCost / model.facilities[index].capacity
      }
      return value
    }
  }

  /// Solves for values per unit of flow.
  /// - Throws: `AlgorithmRefusal.noPlan` if there are no such flows or time ran out.
  func solve(_ values: [Double], solver: any MIPSolver, limits: RunLimits, progress: RunProgress)
    throws -> FlowSolution
  {
    var priced = program
    for (index, link) in model.links.enumerated() {
      priced.columns[index].objective = values[index] * link.upper
    }
    for (index, measure) in model.measures.enumerated() {
      priced.columns[column(ofMeasure: index)].objective = measure.money
    }
    let result = try solver.solve(
      priced, options: MIPOptions(timeLimit: progress.timeLeft(limits)), control: progress.control)
    guard let columns = result.values else {
      throw AlgorithmRefusal.noPlan(
        result.status == .infeasible
          ? "no flows keep all limits" : "the linear program was not solved in time")
    }
    let flows = model.links.indices.map { index -> Double in
      let flow = columns[index] * model.links[index].upper
      return columns[index] < PlanState.dust ? 0 : flow
    }
    return FlowSolution(
      flows: flows, measures: Array(columns.suffix(model.measures.count)),
      optimum: result.status == .optimal ? result.objective : nil)
  }
}

/// Flows per link and shares of measures, not yet a plan.
struct FlowSolution {
  let flows: [Double]
  let measures: [Double]
  /// Objective, if proved optimal within the solver's tolerances.
  let optimum: Double?
}

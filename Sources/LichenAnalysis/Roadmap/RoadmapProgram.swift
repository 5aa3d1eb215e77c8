import LichenPlanning

/// Writes a road map as a mixed-integer program.
///
/// One yes-or-no variable per asset and period says whether it has begun by then, so that it never falls;
/// one share of the most that an arc can carry per arc and period.
struct RoadmapProgram {
  let model: RoadmapModel
  private(set) var program: MIPModel
  /// Column of the first period in which an asset may begin; `nil` for those that never may, or are there.
  private var firstColumns: [Int?] = []
  private var arcColumns: [[Int?]] = []

  /// Whether an asset has begun by a period.
  enum State: Equatable {
    case no, yes
    case column(Int)
  }

  init(_ model: RoadmapModel) {
    self.model = model
    program = MIPModel(name: "roadmap")
    addAssets()
    addFlows()
    addPrerequisites()
    for period in model.periods.indices {
      addBalances(period)
      addPlants(period)
      addPartners(period)
    }
    addBudgets()
  }

  func state(_ asset: Int, _ period: Int) -> State {
    let facts = model.assets[asset]
    if facts.isThere { return .yes }
    guard let first = firstColumns[asset], period >= facts.earliest else { return .no }
    return .column(first + min(period, facts.lastUse) - facts.earliest)
  }

  // MARK: Columns

  private mutating func addAssets() {
    for (index, asset) in model.assets.enumerated() {
      guard !asset.isThere, asset.earliest <= asset.lastUse else {
        firstColumns.append(nil)
        for period in model.periods.indices where asset.isThere {
          program.objectiveConstant +=
            model.weight(ofPeriod: period) * model.runningValue(of: index, in: period)
        }
        // What must begin and cannot makes the whole infeasible.
        if asset.isRequired, !asset.isThere, asset.lastUse >= 0 {
          let column = program.addColumn(MIPColumn(name: "never_\(asset.name)", upper: 0))
          program.addRow(MIPRow(name: "must_\(asset.name)", lower: 1, entries: [(column, 1)]))
        }
        continue
      }
      let first = program.columns.count
      firstColumns.append(first)
      for period in asset.earliest...asset.lastUse {
        let next = period < asset.lastUse ? model.cost(of: index, from: period + 1) : 0
        program.addColumn(
          .binary(
            name: "begun_\(asset.name)_\(period)",
            objective: next - model.cost(of: index, from: period)
              + model.weight(ofPeriod: period) * model.runningValue(of: index, in: period)))
        if period > asset.earliest {
          let column = first + period - asset.earliest
          program.addRow(
            MIPRow(
              name: "stays_\(asset.name)_\(period)", lower: 0,
              entries: [(column, 1), (column - 1, -1)]))
        }
      }
      if asset.isRequired { program.columns[program.columns.count - 1].lower = 1 }
    }
  }

  private mutating func addFlows() {
    for (period, facts) in model.periods.enumerated() {
      var columns: [Int?] = []
      for (index, arc) in facts.arcs.enumerated() {
        let state = state(arc.asset, period)
        guard state != .no, arc.upper > 0 else {
          columns.append(nil)
          continue
        }
        let name = "\(model.assets[arc.asset].name)_\(period)_\(index)"
        let column = program.addColumn(
          MIPColumn(
            name: "flow_\(name)", lower: state == .yes ? arc.lower / arc.upper : 0, upper: 1,
            objective: model.weight(ofPeriod: period) * model.value(of: arc) * arc.upper))
        columns.append(column)
        guard case .column(let begun) = state else { continue }
        program.addRow(
          MIPRow(name: "most_\(name)", upper: 0, entries: [(column, 1), (begun, -1)]))
        if arc.lower > 0 {
          program.addRow(
            MIPRow(
              name: "least_\(name)", lower: 0,
              entries: [(column, 1), (begun, -arc.lower / arc.upper)]))
        }
      }
      arcColumns.append(columns)
    }
  }

  // MARK: Rows

  private mutating func addPrerequisites() {
    for (index, asset) in model.assets.enumerated() where firstColumns[index] != nil {
      for prerequisite in asset.prerequisites {
        for period in asset.earliest...asset.lastUse {
          guard case .column(let column) = state(index, period) else { continue }
          switch state(prerequisite.asset, period - prerequisite.lag) {
          case .yes: continue
          case .no: program.columns[column].upper = min(0, program.columns[column].upper)
          case .column(let other):
            program.addRow(
              MIPRow(
                name: "after_\(asset.name)_\(period)_\(prerequisite.asset)", upper: 0,
                entries: [(column, 1), (other, -1)]))
          }
        }
        let last = asset.lastUse
        guard case .column(let column) = state(index, last), asset.isRequired else { continue }
        // A required asset keeps its lower end: the contradiction is the solver's to find.
        if program.columns[column].upper < program.columns[column].lower {
          program.columns[column].upper = 1
          program.addRow(MIPRow(name: "never_\(asset.name)", upper: 0, entries: [(column, 1)]))
        }
      }
    }
  }

  private func entries(
    _ period: Int, _ factor: (RoadmapModel.Arc, Int) -> Double
  ) -> [(column: Int, value: Double)] {
    model.periods[period].arcs.enumerated().compactMap { index, arc in
      guard let column = arcColumns[period][index] else { return nil }
      let value = factor(arc, index) * arc.upper
      return value == 0 ? nil : (column, value)
    }
  }

  /// Adds Σ entries ≤ limit, or between limits, divided by the largest term.
  private mutating func addRow(
    _ name: String, _ entries: [(column: Int, value: Double)], lower: Double = -.infinity,
    upper: Double
  ) {
    guard let scale = entries.map({ abs($0.value) }).max(), scale > 0 else { return }
    program.addRow(
      MIPRow(
        name: name, lower: lower / scale, upper: upper / scale,
        entries: entries.map { ($0.column, $0.value / scale) }))
  }

  private mutating func addBalances(_ period: Int) {
    let facts = model.periods[period]
    func shifts(_ isMeant: (RoadmapModel.Shift) -> Bool) -> (
      entries: [(column: Int, value: Double)], constant: Double
    ) {
      var (entries, constant) = ([(column: Int, value: Double)](), 0.0)
      for shift in facts.shifts where isMeant(shift) && shift.amount != 0 {
        switch state(shift.asset, period) {
        case .no: continue
        case .yes: constant += shift.amount
        case .column(let column): entries.append((column, -shift.amount))
        }
      }
      return (entries, constant)
    }
    for (stream, supply) in facts.supplies.enumerated() {
      let flows = entries(period) { arc, _ in arc.source == .stream(stream) ? 1 : 0 }
      let shift = shifts { $0.supply == stream }
      addRow(
        "supply_\(stream)_\(period)", flows + shift.entries, upper: supply + shift.constant)
    }
    for (stream, need) in facts.needs.enumerated() {
      let flows = entries(period) { arc, _ in arc.target == .stream(stream) ? arc.ratio : 0 }
      let shift = shifts { $0.need == stream }
      addRow("need_\(stream)_\(period)", flows + shift.entries, upper: need + shift.constant)
    }
    for (index, blend) in facts.blends.enumerated() {
      let flows = entries(period) { _, arc in
        blend.arcs.firstIndex(of: arc).map { blend.excess[$0] } ?? 0
      }
      addRow("blend_\(index)_\(period)", flows, upper: 0)
    }
  }

  private mutating func addPlants(_ period: Int) {
    for (index, plant) in model.plants.enumerated() {
      let arriving = entries(period) { arc, _ in arc.target == .plant(index) ? 1 : 0 }
      switch state(plant.asset, period) {
      case .no: addRow("capacity_\(index)_\(period)", arriving, upper: 0)
      case .yes: addRow("capacity_\(index)_\(period)", arriving, upper: plant.capacity)
      case .column(let column):
        addRow(
          "capacity_\(index)_\(period)", arriving + [(column, -plant.capacity)], upper: 0)
      }
      let through = entries(period) { arc, _ in
        (arc.source == .plant(index) ? 1 : 0) - (arc.target == .plant(index) ? arc.ratio : 0)
      }
      addRow("plant_\(index)_\(period)", through, lower: 0, upper: 0)
    }
  }

  private mutating func addPartners(_ period: Int) {
    guard let limit = model.partnerLimit else { return }
    let facts = model.periods[period]
    func add(_ name: String, _ arcs: [RoadmapModel.Arc]) {
      var (entries, left) = ([(column: Int, value: Double)](), Double(limit))
      for arc in arcs {
        switch state(arc.asset, period) {
        case .no: continue
        case .yes: left -= 1
        case .column(let column): entries.append((column, 1))
        }
      }
      if Double(entries.count) > left {
        program.addRow(MIPRow(name: "partners_\(name)_\(period)", upper: left, entries: entries))
      }
    }
    for stream in facts.supplies.indices {
      add("output_\(stream)", facts.arcs.filter { $0.source == .stream(stream) && $0.upper > 0 })
    }
    for stream in facts.needs.indices {
      add("input_\(stream)", facts.arcs.filter { $0.target == .stream(stream) && $0.upper > 0 })
    }
  }

  /// What is paid in each year; if carried over, up to the end of each year.
  private mutating func addBudgets() {
    for year in 0..<model.years where !model.budgets.isEmpty {
      let limit = (model.carriesOver ? 0...year : year...year)
        .reduce(0) { $0 + (model.budget(ofYear: $1) ?? 0) }
      let entries = spending { payment in
        model.carriesOver ? payment.year <= year : payment.year == year
      }
      addRow("capital_\(year)", entries, upper: limit)
    }
    guard let total = model.totalBudget else { return }
    let entries = model.assets.indices.compactMap { index -> (column: Int, value: Double)? in
      let asset = model.assets[index]
      guard asset.kind != .permit, asset.capital > 0,
        case .column(let column) = state(index, model.periods.count - 1)
      else { return nil }
      return (column, asset.capital)
    }
    addRow("capital", entries, upper: total)
  }

  /// Σ of the payments that are meant, over all beginnings.
  private func spending(_ isMeant: (RoadmapModel.Payment) -> Bool)
    -> [(column: Int, value: Double)]
  {
    var entries: [(column: Int, value: Double)] = []
    for (index, asset) in model.assets.enumerated() {
      guard let first = firstColumns[index] else { continue }
      let paid = (asset.earliest...asset.lastUse).map { begin in
        model.payments(for: index, from: begin).reduce(0) { $0 + (isMeant($1) ? $1.amount : 0) }
      }
      for place in paid.indices {
        let value = paid[place] - (place + 1 < paid.count ? paid[place + 1] : 0)
        if value != 0 { entries.append((first + place, value)) }
      }
    }
    return entries
  }

  // MARK: Points

  /// Share of an arc below which a flow is the solver's rounding.
  private static let noise = 1e-9

  /// First period of every asset at a point, and the flows of every period.
  func decoded(_ values: [Double]) -> (begins: [Int?], flows: [[Double]]) {
    let begins = model.assets.indices.map { index -> Int? in
      model.periods.indices.first { period in
        switch state(index, period) {
        case .no: false
        case .yes: true
        case .column(let column): values[column] > 0.5
        }
      }
    }
    let flows = model.periods.indices.map { period in
      model.periods[period].arcs.indices.map { arc in
        let facts = model.periods[period].arcs[arc]
        guard let column = arcColumns[period][arc], let begin = begins[facts.asset],
          begin <= period, values[column] > Self.noise
        else { return 0.0 }
        return min(1, values[column]) * facts.upper
      }
    }
    return (begins, flows)
  }

  /// The program with every beginning decided: a linear one.
  func fixed(_ begins: [Int?]) -> MIPModel {
    var fixed = program
    for (index, asset) in model.assets.enumerated() {
      guard let first = firstColumns[index] else { continue }
      for period in asset.earliest...asset.lastUse {
        let isOpen = begins[index].map { $0 <= period } ?? false
        let column = first + period - asset.earliest
        fixed.columns[column].lower = isOpen ? 1 : 0
        fixed.columns[column].upper = isOpen ? 1 : 0
        fixed.columns[column].isInteger = false
      }
    }
    return fixed
  }
}

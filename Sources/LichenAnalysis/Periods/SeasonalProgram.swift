import LichenDomain
import LichenPlanning

/// Writes a part of a seasonal model as a program: yearly yes-or-no decisions, flows by month as shares
/// of the most that the month allows, stocks at month ends as shares of what a store holds. Each family of
/// constraints stands in an extension.
///
/// Links that are not monthly have one period, the year.
struct SeasonalProgram {
  let seasonal: SeasonalModel
  let weights: PlanningModel.Weights
  let links: [Int]
  let measures: [Int]
  /// Indices in the model's stores.
  let stores: [Int]
  let permits: [Int]
  let facilities: [Int]
  /// The program as far as it is written.
  private(set) var program: MIPModel

  /// By position of the link and period: column of the flow, or `nil` where nothing can flow.
  private(set) var flowColumns: [[Int?]] = []
  /// The most that flows in a period [reference units], as `flowColumns`.
  private(set) var mostFlows: [[Double]] = []
  private(set) var openings: [Int?] = []
  private(set) var permitColumns: [Int: Int] = [:]
  private(set) var facilityColumns: [Int: Int] = [:]
  private(set) var measureColumns: [Int] = []
  private(set) var storeColumns: [Int?] = []
  /// By position of the store and month.
  private(set) var stockColumns: [[Int]] = []
  /// What is laid in by month; empty for a store that keeps for ever.
  private(set) var freshColumns: [[Int]] = []
  /// Most that a store usefully holds [reference units]: no more than comes in a year.
  let capacities: [Double]
  /// The most that supplies and needs become once every measure that adds to them is taken.
  let reach: (supplies: [Double], needs: [Double])

  /// - Parameter stores: Those of the part that are offered.
  init(
    _ seasonal: SeasonalModel, part: SeasonalModel.Part, stores: [Int],
    weights: PlanningModel.Weights
  ) {
    self.seasonal = seasonal
    self.weights = weights
    links = part.links
    measures = part.measures
    self.stores = stores
    let model = seasonal.model
    permits = Set(links.flatMap { model.permits(of: $0) }).sorted().map(Int.init)
    facilities = Set(links.flatMap { model.links[$0].plants }).sorted()
    let reach = Self.reach(model, measures)
    self.reach = reach
    capacities = stores.map { index in
      let store = seasonal.stores[index]
      switch store.place {
      case .output(let output): return min(store.capacity, reach.supplies[output])
      case .input(let input): return min(store.capacity, reach.needs[input])
      }
    }
    program = MIPModel(name: model.name)
    addFlows()
    addDecisions()
    addStocks()
    addLinking()
    addBalances()
    addPlants()
    addShelfLives()
    addCommonLimits()
  }

  private static func reach(_ model: PlanningModel, _ measures: [Int]) -> (
    supplies: [Double], needs: [Double]
  ) {
    var reach = (supplies: model.supplies, needs: model.needs)
    for measure in measures.map({ model.measures[$0] }) where measure.shift > 0 {
      if let output = measure.output { reach.supplies[output] += measure.shift }
      if let input = measure.input { reach.needs[input] += measure.shift }
    }
    return reach
  }

  var model: PlanningModel { seasonal.model }
  func link(_ position: Int) -> PlanningModel.Link { model.links[links[position]] }
  func store(_ position: Int) -> SeasonalModel.Store { seasonal.stores[stores[position]] }
  func isMonthly(_ position: Int) -> Bool { seasonal.isMonthly[links[position]] }

  // MARK: Columns

  private mutating func addFlows() {
    for position in links.indices {
      let link = link(position)
      let value = model.unitValue(of: link, weights)
      let most = isMonthly(position) ? monthlyMost(link) : [link.upper]
      var columns: [Int?] = []
      for (period, amount) in most.enumerated() {
        // Less than a part in 10¹² of the year is nothing.
        guard amount > 1e-12 * link.upper else {
          columns.append(nil)
          continue
        }
        columns.append(
          program.addColumn(
            MIPColumn(
              name: "flow_\(links[position])_\(period)", lower: 0, upper: 1,
              objective: value * amount)))
      }
      flowColumns.append(columns)
      mostFlows.append(most)
    }
  }

  /// What both ends allow in each month, stores included.
  private func monthlyMost(_ link: PlanningModel.Link) -> [Double] {
    func held(_ place: SeasonalModel.Store.Place) -> Double {
      stores.indices.reduce(0) { $0 + (store($1).place == place ? capacities[$1] : 0) }
    }
    return (0..<12).map { month in
      var most = link.upper
      switch link.source {
      case .output(let output):
        most = min(
          most,
          reach.supplies[output] * seasonal.supplyShares[output][month] + held(.output(output)))
      case .facility: break
      }
      switch link.target {
      case .input(let input):
        let taken = reach.needs[input] * seasonal.needShares[input][month] + held(.input(input))
        most = min(most, taken / link.ratio)
      case .facility(let plant):
        most = min(most, model.facilities[plant].capacity * MonthShares.even[month])
      }
      return max(0, most)
    }
  }

  private mutating func addDecisions() {
    let isBudgetBinding = seasonal.isBudgetBinding
    for position in links.indices {
      let link = link(position)
      let isDecided =
        link.fixedCost != 0 || link.lower > 0 || link.isRequired || model.partnerLimit != nil
        || !model.permits(of: links[position]).isEmpty || (isBudgetBinding && link.capital > 0)
      openings.append(
        isDecided
          ? program.addColumn(
            MIPColumn(
              name: "open_\(links[position])", lower: link.isRequired ? 1 : 0, upper: 1,
              objective: -weights.money * link.fixedCost, isInteger: true)) : nil)
    }
    for permit in permits {
      permitColumns[permit] = program.addColumn(
        .binary(
          name: "permit_\(permit)", objective: -weights.money * model.permits[permit].annualCost))
    }
    for plant in facilities {
      facilityColumns[plant] = program.addColumn(
        .binary(
          name: "facility_\(plant)",
          objective: -weights.money * model.facilities[plant].openingCost))
    }
    for index in measures {
      let measure = model.measures[index]
      measureColumns.append(
        program.addColumn(
          MIPColumn(
            name: "measure_\(index)", lower: measure.isRequired ? 1 : 0, upper: 1,
            objective: model.value(of: measure, weights), isInteger: true)))
    }
  }

  private mutating func addStocks() {
    for position in stores.indices {
      let store = store(position)
      storeColumns.append(
        store.isFree
          ? nil
          : program.addColumn(
            .binary(
              name: "store_\(stores[position])", objective: -weights.money * store.annualCost)))
      let lost = weights.money * store.lostMoney + weights.carbon * store.lostCarbon
      stockColumns.append(
        (0..<12).map { month in
          program.addColumn(
            MIPColumn(
              name: "stock_\(stores[position])_\(month)", lower: 0, upper: 1,
              objective: -lost * store.loss * capacities[position]))
        })
      let keeps = store.shelfLife == nil
      freshColumns.append(
        keeps
          ? []
          : (0..<12).map { month in
            program.addColumn(
              MIPColumn(name: "fresh_\(stores[position])_\(month)", lower: 0, upper: .infinity))
          })
    }
  }

  /// Adds a row divided by the largest of its terms and bounds; entries of one column are added up. A row
  /// that no column is in and that holds is left out.
  mutating func addRow(
    _ name: String, lower: Double = -.infinity, upper: Double = .infinity,
    _ entries: [(column: Int, value: Double)]
  ) {
    var sums: [Int: Double] = [:]
    for (column, value) in entries where value != 0 { sums[column, default: 0] += value }
    if sums.isEmpty, lower <= 0, upper >= 0 { return }
    let bounds = [lower, upper].filter(\.isFinite).map(abs)
    let largest = (sums.values.map(abs) + bounds).max() ?? 1
    let scale = largest > 0 ? largest : 1
    program.addRow(
      MIPRow(
        name: name, lower: lower / scale, upper: upper / scale,
        entries: sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value / scale) }))
  }

  /// A store that must be built.
  mutating func force(store index: Int) {
    guard let position = stores.firstIndex(of: index), let column = storeColumns[position] else {
      return
    }
    program.columns[column].lower = 1
  }

  /// Flow entries of a link in a period, times a factor.
  func flow(_ position: Int, _ period: Int, times factor: Double = 1) -> [(Int, Double)] {
    flowColumns[position][period].map { [($0, factor * mostFlows[position][period])] } ?? []
  }

  /// Flow entries of a link in all periods, times a factor.
  func yearly(_ position: Int, times factor: Double = 1) -> [(Int, Double)] {
    flowColumns[position].indices.flatMap { flow(position, $0, times: factor) }
  }

  /// What a store's stock grows by in a month, losses made good: stock(t) − (1 − loss)·stock(t−1), the
  /// year closed to a ring.
  func growth(_ position: Int, _ month: Int, times factor: Double = 1) -> [(Int, Double)] {
    let held = capacities[position] * factor
    let columns = stockColumns[position]
    return [
      (columns[month], held),
      (columns[(month + 11) % 12], -(1 - store(position).loss) * held),
    ]
  }
}

extension PlanningModel.Link {
  /// Plants that the link touches.
  var plants: [Int] {
    var found: [Int] = []
    if case .facility(let index) = source { found.append(index) }
    if case .facility(let index) = target { found.append(index) }
    return found
  }
}

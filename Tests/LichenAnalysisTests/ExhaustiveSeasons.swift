import LichenDomain
import LichenPlanning

@testable import LichenAnalysis

/// The best monthly plan by trying every set of links, measures and stores, with a linear program of the
/// flows for each. Stocks are kept by age, nothing is scaled, every link has twelve flows: it shares no
/// code with the planner but the solver.
struct ExhaustiveSeasons {
  let seasonal: SeasonalModel
  let solver: any MIPSolver
  private var model: PlanningModel { seasonal.model }

  init(_ seasonal: SeasonalModel, solver: any MIPSolver) {
    self.seasonal = seasonal
    self.solver = solver
  }

  /// - Complexity: exponential in links, measures and stores; for about ten of them together.
  func value() throws -> Double? {
    var best: Double?
    let (links, measures) = (model.links.count, model.measures.count)
    for mask in (0..<(1 << (links + measures + seasonal.stores.count))).reversed() {
      func chosen(_ count: Int, from first: Int) -> [Int] {
        (0..<count).filter { mask & (1 << (first + $0)) != 0 }
      }
      guard
        let value = try value(
          open: chosen(links, from: 0), taken: chosen(measures, from: links),
          stores: chosen(seasonal.stores.count, from: links + measures), beyond: best)
      else { continue }
      best = max(best ?? value, value)
    }
    return best
  }

  private func value(open: [Int], taken: [Int], stores: [Int], beyond known: Double?) throws
    -> Double?
  {
    guard model.links.indices.allSatisfy({ !model.links[$0].isRequired || open.contains($0) }),
      model.measures.indices.allSatisfy({ !model.measures[$0].isRequired || taken.contains($0) })
    else { return nil }
    let plants = Set(open.flatMap { model.links[$0].plants }).sorted()
    let permits = Set(open.flatMap { model.permits(of: $0).map(Int.init) }).sorted()
    if let limit = model.partnerLimit {
      for key in [\PlanningModel.Link.output, \.input] {
        let ends = open.compactMap { model.links[$0][keyPath: key] }
        if Set(ends).contains(where: { end in ends.count { $0 == end } > limit }) { return nil }
      }
    }
    if let budget = model.capitalBudget {
      let capital =
        open.reduce(0) { $0 + model.links[$1].capital }
        + plants.reduce(0) { $0 + model.facilities[$1].capital }
        + taken.reduce(0) { $0 + model.measures[$1].capital }
        + stores.reduce(0) { $0 + seasonal.stores[$1].capital }
      if capital > budget { return nil }
    }
    let fixed =
      open.reduce(0) { $0 + model.links[$1].fixedCost }
      + permits.reduce(0) { $0 + model.permits[$1].annualCost }
      + plants.reduce(0) { $0 + model.facilities[$1].openingCost }
      + stores.reduce(0) { $0 + seasonal.stores[$1].annualCost }
      - taken.reduce(0) { $0 + model.measures[$1].money }
    let most = open.reduce(0) { $0 + max(0, model.links[$1].money) * model.links[$1].upper }
    if let known, most - fixed <= known { return nil }
    var writer = Writer(seasonal: seasonal, open: open, taken: taken, stores: stores)
    let program = writer.write()
    if program.rows.contains(where: { $0.lower > $0.upper }) { return nil }
    let result = try solver.solve(program)
    guard result.status == .optimal, let objective = result.objective else { return nil }
    return objective - fixed
  }

  private struct Writer {
    let seasonal: SeasonalModel
    let open: [Int]
    let taken: [Int]
    let stores: [Int]
    var program = MIPModel(name: "months")
    /// By position of the link and month.
    var flows: [[Int]] = []
    /// By position of the store and month.
    var into: [[Int]] = []
    var outOf: [[[Int]]] = []
    var stock: [[[Int]]] = []

    init(seasonal: SeasonalModel, open: [Int], taken: [Int], stores: [Int]) {
      self.seasonal = seasonal
      self.open = open
      self.taken = taken
      self.stores = stores
    }

    mutating func row(
      _ lower: Double, _ upper: Double, _ entries: [(column: Int, value: Double)]
    ) {
      var sums: [Int: Double] = [:]
      for entry in entries { sums[entry.column, default: 0] += entry.value }
      program.addRow(
        MIPRow(
          name: "r", lower: lower, upper: upper,
          entries: sums.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }))
    }

    mutating func column(_ objective: Double = 0) -> Int {
      program.addColumn(MIPColumn(name: "c", objective: objective))
    }

    mutating func write() -> MIPModel {
      let model = seasonal.model
      for index in open {
        let link = model.links[index]
        flows.append((0..<12).map { _ in column(link.money) })
        row(link.lower, link.upper, flows[flows.count - 1].map { ($0, 1) })
      }
      for index in stores { addStore(seasonal.stores[index]) }
      let measures = taken.map { model.measures[$0] }
      for month in 0..<12 {
        for (output, supply) in model.supplies.enumerated() {
          let shift = measures.reduce(0) { $0 + ($1.output == output ? $1.shift : 0) }
          let here = stores.indices.filter { seasonal.stores[stores[$0]].place == .output(output) }
          let most = (supply + shift) * seasonal.supplyShares[output][month]
          let direct = column()
          let sent = open.indices.filter { model.links[open[$0]].output == output }
          row(
            -.infinity, 0,
            sent.map { (flows[$0][month], 1) } + [(direct, -1)]
              + here.flatMap { outOf[$0][month].map { ($0, -1) } })
          row(-.infinity, most, [(direct, 1)] + here.map { (into[$0][month], 1) })
        }
        for (input, need) in model.needs.enumerated() {
          let shift = measures.reduce(0) { $0 + ($1.input == input ? $1.shift : 0) }
          let here = stores.indices.filter { seasonal.stores[stores[$0]].place == .input(input) }
          let most = (need + shift) * seasonal.needShares[input][month]
          let direct = column()
          let got = open.indices.filter { model.links[open[$0]].input == input }
          row(
            0, 0,
            got.map { (flows[$0][month], model.links[open[$0]].ratio) } + [(direct, -1)]
              + here.map { (into[$0][month], -1) })
          row(
            -.infinity, most, [(direct, 1)] + here.flatMap { outOf[$0][month].map { ($0, 1) } })
        }
        for (plant, facility) in model.facilities.enumerated() {
          let arriving = open.indices.filter { model.links[open[$0]].target == .facility(plant) }
          let leaving = open.indices.filter { model.links[open[$0]].source == .facility(plant) }
          row(
            -.infinity, facility.capacity * MonthShares.days[month] / 365,
            arriving.map { (flows[$0][month], 1) })
          row(
            0, 0,
            leaving.map { (flows[$0][month], 1) }
              + arriving.map { (flows[$0][month], -model.links[open[$0]].ratio) })
        }
        for blend in model.blends {
          row(
            -.infinity, 0,
            open.enumerated().compactMap { place, index in
              blend.links.firstIndex(of: index).map { (flows[place][month], blend.excess[$0]) }
            })
        }
      }
      addYearlyLimits()
      return program
    }

    private mutating func addStore(_ store: SeasonalModel.Store) {
      // Without a shelf life nothing needs to stay longer than a year.
      let ages = store.months.map { min($0, 12) } ?? 12
      let loss = -store.lostMoney * store.loss
      let levels = (0..<12).map { _ in (0..<ages).map { _ in column(loss) } }
      let laid = (0..<12).map { _ in column() }
      let drawn = (0..<12).map { _ in (0..<ages).map { _ in column() } }
      for month in 0..<12 {
        let before = (month + 11) % 12
        for age in 0..<ages {
          if age == 0 {
            row(0, 0, [(levels[month][0], 1), (laid[month], -1)])
          } else {
            row(
              0, 0,
              [
                (levels[month][age], 1), (levels[before][age - 1], -(1 - store.loss)),
                (drawn[month][age - 1], 1),
              ])
          }
        }
        if ages > 0 {
          // The oldest is used or, before it is sold, thrown away.
          let isOutput = if case .output = store.place { true } else { false }
          row(
            isOutput ? -.infinity : 0, 0,
            [
              (drawn[month][ages - 1], 1), (levels[before][ages - 1], -(1 - store.loss)),
            ])
        } else {
          row(0, 0, [(laid[month], 1)])
        }
        row(-.infinity, store.capacity, levels[month].map { ($0, 1) })
      }
      into.append(laid)
      outOf.append(drawn)
      stock.append(levels)
    }

    private mutating func addYearlyLimits() {
      let model = seasonal.model
      let measures = taken.map { model.measures[$0] }
      for (input, need) in model.needs.enumerated() {
        let shift = measures.reduce(0) { $0 + ($1.input == input ? $1.shift : 0) }
        let least = model.leastNeeds.isEmpty ? 0 : model.leastNeeds[input]
        let got = open.indices.filter { model.links[open[$0]].input == input }
        let arrivals = got.flatMap { place in
          flows[place].map { ($0, model.links[open[place]].ratio) }
        }
        row(-.infinity, need + shift, arrivals)
        let lost = stores.indices.filter { seasonal.stores[stores[$0]].place == .input(input) }
          .flatMap { place in
            stock[place].flatMap { $0.map { ($0, -seasonal.stores[stores[place]].loss) } }
          }
        row(least > 0 ? least : -.infinity, .infinity, arrivals + lost)
      }
      guard let floor = model.carbonFloor else { return }
      let saved = measures.reduce(0) { $0 + $1.carbon }
      row(
        floor - saved, .infinity,
        open.indices.flatMap { place in
          flows[place].map { ($0, model.links[open[place]].carbon) }
        }
          + stores.indices.flatMap { place in
            let store = seasonal.stores[stores[place]]
            return stock[place].flatMap { $0.map { ($0, -store.lostCarbon * store.loss) } }
          })
    }
  }
}

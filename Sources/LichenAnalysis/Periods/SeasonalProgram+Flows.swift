import LichenDomain
import LichenPlanning

extension SeasonalProgram {
  /// Linking: x(t) ≤ u(t)·y; Σ x ≤ upper·y and Σ x ≥ lower·y over the year.
  mutating func addLinking() {
    for position in links.indices {
      let link = link(position)
      let index = links[position]
      if mostFlows[position].reduce(0, +) > link.upper * (1 + 1e-12) {
        let limit = openings[position].map { [($0, -link.upper)] } ?? []
        addRow(
          "year_\(index)", upper: limit.isEmpty ? link.upper : 0, yearly(position) + limit)
      }
      guard let opening = openings[position] else { continue }
      for (period, column) in flowColumns[position].enumerated() {
        if let column { addRow("most_\(index)_\(period)", upper: 0, [(column, 1), (opening, -1)]) }
      }
      if link.lower > 0 {
        addRow("least_\(index)", lower: 0, yearly(position) + [(opening, -link.lower)])
      }
    }
  }

  /// Supply: Σ x + stock grown ≤ σ(t)·(s + Σ Δ·q). Need: Σ ρ·x − stock grown between 0 and
  /// δ(t)·(d + Σ Δ·q). Streams of one shape throughout have one row for the year.
  mutating func addBalances() {
    for (output, positions) in outputs {
      for period in periods(positions) {
        let share = isYear(positions) ? 1 : seasonal.supplyShares[output][period]
        addRow(
          "supply_\(output)_\(period)", upper: share * model.supplies[output],
          positions.flatMap { flow($0, period) }
            + storesAt(.output(output)).flatMap { growth($0, period) }
            + shifts(share, \.output, output))
      }
    }
    for (input, positions) in inputs {
      let stores = storesAt(.input(input))
      for period in periods(positions) {
        let share = isYear(positions) ? 1 : seasonal.needShares[input][period]
        let used =
          positions.flatMap { flow($0, period, times: link($0).ratio) }
          + stores.flatMap { growth($0, period, times: -1) }
        addRow(
          "need_\(input)_\(period)", upper: share * model.needs[input],
          used + shifts(share, \.input, input))
        if !stores.isEmpty { addRow("used_\(input)_\(period)", lower: 0, used) }
      }
      if stores.contains(where: { store($0).loss > 0 }) {
        // Nobody buys more than he needs so that some of it may spoil.
        addRow(
          "bought_\(input)", upper: model.needs[input],
          positions.flatMap { yearly($0, times: link($0).ratio) } + shifts(1, \.input, input))
      }
      let least = model.leastNeeds.isEmpty ? 0 : model.leastNeeds[input]
      if least > 0 {
        addRow(
          "cover_\(input)", lower: least,
          positions.flatMap { yearly($0, times: link($0).ratio) }
            + stores.flatMap { store in (0..<12).flatMap { growth(store, $0, times: -1) } })
      }
    }
  }

  /// Plants: Σ x ≤ C(t)·z over links in, what leaves is what is made, month by month; no link without
  /// its plant.
  mutating func addPlants() {
    for plant in facilities {
      guard let column = facilityColumns[plant] else { continue }
      let arriving = links.indices.filter { link($0).target == .facility(plant) }
      let leaving = links.indices.filter { link($0).source == .facility(plant) }
      let capacity = model.facilities[plant].capacity
      let positions = arriving + leaving
      for period in periods(positions) {
        let share = isYear(positions) ? 1 : MonthShares.even[period]
        addRow(
          "capacity_\(plant)_\(period)", upper: 0,
          arriving.flatMap { flow($0, period) } + [(column, -capacity * share)])
        addRow(
          "yield_\(plant)_\(period)", lower: 0, upper: 0,
          leaving.flatMap { flow($0, period) }
            + arriving.flatMap { flow($0, period, times: -link($0).ratio) })
      }
      for position in positions {
        let columns = openings[position].map { [$0] } ?? flowColumns[position].compactMap(\.self)
        for other in columns {
          addRow("plant_\(plant)_\(links[position])", upper: 0, [(other, 1), (column, -1)])
        }
      }
    }
  }

  /// Stores: stock ≤ what is built; with a shelf life of m month ends, stock(t) ≤ what was laid in over the
  /// last m months, losses deducted, and only what comes fresh in a month is laid in.
  ///
  /// Taking the oldest first, no delivery then stays longer than m month ends, and every way to keep
  /// within m satisfies the rows.
  mutating func addShelfLives() {
    for position in stores.indices {
      let name = stores[position]
      if let built = storeColumns[position] {
        for (month, stock) in stockColumns[position].enumerated() {
          addRow("held_\(name)_\(month)", upper: 0, [(stock, 1), (built, -1)])
        }
      }
      guard let months = store(position).shelfLife else { continue }
      let fresh = freshColumns[position]
      let held = capacities[position]
      let kept = 1 - store(position).loss
      for month in 0..<12 {
        var entries = [(stockColumns[position][month], held)]
        var share = 1.0
        for age in 0..<months {
          entries.append((fresh[(month + 12 - age) % 12], -share * held))
          share *= kept
        }
        addRow("shelf_\(name)_\(month)", upper: 0, entries)
        addRow(
          "laid_in_\(name)_\(month)", upper: 0,
          growth(position, month) + [(fresh[month], -held)])
      }
    }
    addFreshness()
  }

  /// What is laid in during a month came in that month.
  private mutating func addFreshness() {
    for (output, positions) in outputs where !isYear(positions) {
      let dated = storesAt(.output(output)).filter { store($0).shelfLife != nil }
      if dated.isEmpty { continue }
      for month in 0..<12 {
        let share = seasonal.supplyShares[output][month]
        addRow(
          "fresh_output_\(output)_\(month)", upper: share * model.supplies[output],
          dated.map { (freshColumns[$0][month], capacities[$0]) }
            + shifts(share, \.output, output))
      }
    }
    for (input, positions) in inputs where !isYear(positions) {
      let dated = storesAt(.input(input)).filter { store($0).shelfLife != nil }
      if dated.isEmpty { continue }
      for month in 0..<12 {
        addRow(
          "fresh_input_\(input)_\(month)", upper: 0,
          dated.map { (freshColumns[$0][month], capacities[$0]) }
            + positions.flatMap { flow($0, month, times: -link($0).ratio) })
      }
    }
  }

  // MARK: What stands at a stream

  /// Outputs that links use or measures reduce, ascending, with the positions of their links.
  var outputs: [(Int, [Int])] { streams(\.output, shifted: \.output) }
  /// The same for inputs.
  var inputs: [(Int, [Int])] { streams(\.input, shifted: \.input) }

  private func streams(
    _ key: (PlanningModel.Link) -> Int?, shifted: (PlanningModel.Measure) -> Int?
  ) -> [(Int, [Int])] {
    var found: [Int: [Int]] = [:]
    for position in links.indices {
      if let stream = key(link(position)) { found[stream, default: []].append(position) }
    }
    for measure in measures.map({ model.measures[$0] }) where measure.shift < 0 {
      if let stream = shifted(measure) { found[stream, default: []] += [] }
    }
    return found.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Whether links have one period for the year; so has a stream that only measures change.
  func isYear(_ positions: [Int]) -> Bool { positions.first.map { !isMonthly($0) } ?? true }
  func periods(_ positions: [Int]) -> Range<Int> { isYear(positions) ? 0..<1 : 0..<12 }

  func storesAt(_ place: SeasonalModel.Store.Place) -> [Int] {
    stores.indices.filter { store($0).place == place }
  }

  /// What measures change of a stream, on the left-hand side.
  private func shifts(
    _ share: Double, _ key: (PlanningModel.Measure) -> Int?, _ stream: Int
  ) -> [(Int, Double)] {
    measures.indices.compactMap { position in
      let measure = model.measures[measures[position]]
      return key(measure) == stream && measure.shift != 0
        ? (measureColumns[position], -share * measure.shift) : nil
    }
  }
}

import LichenDomain
import LichenPlanning

extension SeasonalProgram {
  /// Permits, partners and capital of the year; mixtures of each month; CO2e of the year.
  mutating func addCommonLimits() {
    addPermits()
    addPartners()
    addMixtures()
    addCapital()
    addCarbonFloor()
  }

  private mutating func addPermits() {
    for position in links.indices {
      guard let opening = openings[position] else { continue }
      for permit in model.permits(of: links[position]).map(Int.init) {
        guard let column = permitColumns[permit] else { continue }
        addRow("needs_\(permit)_\(links[position])", upper: 0, [(opening, 1), (column, -1)])
      }
    }
  }

  private mutating func addPartners() {
    guard let limit = model.partnerLimit else { return }
    for (kind, streams) in [("output", outputs), ("input", inputs)] {
      for (stream, positions) in streams where positions.count > limit {
        addRow(
          "partners_\(kind)_\(stream)", upper: Double(limit),
          positions.compactMap { openings[$0].map { ($0, 1) } })
      }
    }
  }

  private mutating func addMixtures() {
    var positions: [Int: Int] = [:]
    for (position, index) in links.enumerated() { positions[index] = position }
    for blend in model.blends {
      let terms = zip(blend.links, blend.excess).compactMap { index, excess in
        positions[index].map { ($0, excess) }
      }
      for period in periods(terms.map(\.0)) {
        addRow(
          "blend_\(blend.name)_\(period)", upper: 0,
          terms.flatMap { flow($0.0, period, times: $0.1) })
      }
    }
  }

  private mutating func addCapital() {
    guard let budget = model.capitalBudget, seasonal.isBudgetBinding else { return }
    var entries = links.indices.compactMap { position in
      openings[position].map { ($0, link(position).capital) }
    }
    for plant in facilities {
      if let column = facilityColumns[plant] {
        entries.append((column, model.facilities[plant].capital))
      }
    }
    for (column, index) in zip(measureColumns, measures) {
      entries.append((column, model.measures[index].capital))
    }
    for position in stores.indices {
      if let column = storeColumns[position] { entries.append((column, store(position).capital)) }
    }
    addRow("capital", upper: budget, entries)
  }

  private mutating func addCarbonFloor() {
    guard let floor = model.carbonFloor else { return }
    var entries = links.indices.flatMap { yearly($0, times: link($0).carbon) }
    for (column, index) in zip(measureColumns, measures) {
      entries.append((column, model.measures[index].carbon))
    }
    for position in stores.indices {
      let lost = store(position).lostCarbon * store(position).loss * capacities[position]
      entries += stockColumns[position].map { ($0, -lost) }
    }
    addRow("carbon", lower: floor, entries)
  }
}

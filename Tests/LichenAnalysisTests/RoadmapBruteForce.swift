import Foundation
import LichenPlanning
import LichenTestSupport

@testable import LichenAnalysis

/// Small random road maps, written without a park.
enum RandomRoadmaps {
  static func model(seed: UInt64) -> RoadmapModel {
    var random = SeededGenerator(seed: seed)
    let periods = random.whole(in: 1...4)
    var model = RoadmapModel(
      assets: [], plants: [], periods: Array(repeating: .init(), count: periods),
      periodsPerYear: random.element(of: [1, 1, 2, 4]), rate: random.chance(0.2) ? 0 : 0.1)
    model.carbonValue = random.chance(0.3) ? 0.05 : 0
    let hasPlant = random.chance(0.4)
    addPermits(to: &model, periods, &random)
    let permits = Array(model.assets.indices)
    if hasPlant {
      model.assets.append(
        asset(.facility, "h", periods, &random, running: random.number(in: -3...0)))
      model.plants = [.init(asset: permits.count, capacity: random.number(in: 5...30))]
    }
    let links = random.whole(in: hasPlant ? 2...2 : 1...3)
    for link in 0..<links {
      var before = permits.filter { _ in random.chance(0.5) }
        .map { RoadmapModel.Prerequisite($0, lag: 0) }
      if hasPlant { before.append(.init(permits.count)) }
      if !hasPlant, link > 0, random.chance(0.25) {
        before.append(.init(model.assets.count - 1, lag: 1))
      }
      model.assets.append(
        asset(
          hasPlant ? .leg : .exchange, "l\(link)", periods, &random, before: before,
          running: random.number(in: -5...0)))
    }
    if random.chance(0.5) {
      model.assets.append(
        asset(.measure, "m", periods, &random, running: random.number(in: -5...20)))
    }
    addPeriods(to: &model, links: links, first: permits.count + (hasPlant ? 1 : 0), &random)
    addLimits(to: &model, &random)
    settle(&model)
    return model
  }

  private static func addPermits(
    to model: inout RoadmapModel, _ periods: Int, _ random: inout SeededGenerator
  ) {
    for permit in 0..<random.whole(in: 0...1) {
      model.assets.append(
        asset(
          .permit, "p\(permit)", periods, &random, lead: random.whole(in: 0...2), running: 0))
    }
  }

  private static func asset(
    _ kind: ProjectItem.Kind, _ name: String, _ periods: Int, _ random: inout SeededGenerator,
    lead: Int? = nil, before: [RoadmapModel.Prerequisite] = [], running: Double
  ) -> RoadmapModel.Asset {
    let uses = (0..<periods).map { _ in random.chance(0.85) }
    let isLink = kind == .exchange || kind == .leg
    return RoadmapModel.Asset(
      kind: kind, name: name, capital: random.chance(0.8) ? random.number(in: 1...60) : 0,
      life: random.element(of: [0.6, 1, 1.5, 3, 12]),
      lead: lead ?? (random.chance(0.3) ? 1 : 0),
      isRequired: isLink && random.chance(0.08), prerequisites: before, uses: uses,
      running: (0..<periods).map { _ in running * random.number(in: 0.5...1) },
      carbon: (0..<periods).map { _ in kind == .measure ? random.number(in: -20...40) : 0 })
  }

  private static func addPeriods(
    to model: inout RoadmapModel, links: Int, first: Int, _ random: inout SeededGenerator
  ) {
    let hasPlant = !model.plants.isEmpty
    for period in model.periods.indices {
      model.periods[period].supplies = (0..<2).map { _ in random.number(in: 5...25) }
      model.periods[period].needs = (0..<2).map { _ in random.number(in: 5...25) }
      for link in 0..<links where model.assets[first + link].uses[period] {
        let upper = random.number(in: 4...25)
        let arrives = hasPlant && link == 0
        let leaves = hasPlant && link == 1
        model.periods[period].arcs.append(
          RoadmapModel.Arc(
            asset: first + link, source: leaves ? .plant(0) : .stream(random.whole(in: 0...1)),
            target: arrives ? .plant(0) : .stream(random.whole(in: 0...1)),
            ratio: leaves ? 1 : random.number(in: 0.5...1.5), money: random.number(in: -1...4),
            carbon: random.number(in: -10...20),
            lower: random.chance(0.3) ? upper * random.number(in: 0...0.5) : 0, upper: upper))
      }
      let last = model.assets.count - 1
      if model.assets[last].kind == .measure, model.assets[last].uses[period] {
        model.periods[period].shifts = [
          .init(asset: last, supply: random.chance(0.5) ? 0 : nil, need: 1, amount: -4)
        ]
      }
      if model.periods[period].arcs.count > 1, random.chance(0.2) {
        model.periods[period].blends = [
          .init(arcs: [0, 1], excess: [1, random.number(in: -2...1)])
        ]
      }
    }
  }

  private static func addLimits(to model: inout RoadmapModel, _ random: inout SeededGenerator) {
    if random.chance(0.7) {
      model.budgets = (0..<random.whole(in: 1...model.years)).map { _ in random.number(in: 0...80) }
      model.carriesOver = random.chance(0.5)
    }
    if random.chance(0.2) { model.totalBudget = random.number(in: 20...120) }
    if random.chance(0.2) { model.partnerLimit = 1 }
  }

  /// Nothing begins before its lead is over, nor before what must come before it.
  static func settle(_ model: inout RoadmapModel) {
    for index in model.assets.indices {
      let asset = model.assets[index]
      let before = asset.prerequisites.map { model.assets[$0.asset].earliest + $0.lag }.max() ?? 0
      model.assets[index] = RoadmapModel.Asset(
        kind: asset.kind, name: asset.name, capital: asset.capital, life: asset.life,
        lead: asset.lead, earliest: max(asset.lead, before), isRequired: asset.isRequired,
        prerequisites: asset.prerequisites, uses: asset.uses, running: asset.running,
        carbon: asset.carbon)
    }
  }
}

/// Tries every beginning of every asset; the flows of each period are a linear program by themselves.
struct RoadmapBruteForce {
  let model: RoadmapModel
  let solver: any MIPSolver

  /// The most that a road map is worth; `nil` if there is none.
  func best() throws -> Double? {
    var best: Double?
    var begins = [Int?](repeating: nil, count: model.assets.count)
    var known: [[Bool]: Double?] = [:]
    func search(_ index: Int) throws {
      if index == model.assets.count {
        guard keepsOrder(begins), keepsCapital(begins) else { return }
        var value = -begins.enumerated().reduce(0) { $0 + cost($1.offset, $1.element) }
        for period in model.periods.indices {
          let open = begins.map { $0.map { $0 <= period } ?? false }
          let key = open + model.periods.indices.map { $0 == period }
          let flows = try known[key] ?? self.flows(period, open)
          known[key] = flows
          guard let flows else { return }
          value += flows
        }
        best = max(best ?? value, value)
        return
      }
      let asset = model.assets[index]
      let last = asset.uses.lastIndex(of: true) ?? -1
      begins[index] = nil
      if !asset.isRequired || last < 0 { try search(index + 1) }
      for begin in model.periods.indices where begin >= asset.earliest && begin <= last {
        begins[index] = begin
        try search(index + 1)
      }
      begins[index] = nil
    }
    try search(0)
    return best
  }

  private func keepsOrder(_ begins: [Int?]) -> Bool {
    model.assets.enumerated().allSatisfy { index, asset in
      guard let begin = begins[index] else { return true }
      return asset.prerequisites.allSatisfy { before in
        begins[before.asset].map { $0 + before.lag <= begin } ?? false
      }
    }
  }

  /// Times and amounts of what is paid.
  private func payments(_ index: Int, _ begin: Int) -> [(time: Double, amount: Double)] {
    let asset = model.assets[index]
    guard asset.capital > 0 else { return [] }
    let length = 1 / Double(model.periodsPerYear)
    let end = Double((asset.uses.lastIndex(of: true) ?? -1) + 1) * length
    var found = [(Double(begin - asset.lead) * length, asset.capital)]
    var life = 1
    while Double(begin) * length + Double(life) * asset.life < end - 1e-9 {
      found.append((Double(begin) * length + Double(life) * asset.life, asset.capital))
      life += 1
    }
    return found
  }

  private func cost(_ index: Int, _ begin: Int?) -> Double {
    guard let begin else { return 0 }
    let asset = model.assets[index]
    let paid = payments(index, begin)
    let value = paid.reduce(0) { $0 + $1.amount * pow(1 + model.rate, -$1.time) }
    guard asset.uses.last == true, !paid.isEmpty else { return value }
    let length = 1 / Double(model.periodsPerYear)
    let end = Double(model.periods.count) * length
    let bought = Double(begin) * length + Double(paid.count - 1) * asset.life
    let left = asset.life - (end - bought)
    // Annuities of the years that are left, valued at the end.
    let residual =
      model.rate == 0
      ? asset.capital * left / asset.life
      : asset.capital * (1 - pow(1 + model.rate, -left)) / (1 - pow(1 + model.rate, -asset.life))
    return value - residual * pow(1 + model.rate, -end)
  }

  private func keepsCapital(_ begins: [Int?]) -> Bool {
    var spent = [Double](repeating: 0, count: model.years)
    var first = 0.0
    for (index, begin) in begins.enumerated() {
      guard let begin else { continue }
      for payment in payments(index, begin) { spent[Int(payment.time + 1e-9)] += payment.amount }
      if model.assets[index].kind != .permit { first += model.assets[index].capital }
    }
    if let total = model.totalBudget, first > total + 1e-9 { return false }
    if model.budgets.isEmpty { return true }
    var left = 0.0
    for (year, amount) in spent.enumerated() {
      left = (model.carriesOver ? left : 0) + model.budgets[min(year, model.budgets.count - 1)]
      left -= amount
      if left < -1e-9 { return false }
    }
    return true
  }

  /// Worth of a period's best flows with what is open; `nil` if there are none.
  private func flows(_ period: Int, _ open: [Bool]) throws -> Double? {
    let facts = model.periods[period]
    let arcs = facts.arcs.filter { open[$0.asset] }
    var program = MIPModel(name: "flows")
    for arc in arcs {
      program.addColumn(
        MIPColumn(
          name: "x", lower: arc.lower, upper: arc.upper,
          objective: arc.money + model.carbonValue * arc.carbon))
    }
    func row(_ upper: Double, lower: Double = -.infinity, _ factor: (RoadmapModel.Arc) -> Double)
      -> Bool
    {
      let entries = arcs.enumerated().compactMap { column, arc -> (column: Int, value: Double)? in
        factor(arc) == 0 ? nil : (column, factor(arc))
      }
      if entries.isEmpty { return lower <= 0 && upper >= -1e-9 }
      program.addRow(MIPRow(name: "r", lower: lower, upper: upper, entries: entries))
      return true
    }
    func shift(_ key: (RoadmapModel.Shift) -> Int?, _ stream: Int) -> Double {
      facts.shifts.reduce(0) { $0 + (open[$1.asset] && key($1) == stream ? $1.amount : 0) }
    }
    for (stream, supply) in facts.supplies.enumerated() {
      guard row(supply + shift(\.supply, stream), { $0.source == .stream(stream) ? 1 : 0 }) else {
        return nil
      }
    }
    for (stream, need) in facts.needs.enumerated() {
      guard row(need + shift(\.need, stream), { $0.target == .stream(stream) ? $0.ratio : 0 })
      else {
        return nil
      }
    }
    for (index, plant) in model.plants.enumerated() {
      _ = row(open[plant.asset] ? plant.capacity : 0) { $0.target == .plant(index) ? 1 : 0 }
      _ = row(0, lower: 0) {
        ($0.source == .plant(index) ? 1 : 0) - ($0.target == .plant(index) ? $0.ratio : 0)
      }
    }
    for blend in facts.blends {
      _ = row(0) { arc in
        blend.arcs.firstIndex { facts.arcs[$0] == arc }.map { blend.excess[$0] } ?? 0
      }
    }
    if let limit = model.partnerLimit {
      for stream in 0..<2 {
        if arcs.count(where: { $0.source == .stream(stream) }) > limit { return nil }
        if arcs.count(where: { $0.target == .stream(stream) }) > limit { return nil }
      }
    }
    let result = try solver.solve(program)
    guard result.status == .optimal, let flows = result.objective else { return nil }
    let running = model.assets.indices.filter { open[$0] && model.assets[$0].uses[period] }
      .reduce(0) {
        $0 + model.assets[$1].running[period]
          + model.carbonValue * model.assets[$1].carbon[period]
      }
    let length = 1 / Double(model.periodsPerYear)
    return (flows + running) * length * pow(1 + model.rate, -Double(period + 1) * length)
  }
}

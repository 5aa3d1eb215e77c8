/// Writes a planning model, or some of its links, as a mixed-integer program.
///
/// Flows are scaled to shares of each link's own upper bound, so that every coefficient of a flow is
/// near one: a gram and a megatonne are equally well conditioned. Columns, in this order: one flow
/// `x` per link, one opening `y` per link that needs one, one permit `p` per permit in use, one `q`
/// per efficiency measure.
public struct MIPBuilder: Sendable {
  public let model: PlanningModel
  /// Indices of the links in the program, ascending.
  public let links: [Int]
  /// Indices of the measures in the program, ascending.
  public let measures: [Int]
  private let permitsInUse: [Int]
  /// Position among `links` → column of the opening variable.
  private let openings: [Int: Int]

  public init(model: PlanningModel, part: PlanningModel.Part? = nil) {
    self.model = model
    let chosen = part?.links ?? Array(model.links.indices)
    links = chosen
    measures = part?.measures ?? Array(model.measures.indices)
    permitsInUse = Set(chosen.flatMap { model.links[$0].permits }).sorted()
    var openings: [Int: Int] = [:]
    var next = chosen.count
    for (position, index) in chosen.enumerated() where Self.needsOpening(model.links[index], model)
    {
      openings[position] = next
      next += 1
    }
    self.openings = openings
  }

  /// A link without fixed cost, lot, permit or count needs no yes-or-no variable.
  private static func needsOpening(_ link: PlanningModel.Link, _ model: PlanningModel) -> Bool {
    link.fixedCost != 0 || link.lower > 0 || !link.permits.isEmpty || link.isRequired
      || model.partnerLimit != nil || (model.isBudgetBinding && link.capital > 0)
  }

  /// Yes-or-no variables of the program.
  public var integerCount: Int { openings.count + permitsInUse.count + measures.count }

  private var firstPermitColumn: Int { links.count + openings.count }
  private var firstMeasureColumn: Int { firstPermitColumn + permitsInUse.count }

  /// The program that maximises `weights`.
  /// - Parameter floor: An earlier objective that must keep its optimum (lexicographic planning).
  public func program(
    maximising weights: PlanningModel.Weights,
    keeping floor: (weights: PlanningModel.Weights, optimum: Double)? = nil
  ) -> MIPModel {
    var program = MIPModel(name: model.name)
    addColumns(to: &program, weights)
    addLinking(to: &program)
    addBalances(to: &program, firstMeasure: firstMeasureColumn)
    addPermits(to: &program)
    addPartnerLimits(to: &program)
    addBudget(to: &program)
    if let floor { addFloor(floor.weights, floor.optimum, to: &program) }
    return program
  }

  private func addColumns(to program: inout MIPModel, _ weights: PlanningModel.Weights) {
    for index in links {
      let link = model.links[index]
      program.addColumn(
        MIPColumn(
          name: "flow_\(model.linkNames[index])", lower: 0, upper: 1,
          objective: model.unitValue(of: link, weights) * link.upper))
    }
    for (position, index) in links.enumerated() where openings[position] != nil {
      let link = model.links[index]
      program.addColumn(
        MIPColumn(
          name: "open_\(model.linkNames[index])", lower: link.isRequired ? 1 : 0, upper: 1,
          objective: -weights.money * link.fixedCost, isInteger: true))
    }
    for permit in permitsInUse {
      program.addColumn(
        .binary(
          name: "permit_\(model.permits[permit].name)",
          objective: -weights.money * model.permits[permit].annualCost))
    }
    addMeasures(to: &program, weights)
  }

  /// Linking: lower·y ≤ x ≤ upper·y, each with its own tight bound.
  private func addLinking(to program: inout MIPModel) {
    for (position, index) in links.enumerated() {
      guard let opening = openings[position] else { continue }
      let link = model.links[index]
      let name = model.linkNames[index]
      program.addRow(
        MIPRow(name: "most_\(name)", upper: 0, entries: [(position, 1), (opening, -1)]))
      if link.lower > 0 {
        program.addRow(
          MIPRow(
            name: "least_\(name)", lower: 0,
            entries: [(position, 1), (opening, -link.lower / link.upper)]))
      }
    }
  }

  /// Supply: Σ x ≤ s + Σ Δ·q. Need: Σ ρ·x ≤ d + Σ Δ·q. Both divided by supply or need.
  /// - Parameter firstMeasure: Column of the first measure.
  func addBalances(to program: inout MIPModel, firstMeasure: Int) {
    let shifts = (measuresByStream(\.output), measuresByStream(\.input))
    for (output, positions) in streams(\.output, shifted: shifts.0) {
      let supply = model.supplies[output]
      let scale = supply > 0 ? supply : 1
      program.addRow(
        MIPRow(
          name: "supply_\(output)", upper: supply / scale,
          entries: positions.map { ($0, link($0).upper / scale) }
            + shiftEntries(shifts.0[output], firstMeasure, scale: scale)))
    }
    for (input, positions) in streams(\.input, shifted: shifts.1) {
      let need = model.needs[input]
      let scale = need > 0 ? need : 1
      program.addRow(
        MIPRow(
          name: "need_\(input)", upper: need / scale,
          entries: positions.map { ($0, link($0).ratio * link($0).upper / scale) }
            + shiftEntries(shifts.1[input], firstMeasure, scale: scale)))
    }
  }

  /// Streams that links use or that several measures reduce, each with its links' positions.
  private func streams(_ key: KeyPath<PlanningModel.Link, Int>, shifted: [Int: [Int]])
    -> [(Int, [Int])]
  {
    var positions = Dictionary(grouping: links.indices) { link($0)[keyPath: key] }
    for (stream, measures) in shifted where measures.count > 1 {
      positions[stream, default: []] += []
    }
    return positions.sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  private func shiftEntries(_ positions: [Int]?, _ firstMeasure: Int, scale: Double)
    -> [(Int, Double)]
  {
    (positions ?? []).map { (firstMeasure + $0, -measure($0).shift / scale) }
  }

  /// Permits: y ≤ p.
  private func addPermits(to program: inout MIPModel) {
    for (offset, permit) in permitsInUse.enumerated() {
      for (position, index) in links.enumerated()
      where model.links[index].permits.contains(permit) {
        guard let opening = openings[position] else { continue }
        program.addRow(
          MIPRow(
            name: "needs_\(permit)_\(model.linkNames[index])", upper: 0,
            entries: [(opening, 1), (firstPermitColumn + offset, -1)]))
      }
    }
  }

  /// Partners: Σ y ≤ K per stream.
  private func addPartnerLimits(to program: inout MIPModel) {
    guard let limit = model.partnerLimit else { return }
    for (kind, key) in [("output", \PlanningModel.Link.output), ("input", \.input)] {
      for (stream, positions) in grouped(by: key) where positions.count > limit {
        program.addRow(
          MIPRow(
            name: "partners_\(kind)_\(stream)", upper: Double(limit),
            entries: positions.compactMap { position in openings[position].map { ($0, 1) } }))
      }
    }
  }

  /// Capital: Σ capital·y + Σ capital·q ≤ B, divided by B.
  private func addBudget(to program: inout MIPModel) {
    guard let budget = model.capitalBudget, model.isBudgetBinding else { return }
    let scale = budget > 0 ? budget : 1
    let entries = openings.sorted { $0.key < $1.key }.compactMap { position, opening in
      link(position).capital > 0 ? (opening, link(position).capital / scale) : nil
    }
    let measured = capitalEntries(firstMeasure: firstMeasureColumn, scale: scale)
    if entries.isEmpty, measured.isEmpty { return }
    program.addRow(
      MIPRow(name: "capital", upper: budget / scale, entries: entries + measured))
  }

  /// An earlier objective stays within one part in 10⁹ of its optimum.
  private func addFloor(
    _ weights: PlanningModel.Weights, _ optimum: Double, to program: inout MIPModel
  ) {
    let objective = self.program(maximising: weights).columns.map(\.objective)
    let scale = max(abs(optimum), 1)
    let entries = objective.enumerated().compactMap { column, value in
      value == 0 ? nil : (column, value / scale)
    }
    if entries.isEmpty { return }
    program.addRow(MIPRow(name: "keep_first", lower: optimum / scale - 1e-9, entries: entries))
  }

  private func link(_ position: Int) -> PlanningModel.Link { model.links[links[position]] }

  /// Positions by stream, streams ascending.
  func grouped(by key: KeyPath<PlanningModel.Link, Int>) -> [(Int, [Int])] {
    Dictionary(grouping: links.indices) { link($0)[keyPath: key] }
      .sorted { $0.key < $1.key }.map { ($0.key, $0.value) }
  }

  /// Yearly flows per link [reference units/a] from a solver's values.
  ///
  /// A closed link carries nothing, whatever a solver's tolerance let through; values within 1e-9 of
  /// an end of their range are taken as that end, and a stream that rounding overdrew gives the excess
  /// back, so that the plan keeps every limit exactly.
  public func flows(from values: [Double]) -> [Double] {
    var flows = links.indices.map { position -> Double in
      if let opening = openings[position], values[opening] < 0.5 { return 0 }
      let share = min(1, max(0, values[position]))
      let upper = link(position).upper
      if share > 1 - 1e-9 { return upper }
      if share < 1e-9 { return 0 }
      return share * upper
    }
    let left = model.capacities(taking: zip(measures, taken(from: values)).filter(\.1).map(\.0))
    for (output, positions) in grouped(by: \.output) {
      Self.trim(&flows, positions, to: left.supplies[output]) { _ in 1 }
    }
    for (input, positions) in grouped(by: \.input) {
      Self.trim(&flows, positions, to: left.needs[input]) { link($0).ratio }
    }
    return flows
  }

  private static func trim(
    _ flows: inout [Double], _ positions: [Int], to limit: Double, _ ratio: (Int) -> Double
  ) {
    let total = positions.reduce(0) { $0 + ratio($1) * flows[$1] }
    guard total > limit,
      let largest = positions.max(by: { ratio($0) * flows[$0] < ratio($1) * flows[$1] })
    else { return }
    flows[largest] = max(0, flows[largest] - (total - max(0, limit)) / ratio(largest))
  }
}

/// Limits that span nodes: Σ a·x + Σ c·y + Σ k·z + Σ e·q ≤ b, one row each, by link.
struct SideRows: Sendable {
  let count: Int
  let names: [String]
  /// Right-hand sides.
  let limits: FlatArray<Double>
  /// Size by which a violation is measured: the largest of 1, |b| and any term.
  let scales: FlatArray<Double>
  /// Entries of link `l`: `starts[l]..<starts[l + 1]`.
  let starts: FlatArray<Int32>
  let row: FlatArray<Int32>
  /// Per unit of flow.
  let perUnit: FlatArray<Double>
  /// Once the link is open.
  let perOpening: FlatArray<Double>
  /// By node of a facility, once it is open.
  let facilityTerms: [Int: [(row: Int, value: Double)]]
  /// By measure.
  let measureTerms: [[(row: Int, value: Double)]]
  /// Links of each row.
  let links: FlatRows

  private struct Draft {
    var names: [String] = []
    var limits: [Double] = []
    var entries: [[(row: Int, unit: Double, opening: Double)]]
    var facilities: [Int: [(row: Int, value: Double)]] = [:]
    var measures: [[(row: Int, value: Double)]]

    mutating func addRow(_ name: String, limit: Double) -> Int {
      names.append(name)
      limits.append(limit)
      return limits.count - 1
    }
  }

  init(model: PlanningModel, part: PlanningModel.Part, nodes: NodeNumbering) {
    var draft = Draft(
      entries: [], measures: Array(repeating: [], count: part.measures.count))
    let isConstrained =
      model.isBudgetBinding || model.carbonFloor != nil || !model.blends.isEmpty
      || model.leastNeeds.contains { $0 > 0 }
    if isConstrained {
      draft.entries = Array(repeating: [], count: part.links.count)
      Self.addBudget(model, part, nodes, to: &draft)
      Self.addCarbonFloor(model, part, to: &draft)
      Self.addBlends(model, part, to: &draft)
      Self.addCover(model, part, to: &draft)
    }
    count = draft.limits.count
    names = draft.names
    limits = FlatArray(draft.limits)
    starts = FlatArray(repeating: 0, count: part.links.count + 1)
    for (link, entries) in draft.entries.enumerated() {
      starts[link + 1] = starts[link] + Int32(entries.count)
    }
    let flat = draft.entries.flatMap { $0 }
    row = FlatArray(flat.map { Int32($0.row) })
    perUnit = FlatArray(flat.map(\.unit))
    perOpening = FlatArray(flat.map(\.opening))
    facilityTerms = draft.facilities
    measureTerms = draft.measures
    var users = [[Int]](repeating: [], count: count)
    for (link, entries) in draft.entries.enumerated() {
      for entry in entries { users[entry.row].append(link) }
    }
    links = FlatRows(users)
    scales = FlatArray(draft.limits.map { max(1, abs($0)) })
    for (link, entries) in draft.entries.enumerated() {
      let upper = model.links[part.links[link]].upper
      for entry in entries {
        scales[entry.row] = max(
          scales[entry.row], abs(entry.unit) * upper, abs(entry.opening))
      }
    }
  }

  private static func addBudget(
    _ model: PlanningModel, _ part: PlanningModel.Part, _ nodes: NodeNumbering,
    to draft: inout Draft
  ) {
    guard let budget = model.capitalBudget, model.isBudgetBinding else { return }
    let row = draft.addRow("capital", limit: budget)
    for (position, link) in part.links.enumerated() where model.links[link].capital > 0 {
      draft.entries[position].append((row, 0, model.links[link].capital))
    }
    for (node, facility) in nodes.facilityOfNode.enumerated() {
      guard let facility, model.facilities[facility].capital > 0 else { continue }
      draft.facilities[node, default: []].append((row, model.facilities[facility].capital))
    }
    for (position, measure) in part.measures.enumerated() where model.measures[measure].capital > 0
    {
      draft.measures[position].append((row, model.measures[measure].capital))
    }
  }

  private static func addCarbonFloor(
    _ model: PlanningModel, _ part: PlanningModel.Part, to draft: inout Draft
  ) {
    guard let floor = model.carbonFloor else { return }
    let row = draft.addRow("carbon", limit: -floor)
    for (position, link) in part.links.enumerated() where model.links[link].carbon != 0 {
      draft.entries[position].append((row, -model.links[link].carbon, 0))
    }
    for (position, measure) in part.measures.enumerated() where model.measures[measure].carbon != 0
    {
      draft.measures[position].append((row, -model.measures[measure].carbon))
    }
  }

  private static func addBlends(
    _ model: PlanningModel, _ part: PlanningModel.Part, to draft: inout Draft
  ) {
    if model.blends.isEmpty { return }
    var positions = [Int32](repeating: -1, count: model.links.count)
    for (position, link) in part.links.enumerated() { positions[link] = Int32(position) }
    for blend in model.blends {
      let terms = zip(blend.links, blend.excess).filter { positions[$0.0] >= 0 && $0.1 != 0 }
      guard terms.contains(where: { $0.1 > 0 }) else { continue }
      let row = draft.addRow("blend_\(blend.name)", limit: 0)
      for (link, excess) in terms { draft.entries[Int(positions[link])].append((row, excess, 0)) }
    }
  }

  private static func addCover(
    _ model: PlanningModel, _ part: PlanningModel.Part, to draft: inout Draft
  ) {
    var rowOfInput: [Int: Int] = [:]
    for (position, link) in part.links.enumerated() {
      guard let input = model.links[link].input, model.leastNeed(of: input) > 0 else { continue }
      let row =
        rowOfInput[input] ?? draft.addRow("cover_\(input)", limit: -model.leastNeed(of: input))
      rowOfInput[input] = row
      draft.entries[position].append((row, -model.links[link].ratio, 0))
    }
  }
}

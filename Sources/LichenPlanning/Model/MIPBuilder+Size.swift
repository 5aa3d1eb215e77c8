/// Sizes of programs without writing them.
extension MIPBuilder {
  /// Yes-or-no variables of a part's program.
  /// - Complexity: O(links and measures of the part).
  static func integerCount(
    model: PlanningModel, part: PlanningModel.Part, isBudgetBinding: Bool
  ) -> Int {
    var openings = 0
    var permits: Set<Int32> = []
    var facilities: Set<Int> = []
    for index in part.links {
      if needsOpening(index, model, isBudgetBinding: isBudgetBinding) { openings += 1 }
      permits.formUnion(model.permits(of: index))
      if !model.facilities.isEmpty { facilities.formUnion(model.links[index].facilities) }
    }
    return openings + permits.count + facilities.count + part.measures.count
  }

  /// Rows and columns that `program(maximising:)` has.
  /// - Complexity: O(links and measures of the part).
  var size: (rows: Int, columns: Int) {
    var rows = 0
    for position in links.indices where opening(at: position) != nil {
      rows += link(position).lower > 0 ? 2 : 1
      rows += model.permits(of: links[position]).count
    }
    let outputs = linksByStream(\.output)
    let inputs = linksByStream(\.input)
    for (streams, shifts) in [
      (outputs, measuresByStream(\.output)), (inputs, measuresByStream(\.input)),
    ] {
      rows += streams.count + shifts.count { $0.value.count > 1 && streams[$0.key] == nil }
      if let limit = model.partnerLimit { rows += streams.count { $0.value > limit } }
    }
    rows += inputs.count { model.leastNeed(of: $0.key) > 0 }
    rows += 2 * facilitiesInUse.count
    if !model.facilities.isEmpty {
      rows += links.indices.reduce(0) { $0 + link($1).facilities.count }
    }
    rows += commonRowCount
    return (rows, firstMeasureColumn + measures.count)
  }

  /// How many links each stream has.
  private func linksByStream(_ key: (PlanningModel.Link) -> Int?) -> [Int: Int] {
    var counts: [Int: Int] = [:]
    for position in links.indices {
      if let stream = key(link(position)) { counts[stream, default: 0] += 1 }
    }
    return counts
  }

  /// Rows that span streams: blends, capital, CO2e.
  private var commonRowCount: Int {
    var program = MIPModel(name: "")
    addBlends(to: &program)
    addBudget(to: &program)
    addCarbonFloor(to: &program)
    return program.rows.count
  }
}

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
    var used: [[Int]] = []
    for (key, shifts) in [
      (\PlanningModel.Link.output, measuresByStream(\.output)),
      (\.input, measuresByStream(\.input)),
    ] {
      let streams = grouped(by: key)
      let names = Set(streams.map(\.stream))
      rows += streams.count + shifts.count { $0.value.count > 1 && !names.contains($0.key) }
      if let limit = model.partnerLimit { rows += streams.count { $0.positions.count > limit } }
      used.append(streams.map(\.stream))
    }
    rows += used[1].count { model.leastNeed(of: $0) > 0 }
    rows += 2 * facilitiesInUse.count
    rows += links.indices.reduce(0) { $0 + link($1).facilities.count }
    rows += commonRowCount
    return (rows, firstMeasureColumn + measures.count)
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

extension MIPBuilder {
  /// Capital: Σ capital·y + Σ capital·z + Σ capital·q ≤ B, divided by B.
  func addBudget(to program: inout MIPModel) {
    guard let budget = model.capitalBudget, model.isBudgetBinding else { return }
    let scale = budget > 0 ? budget : 1
    var entries = links.indices.compactMap { position -> (Int, Double)? in
      let capital = link(position).capital
      return capital > 0 ? opening(at: position).map { ($0, capital / scale) } : nil
    }
    for position in facilitiesInUse.indices where facility(position).capital > 0 {
      entries.append((firstFacilityColumn + position, facility(position).capital / scale))
    }
    entries += capitalEntries(firstMeasure: firstMeasureColumn, scale: scale)
    if entries.isEmpty { return }
    program.addRow(MIPRow(name: "capital", upper: budget / scale, entries: entries))
  }
}

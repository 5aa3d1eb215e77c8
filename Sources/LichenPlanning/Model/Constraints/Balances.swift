extension MIPBuilder {
  /// Supply: Σ x ≤ s + Σ Δ·q. Need: Σ ρ·x ≤ d + Σ Δ·q. Both divided by supply or need.
  /// - Parameter firstMeasure: Column of the first measure; that of the whole program by default.
  func addBalances(to program: inout MIPModel, firstMeasure: Int? = nil) {
    let firstMeasure = firstMeasure ?? firstMeasureColumn
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
  private func streams(
    _ key: (PlanningModel.Link) -> Int?, shifted: [Int: [Int]]
  ) -> [(Int, [Int])] {
    var positions = Dictionary(
      uniqueKeysWithValues: grouped(by: key).map { ($0.stream, $0.positions) })
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
}

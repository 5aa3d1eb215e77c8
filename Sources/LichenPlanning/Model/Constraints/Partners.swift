extension MIPBuilder {
  /// Partners: Σ y ≤ K per output and per input; legs to and from facilities count.
  func addPartnerLimits(to program: inout MIPModel) {
    guard let limit = model.partnerLimit else { return }
    let ends: [(String, (PlanningModel.Link) -> Int?)] = [("output", \.output), ("input", \.input)]
    for (kind, key) in ends {
      for (stream, positions) in grouped(by: key) where positions.count > limit {
        program.addRow(
          MIPRow(
            name: "partners_\(kind)_\(stream)", upper: Double(limit),
            entries: positions.compactMap { position in opening(at: position).map { ($0, 1) } }))
      }
    }
  }
}

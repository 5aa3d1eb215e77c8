extension MIPBuilder {
  /// Blends: Σ (c − limit)·x ≤ 0 at a receiver, divided by the largest term.
  func addBlends(to program: inout MIPModel) {
    if model.blends.isEmpty { return }
    var positions = [Int32](repeating: -1, count: model.links.count)
    for (position, link) in links.enumerated() { positions[link] = Int32(position) }
    for blend in model.blends {
      let entries = zip(blend.links, blend.excess).compactMap { link, excess -> (Int, Double)? in
        let position = Int(positions[link])
        return position < 0 || excess == 0 ? nil : (position, excess * model.links[link].upper)
      }
      guard let scale = entries.map({ abs($0.1) }).max() else { continue }
      program.addRow(
        MIPRow(name: "blend_\(blend.name)", upper: 0, entries: entries.map { ($0, $1 / scale) }))
    }
  }
}

extension MIPBuilder {
  /// CO2e: Σ g·x + Σ e·q ≥ G, divided by the larger of |G| and 1.
  func addCarbonFloor(to program: inout MIPModel) {
    guard let floor = model.carbonFloor else { return }
    let scale = max(abs(floor), 1)
    var entries = links.indices.compactMap { position -> (Int, Double)? in
      let carbon = link(position).carbon * link(position).upper
      return carbon == 0 ? nil : (position, carbon / scale)
    }
    for position in measures.indices where measure(position).carbon != 0 {
      entries.append((firstMeasureColumn + position, measure(position).carbon / scale))
    }
    program.addRow(MIPRow(name: "carbon", lower: floor / scale, entries: entries))
  }
}

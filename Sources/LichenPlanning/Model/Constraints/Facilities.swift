extension MIPBuilder {
  /// Facilities: Σ x ≤ capacity·z over links in; Σ x = Σ ρ·x, links out against links in; and no link
  /// without its plant: y ≤ z, or x ≤ upper·z where there is no y. Divided by the capacity.
  func addFacilities(to program: inout MIPModel) {
    var inward: [Int: [Int]] = [:]
    var outward: [Int: [Int]] = [:]
    for position in links.indices {
      if case .facility(let index) = link(position).target {
        inward[index, default: []].append(position)
      }
      if case .facility(let index) = link(position).source {
        outward[index, default: []].append(position)
      }
    }
    for (offset, index) in facilitiesInUse.enumerated() {
      let column = firstFacilityColumn + offset
      let capacity = model.facilities[index].capacity
      let scale = capacity > 0 ? capacity : 1
      let (arriving, leaving) = (inward[index] ?? [], outward[index] ?? [])
      program.addRow(
        MIPRow(
          name: "capacity_\(index)", upper: 0,
          entries: arriving.map { ($0, link($0).upper / scale) } + [(column, -capacity / scale)]))
      program.addRow(
        MIPRow(
          name: "yield_\(index)", lower: 0, upper: 0,
          entries: leaving.map { ($0, link($0).upper / scale) }
            + arriving.map { ($0, -link($0).ratio * link($0).upper / scale) }))
      for position in arriving + leaving {
        program.addRow(
          MIPRow(
            name: "plant_\(index)_\(name(position))", upper: 0,
            entries: [(opening(at: position) ?? position, 1), (column, -1)]))
      }
    }
  }
}

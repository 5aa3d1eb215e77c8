extension MIPBuilder {
  /// Linking: lower·y ≤ x ≤ upper·y, each link with its own tight bound.
  func addLinking(to program: inout MIPModel) {
    for position in links.indices {
      guard let opening = opening(at: position) else { continue }
      let link = link(position)
      program.addRow(
        MIPRow(name: "most_\(name(position))", upper: 0, entries: [(position, 1), (opening, -1)]))
      if link.lower > 0 {
        program.addRow(
          MIPRow(
            name: "least_\(name(position))", lower: 0,
            entries: [(position, 1), (opening, -link.lower / link.upper)]))
      }
    }
  }
}

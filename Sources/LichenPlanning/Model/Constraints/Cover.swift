extension MIPBuilder {
  /// Cover: Σ ρ·x ≥ least for inputs that must be served, divided by the least.
  func addCover(to program: inout MIPModel) {
    for (input, positions) in grouped(by: \.input) {
      let least = model.leastNeed(of: input)
      guard least > 0 else { continue }
      program.addRow(
        MIPRow(
          name: "cover_\(input)", lower: 1,
          entries: positions.map { ($0, link($0).ratio * link($0).upper / least) }))
    }
  }
}

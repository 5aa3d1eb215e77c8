extension MIPBuilder {
  /// Permits: y ≤ p for every permit that the link needs.
  func addPermits(to program: inout MIPModel) {
    var offsets: [Int: Int] = [:]
    for (offset, permit) in permitsInUse.enumerated() { offsets[permit] = offset }
    for position in links.indices {
      guard let opening = opening(at: position) else { continue }
      for permit in model.permits(of: links[position]).map(Int.init) {
        guard let offset = offsets[permit] else { continue }
        program.addRow(
          MIPRow(
            name: "needs_\(permit)_\(name(position))", upper: 0,
            entries: [(opening, 1), (firstPermitColumn + offset, -1)]))
      }
    }
  }
}

extension ParkDeclaration {
  /// Takes enterprises out, with their streams, measures, plants, ways and documented exchanges.
  /// - Returns: Ids of the streams and plants that went with them.
  /// - Complexity: O(rows).
  @discardableResult
  mutating func remove(enterprises ids: Set<String>) -> Set<String> {
    let hosted = Set(facilities.filter { ids.contains($0.enterprise) }.map(\.id))
    let streams = Set(
      outputs.filter { ids.contains($0.enterprise) }.map(\.id)
        + inputs.filter { ids.contains($0.enterprise) }.map(\.id))
    remove(streams: streams)
    remove(facilities: hosted)
    remove(options: Set(options.filter { ids.contains($0.enterprise) }.map(\.id)))
    remove { ids.contains($0.from) || ids.contains($0.to) }
    distances.removeAll { ids.contains($0.from) || ids.contains($0.to) }
    enterprises.removeAll { ids.contains($0.id) }
    return streams.union(hosted)
  }

  /// Takes streams out, with their qualities and stores, the measures that change them and the
  /// documented exchanges that they are an end of.
  mutating func remove(streams ids: Set<String>) {
    outputs.removeAll { ids.contains($0.id) }
    inputs.removeAll { ids.contains($0.id) }
    properties.removeAll { ids.contains($0.stream) }
    storages.removeAll { ids.contains($0.stream) }
    remove(options: Set(options.filter { ids.contains($0.stream) }.map(\.id)))
    remove { ids.contains($0.output) || ids.contains($0.input) }
    func isOfThese(_ subject: String) -> Bool {
      subject.split(separator: ":").contains { ids.contains(String($0)) }
    }
    actuals.removeAll { isOfThese($0.subject) }
    progress.removeAll { isOfThese($0.subject) }
  }

  /// Takes shared plants out, with the ways to a place of their own.
  mutating func remove(facilities ids: Set<String>) {
    let places = Set(facilities.filter { ids.contains($0.id) && $0.enterprise.isEmpty }.map(\.id))
    distances.removeAll { places.contains($0.from) || places.contains($0.to) }
    facilities.removeAll { ids.contains($0.id) }
  }

  private mutating func remove(options ids: Set<String>) {
    options.removeAll { ids.contains($0.id) }
    dropReports(of: ids)
  }

  private mutating func remove(exchanges isLeaving: (ExchangeRow) -> Bool) {
    let ids = Set(exchanges.filter(isLeaving).map(\.id))
    exchanges.removeAll { ids.contains($0.id) }
    dropReports(of: ids)
  }

  private mutating func dropReports(of subjects: Set<String>) {
    actuals.removeAll { subjects.contains($0.subject) }
    progress.removeAll { subjects.contains($0.subject) }
  }
}

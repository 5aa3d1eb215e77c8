extension ParkDeclaration {
  /// Ids of the enterprises that asked not to be shown to the park's board, ascending.
  public var confidentialEnterprises: [String] {
    enterprises.filter { $0.disclosure == .confidential }.map(\.id).sorted()
  }

  /// The park without the enterprises that asked not to be shown, and without anything that is theirs.
  ///
  /// Whoever may ask "what if" as often as they like can narrow down any figure that an answer depends on. So nothing
  /// that such a firm declared may be left: its streams with their stores and courses of the year, its measures,
  /// plants and ways, documented exchanges with it and what is reported of them, words that were confirmed for it
  /// alone, the park's published totals, which hold its part, and everybody's notes, in which it may be named or
  /// described.
  /// - Complexity: O(rows).
  public func opened() -> ParkDeclaration {
    let hidden = Set(confidentialEnterprises)
    if hidden.isEmpty { return self }
    var open = self
    open.remove(enterprises: hidden)
    let profiles = Set(open.outputs.map(\.profile) + open.inputs.map(\.profile))
    open.profiles.removeAll { !profiles.contains($0.id) }
    let words = Set(
      open.outputs.flatMap { [$0.material, $0.name] }
        + open.inputs.flatMap { [$0.material, $0.name] })
    open.classifications.removeAll { !words.contains($0.text) }
    open.totals = []
    for index in open.enterprises.indices {
      open.enterprises[index].agreedWith.removeAll { hidden.contains($0) }
    }
    open.removeNotes()
    return open
  }

  private mutating func removeNotes() {
    for index in enterprises.indices { enterprises[index].notes = "" }
    for index in outputs.indices { outputs[index].notes = "" }
    for index in inputs.indices { inputs[index].notes = "" }
    for index in facilities.indices { facilities[index].notes = "" }
    for index in options.indices { options[index].notes = "" }
    for index in profiles.indices { profiles[index].notes = "" }
    for index in storages.indices { storages[index].notes = "" }
    for index in actuals.indices { actuals[index].notes = "" }
    for index in progress.indices { progress[index].notes = "" }
    for index in classifications.indices { classifications[index].notes = "" }
  }
}

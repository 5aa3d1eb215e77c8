extension Catalogue {
  /// The European list, whose codes the column `low_codes` of materials.csv names.
  public var wasteCodes: [String: WasteCode] { wasteList(named: "eu")?.entries ?? [:] }

  /// The list in which a place codes its wastes; `nil` when none is known.
  public func wasteList(of place: String) -> WasteList? {
    let chain = regionChain(of: place)
    return chain.lazy.compactMap { self.jurisdictions[$0]?.wasteList }.first
      .flatMap { wasteList(named: $0) }
  }

  /// The name of the list in which a place codes its wastes, or of its country: numbers of two
  /// places may be compared only if these are equal.
  public func wasteListName(of place: String) -> String? {
    let chain = regionChain(of: place)
    return chain.lazy.compactMap { self.jurisdictions[$0]?.wasteList }.first ?? country(of: place)
  }

  /// The country of a place, or its broadest jurisdiction if none of them is a country.
  public func country(of place: String) -> String? {
    let chain = regionChain(of: place)
    return chain.first { jurisdictions[$0]?.kind == .country }
      ?? chain.last { $0 != "GLOBAL" && jurisdictions[$0]?.kind != .market }
  }

  /// Everything that a rule may call a place by: its own code, those of its parents, and the groups
  /// of states that any of them belongs to.
  public func names(of place: String) -> Set<String> {
    let chain = regionChain(of: place)
    return Set(chain).union(chain.flatMap { jurisdictions[$0]?.groups ?? [] })
  }

  /// Conventions, whose rules concern every border.
  public var conventions: [String] {
    jurisdictions.values.filter { $0.kind == .convention }.map(\.code).sorted()
  }

  /// Whether a production residue without waste code is waste in a place.
  public func residuesAreWaste(in place: String) -> Bool {
    regionChain(of: place).contains { jurisdictions[$0]?.residuesAreWaste == true }
  }
}

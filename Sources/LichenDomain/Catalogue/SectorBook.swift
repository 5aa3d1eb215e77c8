/// What is known of sectors where a park says little: kinds of plant, their typical flows, places.
public struct SectorBook: Sendable {
  /// In order of id.
  public let sectors: [Sector]
  /// In order of id.
  public let places: [KnownPlace]

  private let sectorByID: [String: Sector]
  private let flowsBySector: [String: [BlueprintFlow]]

  public init(
    sectors: [Sector] = [], flows: [BlueprintFlow] = [], places: [KnownPlace] = []
  ) {
    self.sectors = sectors.sorted { $0.id < $1.id }
    self.places = places.sorted { $0.id < $1.id }
    sectorByID = Dictionary(sectors.map { ($0.id, $0) }) { _, last in last }
    flowsBySector = Dictionary(
      grouping: flows.sorted { ($0.kind.rawValue, $0.name) < ($1.kind.rawValue, $1.name) },
      by: \.sector)
  }

  public static let empty = SectorBook()

  public var isEmpty: Bool { sectors.isEmpty }

  public func sector(_ id: String) -> Sector? { sectorByID[id] }

  /// Inputs, then outputs, in order of name.
  public func flows(of sector: String) -> [BlueprintFlow] { flowsBySector[sector] ?? [] }

  /// The row that a stream of this name and kind was estimated from.
  public func flow(_ name: String, _ kind: StreamKind, of sector: String) -> BlueprintFlow? {
    flows(of: sector).first { $0.kind == kind && $0.name == name }
  }

  /// The place of this id, name or alias; `nil` also where several share the name.
  public func place(named text: String) -> KnownPlace? {
    let key = MaterialWords.folded(text)
    let found = places.filter { place in
      let names = [place.id, place.names.english, place.names.vietnamese].compactMap(\.self)
      return (names + place.aliases).contains { MaterialWords.folded($0) == key }
    }
    return found.count == 1 ? found[0] : nil
  }

  /// Every spelling that names a place, for suggestions.
  public var placeNames: [String] {
    places.flatMap {
      [$0.id, $0.names.english, $0.names.vietnamese].compactMap(\.self) + $0.aliases
    }
  }

  /// The sector that these words name without doubt: its id, its name in either language, brackets
  /// and words such as "plant" aside, or an ISIC class that it alone has.
  public func sector(named text: String) -> Sector? {
    let key = MaterialWords.folded(text)
    if key.isEmpty { return nil }
    if let exact = sectors.first(where: { MaterialWords.folded($0.id) == key }) { return exact }
    let named = sectors.filter { sector in
      [sector.names.english, sector.names.vietnamese].compactMap(\.self)
        .contains { MaterialWords.folded($0) == key }
    }
    if named.count == 1 { return named[0] }
    // "Cement" and "nhà máy xi măng" are names too: brackets and words such as "plant" tell no two
    // sectors apart.
    let core = Self.tokens(text)
    let meant = sectors.filter { sector in
      [sector.names.english, sector.names.vietnamese].compactMap(\.self)
        .contains { Self.tokens(String($0.prefix { $0 != "(" })) == core }
    }
    if !core.isEmpty, meant.count == 1 { return meant[0] }
    let classed = sectors.filter { $0.isic == key }
    return classed.count == 1 ? classed[0] : nil
  }

  /// Sectors that these words or this ISIC class may mean, most likely first; never taken unasked.
  /// - Complexity: O(n) in the number of sectors.
  public func suggestions(for words: String, isic: String, limit: Int = 5) -> [Sector] {
    let wanted = Self.tokens(words)
    let code = isic.isEmpty ? words.trimmingSpaces() : isic
    let scored = sectors.map { sector -> (score: Int, sector: Sector) in
      var score = 0
      if !sector.isic.isEmpty, !code.isEmpty {
        if sector.isic == code {
          score += 4
        } else if code.utf8.count >= 3, sector.isic.prefix(3) == code.prefix(3) {
          score += 2
        }
      }
      let own = Self.tokens(sector.names.english).union(
        Self.tokens(sector.names.vietnamese ?? "")
      ).union(Self.tokens(sector.id))
      score +=
        3
        * wanted.count { word in
          own.contains {
            $0 == word || ($0.count >= 5 && word.count >= 5 && $0.prefix(5) == word.prefix(5))
          }
        }
      return (score, sector)
    }
    return scored.filter { $0.score > 0 }.sorted {
      ($1.score, $0.sector.id) < ($0.score, $1.sector.id)
    }
    .prefix(limit).map(\.sector)
  }

  /// Words of three letters and more.
  private static func tokens(_ text: String) -> Set<String> {
    Set(
      text.lowercased().split { !$0.isLetter }.map(String.init).filter { word in
        word.count >= 3
          && ![
            "plant", "works", "factory", "mill", "and", "with", "nhà", "máy", "sản", "xuất", "chế",
            "biến", "processing",
          ].contains(word)
      })
  }
}

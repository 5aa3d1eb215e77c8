/// What the words of a `material` cell mean: an id, a name of the catalogue, or a text whose meaning
/// was confirmed in this park. Never a guess.
struct MaterialWords {
  private let catalogue: Catalogue
  /// By folded name; `nil` for a name that several materials share.
  private let named: [String: MaterialID?]
  private let confirmed: [Confirmed: Classification]

  /// The checked meaning of a free text.
  struct Classification {
    let text: String
    let sector: String
    let material: MaterialID
    let wasteCode: String
  }

  struct Meaning {
    var material: Material?
    /// Empty when the confirmation names none.
    var wasteCode = ""
  }

  private struct Confirmed: Hashable {
    let text: String
    let sector: String
  }

  init(catalogue: Catalogue, classifications: [Classification]) {
    self.catalogue = catalogue
    var named: [String: MaterialID?] = [:]
    for material in catalogue.materials.values {
      let names = [material.names.english, material.names.vietnamese].compactMap(\.self)
      for name in Set(names.map(Self.folded)) {
        named[name] = named[name] == nil ? material.id : .some(nil)
      }
    }
    self.named = named
    confirmed = Dictionary(
      classifications.map {
        (Confirmed(text: Self.folded($0.text), sector: Self.folded($0.sector)), $0)
      }
    ) { first, _ in first }
  }

  /// Ids come first, then confirmations (for the sector before any sector), then names.
  func meaning(of text: String, sector: String) -> Meaning {
    let key = Self.folded(text)
    if let id = MaterialID(text.lowercased()), let material = catalogue.materials[id] {
      return Meaning(material: material)
    }
    let known =
      confirmed[Confirmed(text: key, sector: Self.folded(sector))]
      ?? confirmed[Confirmed(text: key, sector: "")]
    if let known {
      return Meaning(material: catalogue.materials[known.material], wasteCode: known.wasteCode)
    }
    return Meaning(material: named[key].flatMap(\.self).flatMap { catalogue.materials[$0] })
  }

  /// Case, runs of space and the `_` of ids do not tell texts apart; diacritics do.
  static func folded(_ text: String) -> String {
    text.lowercased().split { $0.isWhitespace || $0 == "_" }.joined(separator: " ")
  }
}

import Foundation
import LichenDomain

/// One thing that the catalogue knows, as a search shows it.
public struct CatalogueItem: Sendable, Hashable, Encodable {
  /// What the item is; the order is the order of the listing among equally good hits.
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case material, route, factor, rule, code, unit, property, option
  }

  public let kind: Kind
  public let id: String
  public let name: String
  /// Vietnamese name where the catalogue has one.
  public let vietnamese: String?
  /// The figure or the nature of the item in a few words.
  public let summary: String
  public let confidence: Confidence?
  /// Everything that a search looks at, folded.
  let haystack: String
  /// Identifier and names, folded: a hit here comes first.
  let titles: [String]

  init(
    _ kind: Kind, _ id: String, name: String, vietnamese: String? = nil, summary: String,
    confidence: Confidence?, words: [String] = []
  ) {
    self.kind = kind
    self.id = id
    self.name = name
    self.vietnamese = vietnamese
    self.summary = summary
    self.confidence = confidence
    titles = [id, name, vietnamese ?? ""].map(Self.folded)
    haystack = (titles + words.map(Self.folded)).joined(separator: "\n")
  }

  private enum CodingKeys: String, CodingKey {
    case kind, id, name, vietnamese, summary, confidence
  }

  /// Lower case without diacritics: `Tro bay` and `trò bày` are one, and đ is d.
  static func folded(_ text: String) -> String {
    text.folding(options: [.caseInsensitive, .diacriticInsensitive], locale: nil)
      .replacingOccurrences(of: "đ", with: "d")
  }
}

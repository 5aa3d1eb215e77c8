/// A text whose meaning is known, from a labelled set.
public struct LabelledText: Sendable, Hashable {
  public let id: String
  /// Rows of one case are kept together in every split.
  public let group: String
  public let language: String
  public let text: String
  public let sector: String
  public let isic: String
  /// Blank when the catalogue has none for it, or none is known.
  public let material: String
  public let europeanCode: String
  public let vietnameseCode: String

  public init(
    id: String, group: String, language: String, text: String, sector: String = "",
    isic: String = "", material: String = "", europeanCode: String = "",
    vietnameseCode: String = ""
  ) {
    self.id = id
    self.group = group
    self.language = language
    self.text = text
    self.sector = sector
    self.isic = isic
    self.material = material
    self.europeanCode = europeanCode
    self.vietnameseCode = vietnameseCode
  }
}

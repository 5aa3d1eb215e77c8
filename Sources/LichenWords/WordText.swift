/// A text as the classifier sees it: words without noise, and what the noise told.
public struct WordText: Sendable, Hashable {
  /// What the text says about hazard.
  public enum HazardCue: Sendable, Hashable {
    case hazardous, notHazardous
  }

  /// Lower-case words with their diacritics (NFC), without stop words, numbers and units.
  public let kept: [String]
  /// The same words without diacritics; `đ` is `d`.
  public let folded: [String]
  /// Whether any letter is beyond ASCII, as nearly every Vietnamese phrase has one.
  public let hasDiacritics: Bool
  /// First share in the text [%].
  public let percent: Double?
  /// First temperature in the text [°C].
  public let temperatureCelsius: Double?
  public let hazard: HazardCue?

  /// Words of `text`; see `WordNormaliser`.
  public init(_ text: String) {
    self = WordNormaliser.text(text)
  }

  init(
    kept: [String], percent: Double? = nil, temperatureCelsius: Double? = nil,
    hazard: HazardCue? = nil
  ) {
    self.kept = kept
    folded = kept.map(WordNormaliser.folded)
    hasDiacritics = kept.contains { $0.utf8.contains { $0 > 127 } }
    self.percent = percent
    self.temperatureCelsius = temperatureCelsius
    self.hazard = hazard
  }
}

/// One reason to believe that a text means a target. All are 0 where there is no evidence.
public enum Feature: Int, Sendable, CaseIterable {
  /// The text is a known term, word for word.
  case exact
  /// A known term stands in the text as it is: share of the text that it explains.
  case phrase
  /// Best geometric mean of the shares that text and term explain of each other.
  case overlap
  /// Whether the best term has the head word of the text.
  case head
  /// How many terms agree.
  case support
  /// As `overlap`, of the text in English words.
  case translated
  /// Best likeness of trigrams.
  case gram
  /// As `overlap`, with the labelled texts of other cases.
  case example
  /// BM25 of the title or names against the text, as a share of the best and on a log scale.
  case titleShare
  case titleLog
  /// The same in English words when the text is Vietnamese.
  case translatedShare
  case translatedLog
  /// BM25 of the group's title, as a share of the best.
  case groupShare
  case translatedGroupShare
  /// Probability that comes over a link: codes of the likely materials, or the European twin.
  case link
  /// The donor's industry gives off this sub-chapter or material, or this chapter.
  case sector
  case sectorChapter
  /// The same for an industry that the text itself names.
  case namedSector
  /// The text calls itself hazardous or not, as the target does; or against it.
  case hazardAgrees
  case hazardDiffers
  /// Known beforehand of the target.
  case hazardous
  case specific
  case curated

  /// Column of the feature in a table.
  var position: Int { rawValue }
  /// Key in a written model.
  var name: String { String(describing: self) }
}

/// Features of all targets of one kind for one text.
struct FeatureTable: Sendable {
  /// Targets in order of index.
  let targets: [Int]
  /// Row by row, `Feature.allCases.count` values each.
  private(set) var values: [Double]
  static let width = Feature.allCases.count

  init(targets: [Int]) {
    self.targets = targets
    values = Array(repeating: 0, count: targets.count * Self.width)
  }

  subscript(row: Int, feature: Feature) -> Double {
    get { values[row * Self.width + feature.position] }
    set { values[row * Self.width + feature.position] = newValue }
  }

  /// Linear score of each target.
  func scores(_ weights: [Double]) -> [Double] {
    values.withUnsafeBufferPointer { buffer in
      (0..<targets.count).map { row in
        var sum = 0.0
        for column in 0..<Self.width { sum += weights[column] * buffer[row * Self.width + column] }
        return sum
      }
    }
  }
}

import LichenDomain

/// What a text may mean: three lists of targets, each scored by itself.
enum TargetKind: String, Sendable, CaseIterable {
  case material, european, vietnamese
}

/// One possible meaning.
struct Target: Sendable {
  let kind: TargetKind
  /// Material id, six digits, or a Vietnamese code as printed.
  let id: String
  let title: String
  /// Names and titles as searchable text: own words, then those of the group above.
  let english: String
  let vietnamese: String
  let groupEnglish: String
  let groupVietnamese: String
  let isHazardous: Bool
  /// Of materials: left over rather than made or bought. Of codes: no "not otherwise specified".
  let isSpecific: Bool
  /// Materials: codes that commonly apply. Vietnamese codes: the European twin.
  let codes: [String]
}

/// A phrase that means a target.
struct Term: Sendable {
  enum Origin: Sendable, Hashable {
    case name, synonym, title, part
    /// A labelled text of the calibration set and its case.
    case example(String)
  }

  let target: Int
  let text: String
  let words: WordText
  let weight: Double
  let isic: String
  let origin: Origin
}

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

  func label(_ kind: TargetKind) -> String {
    switch kind {
    case .material: material
    case .european: europeanCode
    case .vietnamese: vietnameseCode
    }
  }
}

/// All targets and all phrases for them.
struct Lexicon: Sendable {
  let targets: [Target]
  let terms: [Term]
  /// Target by kind and id.
  let index: [TargetKind: [String: Int]]

  init(catalogue: Catalogue, tables: WordTables, examples: [LabelledText]) {
    var builder = LexiconBuilder(catalogue: catalogue, tables: tables)
    builder.addMaterials()
    builder.addEuropeanCodes()
    builder.addVietnameseCodes()
    builder.addSynonyms()
    builder.addExamples(examples)
    targets = builder.targets
    terms = builder.terms
    index = builder.index
  }

  func target(_ kind: TargetKind, _ id: String) -> Int? { index[kind]?[id] }
}

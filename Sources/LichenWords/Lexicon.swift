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
  /// Official names alone, without synonyms.
  let plainEnglish: String
  let plainVietnamese: String
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

extension LabelledText {
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

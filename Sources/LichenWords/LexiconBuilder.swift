import LichenDomain

/// Collects targets and terms in a fixed order, so that equal data give an equal index.
struct LexiconBuilder {
  private(set) var targets: [Target] = []
  private(set) var terms: [Term] = []
  private(set) var index: [TargetKind: [String: Int]] = [:]
  private let catalogue: Catalogue
  private let tables: WordTables
  private let titles: [String: WordTables.CodeTitle]

  /// Weight of a part of a title: it names one of several things, or only one side of it.
  private static let partWeight = 0.85
  /// Weight of an example: one labelled text, not a dictionary.
  private static let exampleWeight = 1.0

  init(catalogue: Catalogue, tables: WordTables) {
    self.catalogue = catalogue
    self.tables = tables
    titles = Dictionary(tables.codeTitles.map { ($0.code, $0) }) { first, _ in first }
  }

  private mutating func add(_ target: Target) -> Int {
    targets.append(target)
    index[target.kind, default: [:]][target.id] = targets.count - 1
    return targets.count - 1
  }

  private mutating func add(
    _ text: String, for target: Int, weight: Double = 1, isic: String = "", _ origin: Term.Origin
  ) {
    let words = WordText(text)
    guard !words.kept.isEmpty else { return }
    terms.append(
      Term(
        target: target, text: text, words: words, weight: weight, isic: isic, origin: origin))
  }

  /// The whole text, and each of its parts where it lists several things.
  private mutating func add(whole text: String, for target: Int, _ origin: Term.Origin) {
    guard !text.isEmpty else { return }
    add(text, for: target, origin)
    let parts = text.split { ",;/:()".contains($0) }
      .flatMap {
        $0.replacing(" or ", with: ",").replacing(" hoặc ", with: ",").split(separator: ",")
      }
    if parts.count > 1 {
      for part in parts { add(String(part), for: target, weight: Self.partWeight, .part) }
    }
  }

  mutating func addMaterials() {
    for material in catalogue.materials.values.sorted(by: { $0.id < $1.id }) {
      let family = material.parent.flatMap { id in
        catalogue.categories[id]?.names ?? catalogue.materials[id]?.names
      }
      let target = add(
        Target(
          kind: .material, id: material.id.rawValue, title: material.names.english,
          plainEnglish: material.names.english, plainVietnamese: material.names.vietnamese ?? "",
          english: joined(material.names.english, of: material, "en"),
          vietnamese: joined(material.names.vietnamese ?? "", of: material, "vi"),
          groupEnglish: family?.english ?? "", groupVietnamese: family?.vietnamese ?? "",
          isHazardous: material.isHazardous, isSpecific: material.legalKind == .residue,
          codes: material.wasteCodes.compactMap { WasteCode.digits(of: $0) }))
      add(whole: material.names.english, for: target, .name)
      add(whole: material.names.vietnamese ?? "", for: target, .name)
    }
  }

  /// Name and synonyms of a material in one language.
  private func joined(_ name: String, of material: Material, _ language: String) -> String {
    ([name]
      + tables.synonyms.filter { $0.material == material.id && $0.language == language }
      .map(\.term)).joined(separator: " ; ")
  }

  mutating func addEuropeanCodes() {
    for code in catalogue.wasteCodes.values.sorted(by: { $0.code < $1.code }) {
      let title = titles[code.code]
      let groups = [4, 2].compactMap { titles[String(code.code.prefix($0))] }
      let target = add(
        Target(
          kind: .european, id: code.code, title: code.description,
          plainEnglish: code.description, plainVietnamese: title?.vietnamese ?? "",
          english: code.description,
          vietnamese: title?.vietnamese ?? "",
          groupEnglish: groups.map(\.english).joined(separator: " ; "),
          groupVietnamese: groups.map(\.vietnamese).joined(separator: " ; "),
          isHazardous: code.isHazardous, isSpecific: !code.code.hasSuffix("99"), codes: []))
      add(whole: code.description, for: target, .title)
      add(whole: title?.vietnamese ?? "", for: target, .title)
    }
  }

  mutating func addVietnameseCodes() {
    for code in tables.vietnameseCodes {
      let target = add(
        Target(
          kind: .vietnamese, id: code.code, title: code.vietnamese,
          plainEnglish: code.english, plainVietnamese: code.vietnamese, english: code.english,
          vietnamese: code.vietnamese, groupEnglish: "", groupVietnamese: "",
          isHazardous: code.hazard == "NH" || code.hazard == "KS", isSpecific: true,
          codes: code.twin.map { [$0] } ?? []))
      add(whole: code.english, for: target, .title)
      add(whole: code.vietnamese, for: target, .title)
    }
  }

  mutating func addSynonyms() {
    for synonym in tables.synonyms {
      let meanings = [
        synonym.material.flatMap { index[.material]?[$0.rawValue] },
        synonym.wasteCode.flatMap { index[.european]?[$0] },
      ]
      for target in meanings.compactMap(\.self) {
        add(
          synonym.term, for: target, weight: synonym.weight, isic: synonym.isic, .synonym)
      }
    }
  }

  mutating func addExamples(_ examples: [LabelledText]) {
    for example in examples.sorted(by: { $0.id < $1.id }) {
      for kind in TargetKind.allCases {
        guard let target = index[kind]?[example.label(kind)] else { continue }
        add(
          example.text, for: target, weight: Self.exampleWeight, .example(example.group))
      }
    }
  }
}

import LichenDomain

/// Turns a text into features of every target.
struct FeatureMaker: Sendable {
  let lexicon: Lexicon
  private let index: WordIndex
  private let matcher: TermMatcher
  private let glossary: Glossary
  private let prior: SectorPrior
  private let targetsByKind: [TargetKind: [Int]]
  private let isCurated: Set<Int>

  init(catalogue: Catalogue, tables: WordTables, examples: [LabelledText]) throws {
    lexicon = Lexicon(catalogue: catalogue, tables: tables, examples: examples)
    index = try WordIndex(lexicon)
    matcher = TermMatcher(lexicon: lexicon, index: index)
    glossary = Glossary(tables.glossary)
    prior = SectorPrior(tables.sectors)
    var byKind: [TargetKind: [Int]] = [:]
    for (position, target) in lexicon.targets.enumerated() {
      byKind[target.kind, default: []].append(position)
    }
    targetsByKind = byKind
    isCurated = Set(lexicon.terms.filter { $0.origin == .synonym }.map(\.target))
  }

  func query(_ text: String, sector: String, isic: String) -> WordQuery {
    let words = WordText(text)
    let isVietnamese = words.hasDiacritics || matcher.vocabulary.looksVietnamese(words.folded)
    let shown = words.hasDiacritics ? words.kept : words.folded
    return WordQuery(
      text: words, words: shown,
      translated: isVietnamese ? glossary.translation(of: words) : glossary.expansion(of: words),
      grams: Set(Trigrams.cut(words.folded.joined(separator: " "))), isVietnamese: isVietnamese,
      isic: isic.filter(\.isNumber), sector: prior.strengths(sector: sector, isic: isic),
      named: prior.named(words), head: (isVietnamese ? shown.first : shown.last) ?? "")
  }

  func agreements(_ query: WordQuery, isHidden: (Term) -> Bool = { _ in false })
    -> [Int: TermMatcher.Agreement]
  {
    matcher.agreements(query, isHidden: isHidden)
  }

  /// Features of a text by itself, before any list lends its probabilities to another.
  func table(
    _ kind: TargetKind, _ query: WordQuery, _ agreements: [Int: TermMatcher.Agreement]
  ) -> FeatureTable {
    let targets = targetsByKind[kind] ?? []
    var table = FeatureTable(targets: targets)
    let ranks = TitleRanks(index: index, kind: kind, query: query)
    for (row, target) in targets.enumerated() {
      if let agreement = agreements[target] { table.fill(row, agreement) }
      ranks.fill(&table, row, target)
      fillPriors(&table, row, lexicon.targets[target], query)
      if isCurated.contains(target) { table[row, .curated] = 1 }
    }
    return table
  }

  /// Adds what another list lends.
  /// - Parameter linked: Probability of each material (for European codes) or European code (for
  ///   Vietnamese ones), by target.
  func link(_ table: inout FeatureTable, _ kind: TargetKind, _ linked: [Int: Double]) {
    let links = links(to: kind, from: linked)
    for (row, target) in table.targets.enumerated() {
      if let link = links[lexicon.targets[target].id] { table[row, .link] = min(1, link) }
    }
  }

  /// Probability that reaches a target over the codes of its materials or over its twin.
  private func links(to kind: TargetKind, from linked: [Int: Double]) -> [String: Double] {
    var links: [String: Double] = [:]
    for (target, probability) in linked.sorted(by: { $0.key < $1.key }) {
      switch kind {
      case .material: continue
      case .european:
        for code in lexicon.targets[target].codes { links[code, default: 0] += probability }
      case .vietnamese: links[lexicon.targets[target].id] = probability
      }
    }
    guard kind == .vietnamese else { return links }
    var byTwin: [String: Double] = [:]
    for target in targetsByKind[.vietnamese] ?? [] {
      let entry = lexicon.targets[target]
      if let twin = entry.codes.first { byTwin[entry.id] = links[twin] ?? 0 }
    }
    return byTwin
  }

  private func fillPriors(
    _ table: inout FeatureTable, _ row: Int, _ target: Target, _ query: WordQuery
  ) {
    switch target.kind {
    case .material:
      table[row, .sector] = query.sector.materials[target.id] ?? 0
      table[row, .namedSector] = query.named.materials[target.id] ?? 0
    case .european:
      table[row, .sector] = query.sector.subChapters[String(target.id.prefix(4))] ?? 0
      table[row, .sectorChapter] = query.sector.chapters[String(target.id.prefix(2))] ?? 0
      table[row, .namedSector] = query.named.subChapters[String(target.id.prefix(4))] ?? 0
    case .vietnamese: break
    }
    switch (query.text.hazard, target.isHazardous) {
    case (.hazardous, true), (.notHazardous, false): table[row, .hazardAgrees] = 1
    case (.hazardous, false), (.notHazardous, true): table[row, .hazardDiffers] = 1
    case (nil, _): break
    }
    table[row, .hazardous] = target.isHazardous ? 1 : 0
    table[row, .specific] = target.isSpecific ? 1 : 0
  }
}

extension FeatureTable {
  fileprivate mutating func fill(_ row: Int, _ agreement: TermMatcher.Agreement) {
    self[row, .exact] = agreement.exact
    self[row, .phrase] = agreement.phrase
    self[row, .overlap] = agreement.overlap
    self[row, .head] = agreement.head
    self[row, .support] = logarithm(1 + agreement.support)
    self[row, .translated] = agreement.translated
    self[row, .gram] = agreement.gram
    self[row, .example] = agreement.example
  }
}

/// BM25 of the targets' titles and groups for one text.
struct TitleRanks {
  private let title: [Int: Double]
  private let translated: [Int: Double]
  private let group: [Int: Double]
  private let translatedGroup: [Int: Double]
  private let best: (title: Double, translated: Double, group: Double, translatedGroup: Double)

  init(index: WordIndex, kind: TargetKind, query: WordQuery) {
    let isFolded = !query.text.hasDiacritics
    func scores(_ words: [String], _ column: WordIndex.Column) -> [Int: Double] {
      index.scores(kind, words, in: column)
    }
    if query.isVietnamese {
      title = scores(query.words, isFolded ? .folded : .vietnamese)
      group = scores(query.words, isFolded ? .groupFolded : .groupVietnamese)
    } else {
      title = scores(query.words, .english)
      group = scores(query.words, .groupEnglish)
    }
    translated = scores(query.translated, .english)
    translatedGroup = scores(query.translated, .groupEnglish)
    func top(_ scores: [Int: Double]) -> Double { scores.values.max() ?? 1 }
    best = (top(title), top(translated), top(group), top(translatedGroup))
  }

  func fill(_ table: inout FeatureTable, _ row: Int, _ target: Int) {
    if let score = title[target] {
      table[row, .titleShare] = score / best.title
      table[row, .titleLog] = logarithm(1 + score)
    }
    if let score = translated[target] {
      table[row, .translatedShare] = score / best.translated
      table[row, .translatedLog] = logarithm(1 + score)
    }
    if let score = group[target] { table[row, .groupShare] = score / best.group }
    if let score = translatedGroup[target] {
      table[row, .translatedGroupShare] = score / best.translatedGroup
    }
  }
}

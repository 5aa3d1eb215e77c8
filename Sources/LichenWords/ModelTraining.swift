import LichenDomain

/// Fits a model on labelled texts and judges it on cases that it has not seen.
public struct ModelTraining {
  public static let folds = 5

  let maker: FeatureMaker
  let rows: [LabelledText]
  private let cases: [Prepared]

  /// A labelled text with its features; sector given and taken away.
  private struct Prepared {
    let row: LabelledText
    let query: WordQuery
    let tables: [TargetKind: FeatureTable]
    let fold: Int
  }

  /// - Parameter usesExamples: Let labelled texts of other cases serve as terms.
  public init(
    catalogue: Catalogue, tables: WordTables, rows: [LabelledText], usesExamples: Bool
  ) throws {
    let maker = try FeatureMaker(
      catalogue: catalogue, tables: tables, examples: usesExamples ? rows : [])
    self.maker = maker
    self.rows = rows
    cases = rows.sorted { $0.id < $1.id }.flatMap { row in
      let withSector = maker.query(row.text, sector: row.sector, isic: row.isic)
      let without = maker.query(row.text, sector: "", isic: "")
      let hasSector = !(row.sector.isEmpty && row.isic.isEmpty)
      return (hasSector ? [withSector, without] : [without]).map { query in
        let agreements = maker.agreements(query) { term in
          if case .example(let group) = term.origin { return group == row.group }
          return term.origin == .synonym && Self.isHidden(term, from: row)
        }
        return Prepared(
          row: row, query: query,
          tables: Dictionary(
            uniqueKeysWithValues: TargetKind.allCases.map {
              ($0, maker.table($0, query, agreements))
            }), fold: Self.fold(row.group))
      }
    }
  }

  /// Fold of a case by its name, so that a split never depends on order or on a row.
  static func fold(_ group: String) -> Int { Int(hash(group) % UInt64(folds)) }

  /// Share of the synonyms that a case does not see while the model is fitted.
  ///
  /// The synonyms were extended with an eye on the labelled texts' vocabulary as a whole; without
  /// hiding some, the fit would trust them more than new texts allow.
  static let hiddenShare = 0.25

  private static func isHidden(_ term: Term, from row: LabelledText) -> Bool {
    Double(hash("\(row.group)|\(term.text)") % 1000) < 1000 * hiddenShare
  }

  /// FNV-1a, 64 bits, folded.
  private static func hash(_ text: String) -> UInt64 {
    var state: UInt64 = 0xCBF2_9CE4_8422_2325
    for byte in text.utf8 { state = (state ^ UInt64(byte)) &* 0x100_0000_01B3 }
    return state ^ (state >> 32)
  }

  /// Weights fitted on all rows; calibration from predictions for folds left out.
  public func model(features: Set<Feature> = Set(Feature.allCases)) -> WordModel {
    var model = fit(cases, features)
    let held = heldOut(features)
    for kind in TargetKind.allCases {
      let outcomes = held.outcomes[kind] ?? []
      (model[kind].slope, model[kind].offset) = ModelFit.platt(outcomes)
    }
    return model
  }

  /// Shares of rows with the truth among the first 1, 3 and 10, in folds left out of the fit.
  public struct HeldOutResult: Sendable {
    public let material: [Double]
    public let european: [Double]
    public let vietnamese: [Double]
    let outcomes: [TargetKind: [(probability: Double, isRight: Bool)]]
  }

  private typealias Outcome = (probability: Double, isRight: Bool)

  /// Cross-validation by case with `features` only.
  public func heldOut(_ features: Set<Feature>, hasSector: Bool? = nil) -> HeldOutResult {
    var outcomes: [TargetKind: [Outcome]] = [:]
    var hits: [TargetKind: [Int]] = [:]
    var counts: [TargetKind: Int] = [:]
    for fold in 0..<Self.folds {
      let model = fit(cases.filter { $0.fold != fold }, features)
      for item in cases where item.fold == fold {
        if let hasSector, item.query.sector.isEmpty == hasSector { continue }
        var ranking = ranking(item, model)
        for kind in TargetKind.allCases where !item.row.label(kind).isEmpty {
          guard let truth = maker.lexicon.target(kind, item.row.label(kind)) else { continue }
          let ranked = ranking.ranked(kind)
          let place = ranked.firstIndex { $0.target == truth } ?? ranked.count
          counts[kind, default: 0] += 1
          for (slot, limit) in [1, 3, 10].enumerated() where place < limit {
            hits[kind, default: [0, 0, 0]][slot] += 1
          }
          outcomes[kind, default: []] += ranked.prefix(5).map {
            ($0.probability, $0.target == truth)
          }
        }
      }
    }
    func shares(_ kind: TargetKind) -> [Double] {
      (hits[kind] ?? [0, 0, 0]).map { Double($0) / Double(max(1, counts[kind] ?? 0)) }
    }
    return HeldOutResult(
      material: shares(.material), european: shares(.european), vietnamese: shares(.vietnamese),
      outcomes: outcomes)
  }

  private func ranking(_ item: Prepared, _ model: WordModel) -> Ranking {
    Ranking(maker: maker, model: model) { item.tables[$0] ?? FeatureTable(targets: []) }
  }

  /// What each kind of evidence is worth: cross-validation without it.
  /// - Complexity: one fit per kind and fold; a minute or two in a release build.
  public func ablation() -> [(name: String, result: HeldOutResult)] {
    let all = Set(Feature.allCases)
    let kinds: [(String, Set<Feature>)] = [
      ("everything", []),
      ("without terms and synonyms", [.exact, .phrase, .overlap, .head, .support]),
      ("without trigrams", [.gram]),
      (
        "without glossary",
        [.translated, .translatedShare, .translatedLog, .translatedGroupShare]
      ),
      ("without BM25 of titles", [.titleShare, .titleLog, .translatedShare, .translatedLog]),
      ("without BM25 of group titles", [.groupShare, .translatedGroupShare]),
      ("without sector", [.sector, .sectorChapter]),
      ("without industry named in the text", [.namedSector]),
      ("without links between lists", [.link]),
      ("without hazard words", [.hazardAgrees, .hazardDiffers, .hazardous]),
      (
        "BM25 of titles alone",
        all.subtracting([.titleShare, .titleLog, .translatedShare, .translatedLog])
      ),
      ("trigrams alone", all.subtracting([.gram])),
      ("terms and synonyms alone", all.subtracting([.exact, .phrase, .overlap])),
    ]
    return kinds.map { ($0.0, heldOut(all.subtracting($0.1), hasSector: true)) }
  }

  /// Materials first, because their probabilities are a feature of the codes.
  private func fit(_ cases: [Prepared], _ features: Set<Feature>) -> WordModel {
    let empty = WordModel.Part(weights: [:])
    var model = WordModel(material: empty, european: empty, vietnamese: empty)
    for kind in TargetKind.allCases {
      let rows = cases.compactMap { item -> ModelFit.Row? in
        guard let truth = maker.lexicon.target(kind, item.row.label(kind)) else { return nil }
        var ranking = ranking(item, model)
        return ModelFit.row(ranking.table(kind), truth: truth)
      }
      let weights = ModelFit.weights(rows, allowed: features)
      model[kind].weights = Dictionary(
        uniqueKeysWithValues: zip(Feature.allCases.map(\.name), weights))
    }
    return model
  }
}

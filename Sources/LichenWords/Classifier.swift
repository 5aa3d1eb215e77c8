import LichenDomain

/// Proposes materials and waste codes for free text in English or Vietnamese.
///
/// Terms, titles and glossary are searched by SQLite FTS5 (BM25 of words, trigrams); a conditional
/// logit with few fitted weights ranks the targets; the score is its probability, calibrated on texts
/// that the weights had not seen. The same text always gives the same proposals. Safe to use from
/// several threads.
public struct Classifier: Sendable {
  let maker: FeatureMaker
  let model: WordModel

  /// Reads all knowledge into an index in memory.
  /// - Parameter examples: Labelled texts that may serve as terms.
  /// - Throws: If SQLite has no FTS5 with trigrams.
  /// - Complexity: linear in the tables; about 0.3 s for the shipped ones.
  public init(
    catalogue: Catalogue, tables: WordTables, model: WordModel, examples: [LabelledText] = []
  ) throws {
    maker = try FeatureMaker(catalogue: catalogue, tables: tables, examples: examples)
    self.model = model
  }

  /// - Parameters:
  ///   - sector: The donor's industry in words or as a class; blank or `nil` when unknown.
  ///   - isic: Class of ISIC Rev. 4, two to four digits.
  ///   - jurisdiction: Code of the donor's place; Vietnamese codes are proposed in `VN` only.
  ///   - limit: Most proposals of each list.
  public func proposals(
    for text: String, sector: String? = nil, isic: String? = nil, jurisdiction: String = "",
    limit: Int = 5
  ) -> Proposals {
    let query = maker.query(text, sector: sector ?? "", isic: isic ?? "")
    let agreements = maker.agreements(query)
    var ranking = Ranking(maker: maker, model: model) {
      maker.table($0, query, agreements)
    }
    let materials = ranking.ranked(.material)
    let european = ranking.ranked(.european)
    let vietnamese = jurisdiction == "VN" ? ranking.ranked(.vietnamese) : []
    let reasons = ReasonWriter(
      lexicon: maker.lexicon, query: query, agreements: agreements, isic: isic ?? "",
      sector: sector ?? "", likelyMaterials: materials.prefix(3).map(\.target))
    func proposals(_ ranked: [Ranking.Ranked], _ kind: TargetKind) -> [Proposal] {
      ranked.prefix(max(0, limit)).map { entry in
        let target = maker.lexicon.targets[entry.target]
        return Proposal(
          id: target.id, title: target.title, score: model[kind].score(entry.probability),
          reasons: reasons.reasons(entry.target))
      }
    }
    return Proposals(
      text: text, materials: proposals(materials, .material),
      europeanCodes: proposals(european, .european),
      vietnameseCodes: proposals(vietnamese, .vietnamese))
  }

  /// All targets of a list with their scores, best first, without reasons.
  func scored(_ kinds: [TargetKind], _ text: String, sector: String, isic: String)
    -> [TargetKind: [(id: String, score: Double)]]
  {
    let query = maker.query(text, sector: sector, isic: isic)
    let agreements = maker.agreements(query)
    var ranking = Ranking(maker: maker, model: model) { maker.table($0, query, agreements) }
    return kinds.reduce(into: [:]) { lists, kind in
      lists[kind] = ranking.ranked(kind).map {
        (maker.lexicon.targets[$0.target].id, model[kind].score($0.probability))
      }
    }
  }
}

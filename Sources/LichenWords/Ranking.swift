/// Targets of one text in order of probability.
struct Ranking {
  struct Ranked: Sendable {
    let target: Int
    let probability: Double
  }

  private let maker: FeatureMaker
  private let model: WordModel
  /// Features of the text by itself.
  private let base: (TargetKind) -> FeatureTable
  private var known: [TargetKind: [Ranked]] = [:]

  /// Likely targets of a list that lend their probability to the next list.
  private static let lenders = 20

  init(maker: FeatureMaker, model: WordModel, base: @escaping (TargetKind) -> FeatureTable) {
    self.maker = maker
    self.model = model
    self.base = base
  }

  /// Most likely first; of equals the one of lower id first, as targets are in order of id.
  mutating func ranked(_ kind: TargetKind) -> [Ranked] {
    if let ranked = known[kind] { return ranked }
    let table = table(kind)
    let probabilities = softmax(table.scores(model[kind].vector))
    let ranked = zip(table.targets, probabilities).map { Ranked(target: $0, probability: $1) }
      .sorted { ($1.probability, $0.target) < ($0.probability, $1.target) }
    known[kind] = ranked
    return ranked
  }

  /// Features with what the list before it lends.
  mutating func table(_ kind: TargetKind) -> FeatureTable {
    var table = base(kind)
    let before: TargetKind? =
      switch kind {
      case .material: nil
      case .european: .material
      case .vietnamese: .european
      }
    if let before {
      let linked = ranked(before).prefix(Self.lenders)
      maker.link(
        &table, kind,
        Dictionary(uniqueKeysWithValues: linked.map { ($0.target, $0.probability) }))
    }
    return table
  }
}

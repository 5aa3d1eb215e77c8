import LichenDomain
import LichenGraph
import LichenMatching

/// Limits that hold for what arrives together, beside the law in section F.
struct MixturesView {
  struct Row {
    let input: String
    let property: String
    let limit: String
    let value: String
    let parts: String
  }

  let mixtureRows: [Row]

  /// - Returns: `nil` if no planned exchange is part of a limited mixture.
  init?(_ context: ReportContext) {
    struct Key: Hashable, Comparable {
      let input: StreamID
      let property: PropertyID
      let side: String
      static func < (left: Self, right: Self) -> Bool {
        (left.input, left.property, left.side) < (right.input, right.property, right.side)
      }
    }
    var members: [Key: [(exchange: RankedExchange, term: MixtureTerm)]] = [:]
    for exchange in context.exchanges {
      for term in exchange.candidate.mixtures {
        let key = Key(
          input: exchange.candidate.input.id, property: term.property, side: term.side.rawValue)
        members[key, default: []].append((exchange, term))
      }
    }
    if members.isEmpty { return nil }
    mixtureRows = members.sorted { $0.key < $1.key }.compactMap { key, parts in
      Self.row(key.property, parts, context)
    }
  }

  private static func row(
    _ property: PropertyID, _ parts: [(exchange: RankedExchange, term: MixtureTerm)],
    _ context: ReportContext
  ) -> Row? {
    guard let first = parts.first else { return nil }
    let language = context.language
    let kind = context.park.catalogue.properties[property]
    func amount(_ value: Double) -> String {
      language.plain(value) + Language.narrowGap + (kind?.unit ?? "")
    }
    let tonnes = parts.reduce(0) { $0 + $1.exchange.planned.quantity * $1.term.tonnesPerUnit }
    let sum = parts.reduce(0) {
      $0 + $1.exchange.planned.quantity * $1.term.tonnesPerUnit * $1.term.measured
    }
    return Row(
      input: context.stream(first.exchange.candidate.input),
      property: kind.map { language.name($0.names) } ?? property.rawValue,
      limit: language.text(
        first.term.side == .most ? "mixture.limit.most" : "mixture.limit.least",
        ["limit": amount(first.term.limit)]),
      value: tonnes > 0 ? amount(sum / tonnes) : language.text("word.none"),
      parts: context.rankList(parts.map(\.exchange.rank).sorted()))
  }
}

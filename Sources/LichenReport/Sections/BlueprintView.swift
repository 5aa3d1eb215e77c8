import LichenDomain
import LichenGraph

/// Section G: the planned exchanges' streams that nobody declared, with the ranges of their sector.
struct BlueprintView {
  struct Row {
    let streamName: String
    let streamID: String
    let low: String
    let typical: String
    let high: String
    let streamUnit: String
    let source: String
    let level: ConfidenceBadge
    let usedBy: String
  }

  let blueprintNote: String
  let blueprintRows: [Row]

  /// `nil` when the plan rests on declared quantities alone.
  init?(_ context: ReportContext) {
    var ranks: [StreamID: [Int]] = [:]
    var rows: [(id: StreamID, row: ([Int]) -> Row)] = []
    for exchange in context.exchanges {
      let candidate = exchange.candidate
      for stream in [candidate.output as any Stream, candidate.input]
      where stream.basis == .blueprint {
        if ranks[stream.id] == nil { rows.append((stream.id, Self.row(stream, context))) }
        ranks[stream.id, default: []].append(exchange.rank)
      }
    }
    if rows.isEmpty { return nil }
    blueprintNote = context.language.text(
      "blueprint.note",
      ["share": context.language.percent(context.moneyShares.share(.blueprint))])
    blueprintRows = rows.map { $0.row(ranks[$0.id] ?? []) }
  }

  private static func row(_ stream: any Stream, _ context: ReportContext) -> ([Int]) -> Row {
    let language = context.language
    let yearly = stream.quantity?.yearly
    func number(_ value: Double?) -> String { value.map { language.plain($0, digits: 3) } ?? "" }
    let unit = context.park.material(stream.material)?.referenceUnit.id ?? ""
    return { ranks in
      Row(
        streamName: "\(context.names.short(stream.enterprise)): \(language.term(stream.name))",
        streamID: stream.reference, low: number(yearly?.low), typical: number(yearly?.typical),
        high: number(yearly?.high),
        streamUnit: language.text("format.per-year", ["value": language.unitText(unit)]),
        source: stream.provenance.source,
        level: ConfidenceBadge(stream.provenance.confidence ?? .estimated, language),
        usedBy: context.rankList(ranks))
    }
  }
}

import LichenDomain
import LichenGraph
import LichenMatching

/// A row on which figures of the report rest, with what it says and where it says that it has it from.
struct ReportSource: Sendable {
  /// As the ledger writes it: `costs.csv: truck_eu_tkm`.
  let reference: String
  let figure: String
  /// In the words of the row; empty when it names none.
  let source: String
  /// `nil` when the row does not say: declared by the enterprise itself.
  let confidence: Confidence?
  /// Labels of exchanges, plants, legs and measures whose figures use it, in their order.
  let usedBy: [String]

  /// `costs.csv`
  var table: String { String(reference.prefix { $0 != ":" }) }
  /// The row's name in its table; empty where the table as a whole is meant.
  var row: String {
    reference.firstRange(of: ": ").map { String(reference[$0.upperBound...]) } ?? ""
  }
  /// The first address that the source names; `nil` for none.
  var url: String? { SourceText(source).urls.first }
}

extension ReportContext {
  /// Every row behind a figure of the plan, in order of reference: ledgers, streams, ways, routes, rules,
  /// permits, and the published figures that the plan is set beside.
  func sources() -> [ReportSource] {
    let uses = SourceUses(self)
    let declared = DeclaredRows(self, wanted: Set(uses.users.keys))
    return uses.users.keys.sorted().map { reference in
      let assumption = assumption(ReferenceUse(reference: reference))
      let row = declared[reference]
      return ReportSource(
        reference: reference,
        figure: assumption?.name ?? row?.name ?? language.text("assumption.declared"),
        source: assumption?.source ?? row?.source ?? "",
        confidence: assumption?.confidence ?? row?.confidence,
        usedBy: (uses.users[reference] ?? []).sorted().map { uses.items[$0].label })
    }
  }
}

/// Which items of the plan use which rows.
private struct SourceUses {
  let items: [LedgerItem]
  /// Places of items by reference.
  private(set) var users: [String: Set<Int>] = [:]

  init(_ context: ReportContext) {
    items = context.ledgerItems
    for (place, item) in items.enumerated() {
      for line in item.lines {
        for reference in line.money.references + line.carbon.references {
          // Links that exist name the table; the row follows below.
          if reference != "exchanges.csv" { users[reference, default: []].insert(place) }
        }
      }
    }
    for exchange in context.exchanges { add(exchange.candidate, exchange.rank - 1) }
    let firstLeg = context.exchanges.count + context.facilities.count
    for (index, leg) in context.legs.enumerated() { add(leg.leg, firstLeg + index) }
    for permit in context.permits {
      let legs = context.legs.indices.filter { context.legs[$0].leg.permits.contains(permit) }
      let places = context.ranks(needing: permit).map { $0 - 1 } + legs.map { firstLeg + $0 }
      for reference in permit.oneOff.references + permit.annual.references {
        users[reference, default: []].formUnion(places)
      }
    }
    if context.hasPlan { addComparison(context) }
  }

  /// Published figures and documented exchanges, which the plan is set beside.
  private mutating func addComparison(_ context: ReportContext) {
    for total in context.park.totals { users["totals.csv: \(total.id)", default: []] = [] }
    let ranks = Dictionary(
      uniqueKeysWithValues: context.exchanges.map { ($0.candidate.id, $0.rank) })
    for entry in context.result.rediscovery.documented {
      let rank = entry.candidate.flatMap { ranks[$0.id] }
      users["exchanges.csv: \(entry.exchange.id)", default: []].formUnion(
        rank.map { [$0 - 1] } ?? [])
    }
  }

  private mutating func add(_ candidate: Candidate, _ place: Int) {
    let references =
      [candidate.output.reference, candidate.input.reference]
      + (candidate.transport.distanceRow.map { [$0] } ?? []) + candidate.route.references
      + candidate.verdict.applying.map { "rules.csv: \($0.id)" }
    for reference in references { users[reference, default: []].insert(place) }
  }

  private mutating func add(_ leg: FacilityLeg, _ place: Int) {
    let ends = [leg.output?.reference, leg.input?.reference, leg.transport.distanceRow]
    let references =
      ends.compactMap(\.self) + (leg.route?.references ?? [])
      + (leg.verdict?.applying ?? []).map { "rules.csv: \($0.id)" }
    for reference in references { users[reference, default: []].insert(place) }
  }
}

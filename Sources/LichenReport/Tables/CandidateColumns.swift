import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Columns of `candidates.csv`.
struct CandidateColumns: Sendable {
  private let context: ReportContext
  /// By place of the candidate.
  private let ranks: [Int: Int]
  /// Places of entries, by place of the candidate; -1 where there is none.
  private let entries: [Int32]

  init(_ context: ReportContext) {
    self.context = context
    let list = context.graph.candidates
    var ranks: [Int: Int] = [:]
    for exchange in context.exchanges {
      if let index = list.index(of: exchange.candidate) { ranks[index] = exchange.rank }
    }
    var entries = [Int32](repeating: -1, count: list.count)
    for (place, entry) in context.result.whyNot.entries.enumerated() {
      entries[entry.index] = Int32(place)
    }
    self.ranks = ranks
    self.entries = entries
  }

  private func entry(_ index: Int) -> WhyNotEntry? {
    let place = Int(entries[index])
    return place < 0 ? nil : context.result.whyNot.entries[place]
  }

  /// By place of the candidate.
  var first: [TableColumn<Int>] {
    let list = context.graph.candidates
    return [
      TableColumn("candidate") { list.id($0) }, TableColumn("status", status),
      TableColumn("rank") { ranks[$0].map { String($0) } ?? "" },
    ]
  }

  /// By place of the candidate.
  var last: [TableColumn<Int>] {
    [
      TableColumn(number: "plan_money_change") { entry($0)?.moneyChange },
      TableColumn(number: "plan_co2e_kg_change") { entry($0)?.carbonChange },
    ]
  }

  var facts: [TableColumn<Candidate>] {
    typealias Column = TableColumn<Candidate>
    let context = context
    let words = ResultTables.words
    var columns = SharedColumns.ends(context)
    columns += [
      Column(number: "minimum_flow_per_year") { $0.minimumFlow },
      Column(number: "maximum_flow_per_year") { $0.maximumFlow },
    ]
    columns += SharedColumns.law
    columns += [
      Column("blockers") { words($0.blockers.map(\.kind.rawValue)) },
      Column("blocker_texts") { candidate in
        words(
          candidate.blockers.map {
            blockerText($0, language: context.language, park: context.park).what
          })
      },
      Column("currency") { _ in context.currency.code },
    ]
    columns += Column.range("money_per_unit") { $0.ledger.netMoneyPerUnit }
    columns += Column.range("co2e_kg_per_unit") { $0.ledger.netCarbonPerUnit }
    columns += Column.range("fixed_cost_per_year") { $0.ledger.fixedCost }
    columns += Column.range("capital") { $0.ledger.capital }
    columns += [Column(number: "best_money_per_year") { $0.bestMoneyPerYear }]
    columns += SharedColumns.quality
    return columns
  }

  private func status(_ index: Int) -> String {
    if ranks[index] != nil { return "planned" }
    switch CandidateFate(context.graph.candidates.row(index)) {
    case .blocked: return "blocked"
    case .unquantified: return "data-missing"
    case .notChosen: break
    }
    switch entry(index)?.reason {
    case .forbidden: return "forbidden"
    case .neverPays: return "never-pays"
    default: return "not-chosen"
    }
  }
}

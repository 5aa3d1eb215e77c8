import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Columns of `candidates.csv`.
struct CandidateColumns {
  private let context: ReportContext
  private let ranks: [String: Int]
  private let entries: [String: WhyNotEntry]

  init(_ context: ReportContext) {
    self.context = context
    var ranks: [String: Int] = [:]
    for exchange in context.exchanges { ranks[exchange.candidate.id] = exchange.rank }
    var entries: [String: WhyNotEntry] = [:]
    for entry in context.result.whyNot.entries { entries[entry.candidate.id] = entry }
    self.ranks = ranks
    self.entries = entries
  }

  var columns: [TableColumn<Candidate>] {
    typealias Column = TableColumn<Candidate>
    let context = context
    let words = ResultTables.words
    var columns = [
      Column("candidate") { $0.id }, Column("status", status),
      Column("rank") { ranks[$0.id].map { String($0) } ?? "" },
    ]
    columns += SharedColumns.ends(context)
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
    columns += [
      Column(number: "plan_money_change") { entries[$0.id]?.moneyChange },
      Column(number: "plan_co2e_kg_change") { entries[$0.id]?.carbonChange },
    ]
    return columns
  }

  private func status(_ candidate: Candidate) -> String {
    if ranks[candidate.id] != nil { return "planned" }
    switch CandidateFate(candidate) {
    case .blocked: return "blocked"
    case .unquantified: return "data-missing"
    case .notChosen: break
    }
    switch entries[candidate.id]?.reason {
    case .forbidden: return "forbidden"
    case .neverPays: return "never-pays"
    default: return "not-chosen"
    }
  }
}

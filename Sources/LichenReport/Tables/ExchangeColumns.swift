import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Columns of `exchanges.csv`.
struct ExchangeColumns {
  private let context: ReportContext

  init(_ context: ReportContext) { self.context = context }

  var columns: [TableColumn<RankedExchange>] {
    typealias Column = TableColumn<RankedExchange>
    let context = context
    func ofCandidate(_ columns: [TableColumn<Candidate>]) -> [Column] {
      columns.map { $0.of { $0.candidate } }
    }
    var columns = [
      Column(count: "rank") { $0.rank }, Column("exchange") { $0.candidate.id },
    ]
    columns += ofCandidate(SharedColumns.ends(context))
    columns += [
      Column(number: "quantity_per_year") { $0.planned.quantity },
      Column(number: "tonnes_per_year") { $0.tonnes },
      Column("required") { $0.planned.isRequired ? "yes" : "no" },
    ]
    columns += ofCandidate(SharedColumns.law)
    columns += [Column("currency") { _ in context.currency.code }]
    columns += Column.range("money_per_year") { $0.planned.money }
    columns += Column.range("co2e_kg_per_year") { $0.planned.carbon }
    columns += Column.range("capital") { $0.planned.capital }
    for term in LedgerTerm.allCases where term != .permit && term != .operation {
      let name = term.rawValue.replacing("-", with: "_")
      columns += [
        Column("money_\(name)", kind: .number) { Self.sum(of: term, in: $0) { $0.money } },
        Column("co2e_kg_\(name)", kind: .number) { Self.sum(of: term, in: $0) { $0.carbon } },
      ]
    }
    columns += ofCandidate(SharedColumns.quality)
    columns += [Column("references") { Self.references($0) }]
    return columns
  }

  /// Empty where there is no such line, or one is unknown.
  private static func sum(
    of term: LedgerTerm, in exchange: RankedExchange, _ amount: (LedgerLine) -> LedgerAmount
  ) -> String {
    let amounts = exchange.planned.lines.filter { $0.term == term }.map(amount)
    guard !amounts.isEmpty, amounts.allSatisfy({ $0.value != nil }) else { return "" }
    return ResultTables.plain(amounts.compactMap(\.value?.typical).reduce(0, +))
  }

  private static func references(_ exchange: RankedExchange) -> String {
    let all = exchange.planned.lines.flatMap { $0.money.references + $0.carbon.references }
    return ResultTables.words(
      all.reduce(into: [String]()) { if !$0.contains($1) { $0.append($1) } })
  }
}

/// Columns that candidates and exchanges share.
enum SharedColumns {
  private typealias Column = TableColumn<Candidate>

  static func ends(_ context: ReportContext) -> [TableColumn<Candidate>] {
    [
      Column("output") { $0.output.id.rawValue }, Column("input") { $0.input.id.rawValue },
      Column("route") { $0.route.id.rawValue },
      Column("donor") { $0.output.enterprise.rawValue },
      Column("receiver") { $0.input.enterprise.rawValue },
      Column("output_material") { $0.output.material.rawValue },
      Column("output_material_name") { context.material($0.output.material) },
      Column("input_material") { $0.input.material.rawValue },
      Column("input_material_name") { context.material($0.input.material) },
      Column("use") { $0.route.use.rawValue },
      Column(number: "ratio") { $0.route.ratio.typical },
      Column("unit") { context.unit(of: $0) },
      Column("mode") { $0.transport.mode?.id ?? "" },
      Column(number: "distance_km") { $0.transport.km },
      Column("distance_confidence") { $0.transport.confidence.rawValue },
    ]
  }

  static var law: [TableColumn<Candidate>] {
    [
      Column("law") { $0.verdict.effect.rawValue },
      Column("law_rules") { ResultTables.words($0.verdict.applying.map(\.id.rawValue)) },
      Column("law_confidence") { $0.verdict.confidence?.rawValue ?? "" },
      Column("permits") {
        ResultTables.words($0.permits.map { "\($0.key.holder):\($0.key.material):\($0.key.rule)" })
      },
    ]
  }

  static var quality: [TableColumn<Candidate>] {
    [
      Column("unknown_money") { ResultTables.words($0.ledger.unknownMoney.map(\.rawValue)) },
      Column("unknown_co2e") { ResultTables.words($0.ledger.unknownCarbon.map(\.rawValue)) },
      Column("unmeasured") { ResultTables.words($0.unmeasured.map(\.rawValue)) },
      Column("weakest_confidence") { $0.ledger.confidence.rawValue },
      Column(number: "score") { $0.score.total },
    ]
      + ScorePart.allCases.map { part in
        Column(number: "score_\(part.rawValue)") { $0.score.parts[part] }
      }
  }
}

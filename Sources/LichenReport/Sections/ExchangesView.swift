import LichenDomain
import LichenMatching
import LichenPlanning

/// Section D: every exchange with its ledger, the permits, and who gains what.
struct ExchangesView {
  struct Entry {
    let row: ExchangeRow
    let ledger: LedgerView
    /// The first ledger stands open, to show that there is one.
    let openAttribute: String
    /// Numbers for the page's script.
    let scriptAttributes: String
  }

  struct PermitRow {
    let permit: String
    let rule: String
    let permitMoney: String
    let once: String
    let ranks: String
  }

  struct BalanceRow {
    let name: String
    let sector: String
    let money: String
    let range: String
    let carbon: String
    let gives: String
    let takes: String
  }

  struct Balances {
    let balanceRows: [BalanceRow]
    let balanceTotal: TopTable.SumRow
  }

  let moneyHead: String
  let carbonHead: String
  let valueHead: String
  let isEmpty: Bool
  /// What is not shown in full.
  let limits: [String]
  let entries: [Entry]
  let confidenceKey: [ConfidenceBadge]
  let permits: [PermitRow]
  let sum: [TopTable.SumRow]
  let sumRange: [String]
  let balances: [Balances]
  /// One, or none for a park without measures.
  let measures: [MeasuresView]
  let measureSum: [TopTable.SumRow]
  /// One, or none for a park without facilities.
  let facilities: [FacilitiesView]
  let facilitySum: [TopTable.SumRow]
  let withheld: [EditionView.Table]
  let sumLabel: String

  init(_ context: ReportContext) {
    let language = context.language
    let extents = TableExtents(context)
    moneyHead = context.moneyPerYear
    carbonHead = context.carbonPerYear
    valueHead = language.text("details.value-range")
    isEmpty = context.exchanges.isEmpty && context.facilities.isEmpty
    facilities = [FacilitiesView(context)].compactMap(\.self)
    facilitySum = TopTable.facilities(context)
    measures = [MeasuresView(context)].compactMap(\.self)
    measureSum = TopTable.measures(context)
    limits = context.cutNotes
    withheld = EditionView(context).tables
    sumLabel = language.text(context.edition.isWhole ? "details.sum" : "details.sum-shown")
    let index = ExchangeIndex(context)
    entries = context.detailed.map {
      Entry(
        row: ExchangeRow($0, context, extents), ledger: LedgerView($0, context),
        openAttribute: $0.rank == 1 ? " open" : "", scriptAttributes: index.attributes($0))
    }
    confidenceKey = Confidence.allCases.map { ConfidenceBadge($0, language) }
    let shownPermits = zip(context.permits, context.roundedPermits).prefix(ReportContext.most)
    permits = shownPermits.map { permit, rounded in
      PermitRow(
        permit: language.text(
          "details.permit",
          [
            "who": context.names.short(permit.key.holder), "what": context.step(of: permit.rule),
            "material": context.material(permit.key.material),
          ]),
        rule: "\(permit.rule.id) · \(language.term(permit.rule.instrument))",
        permitMoney: permit.annual.value == nil
          ? language.text("word.unknown") : language.number(rounded),
        once: permit.oneOff.value.map {
          language.text("details.once", ["cost": language.money($0.typical, context.currency)])
        } ?? language.text("details.once-unknown"),
        ranks: context.rankList(context.ranks(needing: permit)))
    }
    sum = isEmpty ? [] : [TopTable.total(context)]
    let money = context.plan.money
    let carbon = context.plan.carbon
    sumRange =
      isEmpty || (money.isExact && carbon.isExact)
      ? []
      : [
        language.text(
          "details.sum-range",
          [
            "money": language.range(context.tableMoney(money.low), context.tableMoney(money.high)),
            "moneyUnit": context.moneyPerYear,
            "carbon": language.range(
              context.tableCarbon(carbon.low), context.tableCarbon(carbon.high)),
            "carbonUnit": context.carbonPerYear,
          ])
      ]
    // Of an edition for one enterprise they would be its total again.
    balances = isEmpty || context.edition.enterprise != nil ? [] : [Self.balances(context)]
  }

  private static func balances(_ context: ReportContext) -> Balances {
    let language = context.language
    let balances = context.plan.balances
    let total = TopTable.total(context)
    let money = ControlledRounding.round(
      balances.map { $0.money.typical / context.moneyScale.factor },
      total: (context.plan.money.typical / context.moneyScale.factor).rounded())
    let carbon = ControlledRounding.round(
      balances.map { $0.carbon.typical / context.carbonScale.factor },
      total: (context.plan.carbon.typical / context.carbonScale.factor).rounded())
    // Of a region only those whose exchanges are told in detail.
    let isCut = balances.count > 2 * ReportContext.most
    let told = Set(
      context.detailed.flatMap { [$0.candidate.output.enterprise, $0.candidate.input.enterprise] })
    let shown = balances.indices.filter { !isCut || told.contains(balances[$0].enterprise.id) }
    let rows = shown.map { index in
      let balance = balances[index]
      return BalanceRow(
        name: context.names.short(balance.enterprise.id),
        sector: language.term(balance.enterprise.sector),
        money: language.number(money[index]),
        range: language.range(
          context.tableMoney(balance.money.low), context.tableMoney(balance.money.high)),
        carbon: language.number(carbon[index]), gives: language.number(Double(balance.given)),
        takes: language.number(Double(balance.received)))
    }
    return Balances(balanceRows: rows, balanceTotal: total)
  }
}

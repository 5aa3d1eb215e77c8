import LichenDomain
import LichenGraph
import LichenMatching

/// The tables of a report for programs. Money in the park's currency, CO2e in kg; names and reasons in
/// the report's language.
public struct ReportTables {
  let context: ReportContext

  public init(_ report: Report) { context = ReportContext(report) }

  /// All tables in order; those that a park cannot have, as plants, are empty and there.
  public var tables: [ReportTable] {
    let items = context.ledgerItems
    return [
      totals, withheld, exchanges, ledgerLines(items), enterprises, permits, plants, legs, measures, whyNot,
      assumptions, sources, settings,
    ]
  }

  private var exchanges: ReportTable {
    ReportTable(
      "exchanges", title: "Planned exchanges in order of rank; permits are apart",
      key: ["exchange"], ExchangeColumns(context).columns, context.exchanges)
  }

  /// Told without figures; the totals of the whole plan are ranges then.
  private var withheld: ReportTable {
    typealias Column = TableColumn<Withheld.Exchange>
    let context = context
    return ReportTable(
      "withheld", title: "Exchanges that this edition tells without figures", key: [],
      [
        Column("from_name") { context.name($0.from) }, Column("to_name") { context.name($0.to) },
        Column("material") { $0.material.rawValue },
        Column("material_name") { context.material($0.material) },
        Column("replaced_material") { $0.replaced.rawValue },
        Column("replaced_material_name") { context.material($0.replaced) },
        Column("law") { $0.effect.rawValue },
        Column("permits") { ResultTables.words($0.permits.map(\.rawValue)) },
      ], context.edition.withheld?.exchanges ?? [])
  }

  private var legs: ReportTable {
    ReportTable(
      "legs", title: "Legs of exchanges through shared plants, in order of id", key: ["id"],
      LegColumns.columns(context.park), context.legs)
  }

  private var totals: ReportTable {
    typealias Row = (name: String, unit: String, value: Estimate)
    let currency = context.currency.code
    let plan = context.plan
    let rows: [Row] = [
      ("money", "\(currency)/yr", plan.money), ("co2e_avoided", "kg/yr", plan.carbon),
      ("capital", currency, plan.capital), ("permit_cost", "\(currency)/yr", plan.permitCost),
    ]
    let withheld = context.edition.withheld
    func whole(_ row: Row) -> ClosedRange<Double>? {
      switch row.name {
      case "money": withheld?.money
      case "co2e_avoided": withheld?.carbon
      case "capital": withheld?.capital
      default: nil
      }
    }
    let ranges = Dictionary(uniqueKeysWithValues: rows.map { ($0.name, whole($0)) })
    return ReportTable(
      "totals",
      title: "Totals of what is shown; the range of the whole plan where something is withheld; "
        + "empty without a plan", key: ["total"],
      [TableColumn<Row>("total") { $0.name }] + TableColumn.range("value") { $0.value }
        + [
          TableColumn("unit") { $0.unit },
          TableColumn(number: "whole_plan_from") { ranges[$0.name]??.lowerBound },
          TableColumn(number: "whole_plan_to") { ranges[$0.name]??.upperBound },
        ],
      context.hasPlan ? rows : [])
  }

  private func ledgerLines(_ items: [LedgerItem]) -> ReportTable {
    typealias Row = (item: LedgerItem, number: Int, line: LedgerLine)
    typealias Column = TableColumn<Row>
    let words = ResultTables.words
    let currency = context.currency.code
    func amount(_ name: String, _ amount: @escaping @Sendable (Row) -> LedgerAmount) -> [Column] {
      Column.range(name) { amount($0).value } + [
        Column("\(name)_basis") { amount($0).basis?.rawValue ?? "" },
        Column("\(name)_confidence") { amount($0).confidence?.rawValue ?? "" },
        Column("\(name)_references") { words(amount($0).references) },
      ]
    }
    var columns: [Column] = [
      Column("item_kind") { $0.item.kind.rawValue }, Column("item") { $0.item.id },
      Column("label") { $0.item.label }, Column(count: "line") { $0.number },
      Column("term") { $0.line.term.rawValue }, Column("bearer") { $0.line.bearer.rawValue },
      Column("bearer_enterprises") { words($0.item.bearers(of: $0.line).map(\.rawValue)) },
      Column("currency") { _ in currency },
    ]
    columns += amount("money_per_year") { $0.line.money }
    columns += amount("co2e_kg_per_year") { $0.line.carbon }
    columns.append(Column("remark") { $0.line.remark.map { String($0.dropFirst(7)) } ?? "" })
    return ReportTable(
      "ledger_lines",
      title: "Every line of every exchange, plant, leg and measure of the plan; gain positive",
      key: ["item_kind", "item", "line"], columns,
      items.flatMap { item in
        item.lines.enumerated().map { (item: item, number: $0.offset + 1, line: $0.element) }
      })
  }

  private var enterprises: ReportTable {
    typealias Column = TableColumn<Plan.EnterpriseBalance>
    let currency = context.currency.code
    var columns: [Column] = [
      Column("enterprise") { $0.enterprise.id.rawValue }, Column("name") { $0.enterprise.name },
      Column("sector") { $0.enterprise.sector }, Column(count: "given") { $0.given },
      Column(count: "received") { $0.received }, Column("currency") { _ in currency },
    ]
    columns += Column.range("money_per_year") { $0.money }
    columns += Column.range("co2e_kg_per_year") { $0.carbon }
    return ReportTable(
      "enterprises",
      title: "Balances of those that take part, before payments between partners",
      key: ["enterprise"], columns, context.hasPlan ? context.plan.balances : [])
  }

  private var permits: ReportTable {
    typealias Column = TableColumn<PermitNeed>
    let context = context
    let words = ResultTables.words
    var columns: [Column] = [
      Column("holder") { $0.key.holder.rawValue },
      Column("holder_name") { context.names.short($0.key.holder) },
      Column("material") { $0.key.material.rawValue },
      Column("material_name") { context.material($0.key.material) },
      Column("rule") { $0.key.rule.rawValue }, Column("law") { $0.rule.effect.rawValue },
      Column("instrument") { $0.rule.instrument }, Column("article") { $0.rule.article },
      Column("step") { $0.rule.step }, Column("rule_confidence") { $0.rule.confidence.rawValue },
    ]
    columns += Column.range("days") { $0.rule.days }
    columns.append(Column("currency") { _ in context.currency.code })
    columns += Column.range("one_off") { $0.oneOff.value }
    columns += Column.range("cost_per_year") { $0.annual.value }
    columns += [
      Column("cost_confidence") { $0.oneOff.confidence?.rawValue ?? "" },
      Column("used_by") { words(context.labels(needing: $0)) },
    ]
    return ReportTable(
      "permits", title: "Permits and statements that the plan needs, each once",
      key: ["holder", "material", "rule"], columns, context.permits)
  }

  private var settings: ReportTable {
    typealias Column = TableColumn<AssumptionsView.Setting>
    return ReportTable(
      "settings", title: "Settings that the plan was made with", key: ["setting"],
      [
        Column("setting") { String($0.key.dropFirst("setting.".count)) },
        Column("name") { $0.setting }, Column("value") { $0.settingValue },
      ], SettingsList(context).items)
  }
}

import LichenDomain
import LichenGraph
import LichenMatching

/// Tables of what may be built, what is not planned, and what all of it rests on.
extension ReportTables {
  var plants: ReportTable {
    typealias Column = TableColumn<PlantRow>
    let context = context
    @Sendable func unit(_ material: MaterialID) -> String {
      context.park.material(material)?.referenceUnit.id ?? ""
    }
    var columns: [Column] = [
      Column("plant") { $0.priced.facility.id.rawValue },
      Column("name") { $0.priced.facility.name },
      Column("enterprise") { $0.priced.facility.site.rawValue },
      Column("opened") { $0.opened == nil ? "no" : "yes" }, Column("fate") { $0.fate },
      Column(number: "intake_per_year") { $0.opened?.intake },
      Column(number: "capacity_per_year") { $0.priced.facility.capacity },
      Column("intake_unit") { $0.priced.facility.intakeUnit.id },
      Column("product") { $0.priced.facility.product.rawValue },
      Column("product_name") { context.material($0.priced.facility.product) },
      Column(number: "made_per_year") { $0.opened?.made },
      Column("product_unit") { unit($0.priced.facility.product) },
      Column("currency") { _ in context.currency.code },
    ]
    columns += Column.range("money_per_year") { $0.opened?.money }
    columns += Column.range("capital") {
      $0.priced.facility.capital == nil ? nil : $0.priced.capital
    }
    columns += [
      Column(number: "plan_money_change") { $0.closed?.moneyChange },
      Column(number: "plan_co2e_kg_change") { $0.closed?.carbonChange },
    ]
    return ReportTable(
      "plants", title: "Shared plants, opened or not, in order of id; legs are apart",
      key: ["plant"], columns, PlantRow.all(context))
  }

  var measures: ReportTable {
    typealias Column = TableColumn<MeasureRow>
    let context = context
    var columns: [Column] = [
      Column("measure") { $0.priced.option.id.rawValue }, Column("name") { $0.priced.option.name },
      Column("enterprise") { $0.priced.option.enterprise.rawValue },
      Column("status") { $0.priced.option.status.rawValue },
      Column("taken") { $0.fate == "taken" ? "yes" : "no" }, Column("fate") { $0.fate },
      Column("stream") { $0.priced.option.stream?.rawValue ?? "" },
      Column(number: "change_per_year") {
        $0.priced.option.stream == nil ? nil : $0.priced.option.change
      },
      Column("currency") { _ in context.currency.code },
    ]
    columns += Column.range("money_per_year") { $0.isKnown ? $0.priced.money : nil }
    columns += Column.range("co2e_kg_per_year") {
      $0.priced.option.co2 == nil ? nil : $0.priced.carbon
    }
    columns += Column.range("capital") { $0.isCapitalKnown ? $0.priced.capital : nil }
    return ReportTable(
      "measures", title: "Efficiency measures, taken or not, in order of id", key: ["measure"],
      columns, MeasureRow.all(context))
  }

  var whyNot: ReportTable {
    typealias Row = (number: String, kind: String, entry: WhyNotEntry, candidate: Candidate)
    typealias Column = TableColumn<Row>
    let context = context
    let words = ResultTables.words
    let list = WhyNotList(context)
    let columns: [Column] = [
      Column("number") { $0.number }, Column("kind") { $0.kind },
      Column("candidate") { $0.candidate.id },
      Column("donor") { $0.candidate.output.enterprise.rawValue },
      Column("receiver") { $0.candidate.input.enterprise.rawValue },
      Column("output") { $0.candidate.output.id.rawValue },
      Column("input") { $0.candidate.input.id.rawValue },
      Column("law") { $0.candidate.verdict.effect.rawValue },
      Column("blockers") { words($0.candidate.blockers.map(\.kind.rawValue)) },
      Column("reasons") { words(WhyNotView.reasons($0.entry, context).map(\.what)) },
      Column("lifts") {
        words(WhyNotView.reasons($0.entry, context).map(\.lift).filter { !$0.isEmpty })
      },
      Column("currency") { _ in context.currency.code },
      Column(number: "plan_money_change") { $0.entry.moneyChange },
      Column(number: "plan_co2e_kg_change") { $0.entry.carbonChange },
    ]
    let counts = list.groups.map { "\($0.entries.count) \($0.kind.rawValue)" }
    return ReportTable(
      "why_not",
      title: "Possible exchanges that are not planned"
        + (counts.isEmpty ? "" : " (\(counts.joined(separator: ", ")))")
        + (list.isCut
          ? "; the first \(WhyNotList.most) of each kind, candidates.csv has all" : ""),
      key: ["number"], columns,
      list.groups.flatMap(\.rows).map {
        (number: $0.number, kind: $0.kind.rawValue, entry: $0.entry, candidate: $0.entry.candidate)
      })
  }

  var assumptions: ReportTable {
    typealias Column = TableColumn<AssumptionUse>
    var columns: [Column] = [
      Column("reference") { $0.use.reference }, Column("table") { $0.assumption.table },
      Column("row") { $0.assumption.id }, Column("figure") { $0.assumption.name },
    ]
    columns += Column.range("value") { $0.assumption.value }
    columns += [
      Column("unit") { $0.assumption.unit }, Column("region") { $0.assumption.region },
      Column(count: "year") { $0.assumption.year },
      Column("confidence") { $0.assumption.confidence.rawValue },
      Column(number: "money_share") { $0.moneyShare },
      Column(number: "co2e_share") { $0.carbonShare },
      Column("used_by") { ResultTables.words($0.use.ranks.map { String($0) }) },
      Column("source") { $0.assumption.source },
    ]
    return ReportTable(
      "assumptions", title: "Figures of the catalogue that the exchanges rest on, weightiest first",
      key: ["reference"], columns, AssumptionUse.all(context))
  }

  var sources: ReportTable { Self.sources(context) }

  static func sources(_ context: ReportContext) -> ReportTable {
    typealias Column = TableColumn<ReportSource>
    let keys = Bibliography(context).keys
    return ReportTable(
      "sources", title: "Rows that figures of the report rest on, with their sources",
      key: ["id"],
      [
        Column("id") { $0.reference }, Column("table") { $0.table }, Column("row") { $0.row },
        Column("figure") { $0.figure }, Column("source") { $0.source },
        Column("url") { $0.url ?? "" }, Column("confidence") { $0.confidence?.rawValue ?? "" },
        Column("used_by") { ResultTables.words($0.usedBy) },
        Column("bibtex_key") { keys[SourceText($0.source).text] ?? "" },
      ], context.sources())
  }
}

/// A shared plant with what became of it.
struct PlantRow: Sendable {
  let priced: PricedFacility
  let opened: PlannedFacility?
  let closed: ClosedFacility?

  /// `opened`, or why not, in a word for programs.
  var fate: String {
    if opened != nil { return "opened" }
    switch closed?.reason {
    case .obstacle(let obstacle): return obstacle.rawValue
    case .noArrival: return "no-arrival"
    case .noDelivery: return "no-delivery"
    case .doesNotPay, nil: return "does-not-pay"
    }
  }

  static func all(_ context: ReportContext) -> [PlantRow] {
    let opened = Dictionary(uniqueKeysWithValues: context.facilities.map { ($0.facility.id, $0) })
    let closed = Dictionary(
      uniqueKeysWithValues: context.result.whyNot.facilities.map { ($0.plant.facility.id, $0) })
    return context.graph.facilities.map {
      PlantRow(priced: $0, opened: opened[$0.facility.id], closed: closed[$0.facility.id])
    }
  }
}

/// An efficiency measure with what became of it.
struct MeasureRow: Sendable {
  let priced: PricedMeasure
  /// `taken`, or why not, in a word for programs.
  let fate: String

  var isKnown: Bool { priced.lines.allSatisfy { $0.money.value != nil } }
  var isCapitalKnown: Bool {
    priced.lines.allSatisfy { $0.term != .capital || $0.money.value != nil }
  }

  static func all(_ context: ReportContext) -> [MeasureRow] {
    let taken = Set(context.measures.map(\.planned.option.id))
    let idle = Dictionary(
      uniqueKeysWithValues: context.plan.idleMeasures.map { ($0.measure.option.id, $0.reason) })
    return MeasureBook(park: context.park).measures.sorted { $0.option.id < $1.option.id }.map {
      if taken.contains($0.option.id) { return MeasureRow(priced: $0, fate: "taken") }
      switch idle[$0.option.id] {
      case .obstacle(let obstacle): return MeasureRow(priced: $0, fate: obstacle.rawValue)
      case .neverPays: return MeasureRow(priced: $0, fate: "never-pays")
      case nil: return MeasureRow(priced: $0, fate: "not-chosen")
      }
    }
  }
}

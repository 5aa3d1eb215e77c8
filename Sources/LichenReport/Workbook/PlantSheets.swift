import LichenDomain
import LichenGraph
import LichenIO
import LichenMatching

/// Shared plants, opened or not, and the legs that lead to and from them.
struct PlantsSheet {
  let sheet: Spreadsheet.Sheet
  let plants: PlacedTable
  let legs: PlacedTable

  private struct Plant {
    let priced: PricedFacility
    /// `nil` for a plant that stays closed.
    let opened: (plant: PlannedFacility, item: LedgerItem)?
    let fate: String
  }

  /// - Returns: `nil` for a park without plants.
  init?(_ words: SheetWords, items: [LedgerItem], ledger: LedgerSheet, name: String) {
    let context = words.context
    guard let view = FacilitiesView(context) else { return nil }
    var layout = SheetLayout(name: name, title: words.text("facility.title"))
    layout.paragraph(view.summary)
    let own = items.filter { $0.kind == .plant }
    let opened = Dictionary(
      uniqueKeysWithValues: zip(context.facilities, own).map { ($0.0.facility.id, $0) })
    let all = zip(context.graph.facilities, view.facilityRows).map { plant, row in
      Plant(
        priced: plant, opened: opened[plant.facility.id].map { (plant: $0.0, item: $0.1) },
        fate: row.fate)
    }
    let sum = words.text("sheet.total")
    plants = layout.table(
      Self.plantColumns(words, ledger), all.filter { $0.opened != nil }, total: sum)
    let closed = all.filter { $0.opened == nil }
    if !closed.isEmpty {
      layout.heading(words.text("sheet.plants.closed"))
      layout.table(Self.closedColumns(words), closed)
    }
    layout.heading(words.text("sheet.legs"))
    legs = layout.table(
      Self.legColumns(words, ledger),
      Array(zip(context.legs, items.filter { $0.kind == .leg })), total: sum)
    sheet = layout.sheet()
  }

  private static func plantColumns(_ words: SheetWords, _ ledger: LedgerSheet)
    -> [SheetColumn<Plant>]
  {
    let context = words.context
    func yearly(_ unit: String) -> String {
      context.language.text("format.per-year", ["value": context.language.unitText(unit)])
    }
    var columns: [SheetColumn<Plant>] = [
      SheetColumn("number", words.text("sheet.number"), width: 7) { plant, _ in
        Spreadsheet.Cell(plant.opened?.item.labelValue ?? .blank, SheetLook.strong)
      },
      .text("name", words.text("facility.name"), width: 28) { $0.priced.facility.name },
      .text("site", words.text("balance.site"), width: 24) {
        context.names.short($0.priced.facility.site)
      },
      .text("fate", words.text("facility.fate"), width: 26) { $0.fate },
      .figure("intake", words.text("sheet.intake"), width: 13) { $0.opened?.plant.intake },
      .figure("capacity", words.text("sheet.capacity"), width: 13) { $0.priced.facility.capacity },
      .text("intake-unit", words.text("assumptions.unit"), width: 10) {
        yearly($0.priced.facility.intakeUnit.id)
      },
      .text("product", words.text("sheet.product"), width: 20) {
        context.material($0.priced.facility.product)
      },
    ]
    columns += words.range(
      "money", "figure.money", words.moneyPerYear, words.moneyFormat, isSummed: true
    ) { plant in
      plant.opened.map { ledger.range($0.item, $0.plant.money) } ?? .none
    }
    columns += words.range(
      "capital", "criterion.capital", words.money, words.moneyFormat, isSummed: true
    ) { plant in
      plant.opened.map { RangeCell($0.plant.capital) } ?? .none
    }
    columns.append(
      .text("confidence", words.text("table.confidence"), width: 13) {
        words.confidence($0.priced.facility.provenance.confidence)
      })
    return columns
  }

  private static func closedColumns(_ words: SheetWords) -> [SheetColumn<Plant>] {
    let context = words.context
    return [
      .text("number", "", width: 7) { _ in "" },
      .text("name", words.text("facility.name"), width: 28) { $0.priced.facility.name },
      .text("site", words.text("balance.site"), width: 24) {
        context.names.short($0.priced.facility.site)
      },
      .text("fate", words.text("facility.fate"), width: 26) { $0.fate },
      SheetColumn(
        "capital", words.head("criterion.capital", words.money), width: 13, isNumber: true
      ) { plant, _ in
        words.known(
          plant.priced.facility.capital == nil ? nil : plant.priced.capital.typical,
          words.moneyFormat)
      },
    ]
  }

  private static func legColumns(_ words: SheetWords, _ ledger: LedgerSheet)
    -> [SheetColumn<(PlannedLeg, LedgerItem)>]
  {
    typealias Column = SheetColumn<(PlannedLeg, LedgerItem)>
    let context = words.context
    let year = context.language.text("format.per-year", ["value": ""])
    var columns: [Column] = [
      Column("number", words.text("sheet.number"), width: 7) { leg, _ in
        Spreadsheet.Cell(leg.1.labelValue, SheetLook.strong)
      },
      .text("from", words.text("sheet.donor"), width: 28) { context.names.short($0.0.leg.giver) },
      .text("to", words.text("sheet.receiver"), width: 24) { context.names.short($0.0.leg.taker) },
      .text("material", words.text("sheet.stream"), width: 26) {
        context.material($0.0.leg.material)
      },
      .figure("quantity", words.text("table.quantity"), width: 13) { $0.0.quantity },
      .figure("delivers", words.text("sheet.delivers"), width: 13) { $0.0.delivered },
      .text("unit", words.text("assumptions.unit"), width: 10) {
        context.language.unitText(
          context.park.material($0.0.leg.material)?.referenceUnit.id ?? "") + year
      },
      Column("law", words.text("table.law"), width: 20) { leg, _ in
        words.effect(leg.0.leg.verdict?.effect)
      },
    ]
    columns += words.range(
      "money", "figure.money", words.moneyPerYear, words.moneyFormat, isSummed: true
    ) { ledger.range($0.1, $0.0.money) }
    columns += words.range(
      "capital", "criterion.capital", words.money, words.moneyFormat, isSummed: true
    ) { RangeCell($0.0.capital) }
    columns += words.range(
      "carbon", "figure.carbon", words.carbonPerYear, words.carbonFormat, isSummed: true
    ) { ledger.range($0.1, $0.0.carbon / SheetWords.kgPerTonne) }
    return columns
  }
}

/// Efficiency measures, taken or not.
struct MeasuresSheet {
  let sheet: Spreadsheet.Sheet
  let table: PlacedTable

  /// - Returns: `nil` for a park without measures.
  init?(_ words: SheetWords, items: [LedgerItem], ledger: LedgerSheet, name: String) {
    let context = words.context
    guard let view = MeasuresView(context) else { return nil }
    let own = items.filter { $0.kind == .measure }
    var layout = SheetLayout(name: name, title: words.text("measure.title"))
    layout.paragraph(view.summary)
    table = layout.table(
      Self.columns(words, ledger, view), Array(zip(own, context.measures)),
      total: words.text("sheet.total"))
    let taken = Set(context.measures.map(\.planned.option.id))
    let left = MeasureBook(park: context.park).measures.filter { !taken.contains($0.option.id) }
      .sorted { $0.option.id < $1.option.id }
    if !left.isEmpty {
      layout.heading(words.text("sheet.measures.left"))
      layout.table(
        Self.leftColumns(words), Array(zip(left, view.measureRows.dropFirst(own.count))))
    }
    sheet = layout.sheet()
  }

  private static func columns(
    _ words: SheetWords, _ ledger: LedgerSheet, _ view: MeasuresView
  ) -> [SheetColumn<(LedgerItem, RankedMeasure)>] {
    typealias Column = SheetColumn<(LedgerItem, RankedMeasure)>
    let context = words.context
    // Those that are taken stand first, in the order of the plan.
    func row(_ item: LedgerItem) -> MeasuresView.Row { view.measureRows[item.number - 1] }
    var columns: [Column] = [
      Column("number", words.text("sheet.number"), width: 7) { measure, _ in
        Spreadsheet.Cell(measure.0.labelValue, SheetLook.strong)
      },
      .text("name", words.text("measure.name"), width: 30) { $0.0.name },
      .text("site", words.text("balance.site"), width: 24) { context.names.short($0.0.donor) },
      .text("status", words.text("measure.status"), width: 14) { row($0.0).status },
      .text("effect", words.text("measure.effect"), width: 26) { row($0.0).effect },
    ]
    columns += words.range(
      "money", "figure.money", words.moneyPerYear, words.moneyFormat, isSummed: true
    ) { ledger.range($0.0, $0.1.planned.money) }
    columns += words.range(
      "carbon", "figure.carbon", words.carbonPerYear, words.carbonFormat, isSummed: true
    ) { ledger.range($0.0, $0.1.planned.carbon / SheetWords.kgPerTonne) }
    columns += words.range(
      "capital", "criterion.capital", words.money, words.moneyFormat, isSummed: true
    ) { RangeCell($0.1.planned.capital) }
    columns.append(
      .text("confidence", words.text("table.confidence"), width: 13) { row($0.0).confidence.word })
    return columns
  }

  /// What the measures would bring, which is no part of any sum.
  private static func leftColumns(_ words: SheetWords)
    -> [SheetColumn<(PricedMeasure, MeasuresView.Row)>]
  {
    typealias Column = SheetColumn<(PricedMeasure, MeasuresView.Row)>
    func isKnown(_ measure: PricedMeasure, _ term: LedgerTerm? = nil) -> Bool {
      measure.lines.allSatisfy { (term != nil && $0.term != term) || $0.money.value != nil }
    }
    let columns: [Column] = [
      .text("number", "", width: 7) { _ in "" },
      .text("name", words.text("measure.name"), width: 30) { $0.1.name },
      .text("site", words.text("balance.site"), width: 24) { $0.1.site },
      .text("status", words.text("measure.status"), width: 14) { $0.1.status },
      .text("fate", words.text("measure.fate"), width: 26) { $0.1.fate },
    ]
    return columns
      + words.range("money", "figure.money", words.moneyPerYear, words.moneyFormat) {
        RangeCell(isKnown($0.0) ? $0.0.money : nil)
      }
      + words.range("carbon", "figure.carbon", words.carbonPerYear, words.carbonFormat) {
        RangeCell($0.0.option.co2.map { Estimate($0) })
      }
      + words.range("capital", "criterion.capital", words.money, words.moneyFormat) {
        RangeCell(isKnown($0.0, .capital) ? $0.0.capital : nil)
      }
  }
}

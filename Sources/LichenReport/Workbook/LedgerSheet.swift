import LichenDomain
import LichenGraph
import LichenIO

/// Every line of every exchange, plant, leg and measure, which the other sheets add up.
struct LedgerSheet {
  private struct Row {
    let item: LedgerItem
    let line: LedgerLine
  }

  let sheet: Spreadsheet.Sheet
  private let table: PlacedTable
  /// Rows of the sheet by item.
  private let blocks: [String: Range<Int>]
  private let namesRows: Bool

  /// Lines that a sheet holds; those of the least valuable exchanges of a region beyond it are left
  /// out, whole exchanges at a time.
  private static let most = 200_000
  /// Comparisons up to which programs add up by label in a moment.
  private static let fast = 20_000_000

  /// - Parameter fastComparisons: Beyond so many, sums name the rows of an item instead of its label.
  init(
    _ words: SheetWords, items: [LedgerItem], name: String, fastComparisons: Int = Self.fast
  ) {
    let language = words.language
    var rows: [Row] = []
    var told: [LedgerItem] = []
    for item in items where rows.count + item.lines.count <= Self.most {
      rows += item.lines.map { Row(item: item, line: $0) }
      told.append(item)
    }
    namesRows = told.count * rows.count > fastComparisons
    var layout = SheetLayout(name: name, title: words.text("sheet.ledger.title"))
    layout.paragraph(words.text("sheet.ledger.lead"), SheetLook.note)
    if told.count < items.count {
      layout.paragraph(
        language.text(
          "report.cut",
          [
            "count": language.number(Double(told.count)),
            "all": language.number(Double(items.count)),
          ]), SheetLook.note)
    }
    table = layout.table(Self.columns(words), rows)
    sheet = layout.sheet(frozenColumns: 1, canFilter: !namesRows)
    var blocks: [String: Range<Int>] = [:]
    var start = table.rows.lowerBound
    for item in told {
      blocks[item.label] = start..<(start + item.lines.count)
      start += item.lines.count
    }
    self.blocks = blocks
  }

  /// The sum of an item's lines in a column, by the label in a cell of the asking sheet.
  /// - Parameter value: The sum.
  func sum(_ column: String, of item: LedgerItem, label: String, value: Double)
    -> Spreadsheet.Value
  {
    guard let block = blocks[item.label], !block.isEmpty, let sums = table.range(column),
      let labels = table.range("number")
    else { return .number(value) }
    if namesRows, let part = table.range(column, rows: block) {
      return .formula("SUM(\(part))", value: value)
    }
    return .formula("SUMIFS(\(sums),\(labels),\(label))", value: value)
  }

  /// A range whose cells add up an item's lines; the asking sheet has the label in its first column.
  func range(_ item: LedgerItem, _ estimate: Estimate) -> RangeCell {
    .known(
      estimate,
      formula: { column, value, place in
        sum(column, of: item, label: CellReference.cell(row: place, column: 0), value: value)
      })
  }

  private static func columns(_ words: SheetWords) -> [SheetColumn<Row>] {
    typealias Column = SheetColumn<Row>
    let language = words.language
    let names = words.context.names
    var columns = [
      Column("number", words.text("sheet.number"), width: 7) { row, _ in
        Spreadsheet.Cell(row.item.labelValue, SheetLook.strong)
      },
      Column.text("kind", words.text("sheet.kind"), width: 11) {
        language.text("sheet.kind.\($0.item.kind.rawValue)")
      },
      Column.text("name", words.text("sheet.what"), width: 30) { $0.item.name },
      Column.text("term", words.text("ledger.term"), width: 24) {
        language.text("term.\($0.line.term.rawValue)")
      },
      Column.text("bearer", words.text("sheet.bearer"), width: 24) { row in
        language.list(row.item.bearers(of: row.line).map(names.short))
      },
    ]
    columns += words.range("money", "figure.money", words.moneyPerYear, words.moneyFormat) {
      RangeCell($0.line.money.value)
    }
    columns += origin("money", words, { $0.line.money })
    columns += words.range("carbon", "figure.carbon", words.carbonPerYear, words.carbonFormat) {
      RangeCell($0.line.carbon.value.map { $0 / SheetWords.kgPerTonne })
    }
    columns += origin("carbon", words, { $0.line.carbon })
    columns += [
      Column.text("remark", words.text("sheet.remark"), width: 24) { row in
        row.line.remark.map { language.text($0) } ?? ""
      },
      Column.text(
        "money-rows", words.text("sheet.money-rows"), width: 50, look: SheetLook.line
      ) { ResultTables.words($0.line.money.references) },
      Column.text(
        "carbon-rows", words.text("sheet.carbon-rows"), width: 50, look: SheetLook.line
      ) { ResultTables.words($0.line.carbon.references) },
    ]
    return columns
  }

  /// Basis and confidence of an amount; nothing where nothing flows.
  private static func origin(
    _ id: String, _ words: SheetWords, _ amount: @escaping (Row) -> LedgerAmount
  ) -> [SheetColumn<Row>] {
    func said(_ row: Row) -> LedgerAmount? {
      let amount = amount(row)
      return amount.value == nil || amount.value == .zero ? nil : amount
    }
    return [
      .text("\(id)-basis", words.text("ledger.basis"), width: 13) { row in
        said(row)?.basis.map { words.text("basis.\($0.rawValue)") } ?? ""
      },
      .text("\(id)-confidence", words.text("table.confidence"), width: 12) { row in
        words.confidence(said(row)?.confidence)
      },
    ]
  }
}

extension LedgerItem {
  /// The label as it stands in cells: ranks are numbers.
  var labelValue: Spreadsheet.Value {
    kind == .exchange ? .number(Double(number)) : .text(label)
  }
}

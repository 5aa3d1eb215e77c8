import LichenIO

/// The answer to one question about the plan: its texts and tables.
enum AnalysisSheet {
  static func sheet(_ section: AnalysisSection, language: Language, name: String)
    -> Spreadsheet.Sheet
  {
    var layout = SheetLayout(name: name, title: section.title)
    layout.paragraph(section.lead)
    for block in section.blocks {
      switch block {
      case .heading(let text): layout.heading(text)
      case .paragraph(let text): layout.paragraph(text)
      case .note(let text): layout.paragraph(text, SheetLook.note)
      // A drawing's numbers stand in the tables beside it.
      case .chart(let chart): layout.paragraph(chart.caption, SheetLook.note)
      case .table(let table): add(table, language, &layout)
      }
    }
    return layout.sheet()
  }

  private static func add(
    _ table: AnalysisTable, _ language: Language, _ layout: inout SheetLayout
  ) {
    let columns = table.columns.enumerated().map { index, column in
      SheetColumn<(cells: [String], isTotal: Bool)>(
        String(index), column.title, width: column.isNumber ? 16 : 34, isNumber: column.isNumber
      ) { row, _ in
        let text = row.cells[index]
        guard column.isNumber, let shown = language.shownNumber(text) else {
          return Spreadsheet.Cell(
            .text(text), row.isTotal ? SheetLook.total() : SheetLook.text)
        }
        return Spreadsheet.Cell(
          .number(shown.value),
          row.isTotal ? SheetLook.total(shown.format) : SheetLook.number(shown.format))
      }
    }
    layout.table(
      columns,
      table.rows.map { (cells: $0, isTotal: false) }
        + (table.total.isEmpty ? [] : [(cells: table.total, isTotal: true)]))
  }
}

extension Language {
  /// The number that a text of this language shows, with the digits that it shows; `nil` for any text
  /// that `number(_:decimals:)`, `signed(_:decimals:)` or `percent(_:decimals:)` would not write.
  func shownNumber(_ text: String) -> (value: Double, format: Spreadsheet.NumberFormat)? {
    let plain = text.replacing(minus, with: "-").replacing(groupMark, with: "")
      .replacing(decimalMark, with: ".").filter { $0 != "%" && !$0.isWhitespace }
    guard let value = Double(plain), value.isFinite else { return nil }
    let decimals =
      plain.firstIndex(of: ".").map {
        plain.distance(from: plain.index(after: $0), to: plain.endIndex)
      } ?? 0
    guard decimals <= 6 else { return nil }
    let format: Spreadsheet.NumberFormat = decimals == 0 ? .whole : .decimals(decimals)
    if text == number(value, decimals: decimals) || text == signed(value, decimals: decimals) {
      return (value, format)
    }
    return decimals <= 4 && text == percent(value / 100, decimals: decimals)
      ? (value / 100, .percent(decimals)) : nil
  }
}

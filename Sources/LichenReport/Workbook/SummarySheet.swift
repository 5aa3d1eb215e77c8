import LichenDomain
import LichenIO

/// The decision page: verdict, what the plan brings, part by part, proof, doubts, next steps.
struct SummarySheet {
  let sheet: Spreadsheet.Sheet

  /// One row of the sum.
  private struct Part {
    let name: String
    /// By column: money and its ends, CO2e and its ends, capital and its ends.
    let values: [String: Spreadsheet.Value]
  }

  /// Tables of the other sheets that the plan adds up to.
  struct Parts {
    let exchanges: PlacedTable
    let permits: PlacedTable
    /// Plants and legs.
    let plants: PlantsSheet?
    let measures: MeasuresSheet?
  }

  init(_ words: SheetWords, _ report: Report, _ parts: Parts, name: String) {
    let context = words.context
    let decision = DecisionView(context)
    var layout = SheetLayout(name: name, title: decision.heading)
    layout.paragraph(decision.eyebrow, SheetLook.note)
    layout.paragraph(decision.verdict)
    if context.hasPlan {
      layout.heading(words.text("sheet.brings"))
      layout.table(
        Self.columns(words), Self.rows(words, parts),
        total: words.text(
          context.edition.isWhole
            ? "sheet.plan" : context.edition.enterprise == nil ? "table.shown" : "table.own"))
      layout.paragraph(words.text("sheet.live"), SheetLook.note)
      Self.withheld(&layout, words, decision)
    }
    layout.heading(words.text("proof.title"))
    for item in decision.proof {
      let label = item.label.hasSuffix(":") ? String(item.label.dropLast()) : item.label
      layout.paragraph("\(label): \(item.strong)")
    }
    if context.hasPlan {
      layout.heading(words.text("sheet.sure"))
      for figure in decision.figures {
        let value = [figure.figure, figure.figureUnit].filter { !$0.isEmpty }
          .joined(separator: " ")
        layout.paragraph(
          (["\(figure.caption): \(value)"] + figure.notes).joined(separator: " · "))
      }
    }
    Self.doubts(&layout, words, report)
    if decision.hasTodos {
      layout.heading(words.text("todo.title"))
      for (index, todo) in decision.todos.enumerated() {
        layout.paragraph("\(index + 1). \(todo.lead)\(todo.rest) (\(todo.detail))")
      }
    }
    layout.paragraph(words.text("law.disclaimer"), SheetLook.note)
    sheet = layout.sheet(keepsHeader: false)
  }

  /// What the edition leaves out.
  private static func withheld(
    _ layout: inout SheetLayout, _ words: SheetWords, _ decision: DecisionView
  ) {
    for note in decision.notes.withheldNotes { layout.paragraph(note) }
    for table in decision.notes.tables {
      layout.heading(words.text("edition.withheld"))
      for row in table.withheldRows {
        layout.paragraph("\(row.pair): \(row.stream) · \(row.law.word)")
      }
      layout.paragraph(words.text("edition.withheld-note"), SheetLook.note)
    }
  }

  private static func doubts(
    _ layout: inout SheetLayout, _ words: SheetWords, _ report: Report
  ) {
    guard let view = UncertaintyView(words.context, report.extras.uncertainty) else { return }
    layout.heading(words.text("uncertainty.title"))
    layout.paragraph(view.spreadText)
    for row in view.measurementRows {
      layout.paragraph(
        "\(row.measureNumber). \(row.measureWhat): \(row.measureRange) (\(row.measureWhy))")
    }
  }

  private static let ends = ["", "-low", "-high"]

  private static func columns(_ words: SheetWords) -> [SheetColumn<Part>] {
    func column(_ id: String, _ title: String, _ format: Spreadsheet.NumberFormat)
      -> SheetColumn<Part>
    {
      SheetColumn(id, title, width: 15, isSummed: true) { part, _ in
        Spreadsheet.Cell(part.values[id] ?? .blank, SheetLook.number(format))
      }
    }
    func three(
      _ id: String, _ key: String, _ unit: String, _ format: Spreadsheet.NumberFormat
    ) -> [SheetColumn<Part>] {
      zip(ends, [key, "assumptions.low", "assumptions.high"]).map {
        column("\(id)\($0)", words.head($1, unit), format)
      }
    }
    return [.text("part", words.text("sheet.part"), width: 34) { $0.name }]
      + three("money", "figure.money", words.moneyPerYear, words.moneyFormat)
      + three("carbon", "figure.carbon", words.carbonPerYear, words.carbonFormat)
      + three("capital", "criterion.capital", words.money, words.moneyFormat)
  }

  private static func rows(_ words: SheetWords, _ parts: Parts) -> [Part] {
    var rows = [
      part(words.text("table.exchanges"), parts.exchanges, ["money", "carbon", "capital"])
    ]
    rows.append(permits(words, parts.permits))
    if let plants = parts.plants {
      rows.append(part(words.text("facility.title"), plants.plants, ["money", "capital"]))
      rows.append(part(words.text("sheet.legs"), plants.legs, ["money", "carbon", "capital"]))
    }
    if let measures = parts.measures {
      rows.append(
        part(words.text("sheet.measures"), measures.table, ["money", "carbon", "capital"]))
    }
    return rows
  }

  private static func part(_ name: String, _ table: PlacedTable, _ columns: [String]) -> Part {
    var values: [String: Spreadsheet.Value] = [:]
    for column in columns {
      for end in ends { values[column + end] = table.total(column + end) }
    }
    return Part(name: name, values: values)
  }

  /// Permits cost: the low end of the gain is the high end of the cost.
  private static func permits(_ words: SheetWords, _ table: PlacedTable) -> Part {
    func negative(_ value: Spreadsheet.Value) -> Spreadsheet.Value {
      guard case .formula(let formula, let value) = value else { return value }
      return .formula("-\(formula)", value: value == 0 ? 0 : -value)
    }
    var values: [String: Spreadsheet.Value] = [:]
    for (end, other) in zip(ends, ["", "-high", "-low"]) {
      values["money\(end)"] = negative(table.total("annual\(other)"))
      values["capital\(end)"] = table.total("once\(end)")
    }
    return Part(name: words.text("sheet.permits"), values: values)
  }
}

/// A section of the report with the answer to one question.
struct AnalysisView {
  struct Block {
    var heading: [String] = []
    var paragraph: [String] = []
    var note: [String] = []
    var chart: [Chart] = []
    var grid: [Grid] = []
  }

  struct Chart {
    let wide: String
    let narrow: String
    let caption: String
  }

  struct Grid {
    /// Anchor of the caption, which names the table and the region that scrolls it.
    let gridID: String
    let gridCaption: String
    let headers: [Cell]
    let gridRows: [Row]
    let totalCells: [Row]
  }

  struct Row { let cells: [Cell] }

  struct Cell {
    let cell: String
    let alignment: String
    /// The first cell of a row names it.
    let isHead: Bool
    let isBlank: Bool
  }

  let anchor: String
  let letter: String
  let sectionTitle: String
  let sectionLead: String
  let blocks: [Block]

  /// Widths of the two drawings [px]: for screens and paper, and for phones.
  private static let widths = (wide: 860.0, narrow: 360.0)
  init(_ section: AnalysisSection, letter: String) {
    anchor = section.id
    self.letter = letter
    sectionTitle = section.title
    sectionLead = section.lead
    // A table is named by the heading above it.
    var title = section.title
    blocks = section.blocks.enumerated().map { index, block in
      if case .heading(let text) = block { title = text }
      return Self.block(block, id: "\(section.id)-\(index + 1)", title: title)
    }
  }

  private static func block(_ block: AnalysisSection.Block, id: String, title: String) -> Block {
    var made = Block()
    switch block {
    case .heading(let text): made.heading = [text]
    case .paragraph(let text): made.paragraph = [text]
    case .note(let text): made.note = [text]
    case .chart(let chart):
      made.chart = [
        Chart(
          wide: chart.svg(width: widths.wide), narrow: chart.svg(width: widths.narrow),
          caption: chart.caption)
      ]
    case .table(let table):
      func row(_ cells: [String]) -> Row {
        Row(
          cells: zip(table.columns, cells).enumerated().map { index, pair in
            Cell(
              cell: pair.1, alignment: pair.0.isNumber ? "r" : "l",
              isHead: index == 0 && !pair.1.isEmpty, isBlank: pair.1.isEmpty)
          })
      }
      made.grid = [
        Grid(
          gridID: id, gridCaption: title,
          headers: row(table.columns.map(\.title)).cells, gridRows: table.rows.map(row),
          totalCells: table.total.isEmpty ? [] : [row(table.total)])
      ]
    }
    return made
  }
}

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
    let headers: [Cell]
    let gridRows: [Row]
    let totalCells: [Row]
  }

  struct Row { let cells: [Cell] }

  struct Cell {
    let cell: String
    let alignment: String
  }

  let anchor: String
  let letter: String
  let sectionTitle: String
  let sectionLead: String
  let blocks: [Block]

  /// Widths of the two drawings [px]: for screens and paper, and for phones.
  private static let widths = (wide: 860.0, narrow: 360.0)
  /// Sections A to H belong to the match itself.
  private static let firstLetter = UnicodeScalar("I").value

  /// - Parameter index: Place among the sections, from 0; after Z, letters double.
  init(_ section: AnalysisSection, index: Int) {
    anchor = section.id
    let value = Self.firstLetter + UInt32(index)
    let last = UnicodeScalar("Z").value
    letter =
      value <= last
      ? String(UnicodeScalar(value).map(Character.init) ?? "Z")
      : "A" + String(UnicodeScalar(value - 26).map(Character.init) ?? "Z")
    sectionTitle = section.title
    sectionLead = section.lead
    blocks = section.blocks.map(Self.block)
  }

  private static func block(_ block: AnalysisSection.Block) -> Block {
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
          cells: zip(table.columns, cells).map {
            Cell(cell: $0.1, alignment: $0.0.isNumber ? "r" : "l")
          })
      }
      made.grid = [
        Grid(
          headers: row(table.columns.map(\.title)).cells, gridRows: table.rows.map(row),
          totalCells: table.total.isEmpty ? [] : [row(table.total)])
      ]
    }
    return made
  }
}

import LichenDomain

/// Draws donors × receivers: squares whose area is the yearly tonnage, sums at the edges.
struct MatrixDrawing: Sendable {
  let layout: MatrixLayout
  private let context: ReportContext
  private let format: MatrixFormat
  private let unit: (factor: Double, decimals: Int, text: String)

  init(_ context: ReportContext, format: MatrixFormat) {
    self.context = context
    self.format = format
    layout = MatrixLayout(context.exchanges.map { PlannedFlow($0) }, format: format) {
      FlowGroups.enterprises($0, limit: $1, context: context)
    }
    unit =
      layout.total >= 2e5
      ? (1000, 1, context.language.text("mass.kilotonne"))
      : (1, 0, context.language.text("mass.tonne"))
  }

  var unitText: String { unit.text }

  // MARK: Places

  /// The grid without names and sums [px].
  var grid: Box {
    let room = format.width - format.labelWidth - format.totalWidth - 8
    let cell = min(format.widest, room / Double(max(1, layout.columns.count)))
    return Box(
      x: format.labelWidth, y: format.headLength * 0.72 + format.lineHeight + 4,
      width: cell * Double(layout.columns.count),
      height: rowHeight(cell) * Double(layout.rows.count))
  }

  private func rowHeight(_ cell: Double) -> Double { max(format.lineHeight + 2, min(cell, 30)) }
  private var cellWidth: Double { grid.width / Double(max(1, layout.columns.count)) }
  private var cellHeight: Double { grid.height / Double(max(1, layout.rows.count)) }
  /// Room for the upright sums below the grid.
  private var footHeight: Double {
    let texts = totals(layout.columnTotals)
    return 12 + (texts.map { TextMetrics.width($0, size: format.fontSize) }.max() ?? 0)
  }
  var height: Double { grid.maxY + footHeight + 2 * format.lineHeight }

  func middle(row: Int, column: Int) -> Point {
    Point(
      x: grid.x + (Double(column) + 0.5) * cellWidth,
      y: grid.y + (Double(row) + 0.5) * cellHeight)
  }

  // MARK: Drawing

  func svg() -> String {
    var svg = SVG()
    drawGrid(into: &svg)
    for (row, node) in layout.rows.enumerated() {
      let y = middle(row: row, column: 0).y + format.fontSize * 0.35
      let name = TextMetrics.clip(
        node.name, width: format.labelWidth - 10, size: format.fontSize)
      label(name, whole: node.name, at: Point(x: grid.x - 6, y: y), "end", node, into: &svg)
    }
    for (column, node) in layout.columns.enumerated() {
      let x = middle(row: 0, column: column).x
      let name = TextMetrics.clip(node.name, width: format.headLength, size: format.fontSize)
      let turn = "transform=\"translate(\(SVG.number(x)) \(SVG.number(grid.y - 5))) rotate(-45)\""
      svg.group(turn) { svg in
        label(name, whole: node.name, at: Point(x: 0, y: 0), "start", node, into: &svg)
      }
    }
    drawTotals(into: &svg)
    for cell in layout.cells { draw(cell, into: &svg) }
    return svg.drawing(
      width: format.width, height: height, label: context.language.text("matrix.title"),
      "class=\"mx\" font-size=\"\(SVG.number(format.fontSize))\"")
  }

  private func label(
    _ text: String, whole: String, at point: Point, _ anchor: String, _ node: FlowGroups.Node,
    into svg: inout SVG
  ) {
    let style = node.isGroup ? "class=\"sub\"" : ""
    if text == whole {
      svg.text(text, at: point, anchor: anchor, style)
    } else {
      svg.group("class=\"nm\"", title: whole) { $0.text(text, at: point, anchor: anchor, style) }
    }
  }

  private func drawGrid(into svg: inout SVG) {
    var data = ""
    for row in 0...layout.rows.count {
      data += "M\(SVG.number(grid.x)) \(SVG.number(grid.y + Double(row) * cellHeight))"
      data += "H\(SVG.number(grid.maxX))"
    }
    for column in 0...layout.columns.count {
      data += "M\(SVG.number(grid.x + Double(column) * cellWidth)) \(SVG.number(grid.y))"
      data += "V\(SVG.number(grid.maxY))"
    }
    svg.path(data, "class=\"gr\"")
    svg.path(SVG.polygon(corners(grid)), "class=\"ax\"")
  }

  private func corners(_ box: Box) -> [Point] {
    [
      Point(x: box.x, y: box.y), Point(x: box.maxX, y: box.y), Point(x: box.maxX, y: box.maxY),
      Point(x: box.x, y: box.maxY),
    ]
  }

  private func drawTotals(into svg: inout SVG) {
    let size = format.fontSize * 0.35
    for (row, text) in totals(layout.rowTotals).enumerated() {
      svg.text(
        text, at: Point(x: grid.maxX + format.totalWidth, y: middle(row: row, column: 0).y + size),
        anchor: "end", "class=\"sub\"")
    }
    for (column, text) in totals(layout.columnTotals).enumerated() {
      let x = middle(row: 0, column: column).x + size
      svg.group(
        "transform=\"translate(\(SVG.number(x)) \(SVG.number(grid.maxY + 6))) rotate(-90)\""
      ) { $0.text(text, at: Point(x: 0, y: 0), anchor: "end", "class=\"sub\"") }
    }
    // Below the sums of columns, because it is wider than any of a row.
    let corner = Point(
      x: grid.maxX + format.totalWidth, y: grid.maxY + footHeight + 0.6 * format.lineHeight)
    svg.text(number(layout.total), at: corner, anchor: "end", "class=\"b\"")
    svg.text(
      context.language.text("format.per-year", ["value": unit.text]),
      at: Point(x: corner.x, y: corner.y + format.lineHeight), anchor: "end", "class=\"sub\"")
  }

  /// Sums as printed: they add up to the printed total.
  func totals(_ values: [Double]) -> [String] {
    let power = unit.decimals == 0 ? 1.0 : 10
    let scaled = values.map { $0 / unit.factor * power }
    let whole = (layout.total / unit.factor * power).rounded()
    return zip(values, ControlledRounding.round(scaled, total: whole)).map { value, rounded in
      value > 0 && rounded == 0
        ? "<" + context.language.number(1 / power, decimals: unit.decimals)
        : value == 0
          ? "–"
          : context.language.number(rounded / power, decimals: unit.decimals)
    }
  }

  private func number(_ tonnes: Double) -> String {
    context.language.number(tonnes / unit.factor, decimals: unit.decimals)
  }

  /// Smaller squares show neither colour nor edge [px].
  static let leastSide = 4.0
  /// Smaller squares have no room for several statuses or a dashed edge [px].
  private static let divided = 8.0
  /// Narrower cells have no room for a number [px].
  private static let numbered = 22.0

  /// Edge of the square of a tonnage [px].
  func side(_ tonnes: Double) -> Double {
    let full = min(cellWidth, cellHeight) - 4
    guard layout.largest > 0 else { return full }
    return min(full, max(Self.leastSide, (tonnes / layout.largest).squareRoot() * full))
  }

  private func draw(_ cell: MatrixLayout.Cell, into svg: inout SVG) {
    let centre = middle(row: cell.row, column: cell.column)
    let mark = ExchangeMark(cell.ranks)
    svg.group("class=\"cell \(cell.effect.styleClass)\" \(mark)", title: title(cell)) { svg in
      if cell.tonnes > 0 {
        let side = side(cell.tonnes)
        var x = centre.x - side / 2
        // Too small for several: the strictest status stands for all.
        let parts =
          side < Self.divided ? [(effect: cell.effect, tonnes: cell.tonnes)] : cell.parts
        let small = side < Self.divided ? " sm" : ""
        for part in parts {
          let width = side * part.tonnes / cell.tonnes
          let box = Box(x: x, y: centre.y - side / 2, width: width, height: side)
          let dash = side < Self.divided ? "" : part.effect.dash(width: 1)
          svg.rectangle(
            box, "class=\"mc \(part.effect.styleClass)\(small)\" \(dash)")
          x += width
        }
      } else {
        svg.circle(centre, radius: 3, "class=\"mc mo\"")
      }
      if cell.ranks.count == 1, let rank = cell.ranks.first, cellWidth >= Self.numbered,
        TextMetrics.width(String(rank), size: 10.6) < cellWidth - 3
      {
        // In the corner, where a small square stays visible.
        svg.text(
          String(rank),
          at: Point(x: centre.x + cellWidth / 2 - 2, y: centre.y + cellHeight / 2 - 2.5),
          anchor: "end", "class=\"halo sub\" font-size=\"10.6\"")
      }
    }
  }

  private func title(_ cell: MatrixLayout.Cell) -> String {
    let pair = context.language.text(
      "exchange.pair",
      ["from": layout.rows[cell.row].name, "to": layout.columns[cell.column].name])
    let amount =
      cell.tonnes > 0
      ? context.language.mass(tonnes: cell.tonnes) : context.language.text("matrix.massless")
    let shown = cell.ranks.count <= 12
    let what =
      shown
      ? context.rankList(cell.ranks)
      : context.language.plural("flow.count", count: cell.ranks.count)
    return "\(what) \(pair): \(amount)"
  }
}

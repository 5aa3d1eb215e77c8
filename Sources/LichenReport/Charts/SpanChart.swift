/// Rows of spans over time, as in a Gantt chart.
public struct SpanChart: Sendable {
  public enum Style: Sendable {
    /// Waiting, such as for a permit: hollow.
    case waiting
    /// Building: hatched.
    case building
    /// Running: filled.
    case running
  }

  public struct Span: Sendable {
    public let from: Double
    public let to: Double
    public let style: Style

    public init(from: Double, to: Double, style: Style) {
      self.from = from
      self.to = to
      self.style = style
    }
  }

  public struct Row: Sendable {
    public let name: String
    public let spans: [Span]

    public init(_ name: String, spans: [Span]) {
      self.name = name
      self.spans = spans
    }
  }

  public let rows: [Row]
  /// Starts of the columns with their names, ascending, and the end of the last.
  public let columns: [(start: Double, name: String)]
  public let end: Double
  /// Words for the styles in use.
  public let legend: [(style: Style, name: String)]

  public init(
    rows: [Row], columns: [(start: Double, name: String)], end: Double,
    legend: [(style: Style, name: String)]
  ) {
    self.rows = rows
    self.columns = columns
    self.end = end
    self.legend = legend
  }

  private static let row = 22.0

  func svg(width: Double, label: String) -> String {
    let isNarrow = width < 500
    let longest = rows.map { TextMetrics.width($0.name, size: 12) }.max() ?? 0
    let names = min(longest + 10, width * (isNarrow ? 0.42 : 0.36))
    let first = columns.first?.start ?? 0
    let span = max(end - first, 1e-9)
    let room = width - names - 8
    func x(_ value: Double) -> Double {
      names + (min(max(value, first), end) - first) / span * room
    }
    var svg = SVG()
    drawLegend(&svg, left: names)
    let top = 44.0
    let bottom = top + Double(rows.count) * Self.row
    let every = max(1, Int((46 * Double(columns.count) / room).rounded(.up)))
    for (index, column) in columns.enumerated() {
      svg.path(
        "M\(SVG.number(x(column.start))) \(SVG.number(top - 4))V\(SVG.number(bottom))",
        "class=\"gr\"")
      if index % every == 0 {
        svg.text(
          column.name, at: Point(x: x(column.start) + 3, y: top - 8), anchor: "start",
          "class=\"sub\" font-size=\"11\"")
      }
    }
    for (index, row) in rows.enumerated() {
      let y = top + Double(index) * Self.row
      svg.group("font-size=\"12\"", title: row.name) { group in
        group.text(
          TextMetrics.clip(row.name, width: (names - 8) * 0.9, size: 12),
          at: Point(x: names - 8, y: y + 15), anchor: "end")
        for span in row.spans {
          let box = Box(
            x: x(span.from), y: y + 5, width: max(1, x(span.to) - x(span.from)), height: 12)
          Self.draw(span.style, box, into: &group)
        }
      }
    }
    return svg.drawing(width: width, height: bottom + 6, label: label, "class=\"chart\"")
  }

  private func drawLegend(_ svg: inout SVG, left: Double) {
    var x = left
    for item in legend {
      Self.draw(item.style, Box(x: x, y: 4, width: 22, height: 10), into: &svg)
      svg.text(item.name, at: Point(x: x + 28, y: 13), anchor: "start", "font-size=\"11\"")
      x += TextMetrics.width(item.name, size: 11) + 46
    }
  }

  private static func draw(_ style: Style, _ box: Box, into svg: inout SVG) {
    switch style {
    case .waiting: svg.rectangle(box, "class=\"bo\"")
    case .running: svg.rectangle(box, "class=\"b1\"")
    case .building:
      svg.rectangle(box, "class=\"b2\" fill-opacity=\".35\"")
      svg.rectangle(box, "class=\"bo\"")
      var x = box.x + 4
      while x < box.maxX {
        svg.path("M\(SVG.number(x)) \(SVG.number(box.y))v\(SVG.number(box.height))", "class=\"ax\"")
        x += 4
      }
    }
  }
}

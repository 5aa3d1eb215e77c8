/// Lines, steps or dots over two linear axes; series differ by dash and mark, because colour is the law's.
public struct PlotChart: Sendable {
  public struct Series: Sendable {
    public enum Form: Sendable { case line, steps, dots, lineWithDots }

    public let name: String
    public let points: [(x: Double, y: Double)]
    public let form: Form

    public init(_ name: String, _ points: [(x: Double, y: Double)], form: Form = .line) {
      self.name = name
      self.points = points
      self.form = form
    }
  }

  public struct Axis: Sendable {
    public let title: String
    public let holdsZero: Bool

    public init(_ title: String, holdsZero: Bool = false) {
      self.title = title
      self.holdsZero = holdsZero
    }
  }

  /// A word beside one point.
  public struct Mark: Sendable {
    public let x: Double
    public let y: Double
    public let text: String

    public init(x: Double, y: Double, text: String) {
      self.x = x
      self.y = y
      self.text = text
    }
  }

  public let x: Axis
  public let y: Axis
  public let series: [Series]
  public let marks: [Mark]
  private let number: @Sendable (Double, Int) -> String

  /// - Parameter language: Writes the numbers of the axes.
  public init(
    x: Axis, y: Axis, series: [Series], marks: [Mark] = [], language: Language
  ) {
    self.x = x
    self.y = y
    self.series = series
    self.marks = marks
    number = { language.number($0, decimals: $1) }
  }

  private static let dashes = ["", "6 4", "2 3", "9 3 2 3"]

  func svg(width: Double, label: String) -> String {
    let isNarrow = width < 500
    let height = isNarrow ? 260.0 : 320
    let all = series.flatMap(\.points)
    let across = ChartAxis(
      all.map(\.x), holdsZero: x.holdsZero, steps: isNarrow ? 3 : 6, isTight: true)
    let up = ChartAxis(all.map(\.y), holdsZero: y.holdsZero)
    let words = up.ticks.map { number($0, up.decimals) }
    let left = (words.map { TextMetrics.width($0, size: 11) }.max() ?? 0) + 12
    let named = series.filter { !$0.name.isEmpty }
    let top = 22.0 + (named.count > 1 ? 18 * Self.legendRows(named, width: width - left) : 0)
    let frame = Box(x: left, y: top, width: width - left - 26, height: height - top - 38)
    func place(_ point: (x: Double, y: Double)) -> Point {
      Point(
        x: frame.x + across.place(point.x) * frame.width,
        y: frame.maxY - up.place(point.y) * frame.height)
    }
    var svg = SVG()
    drawAxes(&svg, frame, across, up, words)
    if named.count > 1 { drawLegend(&svg, named, left: left, width: width) }
    for (index, line) in series.enumerated() {
      // Nameless series belong together.
      draw(line, style: line.name.isEmpty ? 0 : index, place, into: &svg)
    }
    drawMarks(&svg, frame, place)
    return svg.drawing(width: width, height: height, label: label, "class=\"chart\"")
  }

  /// Words beside points; one that would cover another is left out, its row in the table stays.
  private func drawMarks(
    _ svg: inout SVG, _ frame: Box, _ place: ((x: Double, y: Double)) -> Point
  ) {
    var taken: [Box] = []
    for mark in marks {
      let point = place((mark.x, mark.y))
      let isRight = point.x > frame.x + frame.width * 0.7
      let wide = TextMetrics.width(mark.text, size: 11)
      let box = Box(
        x: point.x + (isRight ? -7 - wide : 7), y: point.y - 15, width: wide, height: 12)
      if taken.contains(where: { $0.overlap(box) > 0 }) { continue }
      taken.append(box)
      svg.text(
        mark.text, at: Point(x: point.x + (isRight ? -7 : 7), y: point.y - 6),
        anchor: isRight ? "end" : "start", "class=\"halo sub\" font-size=\"11\"")
    }
  }

  private func drawAxes(
    _ svg: inout SVG, _ frame: Box, _ across: ChartAxis, _ up: ChartAxis, _ words: [String]
  ) {
    for (tick, word) in zip(up.ticks, words) {
      let y = frame.maxY - up.place(tick) * frame.height
      svg.path(
        "M\(SVG.number(frame.x)) \(SVG.number(y))H\(SVG.number(frame.maxX))",
        "class=\"\(tick == 0 ? "ax" : "gr")\"")
      svg.text(
        word, at: Point(x: frame.x - 6, y: y + 4), anchor: "end", "class=\"sub\" font-size=\"11\"")
    }
    for tick in across.ticks {
      let x = frame.x + across.place(tick) * frame.width
      svg.path("M\(SVG.number(x)) \(SVG.number(frame.maxY))v4", "class=\"ax\"")
      svg.text(
        number(tick, across.decimals), at: Point(x: x, y: frame.maxY + 16), anchor: "middle",
        "class=\"sub\" font-size=\"11\"")
    }
    svg.path(
      "M\(SVG.number(frame.x)) \(SVG.number(frame.maxY))H\(SVG.number(frame.maxX))",
      "class=\"ax\"")
    svg.text(
      x.title, at: Point(x: frame.maxX, y: frame.maxY + 32), anchor: "end",
      "class=\"sub\" font-size=\"11\"")
    svg.text(y.title, at: Point(x: 0, y: 11), anchor: "start", "class=\"sub\" font-size=\"11\"")
  }

  private static func legendRows(_ named: [Series], width: Double) -> Double {
    var rows = 1.0
    var x = 0.0
    for line in named {
      let wide = TextMetrics.width(line.name, size: 11) + 44
      if x > 0, x + wide > width {
        rows += 1
        x = 0
      }
      x += wide
    }
    return rows
  }

  private func drawLegend(_ svg: inout SVG, _ named: [Series], left: Double, width: Double) {
    var x = left
    var y = 27.0
    for line in named {
      let wide = TextMetrics.width(line.name, size: 11) + 44
      if x > left, x + wide > width {
        y += 18
        x = left
      }
      let style = series.firstIndex { $0.name == line.name } ?? 0
      sample(line, style: style, at: Point(x: x, y: y), into: &svg)
      svg.text(
        line.name, at: Point(x: x + 30, y: y + 4), anchor: "start", "font-size=\"11\"")
      x += wide
    }
  }

  private func sample(_ line: Series, style: Int, at point: Point, into svg: inout SVG) {
    if line.form == .dots {
      svg.circle(point + Point(x: 12, y: 0), radius: 3.5, Self.mark(style))
    } else {
      svg.path("M\(SVG.pair(point))h24", Self.stroke(style))
    }
  }

  private func draw(
    _ line: Series, style: Int, _ place: ((x: Double, y: Double)) -> Point, into svg: inout SVG
  ) {
    let points = line.points.map(place)
    if line.form != .dots, let first = points.first {
      var data = "M\(SVG.pair(first))"
      for point in points.dropFirst() {
        data +=
          line.form == .steps
          ? "H\(SVG.number(point.x))V\(SVG.number(point.y))"
          : "L\(SVG.pair(point))"
      }
      svg.path(data, Self.stroke(style))
    }
    if line.form == .dots || line.form == .lineWithDots {
      for point in points { svg.circle(point, radius: 3.5, Self.mark(style)) }
    }
  }

  private static func stroke(_ style: Int) -> String {
    let dash = dashes[style % dashes.count]
    return "class=\"ln\"" + (dash.isEmpty ? "" : " stroke-dasharray=\"\(dash)\"")
  }

  private static func mark(_ style: Int) -> String {
    style % 2 == 0 ? "class=\"pt\"" : "class=\"pr\""
  }
}

/// Blocks side by side whose width and height both mean something, as in an abatement cost curve.
public struct BlockChart: Sendable {
  public struct Block: Sendable {
    public let name: String
    /// Not negative.
    public let width: Double
    public let height: Double
    /// Written at the block; its place in the row where `nil`.
    let label: String?
    let mark: ExchangeMark

    public init(_ name: String, width: Double, height: Double) {
      self.init(name, width: width, height: height, rank: nil)
    }

    /// - Parameter rank: Of the exchange that the block stands for.
    init(_ name: String, width: Double, height: Double, rank: Int?) {
      self.name = name
      self.width = width
      self.height = height
      label = rank.map { String($0) }
      mark = ExchangeMark(rank.map { [$0] } ?? [])
    }
  }

  public let blocks: [Block]
  /// What the widths measure, with unit.
  public let x: String
  /// What the heights measure, with unit.
  public let y: String
  /// Heights beyond are cut, and the cut is shown; infinite for none.
  let limit: Double
  private let number: @Sendable (Double, Int) -> String

  public init(_ blocks: [Block], x: String, y: String, language: Language) {
    self.init(blocks, x: x, y: y, limit: .infinity, language: language)
  }

  init(_ blocks: [Block], x: String, y: String, limit: Double, language: Language) {
    self.blocks = blocks
    self.x = x
    self.y = y
    self.limit = limit
    number = { language.number($0, decimals: $1) }
  }

  func svg(width: Double, label: String) -> String {
    let isNarrow = width < 500
    let height = isNarrow ? 240.0 : 300
    let total = blocks.reduce(0) { $0 + $1.width }
    let across = ChartAxis([0, total], holdsZero: true, steps: isNarrow ? 3 : 6)
    let up = ChartAxis(blocks.map { shown($0.height) }, holdsZero: true)
    let words = up.ticks.map { number($0, up.decimals) }
    let left = (words.map { TextMetrics.width($0, size: 11) }.max() ?? 0) + 12
    let frame = Box(x: left, y: 22, width: width - left - 14, height: height - 60)
    var svg = SVG()
    svg.text(y, at: Point(x: 0, y: 11), anchor: "start", "class=\"sub\" font-size=\"11\"")
    for (tick, word) in zip(up.ticks, words) {
      let y = frame.maxY - up.place(tick) * frame.height
      svg.path(
        "M\(SVG.number(frame.x)) \(SVG.number(y))H\(SVG.number(frame.maxX))",
        "class=\"\(tick == 0 ? "ax" : "gr")\"")
      svg.text(
        word, at: Point(x: frame.x - 6, y: y + 4), anchor: "end", "class=\"sub\" font-size=\"11\"")
    }
    for tick in across.ticks {
      let word = number(tick, across.decimals)
      // The last number stays inside the drawing.
      let x = min(
        frame.x + across.place(tick) * frame.width,
        width - 3 - TextMetrics.width(word, size: 11) / 2)
      svg.text(
        word, at: Point(x: x, y: frame.maxY + 16),
        anchor: "middle", "class=\"sub\" font-size=\"11\"")
    }
    svg.text(
      x, at: Point(x: frame.maxX, y: frame.maxY + 32), anchor: "end",
      "class=\"sub\" font-size=\"11\"")
    draw(into: &svg, frame, across, up)
    return svg.drawing(width: width, height: height, label: label, "class=\"chart\"")
  }

  private func shown(_ height: Double) -> Double { min(max(height, -limit), limit) }

  private func draw(into svg: inout SVG, _ frame: Box, _ across: ChartAxis, _ up: ChartAxis) {
    var sum = 0.0
    let zero = frame.maxY - up.place(0) * frame.height
    for (index, block) in blocks.enumerated() {
      let start = frame.x + across.place(sum) * frame.width
      sum += block.width
      let end = frame.x + across.place(sum) * frame.width
      let height = shown(block.height)
      let edge = frame.maxY - up.place(height) * frame.height
      let thin = end - start < 3 ? " hair" : ""
      let style = "\(block.height < 0 ? "bo" : "b1") bl\(thin)"
      svg.group("font-size=\"11\" \(block.mark)", title: block.name) { group in
        group.rectangle(
          Box(
            x: start, y: min(zero, edge), width: max(0.8, end - start),
            height: max(0.8, abs(edge - zero))), "class=\"\(style)\"")
        if height != block.height {
          // A gap before the end says that the block goes on.
          let y = SVG.number(edge + (height < 0 ? -9 : 9))
          group.path("M\(SVG.number(start - 1)) \(y)H\(SVG.number(end + 1))", "class=\"cut\"")
        }
        let text = block.label ?? "\(index + 1)"
        if end - start > TextMetrics.width(text, size: 11) + 3 {
          group.text(
            text, at: Point(x: (start + end) / 2, y: min(zero, edge) - 4), anchor: "middle",
            "class=\"sub\"")
        }
      }
    }
  }
}

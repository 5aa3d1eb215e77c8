/// Lying bars around one value, from what one figure's low end makes of it to what its high end makes
/// (tornado chart).
public struct SwingChart: Sendable {
  public struct Swing: Sendable {
    public let name: String
    public let atLow: Double
    public let atHigh: Double

    public init(_ name: String, atLow: Double, atHigh: Double) {
      self.name = name
      self.atLow = atLow
      self.atHigh = atHigh
    }
  }

  public let swings: [Swing]
  /// The value with everything typical.
  public let middle: Double
  /// What the bars measure, with its unit.
  public let unit: String
  private let number: @Sendable (Double, Int) -> String

  public init(_ swings: [Swing], middle: Double, unit: String, language: Language) {
    self.swings = swings
    self.middle = middle
    self.unit = unit
    number = { language.number($0, decimals: $1) }
  }

  private static let row = 22.0
  private static let size = 12.0

  func svg(width: Double, label: String) -> String {
    let isNarrow = width < 500
    let axis = ChartAxis(
      [middle] + swings.flatMap { [$0.atLow, $0.atHigh] }, holdsZero: false,
      steps: isNarrow ? 3 : 6)
    // On phones each name has a line of its own above its bar.
    let row = isNarrow ? Self.row * 1.6 : Self.row
    let longest = swings.map { TextMetrics.width($0.name, size: Self.size) }.max() ?? 0
    let names = isNarrow ? 0 : min(longest + 12, width * 0.42)
    let frame = Box(
      x: names + 8, y: 20, width: width - names - 34, height: Double(swings.count) * row)
    func x(_ value: Double) -> Double { frame.x + axis.place(value) * frame.width }
    var svg = SVG()
    svg.text(
      unit, at: Point(x: frame.x, y: 11), anchor: "start", "class=\"sub\" font-size=\"11\"")
    for tick in axis.ticks {
      svg.path(
        "M\(SVG.number(x(tick))) \(SVG.number(frame.y))V\(SVG.number(frame.maxY))",
        "class=\"gr\"")
      svg.text(
        number(tick, axis.decimals), at: Point(x: x(tick), y: frame.maxY + 14), anchor: "middle",
        "class=\"sub\" font-size=\"11\"")
    }
    for (index, swing) in swings.enumerated() {
      let top = frame.y + Double(index) * row
      let bar = isNarrow ? top + 17 : top + 5
      svg.group("font-size=\"12\"", title: title(swing)) { group in
        let name = TextMetrics.clip(
          swing.name, width: isNarrow ? width - 12 : names - 4, size: Self.size)
        group.text(
          name, at: Point(x: isNarrow ? 4 : names, y: isNarrow ? top + 12 : top + 15),
          anchor: isNarrow ? "start" : "end", "class=\"halo\"")
        draw(from: x(swing.atLow), to: x(middle), y: bar, style: "bo", into: &group)
        draw(from: x(middle), to: x(swing.atHigh), y: bar, style: "b1", into: &group)
      }
    }
    svg.path(
      "M\(SVG.number(x(middle))) \(SVG.number(frame.y))V\(SVG.number(frame.maxY))",
      "class=\"wh\"")
    return svg.drawing(
      width: width, height: frame.maxY + 22, label: label, "class=\"chart\"")
  }

  private func title(_ swing: Swing) -> String {
    "\(swing.name): \(number(swing.atLow, 0)) · \(number(middle, 0)) · \(number(swing.atHigh, 0))"
  }

  private func draw(
    from: Double, to: Double, y: Double, style: String, into svg: inout SVG
  ) {
    svg.rectangle(
      Box(x: min(from, to), y: y, width: max(0.6, abs(to - from)), height: 12),
      "class=\"\(style)\"")
  }
}

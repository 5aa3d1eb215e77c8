/// Lying bars from zero, gains filled to the right, losses hollow to the left.
public struct BarChart: Sendable {
  public struct Bar: Sendable {
    public let name: String
    public let value: Double
    /// Ends of its range; the same as `value` for none.
    public let low: Double
    public let high: Double
    /// As printed beside the bar.
    public let text: String
    let mark: ExchangeMark

    public init(
      _ name: String, value: Double, low: Double? = nil, high: Double? = nil, text: String
    ) {
      self.init(name, value: value, low: low, high: high, text: text, rank: nil)
    }

    /// - Parameter rank: Of the exchange that the bar stands for.
    init(
      _ name: String, value: Double, low: Double? = nil, high: Double? = nil, text: String,
      rank: Int?
    ) {
      mark = ExchangeMark(rank.map { [$0] } ?? [])
      self.name = name
      self.value = value
      self.low = low ?? value
      self.high = high ?? value
      self.text = text
    }
  }

  public let bars: [Bar]
  /// What the bars measure, with its unit.
  public let unit: String

  public init(_ bars: [Bar], unit: String) {
    self.bars = bars
    self.unit = unit
  }

  private static let row = 22.0
  private static let size = 12.0

  func svg(width: Double, label: String) -> String {
    let isNarrow = width < 500
    let longest = bars.map { TextMetrics.width($0.name, size: Self.size) }.max() ?? 0
    let names = min(longest * 1.1 + 10, width * 0.4)
    let texts = (bars.map { TextMetrics.width($0.text, size: Self.size) }.max() ?? 0) + 12
    let room = max(40, width - names - texts)
    let low = bars.map { min($0.low, $0.value, 0) }.min() ?? 0
    let high = bars.map { max($0.high, $0.value, 0) }.max() ?? 0
    let span = max(high - low, 1e-12)
    func x(_ value: Double) -> Double { names + (value - low) / span * room }
    var svg = SVG()
    let top = 20.0
    svg.text(unit, at: Point(x: names, y: 11), anchor: "start", "class=\"sub\" font-size=\"11\"")
    for (index, bar) in bars.enumerated() {
      let y = top + Double(index) * Self.row
      let name = TextMetrics.clip(
        bar.name, width: (names - 8) * (isNarrow ? 0.84 : 0.92), size: Self.size)
      svg.group("font-size=\"12\" \(bar.mark)", title: "\(bar.name): \(bar.text)") { group in
        group.text(name, at: Point(x: names - 8, y: y + 14), anchor: "end")
        group.rectangle(
          Box(
            x: min(x(0), x(bar.value)), y: y + 4, width: max(1, abs(x(bar.value) - x(0))),
            height: 13), "class=\"\(bar.value < 0 ? "bo" : "b1")\"")
        if bar.low < bar.high {
          group.path(
            "M\(SVG.number(x(bar.low))) \(SVG.number(y + 10.5))H\(SVG.number(x(bar.high)))",
            "class=\"wh\"")
        }
        group.text(
          bar.text, at: Point(x: x(max(bar.value, bar.high, 0)) + 6, y: y + 14), anchor: "start")
      }
    }
    let bottom = top + Double(bars.count) * Self.row
    svg.path("M\(SVG.number(x(0))) \(SVG.number(top))V\(SVG.number(bottom))", "class=\"ax\"")
    return svg.drawing(width: width, height: bottom + 6, label: label, "class=\"chart\"")
  }
}

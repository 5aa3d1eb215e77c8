import LichenAnalysis
import LichenDomain
import LichenMatching

/// Money against CO2e: each point is a plan, and a link to the state of the page that has it.
public struct RoomFront: Sendable {
  public struct Point: Sendable {
    /// From 1, most money first.
    public let number: String
    public let money: String
    public let carbon: String
    /// What the step from the point before costs; none for the first.
    public let prices: [String]
    public let link: String
    public let isNow: Bool
  }

  public let drawing: String
  public let points: [Point]
  public let note: String
  /// Whether there is anything to choose.
  public let hasChoice: Bool

  /// - Parameters:
  ///   - now: The plan that is looked at.
  ///   - link: Leads to the plan of a point; `floor` is the CO2e that it avoids [t/a], `nil` for the plan with
  ///     the most money.
  public init(
    _ front: ParetoFront, now: PlannedScenario, base: PlannedScenario, language: Language,
    link: (_ floor: String?) -> String
  ) {
    let currency = now.plan.park.settings.currency
    let largest = front.points.map { abs($0.money) }.max() ?? 0
    let money = language.moneyScale(largest, currency)
    let carbon = language.massScale(
      tonnes: front.points.map { abs($0.carbon) / 1000 }.max() ?? 0)
    let nearest = Self.nearest(front, now)
    points = front.points.enumerated().map { index, point in
      Point(
        number: "\(index + 1)",
        money: language.significant(point.money / money.factor, digits: 4) + Language.narrowGap
          + language.text("format.per-year", ["value": money.unit]),
        carbon: language.significant(point.carbon / 1000 / carbon.factor, digits: 4)
          + Language.narrowGap + language.text("format.per-year", ["value": carbon.unit]),
        prices: index == 0 ? [] : [Self.price(front, index, currency, language)],
        link: link(index == 0 ? nil : Self.floor(point)), isNow: index == nearest)
    }
    hasChoice = points.count > 1
    note = language.text(
      front.isComplete ? "serve.room.front.whole" : "serve.room.front.part",
      ["count": language.number(Double(points.count))])
    drawing =
      hasChoice
      ? FrontDrawing(
        front: front, points: points, now: now, base: base, money: money, carbon: carbon,
        language: language
      ).svg() : ""
  }

  /// Whole kilograms below what the point avoids, so that rounding never asks for more than can be had.
  private static func floor(_ point: ParetoFront.Point) -> String {
    let kilograms = (point.carbon - 1e-9 * abs(point.carbon)).rounded(.down)
    let text = "\(kilograms / 1000)"
    return text.hasSuffix(".0") ? String(text.dropLast(2)) : text
  }

  private static func price(
    _ front: ParetoFront, _ index: Int, _ currency: Currency, _ language: Language
  ) -> String {
    language.text(
      "serve.room.front.price",
      ["money": language.money(front.price(after: index - 1) * 1000, currency)])
  }

  /// The point that the plan stands on, if it stands on one.
  private static func nearest(_ front: ParetoFront, _ now: PlannedScenario) -> Int? {
    guard let figures = now.figures else { return nil }
    func near(_ one: Double, _ other: Double) -> Bool {
      abs(one - other) <= 1e-4 * max(1, abs(one), abs(other))
    }
    return front.points.firstIndex {
      near($0.money, figures.money.typical) && near($0.carbon, figures.carbon.typical)
    }
  }
}

/// Draws a front with a link at each point.
private struct FrontDrawing {
  let front: ParetoFront
  let points: [RoomFront.Point]
  let now: PlannedScenario
  let base: PlannedScenario
  let money: TableScale
  let carbon: TableScale
  let language: Language

  private static let (width, height) = (400.0, 222.0)
  private static let frame = Box(x: 46, y: 22, width: 336, height: 162)

  func svg() -> String {
    let marks =
      front.points.map { place($0.money, $0.carbon) }
      + [base.figures, now.figures]
      .compactMap(\.self).map { place($0.money.typical, $0.carbon.typical) }
    let across = ChartAxis(marks.map(\.x), holdsZero: false)
    let up = ChartAxis(marks.map(\.y), holdsZero: false)
    func position(_ point: Point) -> Point {
      Point(
        x: Self.frame.x + across.place(point.x) * Self.frame.width,
        y: Self.frame.maxY - up.place(point.y) * Self.frame.height)
    }
    var svg = SVG()
    axes(across, up, into: &svg)
    let places = front.points.map { position(place($0.money, $0.carbon)) }
    svg.path(
      "M" + places.map { SVG.pair($0) }.joined(separator: "L"), "class=\"pf\"")
    var taken = places.map { Box(around: $0, radius: 5) }
    if let figures = base.figures {
      let at = position(place(figures.money.typical, figures.carbon.typical))
      svg.circle(at, radius: 4.5, "class=\"ring\"")
      write(
        language.text("compare.baseline").lowercased(), leftOf: Point(x: at.x - 9, y: at.y + 4),
        among: &taken, into: &svg)
    }
    // A price stands where there is room; the list of points has them all.
    for index in places.indices.dropFirst() {
      let middle = (places[index - 1] + places[index]) * 0.5
      for price in points[index].prices {
        write(
          price, leftOf: Point(x: middle.x - 8, y: middle.y + 5), among: &taken, into: &svg)
      }
    }
    for (index, at) in places.enumerated() { draw(points[index], at, into: &svg) }
    return
      "<svg viewBox=\"0 0 \(SVG.number(Self.width)) \(SVG.number(Self.height))\" class=\"front\""
      + " font-size=\"12.5\" role=\"group\" aria-label=\"\(Markup.escape(language.text("serve.room.front")))\">"
      + svg.body + "</svg>"
  }

  private func write(
    _ text: String, leftOf end: Point, among taken: inout [Box], into svg: inout SVG
  ) {
    let width = TextMetrics.width(text, size: 11)
    let box = Box(x: end.x - width, y: end.y - 9, width: width, height: 11)
    if box.x < Self.frame.x || taken.contains(where: { $0.overlap(box) > 0 }) { return }
    taken.append(box)
    svg.text(text, at: end, anchor: "end", "class=\"halo sub\" font-size=\"11\"")
  }

  private func place(_ money: Double, _ carbon: Double) -> Point {
    Point(x: money / self.money.factor, y: carbon / 1000 / self.carbon.factor)
  }

  private func draw(_ point: RoomFront.Point, _ at: Point, into svg: inout SVG) {
    let label = language.text(
      "serve.room.front.point",
      ["number": point.number, "money": point.money, "carbon": point.carbon])
    svg.link(
      point.link, "class=\"pt\(point.isNow ? " sel" : "")\" data-point=\"\(point.number)\"",
      label: label
    ) { svg in
      svg.circle(at, radius: 12, "class=\"hit\"")
      svg.circle(at, radius: point.isNow ? 6.5 : 5, "class=\"dot\"")
    }
  }

  private func axes(_ across: ChartAxis, _ up: ChartAxis, into svg: inout SVG) {
    for tick in up.ticks {
      let y = Self.frame.maxY - up.place(tick) * Self.frame.height
      svg.path(
        "M\(SVG.number(Self.frame.x)) \(SVG.number(y))H\(SVG.number(Self.frame.maxX))",
        "class=\"grid\"")
      svg.text(
        language.number(tick, decimals: up.decimals), at: Point(x: Self.frame.x - 6, y: y + 4),
        anchor: "end", "class=\"sub\"")
    }
    for tick in across.ticks {
      let x = Self.frame.x + across.place(tick) * Self.frame.width
      svg.text(
        language.number(tick, decimals: across.decimals),
        at: Point(x: x, y: Self.frame.maxY + 18), anchor: "middle", "class=\"sub\"")
    }
    func perYear(_ key: String, _ unit: String) -> String {
      "\(language.text(key)), \(language.text("format.per-year", ["value": unit]))"
    }
    svg.text(
      perYear("compare.money", money.unit), at: Point(x: Self.frame.maxX, y: Self.height - 4),
      anchor: "end", "class=\"sub\" font-size=\"11.5\"")
    svg.text(
      perYear("compare.carbon", carbon.unit), at: Point(x: 2, y: 11), anchor: "start",
      "class=\"halo sub\" font-size=\"11.5\"")
  }
}

import LichenDomain

/// Draws the plan on a map: sites, flows as curved arrows, ranks on the flows.
struct MapDrawing: Sendable {
  let context: ReportContext
  let format: MapFormat
  let layout: MapLayout
  private let positions: [EnterpriseID: Point]
  let participants: Set<EnterpriseID>
  /// Ends of the numbered exchanges; they always carry their names.
  let prominent: Set<EnterpriseID>
  private let widestLine: Double
  /// Tonnage of the widest line [t/a]; 0 when no flow has a mass.
  let largestTonnes: Double
  /// Coast behind the map; `nil` where none crosses the frame or the data do not bear its scale.
  let outline: MapOutline?

  init(_ context: ReportContext, format: MapFormat, showsOthers: Bool) {
    self.context = context
    self.format = format
    let participants = Set(
      context.detailed.flatMap {
        [$0.candidate.output.enterprise, $0.candidate.input.enterprise]
      })
    let enterprises = context.sites
    let main =
      participants.isEmpty
      ? Array(enterprises.prefix(2 * ReportContext.most))
      : enterprises.filter { participants.contains($0.id) }
    let others =
      showsOthers && !participants.isEmpty && enterprises.count <= 2 * ReportContext.most
      ? enterprises.filter { !participants.contains($0.id) } : []
    layout = MapLayout(main: main, others: others, format: format)
    positions = Dictionary(uniqueKeysWithValues: layout.sites.map { ($0.id, $0.position) })
    self.participants = Set(main.map(\.id))
    let ends = context.exchanges.prefix(format.numbered).flatMap {
      [$0.candidate.output.enterprise, $0.candidate.input.enterprise]
    }
    prominent = ends.isEmpty ? self.participants : Set(ends)
    // Lines of a crowd must leave room for each other.
    let crowd = Double(max(1, context.detailed.count))
    widestLine = format.widestLine * min(1, max(0.35, (14 / crowd).squareRoot()))
    largestTonnes = context.detailed.compactMap(\.tonnes).max() ?? 0
    if let atlas = context.outlines, let place = layout.place {
      outline = MapOutline(atlas, place: place, frame: format.frame)
    } else {
      outline = nil
    }
  }

  /// Names of sites that the outline leaves on water where the map draws them, in order of id.
  var namesOnWater: [String] {
    guard let outline else { return [] }
    return layout.sites.filter { $0.kind == .inFrame && !outline.isLand($0.position) }
      .map { context.names.short($0.id) }
  }

  /// Whether any site stands on the ring because it lies far away.
  var hasFarSites: Bool {
    layout.sites.contains { if case .far = $0.kind { true } else { false } }
  }

  /// Whether names stand only where there is room: so many cannot all part.
  var isCrowded: Bool { layout.sites.count > Self.crowd }
  private static let crowd = 40

  /// Names of shown sites without coordinates, in order of id.
  var unplacedNames: [String] {
    layout.sites.filter { $0.kind == .unplaced }.map { context.names.short($0.id) }
  }

  /// How many exchanges are numbered; `nil` when all are.
  var numbered: Int? { context.exchanges.count > format.numbered ? format.numbered : nil }

  var hasScale: Bool { layout.kilometresPerPixel != nil }

  /// Line width: square root of the yearly tonnage, not below 1.3 px.
  func lineWidth(tonnes: Double?) -> Double {
    guard let tonnes, largestTonnes > 0 else { return 1.3 }
    return max(1.3, widestLine * (tonnes / largestTonnes).squareRoot())
  }

  func svg() -> String {
    var svg = SVG()
    if let outline {
      svg.rectangle(format.frame, "class=\"sea\"")
      svg.path(outline.path, "class=\"land coast\"")
    } else {
      svg.rectangle(format.frame, "class=\"land\"")
    }
    let all = self.arrows()
    let arrows = all.filter { $0.exchange.rank <= format.numbered }
    for arrow in all where arrow.exchange.rank > format.numbered { draw(arrow, into: &svg) }
    for arrow in arrows { draw(arrow, into: &svg) }
    // Numbers first find a place on their lines, then names beside them, then numbers give way.
    let labels = placeLabels(arrows, badges: placeBadges(arrows, around: []))
    let badges = placeBadges(arrows, around: labels.compactMap(\.placement?.box))
    for (label, placement) in labels { draw(label, placement, into: &svg) }
    drawScale(into: &svg)
    // Last, because a number must never lie under a name.
    for (arrow, centre) in zip(arrows, badges) {
      drawBadge(arrow.exchange, at: centre, into: &svg)
    }
    return svg.drawing(
      width: format.width, height: format.height, label: context.language.text("map.title"),
      "class=\"map\" font-size=\"\(SVG.number(format.fontSize))\"")
  }

  // MARK: Flows

  struct Arrow {
    let exchange: RankedExchange
    let curve: Curve
    let width: Double
    let tip: Point
  }

  /// Widest first, so that thin lines lie on top.
  private func arrows() -> [Arrow] {
    var used: [SitePair: Int] = [:]
    return context.detailed.compactMap { exchange -> Arrow? in
      let pair = SitePair(
        from: exchange.candidate.output.enterprise, to: exchange.candidate.input.enterprise)
      guard let start = positions[pair.from], let end = positions[pair.to] else { return nil }
      let turn = used[pair, default: 0]
      used[pair] = turn + 1
      return arrow(exchange, from: start, to: end, turn: turn)
    }.sorted { ($1.width, $0.exchange.rank) < ($0.width, $1.exchange.rank) }
  }

  private func arrow(_ exchange: RankedExchange, from start: Point, to end: Point, turn: Int)
    -> Arrow
  {
    let width =
      context.fates[exchange.rank] == .dropped ? 1.3 : lineWidth(tonnes: exchange.tonnes)
    let between = end - start
    // Short ways bend more, or the number would hide them; further links of a pair bend further.
    let length = max(1, between.length)
    let clear = format.badgeRadius + width / 2 + 2
    let base = max(0.16, 2 * clear / length)
    let size = min(1.6, base + Double(turn) * max(0.2, 4 * clear / length))
    // Ways to sites without a true place bend the other way, to part from those that have one.
    let bend = isUnplaced(exchange) ? -size : size
    let control = (start + end) * 0.5 + between.normal * bend
    let whole = Curve(start: start, control: control, end: end)
    let head = 5 + 0.62 * width
    let first = whole.parameter(7)
    let last = whole.parameter(8 + head, fromEnd: true)
    let tip = whole.point(whole.parameter(7, fromEnd: true))
    return Arrow(
      exchange: exchange, curve: whole.part(from: min(first, last), to: max(last, first + 0.05)),
      width: width, tip: tip)
  }

  private func isUnplaced(_ exchange: RankedExchange) -> Bool {
    let ends = [exchange.candidate.output.enterprise, exchange.candidate.input.enterprise]
    return hasScale && layout.sites.contains { $0.kind == .unplaced && ends.contains($0.id) }
  }

  private func draw(_ arrow: Arrow, into svg: inout SVG) {
    let effect = arrow.exchange.effect
    let fate = context.fates[arrow.exchange.rank]
    let title = [
      "\(arrow.exchange.rank)", context.pair(arrow.exchange.candidate), fate?.word(context),
    ]
    .compactMap(\.self).joined(separator: " ")
    let faint =
      (arrow.exchange.rank > format.numbered ? " faint" : "") + (fate == .dropped ? " ghost" : "")
    let mark = ExchangeMark([arrow.exchange.rank])
    svg.group("class=\"\(effect.styleClass)\(faint)\" \(mark)", title: title) { svg in
      svg.path(
        SVG.curve(arrow.curve),
        "class=\"fl\" stroke-width=\"\(SVG.number(arrow.width))\" "
          + (fate == .dropped ? LinkFate.dash : effect.dash(width: arrow.width))
      )
      let direction = (arrow.tip - arrow.curve.end).unit
      let side = direction.normal * (3.2 + 0.72 * arrow.width)
      svg.path(
        SVG.polygon([arrow.tip, arrow.curve.end + side, arrow.curve.end - side]), "class=\"ah\"")
    }
  }

  // MARK: Numbers

  /// A place on each curve for its number, away from sites and other numbers.
  private func placeBadges(_ arrows: [Arrow], around labels: [Box]) -> [Point] {
    let radius = format.badgeRadius
    let sites = layout.sites.map { Box(around: $0.position, radius: 8) }
    var taken: [Box] = []
    return arrows.map { arrow in
      var best: (cost: Double, point: Point)?
      for t in [0.5, 0.42, 0.58, 0.34, 0.66, 0.26, 0.74, 0.18, 0.82, 0.1, 0.9] {
        let point = arrow.curve.point(t)
        let box = Box(around: point, radius: radius + 1)
        let cost =
          taken.reduce(0) { $0 + $1.overlap(box) } * 4 + sites.reduce(0) { $0 + $1.overlap(box) }
          * 2
          + labels.reduce(0) { $0 + $1.overlap(box) } * 3 + box.excess(of: format.frame) * 6
          + crowd(point, arrows: arrows, except: arrow.exchange.rank) + abs(t - 0.5) * 8
        if cost < (best?.cost ?? .infinity) { best = (cost, point) }
      }
      let point = best?.point ?? arrow.curve.point(0.5)
      taken.append(Box(around: point, radius: radius + 1))
      return point
    }
  }

  /// How many other lines pass near.
  private func crowd(_ point: Point, arrows: [Arrow], except rank: Int) -> Double {
    var cost = 0.0
    for arrow in arrows where arrow.exchange.rank != rank {
      for step in 0...20 {
        let near = (arrow.curve.point(Double(step) / 20) - point).length
        if near < format.badgeRadius + arrow.width / 2 {
          cost += 14
          break
        }
      }
    }
    return cost
  }

  private func drawBadge(_ exchange: RankedExchange, at centre: Point, into svg: inout SVG) {
    let mark = ExchangeMark([exchange.rank])
    let fate = context.fates[exchange.rank]
    let ghost = fate == .dropped ? " ghost" : ""
    svg.group("class=\"num \(exchange.effect.styleClass)\(ghost)\" \(mark)") { svg in
      let isLong = exchange.rank > 99
      svg.circle(centre, radius: format.badgeRadius + (isLong ? 2.5 : 0), "class=\"nc\"")
      let size = format.fontSize * 0.92
      svg.text(
        String(exchange.rank), at: Point(x: centre.x, y: centre.y + size * 0.36), anchor: "middle",
        "font-size=\"\(SVG.number(max(11, size)))\"")
      if fate == .gained {
        svg.text(
          LinkFate.gained.word(context),
          at: Point(x: centre.x, y: centre.y - format.badgeRadius - 3), anchor: "middle",
          "class=\"halo b\" font-size=\"\(SVG.number(max(11, format.fontSize - 2)))\"")
      }
    }
  }
}

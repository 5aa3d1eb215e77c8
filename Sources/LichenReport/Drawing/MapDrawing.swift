import LichenDomain

/// Draws the plan on a map: sites, flows as curved arrows, ranks on the flows.
struct MapDrawing: Sendable {
  private let context: ReportContext
  private let format: MapFormat
  private let layout: MapLayout
  private let positions: [EnterpriseID: Point]
  private let participants: Set<EnterpriseID>
  /// Tonnage of the widest line [t/a]; 0 when no flow has a mass.
  let largestTonnes: Double

  init(_ context: ReportContext, format: MapFormat, showsOthers: Bool) {
    self.context = context
    self.format = format
    let participants = Set(
      context.exchanges.flatMap {
        [$0.candidate.output.enterprise, $0.candidate.input.enterprise]
      })
    let enterprises = context.park.enterprises
    let main =
      participants.isEmpty ? enterprises : enterprises.filter { participants.contains($0.id) }
    let others =
      showsOthers && !participants.isEmpty
      ? enterprises.filter { !participants.contains($0.id) } : []
    layout = MapLayout(main: main, others: others, format: format)
    positions = Dictionary(uniqueKeysWithValues: layout.sites.map { ($0.id, $0.position) })
    self.participants = Set(main.map(\.id))
    largestTonnes = context.exchanges.compactMap(\.tonnes).max() ?? 0
  }

  /// Whether any site stands on the ring because it lies far away.
  var hasFarSites: Bool {
    layout.sites.contains { if case .far = $0.kind { true } else { false } }
  }

  /// Names of shown sites without coordinates, in order of id.
  var unplacedNames: [String] {
    layout.sites.filter { $0.kind == .unplaced }.map { context.names.short($0.id) }
  }

  var hasScale: Bool { layout.kilometresPerPixel != nil }

  /// Line width: square root of the yearly tonnage, not below 1.3 px.
  func lineWidth(tonnes: Double?) -> Double {
    guard let tonnes, largestTonnes > 0 else { return 1.3 }
    return max(1.3, format.widestLine * (tonnes / largestTonnes).squareRoot())
  }

  func svg() -> String {
    var svg = SVG()
    svg.rectangle(format.frame, "class=\"land\"")
    let arrows = self.arrows()
    for arrow in arrows { draw(arrow, into: &svg) }
    let badges = placeBadges(arrows)
    for (arrow, centre) in zip(arrows, badges) {
      drawBadge(arrow.exchange, at: centre, into: &svg)
    }
    drawSites(arrows, badges: badges, into: &svg)
    drawScale(into: &svg)
    return svg.drawing(
      width: format.width, height: format.height, label: context.language.text("map.title"),
      "class=\"map\" font-size=\"\(SVG.number(format.fontSize))\"")
  }

  // MARK: Flows

  private struct Arrow {
    let exchange: RankedExchange
    let curve: Curve
    let width: Double
    let tip: Point
  }

  /// Widest first, so that thin lines lie on top.
  private func arrows() -> [Arrow] {
    var used: [SitePair: Int] = [:]
    return context.exchanges.compactMap { exchange -> Arrow? in
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
    let width = lineWidth(tonnes: exchange.tonnes)
    let between = end - start
    // Short ways bend more, or the number would hide them; further links of a pair bend further.
    let length = max(1, between.length)
    let clear = format.badgeRadius + width / 2 + 2
    let base = max(0.16, 2 * clear / length)
    let bend = min(1.6, base + Double(turn) * max(0.2, 4 * clear / length))
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

  private func draw(_ arrow: Arrow, into svg: inout SVG) {
    let effect = arrow.exchange.effect
    let title = "\(arrow.exchange.rank) \(context.pair(arrow.exchange.candidate))"
    svg.group("class=\"\(effect.styleClass)\"", title: title) { svg in
      svg.path(
        SVG.curve(arrow.curve),
        "class=\"fl\" stroke-width=\"\(SVG.number(arrow.width))\" \(effect.dash(width: arrow.width))"
      )
      let direction = (arrow.tip - arrow.curve.end).unit
      let side = direction.normal * (3.2 + 0.72 * arrow.width)
      svg.path(
        SVG.polygon([arrow.tip, arrow.curve.end + side, arrow.curve.end - side]), "class=\"ah\"")
    }
  }

  // MARK: Numbers

  /// A place on each curve for its number, away from sites and other numbers.
  private func placeBadges(_ arrows: [Arrow]) -> [Point] {
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
          + box.excess(of: format.frame) * 6
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
    svg.group("class=\"num \(exchange.effect.styleClass)\"") { svg in
      let isLong = exchange.rank > 99
      svg.circle(centre, radius: format.badgeRadius + (isLong ? 2.5 : 0), "class=\"nc\"")
      let size = format.fontSize * 0.92
      svg.text(
        String(exchange.rank), at: Point(x: centre.x, y: centre.y + size * 0.36), anchor: "middle",
        "font-size=\"\(SVG.number(max(10.4, size)))\"")
    }
  }

  // MARK: Sites

  private struct SiteLabel {
    let site: MapLayout.Site
    let lines: [(text: String, isSub: Bool)]
    let isMain: Bool
  }

  private func label(_ site: MapLayout.Site) -> SiteLabel {
    let isMain = participants.contains(site.id)
    let size = isMain ? format.fontSize : format.fontSize - 0.4
    var lines = TextMetrics.wrap(
      context.names.short(site.id), width: format.labelWidth, size: size * 1.07,
      lines: format.labelLines
    ).map { (text: $0, isSub: false) }
    if case .far(let km) = site.kind {
      lines.append(
        (
          context.language.text("map.far", ["km": context.language.significant(km, digits: 2)]),
          true
        ))
    }
    return SiteLabel(site: site, lines: lines, isMain: isMain)
  }

  private func drawSites(_ arrows: [Arrow], badges: [Point], into svg: inout SVG) {
    let labels =
      layout.sites.filter { participants.contains($0.id) }.map(label)
      + layout.sites.filter { !participants.contains($0.id) }.map(label)
    let requests = labels.map { label in
      let width =
        label.lines.map {
          TextMetrics.width($0.text, size: format.fontSize, isBold: label.isMain)
        }.max() ?? 0
      return LabelPlacer.Request(
        point: label.site.position, radius: 5, width: width,
        height: Double(label.lines.count) * format.fontSize * 1.2, isOptional: !label.isMain)
    }
    var samples: [(point: Point, weight: Double)] = []
    for arrow in arrows {
      for step in 0...24 {
        samples.append((arrow.curve.point(Double(step) / 24), 1.5 + arrow.width))
      }
      samples.append((arrow.tip, 4))
    }
    let placer = LabelPlacer(
      frame: format.frame.inset(3, 3),
      obstacles: layout.sites.map { Box(around: $0.position, radius: 5.5) }
        + badges.map { Box(around: $0, radius: format.badgeRadius + 1) } + [scaleBox],
      samples: samples)
    let placements = placer.place(requests)
    for (label, placement) in zip(labels, placements) {
      draw(label, placement, into: &svg)
    }
  }

  private func draw(
    _ label: SiteLabel, _ placement: LabelPlacer.Placement?, into svg: inout SVG
  ) {
    let isInside = label.site.kind == .inFrame
    let classes =
      label.isMain
      ? "site\(isInside ? "" : " out")\(label.site.kind == .unplaced ? " un" : "")"
      : "site idle"
    svg.group("class=\"st\"", title: context.park.enterprise(label.site.id)?.name) { svg in
      svg.circle(
        label.site.position, radius: label.isMain ? 4.8 : 3, "class=\"\(classes)\"")
      guard let placement else { return }
      let x: Double =
        switch placement.anchor {
        case "start": placement.box.x
        case "end": placement.box.maxX
        default: placement.box.centre.x
        }
      for (index, line) in label.lines.enumerated() {
        let y = placement.box.y + format.fontSize * (0.95 + 1.2 * Double(index))
        let weight = line.isSub || !label.isMain ? "sub" : isInside ? "b" : ""
        svg.text(
          line.text, at: Point(x: x, y: y), anchor: placement.anchor,
          "class=\"halo \(weight)\"")
      }
    }
  }

  // MARK: Scale

  private var scaleBox: Box {
    Box(x: 8, y: format.height - 40, width: format.width > 500 ? 150 : 112, height: 36)
  }

  private func drawScale(into svg: inout SVG) {
    guard let kilometresPerPixel = layout.kilometresPerPixel else { return }
    let bar = MapFit.scaleBar(
      kilometresPerPixel: kilometresPerPixel, wanted: format.width > 500 ? 100 : 66)
    let y = format.height - 12
    let text =
      bar.km >= 1
      ? context.language.number(bar.km) + Language.narrowGap + "km"
      : context.language.number(bar.km * 1000) + Language.narrowGap + "m"
    svg.path(
      "M14 \(SVG.number(y - 5))v5h\(SVG.number(bar.pixels))v-5", "class=\"tick\"")
    let attributes =
      "class=\"halo sub\" font-size=\"\(SVG.number(max(10.6, format.fontSize - 1)))\""
    svg.text(
      text, at: Point(x: 14 + bar.pixels / 2, y: y - 4), anchor: "middle", attributes)
    let x = 14 + bar.pixels + 18
    svg.path("M\(SVG.number(x)) \(SVG.number(y))v-14m-4 5l4 -5l4 5", "class=\"tick\"")
    svg.text(
      context.language.text("map.north"), at: Point(x: x, y: y - 17), anchor: "middle", attributes)
  }
}

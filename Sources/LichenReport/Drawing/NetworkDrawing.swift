import LichenDomain

/// Size of a network drawing [px].
struct NetworkFormat: Sendable {
  let width: Double
  let radius: Double
  /// Most nodes with a name.
  let mostHubs: Int
  let fontSize: Double
  let widestLine: Double
  let largestDot: Double

  static let wide = NetworkFormat(
    width: 860, radius: 206, mostHubs: 24, fontSize: 12.5, widestLine: 7, largestDot: 10)
  static let narrow = NetworkFormat(
    width: 340, radius: 132, mostHubs: 12, fontSize: 11, widestLine: 5, largestDot: 8)

  /// Names stand beside the circle where there is room, else in a list below it.
  var hasSides: Bool { width > 500 }
  var lineHeight: Double { fontSize * 1.25 }
  var centre: Point { Point(x: width / 2, y: radius + 34) }
}

/// Draws who exchanges with whom: a circle of enterprises, hubs named, ways in their legal colour.
struct NetworkDrawing: Sendable {
  let layout: NetworkLayout
  let context: ReportContext
  let format: NetworkFormat
  /// Named nodes, by weight.
  let hubs: [Int]

  init(_ context: ReportContext, format: NetworkFormat) {
    self.context = context
    self.format = format
    let flows = context.exchanges.prefix(Self.most).map { PlannedFlow($0) }
    let zones = Dictionary(
      context.park.enterprises.map { ($0.id, $0.zone) }, uniquingKeysWith: { first, _ in first })
    layout = NetworkLayout(Array(flows), zones: zones)
    hubs = Self.hubs(layout, format: format)
  }

  /// Exchanges that the drawing takes, best first.
  static let most = 2000
  /// Of more ways, the smaller ones are faint hairs.
  static let mostFull = 150
  /// Tips of more ways would cover the dots.
  private static let mostArrows = 80
  var isCut: Bool { context.exchanges.count > Self.most }

  /// The heaviest nodes for which there is room: on a side, or apart from each other.
  private static func hubs(_ layout: NetworkLayout, format: NetworkFormat) -> [Int] {
    let room = Int((2 * format.radius + 50) / (2 * format.lineHeight + 4))
    let zones = layout.groups.count { $0.name != nil }
    var left = 0
    var right = 0
    var taken: [Int] = []
    for index in layout.byWeight where taken.count < format.mostHubs {
      let point = Point.direction(layout.nodes[index].angle)
      if format.hasSides {
        // The names of zones stand there too.
        let isRight = point.x >= 0
        guard (isRight ? right : left) < room - (zones + 1) / 2 else { continue }
        if isRight { right += 1 } else { left += 1 }
      } else {
        let isClear = taken.allSatisfy {
          (Point.direction(layout.nodes[$0].angle) - point).length * (format.radius + 12) >= 13
        }
        guard isClear else { continue }
      }
      taken.append(index)
    }
    return taken
  }

  /// Where a node stands [px]; angles are from the top.
  func position(_ angle: Double, radius: Double) -> Point {
    format.centre + Point.direction(angle - Double.pi / 2) * radius
  }

  func svg() -> String {
    var svg = SVG()
    drawGroups(into: &svg)
    let most = layout.links.map(\.tonnes).max() ?? 0
    // Faint ones below.
    for link in layout.links.dropFirst(Self.mostFull) {
      draw(link, most: most, isFaint: true, into: &svg)
    }
    for link in layout.links.prefix(Self.mostFull) {
      draw(link, most: most, isFaint: false, into: &svg)
    }
    drawNodes(into: &svg)
    let height = format.hasSides ? drawSides(into: &svg) : drawList(into: &svg)
    return svg.drawing(
      width: format.width, height: height, label: context.language.text("circle.title"),
      "class=\"nw\" font-size=\"\(SVG.number(format.fontSize))\"")
  }

  // MARK: Circle

  private func drawGroups(into svg: inout SVG) {
    guard layout.groups.count > 1 else { return }
    for group in layout.groups {
      svg.path(arc(group.start, group.end, radius: format.radius + 13), "class=\"arc\"")
    }
  }

  private func arc(_ start: Double, _ end: Double, radius: Double) -> String {
    let isLarge = end - start > Double.pi ? 1 : 0
    let r = SVG.number(radius)
    return "M\(SVG.pair(position(start, radius: radius)))A\(r) \(r) 0 \(isLarge) 1 "
      + SVG.pair(position(end, radius: radius))
  }

  private func draw(
    _ link: NetworkLayout.Link, most: Double, isFaint: Bool, into svg: inout SVG
  ) {
    let start = position(layout.nodes[link.from].angle, radius: format.radius)
    let end = position(layout.nodes[link.to].angle, radius: format.radius)
    // Ways between neighbours bend inwards too, or the rim would hide them. The two directions of a
    // pair part a little.
    let middle = (start + end) * 0.5
    let across = (end - start).normal * 0.06
    let control = format.centre + (middle - format.centre) * 0.3 + across
    let width =
      most > 0 ? max(0.8, widestLine * (link.tonnes / most).squareRoot()) : 0.8
    let curve = Curve(start: start, control: control, end: end)
    if layout.links.count <= Self.mostArrows {
      drawHead(link, of: curve, width: width, into: &svg)
    }
    let mark = ExchangeMark(link.ranks)
    let style = link.effect.styleClass
    if isFaint {
      svg.path(SVG.curve(curve), "class=\"ne f \(style)\" \(mark)")
    } else {
      svg.path(
        SVG.curve(curve),
        "class=\"ne \(style)\" stroke-width=\"\(SVG.number(width))\" \(mark)",
        title: title(link))
    }
  }

  /// Tip before the dot of the receiver.
  private func drawHead(
    _ link: NetworkLayout.Link, of curve: Curve, width: Double, into svg: inout SVG
  ) {
    let tip = curve.parameter(dot(layout.nodes[link.to]) + 2, fromEnd: true)
    let back = curve.parameter(dot(layout.nodes[link.to]) + 9 + width, fromEnd: true)
    let side = (curve.point(tip) - curve.point(back)).unit.normal * (2.6 + 0.6 * width)
    let base = curve.point(back)
    svg.path(
      SVG.polygon([curve.point(tip), base + side, base - side]),
      "class=\"ah \(link.effect.styleClass)\" \(ExchangeMark(link.ranks))")
  }

  /// Lines of a crowd leave room for each other.
  private var widestLine: Double {
    format.widestLine * min(1, max(0.4, (60 / Double(max(1, layout.links.count))).squareRoot()))
  }

  private func title(_ link: NetworkLayout.Link) -> String {
    let pair = context.language.text(
      "exchange.pair",
      [
        "from": context.names.short(layout.nodes[link.from].id),
        "to": context.names.short(layout.nodes[link.to].id),
      ])
    let amount = link.tonnes > 0 ? ": \(context.language.mass(tonnes: link.tonnes))" : ""
    return "\(context.rankList(link.ranks)) \(pair)\(amount)"
  }

  /// Area of a dot: its tonnage.
  func dot(_ node: NetworkLayout.Node) -> Double {
    let most = layout.nodes.map(\.tonnes).max() ?? 0
    let room = 0.45 * 2 * Double.pi * format.radius / Double(max(1, layout.nodes.count))
    let largest = min(format.largestDot, max(3, room * 2.2))
    return most > 0 ? max(1.8, largest * (node.tonnes / most).squareRoot()) : 2.5
  }

  private func drawNodes(into svg: inout SVG) {
    for node in layout.nodes {
      let point = position(node.angle, radius: format.radius)
      let mark = ExchangeMark(node.ranks)
      svg.group("class=\"nd\" \(mark)", title: "\(context.names.short(node.id)): \(facts(node))") {
        $0.circle(point, radius: dot(node), "class=\"site\"")
      }
    }
  }

  /// `5 partners, 340 kt`.
  func facts(_ node: NetworkLayout.Node) -> String {
    let language = context.language
    let partners = language.plural("circle.partners", count: node.partners)
    guard node.tonnes > 0 else { return partners }
    return language.list([
      partners, language.text("format.per-year", ["value": language.mass(tonnes: node.tonnes)]),
    ])
  }
}

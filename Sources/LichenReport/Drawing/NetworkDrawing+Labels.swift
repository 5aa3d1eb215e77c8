import LichenDomain

extension NetworkDrawing {
  /// A label beside the circle.
  struct SideLabel: Sendable {
    let lines: [(text: String, style: String)]
    let angle: Double
    /// Distance of the end of its line from the centre.
    let reach: Double
    let isRight: Bool
    let box: Box
  }

  /// Labels of hubs and zones with their places.
  var sideLabels: [SideLabel] {
    [true, false].flatMap { isRight in
      let found = (hubLabels + zoneLabels).filter { ($0.point.x >= 0) == isRight }
      let heights = found.map { Double($0.lines.count) * format.lineHeight + 4 }
      let middles = SideLabels.place(
        found.map { format.centre.y + $0.point.y * (format.radius + 34) }, heights: heights,
        top: 4, bottom: 2 * format.centre.y - 4)
      return zip(found, zip(heights, middles)).map { label, place in
        let width =
          label.lines.map { TextMetrics.width($0.text, size: format.fontSize) }.max() ?? 0
        let edge = format.radius + 46
        return SideLabel(
          lines: label.lines, angle: label.angle, reach: label.reach, isRight: isRight,
          box: Box(
            x: isRight ? format.centre.x + edge : format.centre.x - edge - width,
            y: place.1 - place.0 / 2 + 2, width: width, height: place.0 - 4))
      }
    }
  }

  private typealias Wish = (
    lines: [(text: String, style: String)], angle: Double, reach: Double, point: Point
  )

  private var labelWidth: Double { format.width / 2 - format.radius - 50 }

  private func clip(_ text: String) -> String {
    TextMetrics.clip(text, width: labelWidth, size: format.fontSize)
  }

  private func wish(
    _ lines: [(text: String, style: String)], _ angle: Double, _ reach: Double
  ) -> Wish {
    (lines, angle, reach, Point.direction(angle - Double.pi / 2))
  }

  private var hubLabels: [Wish] {
    hubs.map { index in
      let node = layout.nodes[index]
      return wish(
        [(clip(context.names.short(node.id)), "halo"), (clip(facts(node)), "halo sub")],
        node.angle, format.radius + dot(node) + 1)
    }
  }

  private var zoneLabels: [Wish] {
    layout.groups.compactMap { group in
      group.name.map { name in
        wish(
          [(clip(zoneName(name)), "halo b")], (group.start + group.end) / 2, format.radius + 14)
      }
    }
  }

  private func zoneName(_ name: String) -> String {
    name.isEmpty ? context.language.text("circle.no-zone") : name
  }

  /// - Returns: Height of the drawing.
  func drawSides(into svg: inout SVG) -> Double {
    let labels = sideLabels
    for label in labels {
      let from = position(label.angle, radius: label.reach)
      let bend = position(label.angle, radius: format.radius + 22)
      let to = Point(
        x: label.isRight ? label.box.x - 4 : label.box.maxX + 4,
        y: label.box.y + format.lineHeight / 2)
      svg.path(
        "M\(SVG.pair(from))L\(SVG.pair(bend))L\(SVG.pair(to))", "class=\"ld\"")
    }
    for label in labels {
      for (line, content) in label.lines.enumerated() {
        svg.text(
          content.text,
          at: Point(
            x: label.isRight ? label.box.x : label.box.maxX,
            y: label.box.y + format.lineHeight * (Double(line) + 0.78)),
          anchor: label.isRight ? "start" : "end", "class=\"\(content.style)\"")
      }
    }
    return max(2 * format.centre.y, (labels.map(\.box.maxY).max() ?? 0) + 6)
  }

  // MARK: List below the circle

  /// A place beside the arc of a zone, away from other letters where there is one.
  private func letterPlace(_ group: NetworkLayout.Group, away taken: [Point]) -> Point {
    let places = [0.5, 0.35, 0.65, 0.2, 0.8, 0.05, 0.95].map {
      position(group.start + (group.end - group.start) * $0, radius: format.radius + 23)
    }
    let isClear = { (point: Point) in taken.allSatisfy { ($0 - point).length >= 12 } }
    return places.first(where: isClear) ?? places[0]
  }

  /// - Returns: Height of the drawing.
  func drawList(into svg: inout SVG) -> Double {
    var rows: [(key: String, name: String, detail: String)] = []
    // In the order of the circle, so that the eye finds them.
    let named = hubs.sorted()
    var taken: [Point] = []
    for (place, index) in named.enumerated() {
      let node = layout.nodes[index]
      let key = Alphabet.letters(place)
      let point = position(node.angle, radius: format.radius + 23)
      taken.append(point)
      svg.text(
        key, at: Point(x: point.x, y: point.y + format.fontSize * 0.35), anchor: "middle",
        "class=\"halo b\"")
      rows.append((key, context.names.short(node.id), facts(node)))
    }
    for (place, group) in layout.groups.enumerated() {
      guard let name = group.name else { continue }
      let key = Alphabet.letters(place).lowercased()
      let point = letterPlace(group, away: taken)
      taken.append(point)
      svg.text(
        key, at: Point(x: point.x, y: point.y + format.fontSize * 0.35), anchor: "middle",
        "class=\"halo sub\"")
      rows.append((key, zoneName(name), ""))
    }
    var y = 2 * format.centre.y + 4
    for row in rows {
      svg.text(row.key, at: Point(x: 6, y: y), anchor: "start", "class=\"b\"")
      let detail = TextMetrics.width(row.detail, size: format.fontSize)
      let name = TextMetrics.clip(
        row.name, width: format.width - 34 - detail, size: format.fontSize)
      svg.text(name, at: Point(x: 22, y: y), anchor: "start")
      if !row.detail.isEmpty {
        svg.text(
          row.detail, at: Point(x: format.width - 4, y: y), anchor: "end", "class=\"sub\"")
      }
      y += format.lineHeight + 2
    }
    return y
  }
}

import LichenDomain

extension MapDrawing {
  struct SiteLabel {
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
    if !context.fates.isEmpty, context.park.enterprise(site.id) == nil {
      lines.append((context.language.text("scenario.closed"), true))
    }
    return SiteLabel(site: site, lines: lines, isMain: isMain)
  }

  /// Labels of all sites with their places; a label without one is left out.
  func placeLabels(_ arrows: [Arrow], badges: [Point]) -> [(
    label: SiteLabel, placement: LabelPlacer.Placement?
  )] {
    let labels =
      layout.sites.filter { prominent.contains($0.id) }.map(label)
      + layout.sites.filter { !prominent.contains($0.id) }.map(label)
    let requests = labels.map { label in
      let width =
        label.lines.map {
          TextMetrics.width($0.text, size: format.fontSize, isBold: label.isMain)
        }.max() ?? 0
      return LabelPlacer.Request(
        point: label.site.position, radius: 5, width: width,
        height: Double(label.lines.count) * format.fontSize * 1.2,
        isOptional: isCrowded
          || !prominent.contains(label.site.id) && label.site.kind == .inFrame)
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
    return zip(labels, placer.place(requests)).map { ($0, $1) }
  }

  func draw(
    _ label: SiteLabel, _ placement: LabelPlacer.Placement?, into svg: inout SVG
  ) {
    let isInside = label.site.kind == .inFrame
    let classes =
      label.isMain
      ? "site\(isInside ? "" : " out")\(label.site.kind == .unplaced ? " un" : "")"
      : "site idle"
    svg.group("class=\"st\"", title: context.sites.first { $0.id == label.site.id }?.name) { svg in
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

  func drawScale(into svg: inout SVG) {
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
      "class=\"halo sub\" font-size=\"\(SVG.number(max(11, format.fontSize - 1)))\""
    svg.text(
      text, at: Point(x: 14 + bar.pixels / 2, y: y - 4), anchor: "middle", attributes)
    let x = 14 + bar.pixels + 18
    svg.path("M\(SVG.number(x)) \(SVG.number(y))v-14m-4 5l4 -5l4 5", "class=\"tick\"")
    svg.text(
      context.language.text("map.north"), at: Point(x: x, y: y - 17), anchor: "middle", attributes)
  }
}

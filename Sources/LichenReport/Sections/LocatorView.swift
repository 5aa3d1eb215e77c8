import LichenDomain

/// Where the park lies in its region: a coast, the park, and the sites outside the frame of the map.
struct LocatorView {
  let locator: String
  let locatorNote: String

  private static let frame = Box(x: 0, y: 0, width: 228, height: 190)
  /// A region is at least so wide to each side [km], and no wider than half a continent.
  private static let reach = 250.0...2500.0

  /// - Returns: `nil` without coordinates, or where no coast crosses the region.
  init?(_ context: ReportContext, _ layout: MapLayout) {
    guard let atlas = context.outlines, let centre = layout.place?.centre else { return nil }
    let far = layout.sites.compactMap { site -> (id: EnterpriseID, place: Coordinate)? in
      guard case .far = site.kind, let place = context.park.enterprise(site.id)?.coordinate else {
        return nil
      }
      return (site.id, place)
    }
    let farthest = far.map { centre.distanceKm(to: $0.place) }.max() ?? 0
    let reach = min(max(farthest * 1.2, Self.reach.lowerBound), Self.reach.upperBound)
    let place = MapPlace(
      centre: centre, kilometresPerPixel: 2 * reach / Self.frame.height,
      origin: Self.frame.centre)
    guard let outline = MapOutline(atlas, place: place, frame: Self.frame) else { return nil }
    locator = Self.draw(outline, place: place, far: far, context)
    locatorNote = context.language.text(far.isEmpty ? "map.locator" : "map.locator-far")
  }

  private static func draw(
    _ outline: MapOutline, place: MapPlace, far: [(id: EnterpriseID, place: Coordinate)],
    _ context: ReportContext
  ) -> String {
    var svg = SVG()
    svg.rectangle(frame, "class=\"sea\"")
    svg.path(outline.path, "class=\"land coast\"")
    for site in far {
      // The nearer of the two ways around the world.
      var longitude = site.place.longitude
      if longitude - place.centre.longitude > 180 { longitude -= 360 }
      if longitude - place.centre.longitude < -180 { longitude += 360 }
      let point = place.position(longitude: longitude, latitude: site.place.latitude)
      guard frame.contains(point) else { continue }
      svg.group("class=\"st\"", title: context.names.short(site.id)) {
        $0.circle(point, radius: 3, "class=\"site out\"")
      }
    }
    svg.rectangle(Box(around: place.origin, radius: 4), "class=\"here\"")
    drawScale(place, context.language, into: &svg)
    return svg.drawing(
      width: frame.width, height: frame.height, label: context.language.text("map.locator"),
      "class=\"map loc\" font-size=\"11\"")
  }

  private static func drawScale(_ place: MapPlace, _ language: Language, into svg: inout SVG) {
    let bar = MapFit.scaleBar(kilometresPerPixel: place.kilometresPerPixel, wanted: 56)
    let y = frame.maxY - 8
    svg.path("M8 \(SVG.number(y - 4))v4h\(SVG.number(bar.pixels))v-4", "class=\"tick\"")
    svg.text(
      language.number(bar.km) + Language.narrowGap + "km",
      at: Point(x: 8 + bar.pixels / 2, y: y - 3), anchor: "middle", "class=\"halo sub\"")
  }
}

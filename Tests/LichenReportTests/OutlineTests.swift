import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenReport

/// Coasts behind maps: read whole, cut to the frame, told honestly.
@Suite struct OutlineTests {
  private static let frame = Box(x: 0, y: 0, width: 860, height: 500)

  private func place(_ latitude: Double, _ longitude: Double, _ scale: Double) throws -> MapPlace {
    MapPlace(
      centre: try #require(Coordinate(latitude: latitude, longitude: longitude)),
      kilometresPerPixel: scale, origin: Self.frame.centre)
  }

  @Test(arguments: UInt64(1)...60) func clippedPolygonsLieInTheBoxAndKeepTheirArea(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let box = Box(x: 20, y: 10, width: 200, height: 120)
    // A star around a point: simple, and often torn apart by the box.
    let centre = Point(
      x: random.number(in: -50...300), y: random.number(in: -50...200))
    let corners = random.whole(in: 3...40)
    let star = (0..<corners).map { index in
      centre + Point.direction(2 * .pi * Double(index) / Double(corners))
        * random.number(in: 5...200)
    }
    let kept = PolygonClip.clip(star, to: box)
    let room = box.inset(-1e-6, -1e-6)
    #expect(kept.allSatisfy(room.contains))
    // Area by counting cells, an independent way.
    var inside = 0
    let step = 1.0
    for column in 0..<200 {
      for row in 0..<120 {
        let point = Point(
          x: box.x + (Double(column) + 0.5) * step, y: box.y + (Double(row) + 0.5) * step)
        let isInside = PolygonClip.holds(point, [star])
        if isInside { inside += 1 }
      }
    }
    let area = abs(PolygonClip.doubledArea(kept)) / 2
    #expect(abs(area - Double(inside)) <= 8 + 0.03 * area)
  }

  @Test(arguments: UInt64(1)...20) func thinnedLinesStayNear(seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    let ring = (0..<300).map { index in
      Point.direction(2 * .pi * Double(index) / 300) * (100 + random.number(in: -3...3))
    }
    let thin = PolygonClip.thin(ring, tolerance: 2)
    #expect(thin.count < ring.count && thin.count >= 3)
    let lines = Array(zip(thin, thin.dropFirst() + thin.prefix(1)))
    for point in ring {
      let nearest = lines.map { line in
        let way = line.1 - line.0
        let along = point - line.0
        let t = min(
          1, max(0, (along.x * way.x + along.y * way.y) / max(1e-9, way.length * way.length)))
        return (along - way * t).length
      }.min()
      #expect((nearest ?? .infinity) <= 2.0001)
    }
  }

  /// Places that any map shows on land or at sea.
  @Test(arguments: [
    (55.676, 12.30, true), (57.5, 11.5, false), (56.0, 18.5, false), (21.02, 105.6, true),
    (15.0, 112.0, false), (12.9, 101.2, true), (11.5, 101.0, false), (-32.0, 116.3, true),
    (-32.0, 115.0, false), (52.0, 5.6, true), (-12.0, -76.6, true), (-12.0, -79.0, false),
    // A lake, and an island in the date line's neighbourhood.
    (58.8, 13.4, false), (-17.8, 178.0, true), (66.5, 179.9, true),
  ])
  func landIsLandAndSeaIsSea(latitude: Double, longitude: Double, isLand: Bool) throws {
    let atlas = try #require(ReportFixture.outlines)
    for scale in [1.2, 0.4] {
      let place = try place(latitude, longitude, scale)
      let outline = try #require(MapOutline(atlas, place: place, frame: Self.frame))
      #expect(outline.isLand(place.origin) == isLand, "\(latitude) \(longitude) at \(scale)")
    }
  }

  /// What is skipped because it lies far away changes nothing inside the frame.
  @Test(arguments: [(55.67, 11.09), (20.82, 106.77), (12.68, 101.15), (-32.22, 115.77)])
  func skippingFarPartsChangesNothing(latitude: Double, longitude: Double) throws {
    let atlas = try #require(ReportFixture.outlines)
    let place = try place(latitude, longitude, 0.5)
    let outline = try #require(MapOutline(atlas, place: place, frame: Self.frame))
    // Everything decoded: a rectangle that holds the world.
    var whole: [[Point]] = []
    let world = OutlineLayer.Range(
      west: -Int(1e9), south: -Int(1e9), east: Int(1e9), north: Int(1e9))
    atlas.coarse.rings(near: world) { ring in
      whole.append(
        ring.map {
          place.position(
            longitude: Double($0.x) / atlas.coarse.quanta,
            latitude: Double($0.y) / atlas.coarse.quanta)
        })
    }
    var random = SeededGenerator(seed: 5)
    for _ in 0..<40 {
      let point = Point(x: random.number(in: 1...859), y: random.number(in: 1...499))
      #expect(outline.isLand(point) == PolygonClip.holds(point, whole))
    }
  }

  @Test func linesLieInTheFrameOrJustOutside() throws {
    let atlas = try #require(ReportFixture.outlines)
    let room = Self.frame.inset(-MapOutline.margin - 1e-6, -MapOutline.margin - 1e-6)
    for scale in [0.005, 0.05, 0.6, 6, 30] {
      let place = try place(12.68, 101.15, scale)
      guard let outline = MapOutline(atlas, place: place, frame: Self.frame) else { continue }
      #expect(outline.rings.allSatisfy { $0.allSatisfy(room.contains) })
      #expect(!outline.path.contains("nan"))
      #expect(outline.path.utf8.count < 120_000, "\(scale): \(outline.path.utf8.count)")
    }
  }

  /// 500 m of doubt on a map of less than 2 km would be a guess.
  @Test func mapsThatAreTooFineShowNoCoast() throws {
    let atlas = try #require(ReportFixture.outlines)
    let shore = (55.6625, 11.0812)
    #expect(
      MapOutline(atlas, place: try place(shore.0, shore.1, 0.0039), frame: Self.frame) == nil)
    #expect(
      MapOutline(atlas, place: try place(shore.0, shore.1, 0.0051), frame: Self.frame) != nil)
  }

  @Test func inlandMapsHaveNoCoast() throws {
    let atlas = try #require(ReportFixture.outlines)
    #expect(MapOutline(atlas, place: try place(49.0, 9.0, 0.02), frame: Self.frame) == nil)
  }

  @Test func damagedFilesAreRefused() throws {
    #expect(throws: OutlineError.notAnOutline(file: "x")) {
      try OutlineLayer(Array("no outline".utf8), file: "x")
    }
    let head = Array("LCOAST1\n".utf8)
    #expect(throws: OutlineError.cutShort(file: "x")) { try OutlineLayer(head, file: "x") }
    let many = head + [0xD0, 7, 0, 0, 9, 0, 0, 0]
    #expect(throws: OutlineError.cutShort(file: "x")) { try OutlineLayer(many, file: "x") }
  }

  /// A site that the outline leaves on water is named, and both maps say that the coast is rough.
  @Test func sitesOnWaterAreNamed() throws {
    // Around the fjord of Kalundborg, one of them in it.
    var park = Fixtures.mixedPark
    let town = try #require(park.declaration.enterprises.firstIndex { $0.id == "town" })
    park.declaration.enterprises[town].latitude = 55.674
    park.declaration.enterprises[town].longitude = 11.080
    let result = try ReportFixture.match(park.park())
    try #require(result.plan.exchanges.count > 2)
    var context = ReportContext(result, language: ReportFixture.language)
    #expect(MapView(context).notes.allSatisfy { !$0.contains("approximate") })
    context.outlines = ReportFixture.outlines
    let map = MapDrawing(context, format: .wide, showsOthers: true)
    #expect(map.outline != nil && map.namesOnWater.contains("town"))
    let notes = MapView(context).notes
    #expect(notes.contains { $0.contains("approximate") && $0.contains("500") })
    #expect(notes.contains { $0.contains("water") && $0.contains("town") })
    #expect(!DecisionView(context).mapNotes.isEmpty)
    #expect(MapView(context).locators.count == 1)
  }
}

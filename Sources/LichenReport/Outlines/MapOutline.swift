import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Land behind a map, cut to its frame.
struct MapOutline: Sendable {
  /// Closed lines [px] of land and of water in it; what an odd number of them holds is land.
  let rings: [[Point]]
  private let whole: [[Point]]

  /// Lines along the cut lie outside the frame, where nobody sees them [px].
  static let margin = 4.0
  /// A map whose shorter side is below four times the accuracy of the shores shows none: a shore could be
  /// wrong by more than a quarter of the picture.
  static let leastSideKm = 4 * OutlineAtlas.accuracyKm
  private static let tolerance = 0.4
  /// Smaller islands and lakes are not drawn [px²].
  private static let leastArea = 1.5

  /// - Parameters:
  ///   - place: Where the map puts places.
  ///   - frame: The map's edge [px].
  /// - Returns: `nil` where no shore crosses the frame, or the map is finer than the shores bear.
  init?(_ atlas: OutlineAtlas, place: MapPlace, frame: Box) {
    guard min(frame.width, frame.height) * place.kilometresPerPixel >= Self.leastSideKm else {
      return nil
    }
    let layer = atlas.layer(kilometresPerPixel: place.kilometresPerPixel)
    let cut = frame.inset(-Self.margin, -Self.margin)
    let rings = Self.rings(layer, place: place, cut: cut)
    whole = rings
    self.rings = rings.map { PolygonClip.thin($0, tolerance: Self.tolerance) }.filter {
      $0.count > 2 && abs(PolygonClip.doubledArea($0)) > 2 * Self.leastArea
    }
    guard Self.hasShore(self.rings, in: frame) else { return nil }
  }

  /// Whether a place of the map is on land, as the outline has it before it is thinned for drawing.
  func isLand(_ point: Point) -> Bool { PolygonClip.holds(point, whole) }

  private static func rings(_ layer: OutlineLayer, place: MapPlace, cut: Box) -> [[Point]] {
    var result: [[Point]] = []
    let corners = (
      place.coordinate(Point(x: cut.x, y: cut.maxY)),
      place.coordinate(Point(x: cut.maxX, y: cut.y))
    )
    // The world repeats every 360 degrees; a map near the date line shows two of its copies.
    for turn in [-360.0, 0, 360] {
      func quanta(_ degrees: Double) -> Double { min(max(degrees, -1e6), 1e6) * layer.quanta }
      let range = OutlineLayer.Range(
        west: Int(quanta(corners.0.longitude - turn).rounded(.down)),
        south: Int(quanta(corners.0.latitude).rounded(.down)),
        east: Int(quanta(corners.1.longitude - turn).rounded(.up)),
        north: Int(quanta(corners.1.latitude).rounded(.up)))
      layer.rings(near: range) { ring in
        let points = ring.map {
          place.position(
            longitude: Double($0.x) / layer.quanta + turn, latitude: Double($0.y) / layer.quanta)
        }
        let kept = PolygonClip.clip(points, to: cut)
        if !kept.isEmpty { result.append(kept) }
      }
    }
    return result
  }

  /// Whether any line that is no edge of the cut lies in the frame.
  private static func hasShore(_ rings: [[Point]], in frame: Box) -> Bool {
    rings.contains { ring in
      zip(ring, ring.dropFirst() + ring.prefix(1)).contains { from, to in
        let middle = (from + to) * 0.5
        return frame.contains(middle) || frame.contains(from) || frame.contains(to)
      }
    }
  }

  /// Data of one path with all rings, in tenths of a pixel, as steps.
  var path: String {
    var data = ""
    for ring in rings {
      var last: (x: Int, y: Int)?
      for point in ring {
        let tenths = (x: Int((point.x * 10).rounded()), y: Int((point.y * 10).rounded()))
        if let from = last {
          if from == tenths { continue }
          data += "l\(SVG.tenths(tenths.x - from.x)) \(SVG.tenths(tenths.y - from.y))"
        } else {
          data += "M\(SVG.tenths(tenths.x)) \(SVG.tenths(tenths.y))"
        }
        last = tenths
      }
      data += "Z"
    }
    return data
  }
}

/// Where a map puts the places of the world.
struct MapPlace: Sendable {
  let centre: Coordinate
  let kilometresPerPixel: Double
  /// Where the centre stands [px].
  let origin: Point

  private static let kilometresPerDegree = 111.195
  private var shrink: Double { max(0.01, cos(centre.latitude * Double.pi / 180)) }

  /// - Parameter longitude: May lie beyond 180 degrees.
  func position(longitude: Double, latitude: Double) -> Point {
    let scale = Self.kilometresPerDegree / kilometresPerPixel
    return Point(
      x: origin.x + (longitude - centre.longitude) * shrink * scale,
      y: origin.y + (centre.latitude - latitude) * scale)
  }

  /// Latitude and longitude; the longitude may lie beyond 180 degrees.
  func coordinate(_ point: Point) -> (longitude: Double, latitude: Double) {
    let scale = kilometresPerPixel / Self.kilometresPerDegree
    return (
      centre.longitude + (point.x - origin.x) * scale / shrink,
      centre.latitude - (point.y - origin.y) * scale
    )
  }
}

import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Size and margins of a drawing [px].
struct MapFormat: Sendable {
  let width: Double
  let height: Double
  /// Distance of sites outside the frame from the edge.
  let ring: Point
  /// Space around the dense part when there is a ring, and when there is none.
  let marginWithRing: Point
  let margin: Point
  /// Least distance between two sites.
  let spacing: Double
  /// Least distance between two sites on the ring.
  let ringSpacing: Double
  let fontSize: Double
  let labelWidth: Double
  let labelLines: Int
  let widestLine: Double
  let badgeRadius: Double
  /// Exchanges that get a number; in a crowded park the others are faint lines.
  let numbered: Int

  static let wide = MapFormat(
    width: 860, height: 500, ring: Point(x: 54, y: 48), marginWithRing: Point(x: 176, y: 96),
    margin: Point(x: 96, y: 52), spacing: 30, ringSpacing: 112, fontSize: 13, labelWidth: 168,
    labelLines: 3,
    widestLine: 20, badgeRadius: 9.4, numbered: 24)
  /// For the middle of a what-if page.
  static let room = MapFormat(
    width: 816, height: 362, ring: Point(x: 48, y: 32), marginWithRing: Point(x: 176, y: 66),
    margin: Point(x: 96, y: 44), spacing: 28, ringSpacing: 84, fontSize: 13, labelWidth: 150,
    labelLines: 2,
    widestLine: 18, badgeRadius: 8.4, numbered: 24)
  /// For phones, and for the small map beside the to-do list.
  static let narrow = MapFormat(
    width: 340, height: 350, ring: Point(x: 26, y: 32), marginWithRing: Point(x: 76, y: 80),
    margin: Point(x: 46, y: 44), spacing: 23, ringSpacing: 84, fontSize: 11.2, labelWidth: 108,
    labelLines: 3,
    widestLine: 11, badgeRadius: 8, numbered: 12)

  var frame: Box { Box(x: 0, y: 0, width: width, height: height) }
}

/// Where the sites of a park stand in a drawing.
///
/// The frame shows the dense part of the park in true distances. Sites far outside stand on a ring at
/// the frame's edge in their compass direction; sites without coordinates stand on the ring too, where
/// there is room.
struct MapLayout: Sendable {
  enum Kind: Sendable, Equatable {
    case inFrame
    /// Great-circle distance from the centre of the dense part [km].
    case far(km: Double)
    case unplaced
  }

  struct Site: Sendable {
    let id: EnterpriseID
    let position: Point
    let kind: Kind
  }

  /// In order of id.
  let sites: [Site]
  /// `nil` when no site of the frame has coordinates.
  let kilometresPerPixel: Double?
  /// Where the frame's places stand; `nil` without a scale.
  let place: MapPlace?

  /// - Parameters:
  ///   - main: Sites that must be shown and decide what the frame covers.
  ///   - others: Sites that are shown where they fall into the frame.
  init(main: [Enterprise], others: [Enterprise], format: MapFormat) {
    let placed = main.compactMap { site in site.coordinate.map { (site.id, $0) } }
    guard let projection = MapProjection(placed.map(\.1)) else {
      sites = Self.circle(main.map(\.id).sorted(), format: format)
      kilometresPerPixel = nil
      place = nil
      return
    }
    var dense: [(EnterpriseID, Point)] = []
    var far: [(id: EnterpriseID, direction: Point, km: Double)] = []
    for (id, coordinate) in placed {
      let point = projection.kilometres(coordinate)
      if point.length <= projection.reachKm {
        dense.append((id, point))
      } else {
        far.append((id, point.unit, projection.centre.distanceKm(to: coordinate)))
      }
    }
    let unplaced = main.filter { $0.coordinate == nil }.map(\.id).sorted()
    let usual = far.isEmpty && unplaced.isEmpty ? format.margin : format.marginWithRing
    // Many sites need the room more than their labels do.
    let margin = usual * (main.count > 20 ? 0.7 : 1)
    let inner = format.frame.inset(margin.x, margin.y)
    let fit = MapFit(dense.map(\.1), into: inner)
    for site in others {
      guard let coordinate = site.coordinate else { continue }
      let point = projection.kilometres(coordinate)
      if inner.contains(fit.position(point)) { dense.append((site.id, point)) }
    }
    dense.sort { $0.0 < $1.0 }
    let positions = Self.spread(
      dense.map { fit.position($0.1) }, apart: Self.spacing(dense.count, in: inner, format),
      inside: format.frame.inset(format.ring.x, format.ring.y))
    var sites = zip(dense, positions).map { Site(id: $0.0, position: $1, kind: .inFrame) }
    let ring = MapRing(frame: format.frame.inset(format.ring.x, format.ring.y))
    sites += ring.place(
      far.sorted { $0.id < $1.id }, unplaced: unplaced, apart: format.ringSpacing)
    self.sites = sites.sorted { $0.id < $1.id }
    kilometresPerPixel = fit.kilometresPerPixel
    place = MapPlace(
      centre: projection.centre, kilometresPerPixel: fit.kilometresPerPixel,
      origin: fit.position(Point(x: 0, y: 0)))
  }

  /// The wanted distance between sites, or what a crowd leaves room for.
  private static func spacing(_ count: Int, in box: Box, _ format: MapFormat) -> Double {
    min(format.spacing, 0.8 * (box.width * box.height / Double(max(1, count))).squareRoot())
  }

  /// No coordinates at all: an ellipse, in order of id.
  private static func circle(_ ids: [EnterpriseID], format: MapFormat) -> [Site] {
    let inner = format.frame.inset(format.margin.x, format.margin.y)
    return ids.enumerated().map { index, id in
      let angle = 2 * Double.pi * Double(index) / Double(max(1, ids.count)) - Double.pi / 2
      let direction = Point.direction(angle)
      let position = Point(
        x: inner.centre.x + direction.x * inner.width / 2,
        y: inner.centre.y + direction.y * inner.height / 2)
      return Site(
        id: id, position: ids.count == 1 ? inner.centre : position, kind: .unplaced)
    }
  }

  /// Moves points apart until none is nearer to another than wanted, as far as a fixed number of
  /// rounds allows.
  static func spread(_ points: [Point], apart: Double, inside: Box) -> [Point] {
    var points = points
    for _ in 0..<120 {
      var moved = false
      for i in points.indices {
        for j in points.indices where j > i {
          let between = points[j] - points[i]
          guard between.length < apart - 1e-6 else { continue }
          // Points on top of each other part in a direction of their own (golden angle).
          let direction =
            between.length > 1e-6 ? between.unit : Point.direction(2.399963 * Double(i + j))
          let step = direction * ((apart - between.length) / 2)
          points[i] = points[i] - step
          points[j] = points[j] + step
          moved = true
        }
      }
      for i in points.indices {
        points[i].x = min(max(points[i].x, inside.x), inside.maxX)
        points[i].y = min(max(points[i].y, inside.y), inside.maxY)
      }
      if !moved { break }
    }
    return points
  }
}

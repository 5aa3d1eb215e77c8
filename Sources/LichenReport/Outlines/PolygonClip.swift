/// Cuts and thins closed lines.
enum PolygonClip {
  /// The part of a polygon inside a box (Sutherland and Hodgman 1974).
  ///
  /// Parts that the box tears apart stay joined along its edge, which changes no area.
  /// - Returns: No points where nothing is inside.
  /// - Complexity: O(points).
  static func clip(_ polygon: [Point], to box: Box) -> [Point] {
    var points = polygon
    for side in [Side.left, .right, .top, .bottom] {
      guard points.count > 2, let end = points.last else { return [] }
      var kept: [Point] = []
      kept.reserveCapacity(points.count)
      var last = end
      var wasInside = side.holds(last, box)
      for point in points {
        let isInside = side.holds(point, box)
        if isInside != wasInside { kept.append(side.crossing(last, point, box)) }
        if isInside { kept.append(point) }
        last = point
        wasInside = isInside
      }
      points = kept
    }
    return points.count > 2 ? points : []
  }

  private enum Side {
    case left, right, top, bottom

    func holds(_ point: Point, _ box: Box) -> Bool {
      switch self {
      case .left: point.x >= box.x
      case .right: point.x <= box.maxX
      case .top: point.y >= box.y
      case .bottom: point.y <= box.maxY
      }
    }

    func crossing(_ from: Point, _ to: Point, _ box: Box) -> Point {
      switch self {
      case .left, .right:
        let x = self == .left ? box.x : box.maxX
        return Point(x: x, y: from.y + (to.y - from.y) * (x - from.x) / (to.x - from.x))
      case .top, .bottom:
        let y = self == .top ? box.y : box.maxY
        return Point(x: from.x + (to.x - from.x) * (y - from.y) / (to.y - from.y), y: y)
      }
    }
  }

  /// Twice the area, of either sign [px²].
  static func doubledArea(_ polygon: [Point]) -> Double {
    guard var last = polygon.last else { return 0 }
    var sum = 0.0
    for point in polygon {
      sum += last.x * point.y - point.x * last.y
      last = point
    }
    return sum
  }

  /// Whether a line from a point to the right crosses the rings an odd number of times.
  static func holds(_ point: Point, _ rings: [[Point]]) -> Bool {
    var isInside = false
    for ring in rings {
      guard var last = ring.last else { continue }
      for next in ring {
        if (next.y > point.y) != (last.y > point.y),
          point.x < last.x + (next.x - last.x) * (point.y - last.y) / (next.y - last.y)
        {
          isInside.toggle()
        }
        last = next
      }
    }
    return isInside
  }

  /// Leaves out points nearer than `tolerance` to the line through those that stay
  /// (Douglas and Peucker 1973).
  /// - Complexity: O(points · log points) usually, O(points²) at worst.
  static func thin(_ polygon: [Point], tolerance: Double) -> [Point] {
    guard polygon.count > 4, let first = polygon.first else { return polygon }
    var far = 0
    for index in polygon.indices
    where (polygon[index] - first).length > (polygon[far] - first).length { far = index }
    guard far > 0 else { return [] }
    var stays = [Bool](repeating: false, count: polygon.count + 1)
    let line = polygon + [first]
    stays[0] = true
    stays[far] = true
    var open = [(0, far), (far, polygon.count)]
    while let (from, to) = open.popLast() {
      guard to - from > 1 else { continue }
      var farthest = (distance: tolerance, index: -1)
      let direction = line[to] - line[from]
      let length = direction.length
      for index in (from + 1)..<to {
        let way = line[index] - line[from]
        let distance =
          length > 1e-9
          ? abs(direction.x * way.y - direction.y * way.x) / length : way.length
        if distance > farthest.distance { farthest = (distance, index) }
      }
      guard farthest.index > 0 else { continue }
      stays[farthest.index] = true
      open += [(from, farthest.index), (farthest.index, to)]
    }
    return polygon.indices.filter { stays[$0] }.map { polygon[$0] }
  }
}

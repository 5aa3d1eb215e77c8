#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A point or vector of a drawing [px], y downwards.
struct Point: Hashable, Sendable {
  var x: Double
  var y: Double

  static func + (left: Point, right: Point) -> Point {
    Point(x: left.x + right.x, y: left.y + right.y)
  }
  static func - (left: Point, right: Point) -> Point {
    Point(x: left.x - right.x, y: left.y - right.y)
  }
  static func * (point: Point, factor: Double) -> Point {
    Point(x: point.x * factor, y: point.y * factor)
  }

  var length: Double { (x * x + y * y).squareRoot() }
  /// The same direction with length 1; to the right for a vector without length.
  var unit: Point { length > 1e-9 ? self * (1 / length) : Point(x: 1, y: 0) }
  /// A quarter turn.
  var normal: Point { Point(x: -y, y: x) }

  /// The direction of an angle [rad] from the right, clockwise on the screen.
  static func direction(_ angle: Double) -> Point { Point(x: cos(angle), y: sin(angle)) }
}

/// An upright rectangle [px].
struct Box: Hashable, Sendable {
  var x: Double
  var y: Double
  var width: Double
  var height: Double

  var maxX: Double { x + width }
  var maxY: Double { y + height }
  var centre: Point { Point(x: x + width / 2, y: y + height / 2) }

  init(x: Double, y: Double, width: Double, height: Double) {
    self.x = x
    self.y = y
    self.width = width
    self.height = height
  }

  init(around point: Point, radius: Double) {
    self.init(x: point.x - radius, y: point.y - radius, width: 2 * radius, height: 2 * radius)
  }

  /// Common area [px²].
  func overlap(_ other: Box) -> Double {
    let width = min(maxX, other.maxX) - max(x, other.x)
    let height = min(maxY, other.maxY) - max(y, other.y)
    return width > 0 && height > 0 ? width * height : 0
  }

  func contains(_ point: Point) -> Bool {
    point.x >= x && point.x <= maxX && point.y >= y && point.y <= maxY
  }

  /// Area that lies outside `frame` [px²].
  func excess(of frame: Box) -> Double { max(0, width * height - overlap(frame)) }

  func inset(_ horizontal: Double, _ vertical: Double) -> Box {
    Box(
      x: x + horizontal, y: y + vertical, width: max(1, width - 2 * horizontal),
      height: max(1, height - 2 * vertical))
  }
}

/// A quadratic Bézier curve.
struct Curve: Sendable {
  let start: Point
  let control: Point
  let end: Point

  func point(_ t: Double) -> Point {
    let u = 1 - t
    return start * (u * u) + control * (2 * u * t) + end * (t * t)
  }

  /// Direction of travel at `t`, of length 1.
  func direction(_ t: Double) -> Point {
    ((control - start) * (2 * (1 - t)) + (end - control) * (2 * t)).unit
  }

  /// Parameter at a distance along the curve from the start, or back from the end.
  func parameter(_ distance: Double, fromEnd: Bool = false) -> Double {
    let steps = 80
    var walked = 0.0
    var last = fromEnd ? end : start
    for step in 1...steps {
      let t = Double(step) / Double(steps)
      let next = point(fromEnd ? 1 - t : t)
      walked += (next - last).length
      if walked >= distance { return fromEnd ? 1 - t : t }
      last = next
    }
    return fromEnd ? 0 : 1
  }

  /// The part between two parameters (de Casteljau).
  func part(from first: Double, to last: Double) -> Curve {
    let begin = point(first)
    let finish = point(last)
    // Control point of the part: where the tangents of both ends meet.
    let u = 1 - first
    let control =
      start * (u * (1 - last)) + control * (first * (1 - last) + u * last) + end * (first * last)
    return Curve(start: begin, control: control, end: finish)
  }
}

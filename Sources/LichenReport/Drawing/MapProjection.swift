import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Equirectangular projection around the dense part of a park.
struct MapProjection: Sendable {
  let centre: Coordinate
  /// Sites farther from the centre than this stand outside the frame [km].
  let reachKm: Double

  /// km per degree of latitude on a sphere of radius 6371.0088 km.
  private static let kilometresPerDegree = 111.195

  /// - Returns: `nil` without coordinates.
  init?(_ coordinates: [Coordinate]) {
    guard let first = coordinates.first else { return nil }
    // Longitudes relative to the first site, so that the date line splits no park.
    let latitudes = coordinates.map(\.latitude)
    let longitudes = coordinates.map { Self.wrapped($0.longitude - first.longitude) }
    let longitude = Self.wrapped(first.longitude + Self.median(longitudes))
    centre =
      Coordinate(latitude: Self.median(latitudes), longitude: longitude) ?? first
    let projection = MapProjection(centre: centre)
    let distances = coordinates.map { projection.kilometres($0).length }.sorted()
    // Whatever lies within 2 km is one park, however its sites huddle.
    reachKm = max(2, Self.denseReach(distances))
  }

  private init(centre: Coordinate) {
    self.centre = centre
    reachKm = 0
  }

  /// East and south of the centre [km].
  func kilometres(_ coordinate: Coordinate) -> Point {
    let shrink = max(0.01, cos(centre.latitude * Double.pi / 180))
    return Point(
      x: Self.wrapped(coordinate.longitude - centre.longitude) * Self.kilometresPerDegree * shrink,
      y: (centre.latitude - coordinate.latitude) * Self.kilometresPerDegree)
  }

  private static func wrapped(_ degrees: Double) -> Double {
    if degrees > 180 { return degrees - 360 }
    return degrees < -180 ? degrees + 360 : degrees
  }

  /// How far the dense part of a park reaches, from distances in ascending order.
  ///
  /// Sites spread evenly over a disc lie within 1.4 median distances, normally spread ones nearly all
  /// within 2.5. Beyond twice the median a gap ends the dense part earlier.
  private static func denseReach(_ distances: [Double]) -> Double {
    let median = median(distances)
    var reach = median
    for distance in distances where distance > median {
      if distance > 2.5 * median { break }
      if distance > 2 * median, distance > 1.7 * reach { break }
      reach = distance
    }
    // Room for rounding, so that the farthest site of the dense part is inside.
    return reach * 1.000001
  }

  static func median(_ values: [Double]) -> Double {
    let sorted = values.sorted()
    guard !sorted.isEmpty else { return 0 }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

/// Scales kilometres to pixels so that all points lie inside a box.
struct MapFit: Sendable {
  let kilometresPerPixel: Double
  private let middle: Point
  private let box: Box

  init(_ points: [Point], into box: Box) {
    let xs = points.map(\.x)
    let ys = points.map(\.y)
    let minX = xs.min() ?? 0
    let maxX = xs.max() ?? 0
    let minY = ys.min() ?? 0
    let maxY = ys.max() ?? 0
    middle = Point(x: (minX + maxX) / 2, y: (minY + maxY) / 2)
    // A single site, or sites at one point, get a frame of 400 m.
    kilometresPerPixel = max((maxX - minX) / box.width, (maxY - minY) / box.height, 0.4 / box.width)
    self.box = box
  }

  func position(_ point: Point) -> Point {
    box.centre + (point - middle) * (1 / kilometresPerPixel)
  }

  /// A round length [km] whose bar is near `wanted` px, with the bar's length.
  static func scaleBar(kilometresPerPixel: Double, wanted: Double) -> (km: Double, pixels: Double) {
    let target = kilometresPerPixel * wanted
    let power = pow(10, floor(log10(max(target, 1e-6))))
    let km = [1.0, 2, 5, 10].map { $0 * power }.last { $0 <= target * 1.05 } ?? power
    return (km, km / kilometresPerPixel)
  }
}

/// The edge of the frame, on which sites from outside stand.
struct MapRing: Sendable {
  let frame: Box

  private var length: Double { 2 * (frame.width + frame.height) }

  /// Distance along the edge, clockwise from the upper left corner, where a ray from the centre
  /// leaves the frame.
  func distance(of direction: Point) -> Double {
    let centre = frame.centre
    let horizontal = abs(direction.x) < 1e-9 ? .infinity : frame.width / 2 / abs(direction.x)
    let vertical = abs(direction.y) < 1e-9 ? .infinity : frame.height / 2 / abs(direction.y)
    let hit = centre + direction * min(horizontal, vertical)
    if vertical <= horizontal {
      return direction.y < 0
        ? hit.x - frame.x : frame.width + frame.height + (frame.maxX - hit.x)
    }
    return direction.x > 0
      ? frame.width + (hit.y - frame.y)
      : 2 * frame.width + frame.height + (frame.maxY - hit.y)
  }

  func point(at distance: Double) -> Point {
    var rest = distance.truncatingRemainder(dividingBy: length)
    if rest < 0 { rest += length }
    if rest <= frame.width { return Point(x: frame.x + rest, y: frame.y) }
    rest -= frame.width
    if rest <= frame.height { return Point(x: frame.maxX, y: frame.y + rest) }
    rest -= frame.height
    if rest <= frame.width { return Point(x: frame.maxX - rest, y: frame.maxY) }
    return Point(x: frame.x, y: frame.maxY - (rest - frame.width))
  }

  /// Far sites in their directions, moved along the edge where they crowd; sites without a place go
  /// where most room is left.
  func place(
    _ far: [(id: EnterpriseID, direction: Point, km: Double)], unplaced: [EnterpriseID],
    apart: Double
  ) -> [MapLayout.Site] {
    var entries = far.map {
      (id: $0.id, at: distance(of: $0.direction), kind: MapLayout.Kind.far(km: $0.km))
    }
    for id in unplaced { entries.append((id, roomiest(entries.map(\.at)), .unplaced)) }
    entries.sort { ($0.at, $0.id) < ($1.at, $1.id) }
    var positions = entries.map(\.at)
    let gap = min(apart, length / Double(max(1, positions.count)) * 0.98)
    for _ in 0..<200 where positions.count > 1 {
      for index in positions.indices {
        let next = (index + 1) % positions.count
        let wrap = next == 0 ? length : 0
        let distance = positions[next] + wrap - positions[index]
        guard distance < gap else { continue }
        positions[index] -= (gap - distance) / 2
        positions[next] += (gap - distance) / 2
      }
    }
    return zip(entries, positions).map {
      MapLayout.Site(id: $0.id, position: point(at: $1), kind: $0.kind)
    }
  }

  /// Middle of the longest free stretch; the lower right corner, away from the scale bar, if all of
  /// the edge is free.
  private func roomiest(_ taken: [Double]) -> Double {
    let sorted = taken.sorted()
    guard let first = sorted.first, let last = sorted.last else {
      return frame.width + frame.height * 0.8
    }
    var best = (gap: first + length - last, middle: last + (first + length - last) / 2)
    for (left, right) in zip(sorted, sorted.dropFirst()) where right - left > best.gap {
      best = (right - left, (left + right) / 2)
    }
    return best.middle.truncatingRemainder(dividingBy: length)
  }
}

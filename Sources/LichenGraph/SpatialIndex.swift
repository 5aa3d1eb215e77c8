import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A grid over places that finds the points within a radius without looking at all of them.
struct SpatialIndex: Sendable {
  private struct Cell: Hashable {
    let row: Int
    let column: Int
  }

  /// Degrees of latitude per cell: about 28 km.
  private static let cellDegrees = 0.25
  private static let columnCount = Int(360 / cellDegrees)
  /// Length of one degree of latitude on the mean sphere [km].
  private static let kmPerDegree = 6371.0088 * Double.pi / 180

  private var cells: [Cell: [Int]] = [:]
  private var points: [Int: Coordinate] = [:]
  /// Points without a place; every search returns them, so that nothing is dropped silently.
  private(set) var placeless: [Int] = []

  mutating func insert(_ index: Int, at place: Coordinate?) {
    guard let place else {
      placeless.append(index)
      return
    }
    points[index] = place
    cells[Self.cell(of: place), default: []].append(index)
  }

  private static func cell(of place: Coordinate) -> Cell {
    Cell(
      row: Int(((place.latitude + 90) / cellDegrees).rounded(.down)),
      column: Int(((place.longitude + 180) / cellDegrees).rounded(.down)) % columnCount)
  }

  /// Indices within `radiusKm` of `place`, ascending, those without a place included.
  /// - Complexity: O(points in the covered cells).
  func indices(within radiusKm: Double, of place: Coordinate?) -> [Int] {
    guard let place, radiusKm.isFinite else { return (Array(points.keys) + placeless).sorted() }
    let spanLatitude = radiusKm / Self.kmPerDegree
    let first = max(-90, place.latitude - spanLatitude)
    let last = min(90, place.latitude + spanLatitude)
    let widest = max(abs(first), abs(last))
    let cosine = cos(widest * .pi / 180)
    let spanLongitude = cosine < 0.01 ? 180 : min(180, spanLatitude / cosine)
    let rows = Self.row(first)...Self.row(last)
    let steps = min(Self.columnCount, Int((2 * spanLongitude / Self.cellDegrees).rounded(.up)) + 1)
    let start = Int(((place.longitude - spanLongitude + 180) / Self.cellDegrees).rounded(.down))
    var found = placeless
    for row in rows {
      for step in 0..<steps {
        let column = ((start + step) % Self.columnCount + Self.columnCount) % Self.columnCount
        for index in cells[Cell(row: row, column: column)] ?? [] {
          if let point = points[index], point.distanceKm(to: place) <= radiusKm {
            found.append(index)
          }
        }
      }
    }
    return found.sorted()
  }

  private static func row(_ latitude: Double) -> Int {
    Int(((latitude + 90) / cellDegrees).rounded(.down))
  }
}

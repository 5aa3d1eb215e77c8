import LichenDomain

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Places sorted by the cells of a grid, so that those within a radius are found without looking at
/// all of them.
struct SpatialIndex: Sendable {
  /// Degrees of latitude per cell: about 28 km, or less than one where there are many points, so that a cell never holds
  /// more of them than a search has to look at.
  private let cellDegrees: Double
  private let columnCount: Int
  /// Length of one degree of latitude on the mean sphere [km].
  private static let kmPerDegree = 6371.0088 * Double.pi / 180

  /// Cells of the points, ascending: row times columns plus column.
  private let cells: [Int32]
  /// In the order of `cells`, then of index.
  private let points: [(index: Int32, place: Coordinate)]
  /// Points without a place; every search returns them, so that nothing is dropped silently.
  private let placeless: [Int32]

  /// - Parameter places: Each with its index, ascending.
  init(_ places: [(index: Int, place: Coordinate?)]) {
    let degrees = places.count > 1000 ? 1.0 / 128 : 0.25
    let columns = Int(360 / degrees)
    cellDegrees = degrees
    columnCount = columns
    placeless = places.filter { $0.place == nil }.map { Int32($0.index) }
    let placed = places.compactMap { point in
      point.place.map {
        (cell: Self.cell(of: $0, degrees, columns), index: Int32(point.index), place: $0)
      }
    }.sorted { ($0.cell, $0.index) < ($1.cell, $1.index) }
    cells = placed.map(\.cell)
    points = placed.map { ($0.index, $0.place) }
  }

  private static func row(_ latitude: Double, _ degrees: Double) -> Int {
    Int(((latitude + 90) / degrees).rounded(.down))
  }

  private static func cell(of place: Coordinate, _ degrees: Double, _ columns: Int) -> Int32 {
    let column = Int(((place.longitude + 180) / degrees).rounded(.down)) % columns
    return Int32(row(place.latitude, degrees) * columns + column)
  }

  /// A point that was found, and how far it is [km]; `nil` where either end has no place.
  typealias Found = (index: Int, km: Double?)

  /// Indices within `radiusKm` of `place`, ascending, those without a place included.
  func indices(within radiusKm: Double, of place: Coordinate?) -> [Int] {
    var found: [Found] = []
    search(within: radiusKm, of: place, into: &found)
    return found.map(\.index).sorted()
  }

  /// Adds the points within `radiusKm` of `place`, in no particular order but always the same, those
  /// without a place included.
  /// - Complexity: O(rows of cells · log n + points in the covered cells).
  func search(within radiusKm: Double, of place: Coordinate?, into found: inout [Found]) {
    for index in placeless { found.append((Int(index), nil)) }
    guard let place else {
      for point in points { found.append((Int(point.index), nil)) }
      return
    }
    guard radiusKm.isFinite else {
      for point in points {
        found.append((Int(point.index), place.distanceKm(to: point.place)))
      }
      return
    }
    let spanLatitude = radiusKm / Self.kmPerDegree
    let first = max(-90, place.latitude - spanLatitude)
    let last = min(90, place.latitude + spanLatitude)
    let widest = max(abs(first), abs(last))
    let cosine = cos(widest * .pi / 180)
    let spanLongitude = cosine < 0.01 ? 180 : min(180, spanLatitude / cosine)
    let count = columnCount
    let steps = min(count, Int((2 * spanLongitude / cellDegrees).rounded(.up)) + 1)
    let west = Int(((place.longitude - spanLongitude + 180) / cellDegrees).rounded(.down))
    let start = (west % count + count) % count
    let beyond = start + steps - count
    for row in Self.row(first, cellDegrees)...Self.row(last, cellDegrees) {
      scan(row, start..<min(start + steps, count), radiusKm, place, &found)
      // Across the antimeridian.
      if beyond > 0 { scan(row, 0..<beyond, radiusKm, place, &found) }
    }
  }

  /// Adds the `count` nearest points within `radiusKm` of `place` that are wanted, and all that are as far as the last of
  /// them; none without a place.
  /// - Complexity: that of a search within about three times their distance.
  func nearest(
    _ count: Int, within radiusKm: Double, of place: Coordinate, where isWanted: (Int) -> Bool,
    into found: inout [Found]
  ) {
    var radius = min(radiusKm, 0.5)
    while true {
      var near: [Found] = []
      search(within: radius, of: place, into: &near)
      near.removeAll { $0.km == nil || !isWanted($0.index) }
      if near.count >= count || radius >= radiusKm {
        if near.count > count {
          let farthest = near.map { $0.km ?? 0 }.sorted()[count - 1]
          near.removeAll { $0.km ?? 0 > farthest }
        }
        found += near
        return
      }
      radius = min(radiusKm, radius * 3)
    }
  }

  private func scan(
    _ row: Int, _ columns: Range<Int>, _ radiusKm: Double, _ place: Coordinate,
    _ found: inout [Found]
  ) {
    let last = Int32(row * columnCount + columns.upperBound)
    var next = firstPoint(from: Int32(row * columnCount + columns.lowerBound))
    while next < cells.count, cells[next] < last {
      let km = place.distanceKm(to: points[next].place)
      if km <= radiusKm { found.append((Int(points[next].index), km)) }
      next += 1
    }
  }

  /// The first point in `cell` or a later one.
  private func firstPoint(from cell: Int32) -> Int {
    var low = 0
    var high = cells.count
    while low < high {
      let middle = (low + high) / 2
      if cells[middle] < cell { low = middle + 1 } else { high = middle }
    }
    return low
  }
}

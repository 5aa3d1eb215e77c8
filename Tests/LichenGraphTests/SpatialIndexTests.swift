import LichenDomain
import LichenTestSupport
import Testing

@testable import LichenGraph

@Suite("SpatialIndex")
struct SpatialIndexTests {
  /// Where points and centres lie, so that the hard places are hit often.
  enum Place: String, CaseIterable, Sendable {
    case anywhere, northPole, southPole, antimeridian, town
  }

  private func point(_ place: Place, _ random: inout SeededGenerator) -> Coordinate {
    let side: Double = random.chance(0.5) ? 1 : -1
    switch place {
    case .anywhere: return .of(random.number(in: -90...90), random.number(in: -180...180))
    case .northPole: return .of(random.number(in: 88...90), random.number(in: -180...180))
    case .southPole: return .of(random.number(in: -90 ... -88), random.number(in: -180...180))
    case .antimeridian: return .of(random.number(in: -5...5), side * random.number(in: 179...180))
    case .town: return .of(55 + random.number(in: 0...0.5), 11 + random.number(in: 0...0.5))
    }
  }

  /// With few points and with many, whose cells are smaller.
  @Test("finds what looking at every point finds", arguments: Place.allCases, UInt64(0)..<8)
  func bruteForce(place: Place, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var points: [Coordinate?] = []
    for _ in 0..<(seed < 5 ? 300 : 1500) {
      points.append(random.chance(0.03) ? nil : point(place, &random))
    }
    let index = SpatialIndex(points.enumerated().map { ($0.offset, $0.element) })
    for radius in [0, 1, 30, 111.2, 700, 5000, 10_010, 20_100, .infinity] {
      let centre = point(place, &random)
      let expected = points.indices.filter { number in
        guard let coordinate = points[number] else { return true }
        return coordinate.distanceKm(to: centre) <= radius
      }
      #expect(
        index.indices(within: radius, of: centre) == expected,
        "seed \(seed), \(radius) km, \(centre)")
    }
  }

  @Test(
    "finds the nearest that looking at every point finds", arguments: Place.allCases, UInt64(0)..<4)
  func nearest(place: Place, seed: UInt64) {
    var random = SeededGenerator(seed: seed)
    var points: [Coordinate?] = []
    for _ in 0..<(seed < 2 ? 200 : 1200) {
      // Some stand at the same place, as plants of one site do.
      let known = points.compactMap(\.self)
      points.append(
        random.chance(0.03)
          ? nil
          : random.chance(0.2) && !known.isEmpty
            ? random.element(of: known) : point(place, &random))
    }
    let index = SpatialIndex(points.enumerated().map { ($0.offset, $0.element) })
    for (count, radius) in [(1, 20_100.0), (5, 700), (12, 30), (40, 5000), (5000, 20_100)] {
      let centre = point(place, &random)
      let wanted = points.indices.filter { $0 % 3 != 1 }
      let near = wanted.compactMap { number in
        points[number].map { (number, $0.distanceKm(to: centre)) }
      }
      .filter { $0.1 <= radius }.sorted { ($0.1, $0.0) < ($1.1, $1.0) }
      let farthest = near.isEmpty ? 0 : near[min(count, near.count) - 1].1
      var found: [SpatialIndex.Found] = []
      index.nearest(
        count, within: radius, of: centre, where: { $0 % 3 != 1 }, into: &found)
      #expect(
        Set(found.map(\.index)) == Set(near.filter { $0.1 <= farthest }.map(\.0)),
        "seed \(seed), \(count) within \(radius) km")
    }
  }

  @Test(
    "corner places of the grid are found from themselves and from next door",
    arguments: [
      (90.0, 0.0), (-90, 0), (90, 180), (-90, -180), (0, 180), (0, -180), (0.25, -179.75), (0, 0),
      (-0.25, 0.25), (89.75, 179.75),
    ])
  func corners(latitude: Double, longitude: Double) {
    let place = Coordinate.of(latitude, longitude)
    let index = SpatialIndex([(7, place)])
    #expect(index.indices(within: 0.001, of: place) == [7])
    let nextDoor = Coordinate.of(latitude > 0 ? latitude - 0.01 : latitude + 0.01, -longitude)
    let distance = place.distanceKm(to: nextDoor)
    #expect(index.indices(within: distance + 1e-6, of: nextDoor) == [7])
    #expect(index.indices(within: distance - 0.01, of: nextDoor).isEmpty)
  }

  @Test("a centre without a place, or points without one, drop nothing")
  func placeless() {
    let index = SpatialIndex([(1, nil), (2, .of(10, 10))])
    #expect(index.indices(within: 1, of: nil) == [1, 2])
    #expect(index.indices(within: 1, of: .of(-10, -10)) == [1])
  }
}

import Foundation
import LichenDomain
import LichenTestSupport
import Testing

@Suite("Coordinate")
struct CoordinateTests {
  @Test(
    "gives published great-circle distances",
    arguments: [
      // Ed Williams, Aviation Formulary V1.47, worked example: LAX (33°57'N 118°24'W) to JFK
      // (40°38'N 73°47'W) is 0.623585 rad, here times 6371.0088 km; tolerance half the last digit.
      (33.95, -118.4, 40 + 38.0 / 60, -(73 + 47.0 / 60), 0.623585 * 6371.0088, 0.004),
      // Rosetta Code, "Haversine formula": BNA to LAX is 2887.2600 km on a sphere of 6372.8 km.
      (36.12, -86.67, 33.94, -118.40, 2887.2599506 / 6372.8 * 6371.0088, 0.001),
      // A quarter and a half of the great circle: πR/2 and πR; exact but for rounding.
      (0, 0, 90, 0, Double.pi / 2 * 6371.0088, 1e-6), (90, 0, -90, 50, Double.pi * 6371.0088, 1e-3),
    ])
  func greatCircle(
    _ latitude: Double, _ longitude: Double, _ otherLatitude: Double, _ otherLongitude: Double,
    _ km: Double, _ tolerance: Double
  ) {
    let distance = Coordinate.of(latitude, longitude).distanceKm(
      to: .of(otherLatitude, otherLongitude))
    #expect(abs(distance - km) <= tolerance)
  }

  @Test("is within 0.6 % of the ellipsoid")
  func ellipsoid() {
    // Geoscience Australia, GDA94 Technical Manual 2.3, chapter 4: Flinders Peak to Buninyong,
    // 54 972.271 m on the GRS80 ellipsoid.
    func degrees(_ d: Double, _ m: Double, _ s: Double) -> Double { d + m / 60 + s / 3600 }
    let flindersPeak = Coordinate.of(
      -degrees(37, 57, 3.72030), degrees(144, 25, 29.52440))
    let buninyong = Coordinate.of(-degrees(37, 39, 10.15610), degrees(143, 55, 35.38390))
    let distance = flindersPeak.distanceKm(to: buninyong)
    #expect(abs(distance / 54.972271 - 1) < 0.006)
  }

  @Test("is symmetric, zero to itself and short across the antimeridian")
  func metric() {
    let east = Coordinate.of(10, 179.9)
    let west = Coordinate.of(10, -179.9)
    #expect(east.distanceKm(to: east) == 0)
    #expect(east.distanceKm(to: west) == west.distanceKm(to: east))
    // 0.2° of longitude at 10° N: 0.2 × 111.195 km × cos 10° = 21.90 km.
    #expect(abs(east.distanceKm(to: west) - 21.90) < 0.01)
  }

  @Test(
    "refuses places off the globe",
    arguments: [(90.1, 0.0), (-90.1, 0), (0, 180.1), (0, -180.1), (.nan, 0), (0, .infinity)])
  func refused(latitude: Double, longitude: Double) {
    #expect(Coordinate(latitude: latitude, longitude: longitude) == nil)
  }
}

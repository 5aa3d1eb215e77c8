#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// A place on Earth, WGS 84, degrees.
public struct Coordinate: Hashable, Sendable, Codable {
  /// Degrees north, -90...90.
  public let latitude: Double
  /// Degrees east, -180...180.
  public let longitude: Double

  /// - Returns: `nil` outside the stated ranges.
  public init?(latitude: Double, longitude: Double) {
    guard (-90...90).contains(latitude), (-180...180).contains(longitude) else { return nil }
    self.latitude = latitude
    self.longitude = longitude
  }

  /// Great-circle distance [km] on a sphere of mean Earth radius 6371.0088 km (IUGG), haversine
  /// formula; error below 0.6 % against the ellipsoid.
  public func distanceKm(to other: Coordinate) -> Double {
    let radians = Double.pi / 180
    let deltaLatitude = (other.latitude - latitude) * radians
    let deltaLongitude = (other.longitude - longitude) * radians
    let a =
      sin(deltaLatitude / 2) * sin(deltaLatitude / 2)
      + cos(latitude * radians) * cos(other.latitude * radians)
      * sin(deltaLongitude / 2) * sin(deltaLongitude / 2)
    return 2 * 6371.0088 * asin(min(1, a.squareRoot()))
  }
}

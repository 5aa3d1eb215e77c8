import LichenDomain

/// Makes up the enterprises of a nation, zone by zone, from a seed: provinces and their towns are real, zones are as large
/// as known ones, plants are drawn from a mix of sectors. Every firm, its place and its size are invented.
///
/// Equal requests give equal zones on every machine, and a zone does not depend on any other, so that a nation of a million is never
/// held in memory.
public struct NationSketch: Sendable {
  /// Raised whenever a zone of some request changes.
  public static let version = 1

  public struct Zone: Sendable, Hashable {
    /// `PROVINCE-NUMBER`.
    public let id: String
    public let name: String
    public let province: String
    public let middle: Coordinate
    /// [ha]
    public let area: Double
    /// How many enterprises it has.
    public let enterprises: Int
    fileprivate let region: String
    fileprivate let seed: UInt64
  }

  /// In order of province.
  public let zones: [Zone]
  private let seed: UInt64
  private let choices: [String: (sectors: [Sector], choice: WeightedChoice)]

  /// - Parameters:
  ///   - enterprises: How many there are in all; zones get theirs in proportion to their area.
  ///   - book: Knows the sectors of the mix.
  public init(_ mix: NationMix, enterprises: Int, seed: UInt64, book: SectorBook) {
    self.seed = seed
    zones = Self.zones(mix, enterprises: enterprises, seed: seed)
    var choices: [String: (sectors: [Sector], choice: WeightedChoice)] = [:]
    for region in Set(mix.provinces.map(\.region)) {
      let shares = mix.shares.filter { $0.regions.isEmpty || $0.regions.contains(region) }
      let known = shares.compactMap { share in book.sector(share.sector).map { ($0, share.weight) }
      }
      choices[region] = (known.map(\.0), WeightedChoice(known.map(\.1)))
    }
    self.choices = choices
  }

  // MARK: Zones

  private static func zones(_ mix: NationMix, enterprises: Int, seed: UInt64) -> [Zone] {
    var random = RandomStream(seed: seed, .sites)
    var found: [(province: NationMix.Province, number: Int, middle: Coordinate, area: Double)] = []
    for province in mix.provinces {
      let near = mix.provinces.filter { $0.id != province.id }
        .sorted {
          (province.town.distanceKm(to: $0.town), $0.id)
            < (province.town.distanceKm(to: $1.town), $1.id)
        }.prefix(3)
      for number in 1...province.zones {
        // Zones line the roads between towns.
        let share = random.number(0.04, 0.42)
        let other = near.isEmpty ? province : near[near.startIndex + random.index(near.count)]
        let (north, east) = (random.number(-3, 3), random.number(-3, 3))
        let onRoad = Coordinate(
          latitude: province.town.latitude
            + share * (other.town.latitude - province.town.latitude),
          longitude: province.town.longitude
            + share * (other.town.longitude - province.town.longitude))
        let area = mix.zoneAreas[random.index(mix.zoneAreas.count)] * random.number(0.6, 1.5)
        found.append(
          (
            province, number,
            onRoad.flatMap { $0.moved(north: north, east: east) } ?? province.town,
            area
          ))
      }
    }
    let counts = shares(of: enterprises, by: found.map(\.area))
    return zip(found, counts).enumerated().map { index, zone in
      let (place, count) = zone
      return Zone(
        id: place.province.id + (place.number < 10 ? "-0" : "-") + "\(place.number)",
        name: "\(place.province.name) \(place.number)", province: place.province.id,
        middle: place.middle, area: place.area, enterprises: count,
        region: place.province.region,
        seed: SeededChoices.mix(seed &+ SeededChoices.step &* UInt64(index + 101)))
    }
  }

  /// Whole numbers that add up to `total`, by largest remainders.
  private static func shares(of total: Int, by weights: [Double]) -> [Int] {
    let sum = weights.reduce(0, +)
    let exact = weights.map { Double(total) * $0 / sum }
    var counts = exact.map { Int($0) }
    let order = exact.indices.sorted {
      let (left, right) = (exact[$0] - Double(counts[$0]), exact[$1] - Double(counts[$1]))
      return left != right ? left > right : $0 < $1
    }
    for place in order.prefix(total - counts.reduce(0, +)) { counts[place] += 1 }
    return counts
  }

  // MARK: Enterprises

  /// The enterprises of a zone, without streams yet.
  public func enterprises(of zone: Zone) -> [EnterpriseRow] {
    guard let (sectors, choice) = choices[zone.region], !sectors.isEmpty else { return [] }
    var random = RandomStream(seed: zone.seed, .streams)
    // A square of the zone's area [km].
    let half = (zone.area / 100).squareRoot() / 2
    return (0..<zone.enterprises).map { index in
      let sector = sectors[choice.draw(&random)]
      let number = String(index + 1)
      let id = zone.id + "-" + String(repeating: "0", count: max(0, 4 - number.count)) + number
      var row = EnterpriseRow(
        id: id, name: "\(sector.names.english) \(zone.name)/\(number)",
        location: SourceLocation(file: "enterprises.csv"))
      row.sector = sector.names.english
      row.isic = sector.isic
      row.blueprint = sector.id
      row.zone = zone.name
      let place = zone.middle.moved(
        north: random.number(-half, half), east: random.number(-half, half))
      row.latitude = (place ?? zone.middle).latitude
      row.longitude = (place ?? zone.middle).longitude
      row.size = DeclaredQuantity(typical: size(sector, &random), unit: sector.unitPerYear)
      row.provenance = Provenance(
        source: "Invented: nation, version \(Self.version), seed \(seed)", confidence: .estimated)
      return row
    }
  }

  /// Yearly reference amount: around a small plant, never above a large one, to two digits.
  private func size(_ sector: Sector, _ random: inout RandomStream) -> Double {
    let small = sector.sizes[.small] ?? 1
    let drawn = random.logNormal(median: small, sigma: 0.7)
    let kept = min(max(drawn, small / 4), sector.sizes[.large] ?? small)
    var step = 1.0
    while kept / step >= 100 { step *= 10 }
    while kept / step < 10 { step /= 10 }
    return PortableMath.rounded(kept, to: step)
  }
}

extension Coordinate {
  /// A place some kilometres off, to 1/100,000 of a degree; `nil` beyond the poles.
  fileprivate func moved(north: Double, east: Double) -> Coordinate? {
    let angle = latitude * Double.pi / 180
    let square = angle * angle
    // Cosine by its series: the same on every machine.
    let cosine = 1 - square / 2 * (1 - square / 12 * (1 - square / 30 * (1 - square / 56)))
    return Coordinate(
      latitude: PortableMath.rounded(latitude + north / 111.2, per: 100_000),
      longitude: PortableMath.rounded(longitude + east / (111.2 * max(0.05, cosine)), per: 100_000))
  }
}

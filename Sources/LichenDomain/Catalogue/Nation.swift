/// What a made-up nation is drawn from: its provinces, how large industrial zones are, which plants stand there.
public struct NationMix: Sendable, Hashable {
  public struct Province: Sendable, Hashable {
    /// Id of the place, its chief town.
    public let id: String
    public let name: String
    public let town: Coordinate
    /// How many industrial zones it has.
    public let zones: Int
    public let region: String

    public init(id: String, name: String, town: Coordinate, zones: Int, region: String) {
      self.id = id
      self.name = name
      self.town = town
      self.zones = zones
      self.region = region
    }
  }

  /// A kind of plant and how common it is.
  public struct Share: Sendable, Hashable {
    public let sector: String
    /// Plants among those of all sectors, in any unit.
    public let weight: Double
    /// Where it is found; empty is everywhere.
    public let regions: Set<String>

    public init(sector: String, weight: Double, regions: Set<String>) {
      self.sector = sector
      self.weight = weight
      self.regions = regions
    }
  }

  public let jurisdiction: String
  /// In order of id.
  public let provinces: [Province]
  /// Areas of known zones [ha].
  public let zoneAreas: [Double]
  /// In order of sector.
  public let shares: [Share]

  public init(
    jurisdiction: String, provinces: [Province], zoneAreas: [Double], shares: [Share]
  ) {
    self.jurisdiction = jurisdiction
    self.provinces = provinces.sorted { $0.id < $1.id }
    self.zoneAreas = zoneAreas
    self.shares = shares.sorted { $0.sector < $1.sector }
  }
}

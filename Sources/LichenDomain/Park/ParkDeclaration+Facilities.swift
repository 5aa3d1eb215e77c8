/// A shared plant that could be built.
public struct FacilityRow: Sendable, Hashable {
  public var id: String
  public var name = ""
  /// Enterprise whose site it would stand on; blank if it has a place of its own.
  public var enterprise = ""
  public var latitude: Double?
  public var longitude: Double?
  /// Ids of routes that it can run; two joined by `+` run one after the other.
  public var routes: [String] = []
  /// Most that it takes in per year, in `unit`.
  public var capacity: Double?
  public var unit = ""
  /// Paid once, in `currency`.
  public var capital: Double?
  /// Per year, whatever flows, in `currency`.
  public var running: Double?
  /// Blank is the park's.
  public var currency = ""
  /// [a]
  public var lifetime: Double?
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, location: SourceLocation) {
    self.id = id
    self.location = location
  }
}

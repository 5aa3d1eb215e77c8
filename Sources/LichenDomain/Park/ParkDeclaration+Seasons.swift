/// How streams come and go over the year.
public struct ProfileRow: Sendable, Hashable {
  public var id: String
  /// January to December, in any common measure; `nil` where the cell could not be read.
  public var months: [Double?]
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  /// - Precondition: Twelve months.
  public init(id: String, months: [Double?], location: SourceLocation) {
    precondition(months.count == 12, "A year has twelve months.")
    self.id = id
    self.months = months
    self.location = location
  }
}

/// A store at one stream that could be built, or is there.
public struct StorageRow: Sendable, Hashable {
  public var id: String
  public var name = ""
  /// Output that waits to be sent, or input whose deliveries wait to be used.
  public var stream: String
  /// Most that it holds, in `unit`.
  public var capacity: Double?
  /// An amount, without a period; blank is the stream's.
  public var unit = ""
  /// Paid once, in `currency`.
  public var capital: Double?
  /// Per year, whatever it holds, in `currency`.
  public var running: Double?
  /// Blank is the park's.
  public var currency = ""
  /// [a]
  public var lifetime: Double?
  /// Share of the stock that is gone a month later, 0...1.
  public var loss: Double?
  /// Month ends that a delivery may stay; `nil` is a year and more.
  public var keeps: Int?
  public var notes = ""
  public var provenance = Provenance()
  public var location: SourceLocation

  public init(id: String, stream: String, location: SourceLocation) {
    self.id = id
    self.stream = stream
    self.location = location
  }
}

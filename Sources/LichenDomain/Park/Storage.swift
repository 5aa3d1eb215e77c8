/// The course of a year, shared by streams.
public struct YearProfile: Sendable, Hashable {
  public let id: String
  public let shares: MonthShares
  public let provenance: Provenance

  /// Names the row whatever its place in the file: `profiles.csv: ID`.
  public var reference: String { "profiles.csv: \(id)" }
}

/// A store at one stream that could be built, or is there.
public struct Storage: Sendable, Hashable {
  public let id: StorageID
  public let name: String
  public let stream: StreamID
  public let isOutput: Bool
  /// Most that it holds [reference units of the stream]; `nil` when unknown.
  public let capacity: Double?
  /// As written, for the reader: amount and unit.
  public let declared: String
  /// Paid once; `nil` when unknown.
  public let capital: Money?
  /// Per year, whatever it holds; `nil` when unknown.
  public let running: Money?
  /// [a]; `nil` when unknown.
  public let lifetime: Double?
  /// Share of the stock that is gone a month later, 0...1; `nil` when unknown.
  public let loss: Double?
  /// Month ends that a delivery may stay; `nil` is a year and more.
  public let keeps: Int?
  public let notes: String
  public let provenance: Provenance
  public let location: SourceLocation

  /// Names the row whatever its place in the file: `storages.csv: ID`.
  public var reference: String { "storages.csv: \(id)" }
}

/// How far a figure or rule can be relied on; never raised on its way to the report.
public enum Confidence: String, Sendable, Codable, CaseIterable, Comparable {
  /// Read at the source that is named.
  case verified
  /// Known from the named literature, not read again.
  case recalled
  /// Derived or of an order of magnitude; the notes say how.
  case estimated

  private var rank: Int {
    switch self {
    case .verified: 2
    case .recalled: 1
    case .estimated: 0
    }
  }

  /// Weaker confidence sorts first, so `min()` gives the weakest link.
  public static func < (left: Self, right: Self) -> Bool { left.rank < right.rank }

  /// 0...1, for scores: verified 1, recalled 0.6, estimated 0.3 (a convention of this project).
  public var weight: Double {
    switch self {
    case .verified: 1
    case .recalled: 0.6
    case .estimated: 0.3
    }
  }
}

/// Where a figure comes from.
public enum Basis: String, Sendable, Codable, CaseIterable {
  /// Written in the park's own tables.
  case declared
  /// A default of the catalogue for the park's region, or for its parent region.
  case catalogue
  /// A default of another region, used because the park's region has none.
  case proxy
  /// A typical flow of the sector, because the enterprise declared none.
  case blueprint
}

/// What kind of thing a unit measures.
public enum Dimension: String, Sendable, Codable, CaseIterable {
  case mass
  case dryMass = "dry_mass"
  case volume
  case normalVolume = "normal_volume"
  case energy
  case power
  case pressure
  case temperatureDifference = "temperature_difference"
  case distance
  case share
  case concentration
  case count
  case area
}

/// A named unit and its size in the base unit of its dimension.
public struct Unit: Hashable, Sendable, CustomStringConvertible {
  /// Plain ASCII symbol.
  public let id: String
  public let dimension: Dimension
  /// One of this unit in base units: t, t_dry, m3, Nm3, GJ, MW, bar, km, %, mg/kg, unit, m2.
  public let factor: Double
  public let aliases: [String]
  public let source: String
  public let confidence: Confidence

  public init(
    id: String, dimension: Dimension, factor: Double, aliases: [String] = [], source: String,
    confidence: Confidence
  ) {
    self.id = id
    self.dimension = dimension
    self.factor = factor
    self.aliases = aliases
    self.source = source
    self.confidence = confidence
  }

  public var description: String { id }
}

/// The span of time over which a flow is stated.
public enum Period: String, Sendable, Codable, CaseIterable {
  case year, month, week, day, hour

  private static let aliases: [String: Period] = [
    "year": .year, "yr": .year, "y": .year, "a": .year, "annum": .year, "an": .year, "năm": .year,
    "nam": .year, "month": .month, "mo": .month, "tháng": .month, "week": .week, "wk": .week,
    "day": .day, "d": .day, "ngày": .day, "hour": .hour, "h": .hour, "hr": .hour, "giờ": .hour,
  ]

  /// Reads a period in English or Vietnamese, full or abbreviated; case does not matter.
  public init?(parsing text: String) {
    guard let period = Self.aliases[text.lowercased()] else { return nil }
    self = period
  }

  /// How often the period fits a year: 12 months, 365/7 weeks, 365 days, or the operating hours.
  /// With `hours` given, days and weeks follow the operating time.
  /// - Returns: `nil` for hours without operating hours.
  public func timesPerYear(operatingHours: Double?) -> Double? {
    switch self {
    case .year: 1
    case .month: 12
    case .week: (operatingHours.map { $0 / 24 } ?? 365) / 7
    case .day: operatingHours.map { $0 / 24 } ?? 365
    case .hour: operatingHours
    }
  }
}

/// The units that the catalogue knows, by symbol and alias.
public struct UnitTable: Sendable {
  private let byName: [String: Unit]
  /// Units by their names in lower case.
  private let byLowered: [String: Set<Unit>]
  /// In order of symbol.
  public let units: [Unit]

  /// Later rows never replace earlier names: symbols win over aliases.
  public init(_ units: [Unit]) {
    var byName: [String: Unit] = [:]
    for unit in units { byName[unit.id] = unit }
    for unit in units {
      for alias in unit.aliases where byName[alias] == nil { byName[alias] = unit }
    }
    self.byName = byName
    byLowered = Dictionary(grouping: byName, by: { $0.key.lowercased() })
      .mapValues { Set($0.map(\.value)) }
    self.units = units.sorted { $0.id < $1.id }
  }

  /// The unit written as `name`; exact case first, then any case if that is unambiguous.
  public func unit(named name: String) -> Unit? {
    let trimmed = name.trimmingSpaces()
    if let exact = byName[trimmed] { return exact }
    let matches = byLowered[trimmed.lowercased()] ?? []
    return matches.count == 1 ? matches.first : nil
  }

  /// All spellings, for suggestions.
  public var names: [String] { byName.keys.sorted() }

  /// Reads `t`, `t/yr`, `m3/day`, `MW`: a unit with an optional period behind the last slash.
  public func rate(parsing text: String) -> (unit: Unit, period: Period?)? {
    let trimmed = text.trimmingSpaces()
    if let unit = unit(named: trimmed) { return (unit, nil) }
    guard let slash = trimmed.lastIndex(of: "/") else { return nil }
    let head = String(trimmed[..<slash])
    let tail = String(trimmed[trimmed.index(after: slash)...]).trimmingSpaces()
    guard let unit = unit(named: head), let period = Period(parsing: tail) else { return nil }
    return (unit, period)
  }
}

extension StringProtocol {
  /// The text without leading and trailing white space, no-break spaces included.
  public func trimmingSpaces() -> String {
    var scalars = Substring(self).unicodeScalars
    while let first = scalars.first, first.properties.isWhitespace { scalars.removeFirst() }
    while let last = scalars.last, last.properties.isWhitespace { scalars.removeLast() }
    return String(Substring(scalars))
  }
}

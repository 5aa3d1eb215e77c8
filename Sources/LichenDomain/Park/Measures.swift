/// How far a measure or exchange has come.
public enum MeasureStatus: String, Sendable, Codable, CaseIterable {
  case proposed, planned, building, done, stopped, rejected
}

/// An efficiency measure (RECP) of one enterprise, in the park's units.
public struct EfficiencyOption: Sendable, Hashable {
  public let id: OptionID
  public let enterprise: EnterpriseID
  public let name: String
  /// Row of the catalogue's typical options; empty when none is named.
  public let kind: String
  /// Stream whose quantity changes, if one of the park's does.
  public let stream: StreamID?
  /// Change of the stream's quantity [reference units/a]; negative is less; 0 without a stream.
  public let change: Double
  /// Paid once; `nil` when unknown.
  public let capital: Money?
  /// Per year, running costs deducted; `nil` when unknown.
  public let saving: Money?
  /// Avoided [t CO2e/a]; `nil` when unknown.
  public let co2: Double?
  /// [a]; `nil` takes the catalogue's default.
  public let lifetime: Double?
  public let status: MeasureStatus
  public let notes: String
  public let provenance: Provenance
  public let location: SourceLocation

  /// Names the row whatever its place in the file: `options.csv: ID`.
  public var reference: String { "options.csv: \(id)" }
}

/// What really flowed in one period.
public struct Actual: Sendable, Hashable {
  public let id: String
  public let subject: String
  public let period: ReportingPeriod
  public let quantity: Double?
  public let unit: String
  public let money: Money?
  public let provenance: Provenance
  public let location: SourceLocation
}

/// A year, a quarter of it or a month.
public struct ReportingPeriod: Sendable, Hashable, Comparable, CustomStringConvertible {
  public let year: Int
  /// 1...12.
  public let firstMonth: Int
  /// 12, 3 or 1.
  public let months: Int

  /// Reads `2024`, `2024-Q2` and `2024-05`.
  public init?(_ text: String) {
    let parts = text.split(separator: "-", omittingEmptySubsequences: false)
    guard let first = parts.first, first.utf8.count == 4, let year = Int(first), year > 0 else {
      return nil
    }
    self.year = year
    switch (parts.count, parts.last.map { $0.uppercased() }) {
    case (1, _): (firstMonth, months) = (1, 12)
    case (2, let part?) where part.hasPrefix("Q"):
      guard let quarter = Int(part.dropFirst()), (1...4).contains(quarter) else { return nil }
      (firstMonth, months) = (quarter * 3 - 2, 3)
    case (2, let part?):
      guard part.utf8.count == 2, let month = Int(part), (1...12).contains(month) else {
        return nil
      }
      (firstMonth, months) = (month, 1)
    default: return nil
    }
  }

  public var description: String {
    switch months {
    case 12: "\(year)"
    case 3: "\(year)-Q\((firstMonth + 2) / 3)"
    default: "\(year)-\(firstMonth < 10 ? "0" : "")\(firstMonth)"
    }
  }

  /// Earlier first; of two that begin together, the longer first.
  public static func < (left: Self, right: Self) -> Bool {
    (left.year, left.firstMonth, right.months) < (right.year, right.firstMonth, left.months)
  }
}

/// A stream whose material nobody knows yet: listed with suggestions, never planned.
public struct UnmatchedStream: Sendable, Hashable {
  public let id: StreamID
  public let enterprise: EnterpriseID
  public let isOutput: Bool
  /// The words to be classified.
  public let text: String
  public let sector: String
  public let isic: String
  public let jurisdiction: String
  public let wasteCode: String
  /// As written, unit included; empty when no quantity is declared.
  public let quantity: String
  public let provenance: Provenance
  public let location: SourceLocation

  /// Two streams of one folded text are the same words: a confirmation of one is for both.
  public var foldedText: String { MaterialWords.folded(text) }
}

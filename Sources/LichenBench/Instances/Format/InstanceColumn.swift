/// A column of one of an instance's tables; reader, writer and `FORMAT.md` share it.
public struct InstanceColumn: Sendable, Hashable {
  /// What a cell holds.
  public enum Kind: Sendable, Hashable {
    /// A name of its own, unique in the table, without spaces.
    case id
    /// The id of a row of another table.
    case reference(String)
    /// Ids of rows of another table, parted by spaces.
    case references(String)
    case number(Sign)
    /// One of some words.
    case word([String])

    /// As the format's document shows it.
    public var description: String {
      switch self {
      case .id: "id"
      case .reference(let table): "id in \(table)"
      case .references(let table): "ids in \(table)"
      case .number(.any): "number"
      case .number(.notNegative): "number, 0 or more"
      case .number(.positive): "number above 0"
      case .word(let words): words.joined(separator: " or ")
      }
    }
  }

  /// Which numbers are accepted, all finite.
  public enum Sign: Sendable, Hashable {
    case any, notNegative, positive

    public func accepts(_ value: Double) -> Bool {
      switch self {
      case .any: true
      case .notNegative: value >= 0
      case .positive: value > 0
      }
    }
  }

  public let name: String
  public let kind: Kind
  /// Unit of a number; empty for anything else.
  public let unit: String
  /// What a blank cell or an absent column means; `nil` if every row must say it.
  public let fallback: String?
  /// Whether the column belongs to the first version as it was laid down; others are written only
  /// where they say something.
  public let isCore: Bool

  init(
    _ name: String, _ kind: Kind, unit: String = "", fallback: String? = nil, isCore: Bool = true
  ) {
    self.name = name
    self.kind = kind
    self.unit = unit
    self.fallback = fallback
    self.isCore = isCore
  }

  public var isRequired: Bool { fallback == nil }
}

/// One of an instance's tables.
public struct InstanceTable: Sendable, Hashable {
  /// Name of the file without its ending.
  public let name: String
  public let columns: [InstanceColumn]
  /// Whether the file must be there; others are empty when absent.
  public let isRequired: Bool

  public var fileName: String { "\(name).csv" }
}

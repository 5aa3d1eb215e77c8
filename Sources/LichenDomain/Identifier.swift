/// A checked identifier of one kind of subject; two kinds never mix.
///
/// Accepted: 1 to 80 letters, digits, `.`, `_` or `-`, beginning with a letter or digit. Letters of
/// any script are welcome, spaces and punctuation are not, because identifiers appear in file names,
/// command flags and solver files.
public struct Identifier<Subject>: Hashable, Comparable, Sendable, Codable, CustomStringConvertible
{
  /// The text as declared.
  public let rawValue: String

  /// Wraps `text`, or returns `nil` if it breaks the rule of the type.
  public init?(_ text: String) {
    // Nearly all are plain ASCII, whose properties need no table.
    if text.utf8.count <= 80, let first = text.utf8.first, Self.isPlain(first),
      text.utf8.allSatisfy({ Self.isPlain($0) || $0 == 0x2E || $0 == 0x5F || $0 == 0x2D })
    {
      rawValue = text
      return
    }
    guard let first = text.unicodeScalars.first, text.unicodeScalars.count <= 80 else { return nil }
    guard first.properties.isAlphabetic || first.properties.numericType != nil else { return nil }
    for scalar in text.unicodeScalars {
      let isWord =
        scalar.properties.isAlphabetic || scalar.properties.numericType != nil
        || scalar.properties.canonicalCombiningClass != .notReordered
      guard isWord || scalar == "." || scalar == "_" || scalar == "-" else { return nil }
    }
    rawValue = text
  }

  /// Whether a byte is an ASCII letter or digit.
  private static func isPlain(_ byte: UInt8) -> Bool {
    (0x61...0x7A).contains(byte) || (0x30...0x39).contains(byte) || (0x41...0x5A).contains(byte)
  }

  /// What the rule accepts, for messages.
  public static var rule: String { "letters, digits, '.', '_' or '-', at most 80, no spaces" }

  public init(from decoder: any Decoder) throws {
    let text = try decoder.singleValueContainer().decode(String.self)
    guard let identifier = Identifier(text) else {
      throw DecodingError.dataCorrupted(
        .init(codingPath: decoder.codingPath, debugDescription: "'\(text)' is not an identifier"))
    }
    self = identifier
  }

  public func encode(to encoder: any Encoder) throws {
    var container = encoder.singleValueContainer()
    try container.encode(rawValue)
  }

  public var description: String { rawValue }

  public static func < (left: Self, right: Self) -> Bool { left.rawValue < right.rawValue }
}

/// Identifies an enterprise's site in a park.
public typealias EnterpriseID = Identifier<Enterprise>
/// Identifies an output or an input of a park; the two share one name space.
public typealias StreamID = Identifier<StreamKind>
/// Identifies an efficiency measure of a park.
public typealias OptionID = Identifier<EfficiencyOption>
/// Identifies a shared plant of a park.
public typealias FacilityID = Identifier<Facility>
/// Identifies a store of a park.
public typealias StorageID = Identifier<Storage>
/// Identifies a material, or a category of materials.
public typealias MaterialID = Identifier<Material>
/// Identifies a route from an output material to an input material.
public typealias RouteID = Identifier<Route>
/// Identifies a measurable quality.
public typealias PropertyID = Identifier<PropertyKind>
/// Identifies a legal rule.
public typealias RuleID = Identifier<LegalRule>

/// Whether a stream leaves or enters an enterprise.
public enum StreamKind: String, Sendable, Codable {
  case output, input
}

/// What the class of a list's entry says about hazard; the rest is for measurements to say.
public enum WasteReading: String, Sendable, Codable, CaseIterable {
  /// Hazardous whatever is measured.
  case hazardous
  /// Hazardous until measurements show that every limit is kept.
  case presumedHazardous = "presumed-hazardous"
  /// The hazardous one of a pair that composition decides between.
  case mirrorHazardous = "mirror-hazardous"
  /// The harmless one of a pair that composition decides between.
  case mirrorNonHazardous = "mirror-non-hazardous"
  /// Not hazardous unless a measurement reaches a limit.
  case ordinary
  /// Not hazardous whatever is measured.
  case nonHazardous = "non-hazardous"
  /// The entry says nothing, as the heading of a group.
  case silent

  /// Whether a stream of this class counts as hazardous before anything is measured; `nil` when the
  /// class says nothing.
  public var isHazardousAsDeclared: Bool? {
    switch self {
    case .hazardous, .presumedHazardous, .mirrorHazardous: true
    case .mirrorNonHazardous, .ordinary, .nonHazardous: false
    case .silent: nil
    }
  }
}

/// An entry of an official waste list.
public struct WasteCode: Sendable, Hashable {
  /// Six digits without spaces or asterisk.
  public let code: String
  public let description: String
  /// Class as the list writes it: `absolute hazardous`, `KS`, …
  public let listClass: String
  public let reading: WasteReading
  public let confidence: Confidence

  public init(
    code: String, description: String, listClass: String, reading: WasteReading,
    confidence: Confidence
  ) {
    self.code = code
    self.description = description
    self.listClass = listClass
    self.reading = reading
    self.confidence = confidence
  }

  /// Whether the entry counts as hazardous before anything is measured.
  public var isHazardous: Bool { reading.isHazardousAsDeclared ?? false }

  /// Digits of a code as people write it: `10 01 02`, `100102`, `10.01.02*`.
  public static func digits(of text: String) -> String? {
    let digits = text.filter { !" .*\u{00A0}".contains($0) }
    guard digits.utf8.count == 6, digits.utf8.allSatisfy({ (48...57).contains($0) }) else {
      return nil
    }
    return digits
  }

  /// The digits in pairs, as lists print them: `10 01 02`.
  public static func spaced(_ digits: String) -> String {
    guard digits.utf8.count == 6 else { return digits }
    let pairs = stride(from: 0, to: 6, by: 2).map { digits.dropFirst($0).prefix(2) }
    return pairs.joined(separator: " ")
  }
}

/// A list of waste codes. Lists share the form of their numbers and nothing else: a number means
/// something only together with its list.
public struct WasteList: Sendable {
  /// As in the columns `waste_list` of jurisdictions.csv and `id` of waste_lists.csv.
  public let id: String
  public let name: String
  /// Whether every code of the official list is here; a code missing from a part proves nothing.
  public let isWhole: Bool
  /// By six digits.
  public let entries: [String: WasteCode]

  public init(id: String, name: String, isWhole: Bool, entries: [WasteCode]) {
    self.id = id
    self.name = name
    self.isWhole = isWhole
    self.entries = Dictionary(entries.map { ($0.code, $0) }) { first, _ in first }
  }

  /// Whether six digits can be a code of the list: an entry, or, where only a part of the list is
  /// here, one whose first pair is no higher than any of the part.
  public func mayHold(_ code: String) -> Bool {
    if entries[code] != nil { return true }
    let highest = entries.keys.map { $0.prefix(2) }.max() ?? "99"
    return !isWhole && code.prefix(2) <= highest
  }
}

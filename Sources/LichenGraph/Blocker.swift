import LichenDomain

/// One reason why a candidate cannot be planned, with the figures that say how far off it is.
///
/// Texts live in the catalogue of strings: `blocker.<code>` says what is wrong and
/// `blocker.<code>.lift` what would lift it, both filled with `arguments`.
public struct Blocker: Sendable, Hashable {
  public enum Kind: String, Sendable, Codable, CaseIterable {
    case prohibited
    case tooFar = "too-far"
    case distanceUnknown = "distance-unknown"
    case noCarrier = "no-carrier"
    case qualityTooHigh = "quality-too-high"
    case qualityTooLow = "quality-too-low"
    case notHotEnough = "not-hot-enough"
    case notColdEnough = "not-cold-enough"
    case pressureTooLow = "pressure-too-low"
    case feedstock
    case outputUnquantified = "output-unquantified"
    case inputUnquantified = "input-unquantified"
    case outputEmpty = "output-empty"
    case inputEmpty = "input-empty"
    case lotTooLarge = "lot-too-large"
    case costUnknown = "cost-unknown"
    case valueUnknown = "value-unknown"

    /// Only information is missing; the exchange itself may be sound.
    public var isMissingData: Bool {
      switch self {
      case .outputUnquantified, .inputUnquantified, .distanceUnknown, .costUnknown, .valueUnknown:
        true
      default: false
      }
    }
  }

  public let kind: Kind
  /// Values for the text, already in the reader's units but not formatted for a language.
  public let arguments: [String: BlockerArgument]

  public init(_ kind: Kind, _ arguments: [String: BlockerArgument] = [:]) {
    self.kind = kind
    self.arguments = arguments
  }
}

/// A figure or a word inside a blocker's text.
public enum BlockerArgument: Sendable, Hashable {
  case number(Double)
  case text(String)
  /// Key of the catalogue of strings.
  case key(String)
}

import LichenDomain

/// Whom a report is meant for.
public enum Audience: Hashable, Sendable {
  /// Experts who may see everything that was declared.
  case full
  /// The park's board: firms that asked for it are neither named nor figured.
  case board
  /// One enterprise: its own exchanges and its own side of their ledgers.
  case enterprise(EnterpriseID)

  /// As options and file names write it: `full`, `board`, `enterprise:ID`; `nil` for anything else.
  public init?(_ text: String) {
    switch text {
    case "full": self = .full
    case "board": self = .board
    default:
      let prefix = "enterprise:"
      guard text.hasPrefix(prefix), let id = EnterpriseID(String(text.dropFirst(prefix.count)))
      else { return nil }
      self = .enterprise(id)
    }
  }

  public var name: String {
    switch self {
    case .full: "full"
    case .board: "board"
    case .enterprise(let id): "enterprise:\(id)"
    }
  }
}

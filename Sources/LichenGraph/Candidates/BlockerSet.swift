import LichenDomain

/// Kinds of blocker in one word.
public struct BlockerSet: OptionSet, Sendable, Hashable {
  public let rawValue: UInt32

  public init(rawValue: UInt32) { self.rawValue = rawValue }

  public init(_ kind: Blocker.Kind) { rawValue = 1 << kind.position }

  public init(_ blockers: [Blocker]) {
    self = []
    for blocker in blockers { insert(Self(blocker.kind)) }
  }

  public static let prohibited = BlockerSet(.prohibited)
  static let outputUnquantified = BlockerSet(.outputUnquantified)
  static let inputUnquantified = BlockerSet(.inputUnquantified)
  static let outputEmpty = BlockerSet(.outputEmpty)
  static let inputEmpty = BlockerSet(.inputEmpty)
  static let lotTooLarge = BlockerSet(.lotTooLarge)

  /// Kinds that only say what nobody has stated yet.
  public static let missingData = BlockerSet(
    rawValue: Blocker.Kind.allCases.filter(\.isMissingData).reduce(0) {
      $0 | BlockerSet($1).rawValue
    })

  /// In the order of their declaration.
  public var kinds: [Blocker.Kind] { Blocker.Kind.allCases.filter { contains(BlockerSet($0)) } }
}

extension Blocker.Kind {
  /// Bit that stands for the kind; in the order of declaration.
  fileprivate var position: UInt32 {
    switch self {
    case .prohibited: 0
    case .tooFar: 1
    case .distanceUnknown: 2
    case .noCarrier: 3
    case .qualityTooHigh: 4
    case .qualityTooLow: 5
    case .notHotEnough: 6
    case .notColdEnough: 7
    case .pressureTooLow: 8
    case .feedstock: 9
    case .outputUnquantified: 10
    case .inputUnquantified: 11
    case .outputEmpty: 12
    case .inputEmpty: 13
    case .lotTooLarge: 14
    case .costUnknown: 15
    case .valueUnknown: 16
    }
  }
}

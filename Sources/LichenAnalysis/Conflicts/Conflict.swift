import LichenDomain
import LichenGraph
import LichenMatching

/// Something that a user asks of a plan.
public enum Requirement: Sendable, Hashable {
  /// An exchange must be built.
  case required(LinkSelector)
  /// An existing exchange must stay.
  case kept(LinkSelector)
  /// An exchange must not be built.
  case forbidden(LinkSelector)
  /// Most capital [park currency].
  case budget(Double)
  /// Least CO2e avoided [kg/a].
  case carbonFloor(Double)
  /// Most exchanges per stream.
  case partners(Int)

  /// Stable name, in the words of the options.
  public var name: String {
    switch self {
    case .required(let selector): "require \(selector)"
    case .kept(let selector): "keep \(selector)"
    case .forbidden(let selector): "forbid \(selector)"
    case .budget(let value): "budget \(value)"
    case .carbonFloor(let value): "co2-floor \(value / 1000)"
    case .partners(let count): "partners \(count)"
    }
  }
}

/// Why no plan exists, and the least that would have to give.
public struct Conflict: Sendable {
  /// What giving up one requirement takes, all others kept.
  public struct Relaxation: Sendable {
    public let requirement: Requirement
    /// The mildest requirement of its kind that can be kept; `nil` where it must go altogether or where that alone
    /// does not help.
    public let mildest: Requirement?
    /// Whether a plan exists once it is relaxed.
    public let helps: Bool
    /// Net benefit of the best plan then [park currency/a].
    public let money: Double?
    /// CO2e that it avoids [kg/a].
    public let carbon: Double?
    /// Why the exchange cannot be planned at all, if that is the reason.
    public let obstacles: [Blocker]
  }

  /// Requirements that cannot be kept together, while all but any one of them can; empty if a plan exists.
  public let requirements: [Requirement]
  /// In the order of `requirements`.
  public let relaxations: [Relaxation]
  /// Whether every step of the search was proved, so that the set is minimal for certain.
  public let isProven: Bool
}

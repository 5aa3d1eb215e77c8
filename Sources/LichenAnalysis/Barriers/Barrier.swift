import LichenDomain
import LichenMatching

/// Something in the law that keeps exchanges from being built or burdens them.
public enum Barrier: Sendable, Hashable {
  /// A rule, for everybody.
  case rule(RuleID)
  /// A licence that one enterprise does not hold.
  case licence(String, holder: EnterpriseID)
  /// The cost of one permit that one enterprise needs for one material.
  case permit(holder: EnterpriseID, material: MaterialID, rule: RuleID)

  /// Stable name: `rule VN-001`, `licence hazardous-waste FIRM`, `permit FIRM:MATERIAL:RULE`.
  public var name: String {
    switch self {
    case .rule(let id): "rule \(id)"
    case .licence(let licence, let holder): "licence \(licence) \(holder)"
    case .permit(let holder, let material, let rule): "permit \(holder):\(material):\(rule)"
    }
  }
}

/// What lifting one barrier, or two, would bring.
public struct BarrierValue: Sendable {
  /// One, or two in order of their places in the list of singles.
  public let barriers: [Barrier]
  /// More net benefit [park currency/a].
  public let money: Double
  /// More CO2e avoided [kg/a]; may be negative where money decides.
  public let carbon: Double
  /// More in the plan's first objective; negative where a rule relieves of a stricter one, which then applies.
  public let value: Double
  /// Proven: lifting brings no more than this in the first objective.
  public let mostValue: Double
  /// Enterprises whose balance improves, in order of id.
  public let helped: [EnterpriseID]
  /// Exchanges that the plan gains and loses, by id, in order.
  public let gained: [String]
  public let lost: [String]
  /// Candidates that the barrier forbids, and that it asks a step of.
  public let forbids: Int
  public let burdens: Int
  public let isProven: Bool
}

/// What each part of the law costs a park, by planning again without it.
public struct BarrierResult: Sendable {
  /// How two barriers work together.
  public enum Interplay: String, Sendable, Codable {
    /// Lifting both brings more than lifting each: neither helps much alone.
    case complements
    /// Lifting both brings less than lifting each: one does most of what the other would.
    case substitutes
    case independent
  }

  public struct Pair: Sendable {
    public let both: BarrierValue
    /// Value of both less the values of each.
    public let synergy: Double
    public let interplay: Interplay
  }

  /// By value, then money, then name; all barriers that some candidate meets.
  public let singles: [BarrierValue]
  /// The pairs that were tried, most synergy first, either sign.
  public let pairs: [Pair]
  /// Barriers that forbid or burden something but whose lifting alone changes nothing.
  public var idle: [BarrierValue] { singles.filter { abs($0.value) <= tolerance } }
  /// Rules that relieve of a stricter one: without them the park would lose.
  public var relieving: [BarrierValue] { singles.filter { $0.value < -tolerance } }
  /// What counts as no change, in the first objective.
  public let tolerance: Double
  /// Plans made.
  public let plans: Int
}

/// How far to look for barriers.
public struct BarrierOptions: Sendable {
  /// Pairs that are tried, of barriers that meet in a candidate first, then of the most valuable.
  public var pairs = 40

  public init() {}
}

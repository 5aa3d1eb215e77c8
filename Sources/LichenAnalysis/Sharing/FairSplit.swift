import LichenDomain
import LichenMatching
import LichenPlanning

/// Ways to share a plan's net benefit, and how content every group of firms would be with each.
public struct FairSplit: Sendable {
  /// A way to share.
  public enum Rule: String, Sendable, Codable, CaseIterable {
    /// As the ledgers fall: nobody pays anybody.
    case untouched
    /// In proportion to what the others would lose without the firm.
    case proportional
    case shapley
    case nucleolus
  }

  /// What a group of firms would miss under a rule.
  public struct Complaint: Sendable {
    public let firms: [EnterpriseID]
    /// [park currency/a]; not above zero if nobody does better alone.
    public let amount: Double
  }

  /// Firms that possible exchanges join, however indirectly; firms of two groups have nothing to share.
  public struct Group: Sendable {
    /// In order of id.
    public let firms: [EnterpriseID]
    /// [park currency/a]
    public let total: Double
    /// By rule, by firm [park currency/a]; a rule that could not be worked out is absent.
    public let shares: [Rule: [Double]]
    /// Largest complaint by rule; absent where groups are too many to try.
    public let complaints: [Rule: Complaint]
    /// Whether no split leaves every group of firms content; `nil` where it was not worked out.
    public let isCoreEmpty: Bool?
    /// Least that the largest complaint can be [park currency/a].
    public let leastComplaint: Double?
    /// Standard error of each firm's Shapley value [park currency/a]; empty where it is exact.
    public let standardErrors: [Double]
  }

  /// The payment for one exchange [park currency per reference unit of output], from receiver to donor; negative
  /// if the donor pays.
  public struct Price: Sendable {
    public let exchange: String
    public let donor: EnterpriseID
    public let receiver: EnterpriseID
    /// [reference units/a]
    public let quantity: Double
    /// Least at which the donor gains.
    public let low: Double
    /// Most at which the receiver gains; below `low` no price makes both gain.
    public let high: Double
    /// By rule; realises the rule's split together with the payments of the fund.
    public let prices: [Rule: Double]
  }

  /// The plan that is shared: the one with the most net benefit.
  public let plan: Plan
  /// Groups with something to share, the most first.
  public let groups: [Group]
  /// In order of the plan's exchanges.
  public let prices: [Price]
  /// By rule: what firms get from a common fund beyond prices [park currency/a], by firm in order of id; they
  /// add up to zero.
  public let fund: [Rule: [(firm: EnterpriseID, amount: Double)]]
  /// Coalitions planned.
  public let plans: Int
  /// Orders drawn where firms are too many for all; 0 if nothing was sampled.
  public let samples: Int
}

/// How to work out a split.
public struct FairSplitOptions: Sendable, Hashable, Codable {
  /// Firms of a part up to which every coalition is planned; at most 20.
  public var exactLimit = 15
  /// Random orders of the firms of larger parts.
  public var samples = 200
  public var seed: UInt64 = 1

  public init() {}
}

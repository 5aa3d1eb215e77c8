/// Plans nearly as good as the best, and what they have in common.
public struct Alternatives: Sendable {
  /// How free a choice an exchange is among all plans within the margin.
  public enum Freedom: String, Sendable, Codable, CaseIterable {
    /// In every such plan.
    case mustHave = "must-have"
    /// In some.
    case choice
    /// In none.
    case mustAvoid = "must-avoid"
    /// Not decided before a limit.
    case unknown
  }

  /// One possible exchange in all plans within the margin.
  public struct Link: Sendable {
    public let name: String
    public let freedom: Freedom
    /// Least and most flow [reference units/a]; `nil` where not worked out.
    public let least: Double?
    public let most: Double?
    /// In the best plan [reference units/a].
    public let planned: Double
  }

  /// One network of open exchanges with the best flows it can have.
  public struct Network: Sendable {
    /// In the plan's first objective.
    public let value: Double
    /// Net benefit [park currency/a].
    public let money: Double
    /// CO2e avoided [kg/a].
    public let carbon: Double
    /// Names of open links, in order.
    public let links: [String]
    /// Against the best plan, in order of name.
    public let gained: [String]
    public let lost: [String]
  }

  /// Share of the best value that a plan may miss.
  public let within: Double
  /// Value of the best plan in its first objective.
  public let best: Double
  /// Must-haves first, then choices, each in order of planned flow's name; those to avoid are counted only.
  public let links: [Link]
  public let avoided: Int
  /// Best first, the best plan's own network among them.
  public let networks: [Network]
  /// Whether no other network lies within the margin.
  public let isComplete: Bool
}

/// How to look for alternatives.
public struct AlternativesOptions: Sendable {
  /// Share of the best value that a plan may miss, 0..<1.
  public var within = 0.02
  /// Networks that are listed.
  public var networks = 20
  /// Least share of its greatest flow that an open link must carry to make a network another one.
  public var leastShare = 1e-3

  public init() {}
}

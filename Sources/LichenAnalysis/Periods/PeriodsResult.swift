import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// What the seasons do to a yearly plan, and the plan that reckons with them.
public struct PeriodsResult: Sendable {
  /// A plan's worth.
  public struct Worth: Sendable {
    /// In the first objective of the plan.
    public let objective: Double
    /// [park currency/a]
    public let money: Double
    /// [kg CO2e/a avoided]
    public let carbon: Double
  }

  /// An exchange, or a leg of one through a shared plant, that one of the plans opens.
  public struct Exchange: Sendable {
    /// Id of the candidate or leg.
    public let id: String
    /// Index in the graph's candidates; legs follow them.
    public let candidate: Int
    /// Reference unit of what moves.
    public let unit: String
    /// What the yearly plan promises [units/a].
    public let promised: Double
    /// What the yearly plan's network delivers, January to December [units]; `nil` if not worked out.
    public let operated: [Double]?
    /// What the monthly plan delivers; `nil` if there is none.
    public let planned: [Double]?

    /// What the promise falls short by [units/a]; `nil` if not worked out.
    public var shortfall: Double? { operated.map { promised - $0.reduce(0, +) } }
  }

  /// A store and what it is worth.
  public struct Store: Sendable {
    /// Why it was not in the plan at all.
    public enum Idle: Sendable, Hashable {
      case obstacle(PricedStorage.Obstacle)
      /// All that could be exchanged of its stream comes and goes in one rhythm.
      case inStep
      /// No exchange of its stream could be planned.
      case noExchange
    }

    public let priced: PricedStorage
    public let unit: String
    public let idle: Idle?
    /// Whether the monthly plan builds it, or uses it if it costs nothing.
    public let isTaken: Bool
    /// Objective of the best plan with it, and without it; `nil` where there is none.
    public let with: Double?
    public let without: Double?
    /// Whether both plans are proven best.
    public let isProven: Bool
    /// At month ends, in the monthly plan [reference units].
    public let stock: [Double]

    /// What it adds to the plan, or would; below zero if it costs more than it brings.
    public var worth: Double? {
      guard let with, let without else { return nil }
      return with - without
    }
  }

  /// A stream with a course of the year that some exchange of the model could use.
  public struct Stream: Sendable {
    public let id: StreamID
    public let isOutput: Bool
    public let unit: String
    public let profile: YearProfile
    /// What is there, or needed, in each month [reference units].
    public let amounts: [Double]
    /// What the monthly plan moves, stores apart; `nil` if there is none.
    public let moved: [Double]?
  }

  public let plan: Plan
  /// What the yearly plan promises.
  public let promised: Worth
  /// What its network brings when it is run month by month; `nil` if the search was cut short.
  public let operated: Worth?
  /// The best without stores that cost something; `nil` if none keeps what is required.
  public let storeless: Worth?
  /// The best of all.
  public let planned: Worth?
  /// Proven: no monthly plan is worth more in the first objective.
  public let bound: Double
  public let status: MIPResult.Status
  public let stopReason: MIPResult.StopReason
  /// Run month by month, the network misses a required exchange or the CO2e floor.
  public let missesObligations: Bool
  /// Connected parts of the model, and those in which the seasons matter.
  public let parts: Int
  public let seasonalParts: Int
  /// What flows bring by month before all costs of the year [park currency]: of the yearly network,
  /// and of the monthly plan; `nil` where there is none.
  public let operatedMonths: [Double]?
  public let plannedMonths: [Double]?
  /// In order of id.
  public let exchanges: [Exchange]
  /// In order of id.
  public let stores: [Store]
  /// In order of id.
  public let streams: [Stream]

  /// What ignoring the seasons promises too much: promised less operated, in the objective.
  public var overestimate: Double? { operated.map { promised.objective - $0.objective } }
  /// What planning with the seasons brings beyond the yearly network: planned less operated.
  public var valueOfSeasons: Double? {
    guard let operated, let planned else { return nil }
    return planned.objective - operated.objective
  }

  /// (bound − planned) / |planned|, 0 if they agree within rounding.
  public var gap: Double? {
    planned.map { planned in
      let distance = max(0, bound - planned.objective)
      return distance <= 1e-9 * max(1, abs(planned.objective))
        ? 0 : distance / max(abs(planned.objective), 1e-10)
    }
  }
}

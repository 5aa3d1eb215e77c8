import LichenDomain
import LichenMatching
import LichenPlanning

/// One thing on a road map and its dates, in periods from 0.
public struct RoadmapItem: Sendable {
  public let kind: ProjectItem.Kind
  public let name: String
  /// First investment [park currency].
  public let capital: Double
  /// It existed before.
  public let existed: Bool
  /// First period in which it could begin; `nil` if it cannot within the horizon.
  public let earliest: Int?
  /// `nil` if it is never built.
  public let begin: Int?
  /// First period in which one of its permits is waited for; `nil` without a wait.
  public let permitFrom: Int?
  /// Period from which all its permits are there; `nil` without a wait.
  public let permitUntil: Int?
  /// First period in which it is built; `nil` without a time of building.
  public let buildFrom: Int?
  /// Periods in which it runs, ascending.
  public let running: [Int]
  /// Years from the beginning of the road map in which it is paid, with amounts [park currency].
  public let payments: [(year: Int, amount: Double)]
}

/// One year of a road map; money in today's prices.
public struct RoadmapYear: Sendable, Hashable {
  public let year: Int
  /// Paid for assets [park currency].
  public let invested: Double
  /// Most that might have been, what was carried over included [park currency]; `nil` is unlimited.
  public let available: Double?
  /// Net gain of what ran, before investments [park currency].
  public let gain: Double
  /// The same less the annuities of all that was there and of use: what the plan counts
  /// [park currency/a].
  public let benefit: Double
  /// Avoided [kg CO2e].
  public let carbon: Double
  /// Benefit of the year's own plan, which is made as the whole plan is and has all at once
  /// [park currency/a].
  public let staticBenefit: Double
  /// Σ gains less investments up to the year's end [park currency].
  public let cumulated: Double
  /// The same, discounted [park currency].
  public let cumulatedDiscounted: Double
}

/// When to build what, with what that brings and what waiting costs.
public struct RoadmapResult: Sendable {
  /// The plan of the park as it was asked for.
  public let plan: Plan
  public let options: RoadmapOptions
  /// Real, per year.
  public let rate: Double
  public let model: RoadmapModel
  public let solution: RoadmapSolution
  /// The best without limits on capital.
  public let unlimited: RoadmapSolution
  /// The best without limits on capital and without waits.
  public let ideal: RoadmapSolution
  /// Plants, exchanges and legs, permits and measures in the order in which they begin; what never
  /// begins last.
  public let items: [RoadmapItem]
  public let years: [RoadmapYear]
  /// Net present value in money alone, carbon left out [park currency of the first day].
  public let netPresentValue: Double
  /// Part of it that is left in assets at the end [park currency of the first day].
  public let residualValue: Double
  /// Permits whose wait no rule tells; they count with one period.
  public let unknownWaits: [String]

  /// What the limits on capital cost, in the objective's terms; with a gap, up to the sum of both gaps
  /// more or less.
  public var costOfCapitalLimits: Double? {
    solution.isThere && unlimited.isThere ? unlimited.value - solution.value : nil
  }
  /// What the waits for permits and building cost beyond that.
  public var costOfWaits: Double? {
    unlimited.isThere && ideal.isThere ? ideal.value - unlimited.value : nil
  }
}

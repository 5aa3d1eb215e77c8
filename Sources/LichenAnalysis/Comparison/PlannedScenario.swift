import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// A park planned as it is declared, or under a scenario.
public struct PlannedScenario: Sendable {
  public let scenario: CombinedScenario
  /// What the scenario changed, in order of key.
  public let changes: [AppliedChange]
  public let graph: ExchangeGraph
  public let plan: Plan

  public init(
    scenario: CombinedScenario, changes: [AppliedChange], graph: ExchangeGraph, plan: Plan
  ) {
    self.scenario = scenario
    self.changes = changes
    self.graph = graph
    self.plan = plan
  }

  /// Whether the search ended with a plan that satisfies all limits; what a contradictory one left over
  /// is none.
  public var hasPlan: Bool {
    switch plan.certificate.status {
    case .optimal, .feasible: true
    case .infeasible, .unbounded, .noSolution: false
    }
  }

  /// `nil` without a plan.
  public var figures: PlanFigures? { hasPlan ? PlanFigures(plan) : nil }
}

/// The figures of a plan that scenarios are compared by.
public struct PlanFigures: Sendable {
  /// Yearly net benefit [park currency/a].
  public let money: Estimate
  /// Yearly CO2e avoided [kg/a].
  public let carbon: Estimate
  /// [park currency]
  public let capital: Estimate
  /// [a]; `nil` without investment or gain.
  public let payback: Double?
  /// Direct exchanges and legs of those through shared plants.
  public let exchanges: Int
  public let facilities: Int
  public let measures: Int
  /// Permits and notices to obtain.
  public let permits: Int
  /// Of the slowest of them [d]; `nil` when none is known.
  public let longestDays: Double?
  /// In the plan's first objective.
  public let value: Double
  /// Proven: no plan is worth more.
  public let bound: Double
  /// Proven relative gap.
  public let gap: Double

  init(_ plan: Plan) {
    money = plan.money
    carbon = plan.carbon
    capital = plan.capital
    payback = plan.paybackYears
    exchanges = plan.exchanges.count + plan.legs.count
    facilities = plan.facilities.count
    measures = plan.measures.count
    permits = plan.permits.count
    longestDays = plan.permits.compactMap(\.rule.days?.typical).max()
    value = plan.certificate.incumbent
    bound = plan.certificate.bound
    gap = plan.certificate.gap
  }
}

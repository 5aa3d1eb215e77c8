import LichenDomain
import LichenGraph
import LichenMatching

/// One side of an appraisal: an item, a firm or the whole park.
public struct FinanceAccount: Sendable {
  /// Id of an item or a firm; empty for the park.
  public let id: String
  /// `nil` for firms and the park.
  public let kind: ProjectItem.Kind?
  public let enterprises: [EnterpriseID]
  /// First investment [park currency].
  public let capital: Double
  /// Net gain of the first year before investments, tax and financing [park currency].
  public let firstGain: Double
  /// After tax, as if its owners paid for it all.
  public let project: Appraisal
  /// `nil` where nothing is borrowed or given.
  public let equity: EquityView?
  /// Present value of all gains over that of all costs and investments, residual values taken off
  /// them, before tax; `nil` without costs.
  public let benefitCostRatio: Double?
  /// Avoided in the first year [t CO2e].
  public let tonnes: Double
  /// Present value of all costs over that of the CO2e avoided, gains and any price of carbon left out
  /// [park currency/t]; `nil` where none is avoided.
  public let costPerTonne: Double?
  /// The same with gains taken off; `nil` where they exceed the costs: such a ratio means nothing.
  public let netCostPerTonne: Double?
  /// Terms that are unknown and left out.
  public let unknownTerms: [LedgerTerm]
}

/// What a plan is worth to those who pay for it.
public struct FinanceResult: Sendable {
  public let plan: Plan
  public let terms: FinanceTerms
  public let park: FinanceAccount
  /// In order of id.
  public let enterprises: [FinanceAccount]
  /// Exchanges in the plan's order, then legs, shared plants, permits and measures.
  public let items: [FinanceAccount]
  /// Widest swing first.
  public let sensitivity: [SensitivityBar]
  public let abatement: AbatementCurve

  /// Whether items add up to the park: not where a loss is carried forward, because alone an item has less
  /// to set it against.
  public var isAdditive: Bool { terms.options.tax?.carryForwardYears == nil }
}

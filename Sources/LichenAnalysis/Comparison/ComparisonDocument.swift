import LichenDomain
import LichenGraph
import LichenMatching

/// Scenarios beside the baseline, for programs; every name carries its unit.
public struct ComparisonDocument: Encodable, Sendable {
  let format: String
  let park: ScenarioDocument.Park
  let baseline: ScenarioDocument.Figures
  let scenarios: [ScenarioDocument]
  let regret: Regrets

  struct Regrets: Encodable {
    /// Rows are what was built, columns what comes true, in this order.
    let scenarios: [String]
    /// Of each column, in which its regret is stated.
    let units: [String]
    let cells: [[Cell?]]
    /// Of each row; absent where a cell is not possible.
    let worst: [Double?]
  }

  struct Cell: Encodable {
    let status: String
    let value: Double?
    let regret: Double?
    let regretLow: Double?
    let regretHigh: Double?
    let affordable: Bool
    let stranded: [String]
  }

  /// - Precondition: The comparison holds the regret.
  public init(_ comparison: ScenarioComparison) {
    format = "lichen/compare/1"
    park = ScenarioDocument.Park(comparison.baseline)
    baseline = ScenarioDocument.Figures(comparison.baseline)
    scenarios = zip(comparison.scenarios, comparison.differences).map {
      ScenarioDocument($0, $1, baseline: comparison.baseline)
    }
    let currency = comparison.baseline.plan.park.settings.currency.code
    regret = Regrets(
      scenarios: comparison.all.map(\.scenario.name),
      units: comparison.all.map {
        $0.plan.options.objective.isCarbonFirst ? "kg CO2e/a" : "\(currency)/a"
      },
      cells: (comparison.regret?.cells ?? []).map { $0.map { $0.map(Self.cell) } },
      worst: comparison.isOfOneUnit ? comparison.regret?.worst ?? [] : [])
  }

  private static func cell(_ regret: Regret) -> Cell {
    Cell(
      status: regret.value == nil ? "infeasible" : regret.isProven ? "proven" : "bounded",
      value: regret.value, regret: regret.regret, regretLow: regret.low, regretHigh: regret.high,
      affordable: regret.isAffordable, stranded: regret.stranded)
  }
}

/// One scenario beside the baseline, for programs.
public struct WhatIfDocument: Encodable, Sendable {
  let format: String
  let park: ScenarioDocument.Park
  let baseline: ScenarioDocument.Figures
  let scenario: ScenarioDocument

  /// - Precondition: The comparison holds one scenario.
  public init(_ comparison: ScenarioComparison) {
    format = "lichen/whatif/1"
    park = ScenarioDocument.Park(comparison.baseline)
    baseline = ScenarioDocument.Figures(comparison.baseline)
    scenario = ScenarioDocument(
      comparison.scenarios[0], comparison.differences[0], baseline: comparison.baseline)
  }
}

extension PlanObjective {
  /// Whether the first objective is CO2e.
  public var isCarbonFirst: Bool { self == .carbon || self == .carbonThenBenefit }
}

extension ScenarioComparison {
  /// Whether all plans are worth something in one unit, so that regrets of several may be ranked.
  public var isOfOneUnit: Bool {
    Set(all.map(\.plan.options.objective.isCarbonFirst)).count == 1
  }
}

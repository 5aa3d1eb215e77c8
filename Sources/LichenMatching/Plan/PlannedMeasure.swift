import LichenDomain
import LichenGraph
import LichenPlanning

/// An efficiency measure that the plan takes.
public struct PlannedMeasure: Sendable {
  public let measure: PricedMeasure

  public var option: EfficiencyOption { measure.option }
  /// [park currency/a]
  public var money: Estimate { measure.money }
  /// [kg CO2e/a avoided]
  public var carbon: Estimate { measure.carbon }
  /// [park currency]
  public var capital: Estimate { measure.capital }
}

extension Plan {
  /// Best net benefit first, ties in order of id.
  static func ranked(_ measures: [PricedMeasure]) -> [PlannedMeasure] {
    measures.map { PlannedMeasure(measure: $0) }.sorted {
      ($1.money.typical, $0.option.id) < ($0.money.typical, $1.option.id)
    }
  }

  /// Yearly gain of the measures [park currency/a].
  public var measureMoney: Estimate { measures.map(\.money).sum() }

  /// Yearly net benefit of the exchanges, permits paid [park currency/a].
  public var exchangeMoney: Estimate { exchanges.map(\.money).sum() - permitCost }
}

import LichenDomain
import LichenGraph
import LichenPlanning

/// A leg that the plan builds, with its yearly quantity and its share of the balance.
public struct PlannedLeg: Sendable {
  public let leg: FacilityLeg
  /// [reference units moved/a]
  public let quantity: Double
  /// The ledger's lines per year: per-unit lines times quantity, then fixed lines.
  public let lines: [LedgerLine]
  public let isRequired: Bool

  public init(leg: FacilityLeg, quantity: Double, isRequired: Bool) {
    self.leg = leg
    self.quantity = quantity
    self.isRequired = isRequired
    lines = leg.ledger.yearly(quantity)
  }

  /// Product made, or input replaced [reference units/a].
  public var delivered: Double { quantity * leg.ratio.typical }
  /// Sum of the lines [park currency/a], permits apart, unknown gains left out.
  public var money: Estimate { lines.compactMap(\.money.value).sum() }
  /// Sum of the lines [kg CO2e/a avoided].
  public var carbon: Estimate { lines.compactMap(\.carbon.value).sum() }
  /// [park currency]
  public var capital: Estimate { leg.ledger.capital }
}

/// A shared plant that the plan opens.
public struct PlannedFacility: Sendable {
  public let plant: PricedFacility
  /// In order of id.
  public let arriving: [PlannedLeg]
  /// In order of id.
  public let leaving: [PlannedLeg]

  public var facility: Facility { plant.facility }
  /// What comes in [intake units/a].
  public var intake: Double { arriving.reduce(0) { $0 + $1.quantity } }
  /// What is made of it [product units/a].
  public var made: Double { arriving.reduce(0) { $0 + $1.delivered } }
  /// Per year: capital and running cost.
  public var lines: [LedgerLine] { plant.lines }
  /// Sum of its own lines [park currency/a]; not positive.
  public var money: Estimate { plant.money }
  /// [park currency]
  public var capital: Estimate { plant.capital }

  /// Legs that count with this plant, so that each leg counts once: those to it, and those that leave
  /// it for an input.
  public var ownLegs: [PlannedLeg] { arriving + leaving.filter { $0.leg.input != nil } }
  /// Yearly gain of the plant and its own legs, permits apart [park currency/a].
  public var moneyWithLegs: Double {
    ownLegs.reduce(money.typical) { $0 + $1.money.typical }
  }

  /// The plants that some leg uses, in the order of `facilities`.
  static func opened(by legs: [PlannedLeg], among facilities: [PricedFacility]) -> [PlannedFacility]
  {
    facilities.compactMap { plant in
      let id = plant.facility.id
      let arriving = legs.filter { $0.leg.destination?.id == id }
      let leaving = legs.filter { $0.leg.origin?.id == id }
      if arriving.isEmpty && leaving.isEmpty { return nil }
      return PlannedFacility(plant: plant, arriving: arriving, leaving: leaving)
    }
  }
}

extension Plan {
  /// Yearly net benefit of exchanges through shared plants, the plants paid, permits apart
  /// [park currency/a].
  public var facilityMoney: Estimate {
    legs.map(\.money).sum() + facilities.map(\.money).sum()
  }
}

extension Ledger {
  /// Lines per year at a quantity: per-unit lines times the quantity, then fixed lines.
  func yearly(_ quantity: Double) -> [LedgerLine] {
    perUnit.map {
      LedgerLine(
        $0.term, bearer: $0.bearer, money: $0.money.scaled(by: quantity),
        carbon: $0.carbon.scaled(by: quantity), remark: $0.remark)
    } + fixed
  }
}

import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// What a plan has paid for, to be judged where other figures hold.
struct SunkNetwork {
  struct Link {
    /// [park currency/a]
    let fixedCost: Double
    /// [park currency]
    let capital: Double
  }

  /// By id of candidate or leg.
  let links: [String: Link]
  /// Yearly cost by permit [park currency/a].
  let permits: [PermitNeed.Key: Double]
  /// Yearly cost of the open plant, and its investment.
  let facilities: [String: Link]
  /// Yearly cost of what is invested in a measure, and the investment.
  let measures: [OptionID: Link]

  init(_ plan: Plan) {
    var links: [String: Link] = [:]
    for exchange in plan.exchanges {
      let ledger = exchange.candidate.ledger
      links[exchange.candidate.id] = Link(
        fixedCost: ledger.fixedCost.typical, capital: ledger.capital.typical)
    }
    for leg in plan.legs {
      links[leg.leg.id] = Link(
        fixedCost: leg.leg.ledger.fixedCost.typical, capital: leg.leg.ledger.capital.typical)
    }
    self.links = links
    permits = Dictionary(
      plan.permits.map { ($0.key, $0.annual.value?.typical ?? 0) }
    ) { first, _ in first }
    facilities = Dictionary(
      plan.facilities.map {
        (
          $0.facility.id.rawValue,
          Link(fixedCost: -$0.money.typical, capital: $0.capital.typical)
        )
      }
    ) { first, _ in first }
    measures = Dictionary(
      plan.measures.map { taken in
        let annuity = taken.measure.lines.filter { $0.term == .capital }
          .compactMap(\.money.value?.typical).reduce(0, +)
        return (taken.option.id, Link(fixedCost: -annuity, capital: taken.capital.typical))
      }
    ) { first, _ in first }
  }
}

import LichenDomain
import LichenGraph
import LichenPlanning

extension BoardEdition {
  /// What the board learns of the rest.
  func withheld(_ shown: ShownPlan, in graph: ExchangeGraph) -> Withheld {
    let items = hiddenItems()
    func range(_ total: Estimate, _ value: KeyPath<HiddenItem, Double>) -> ClosedRange<Double> {
      var byFirm: [EnterpriseID: Double] = [:]
      for item in items {
        for firm in item.firms { byFirm[firm, default: 0] += abs(item[keyPath: value]) }
      }
      return SafeRange.around(total.typical, hidden: byFirm.values.sorted())
    }
    return Withheld(
      exchanges: plan.exchanges.filter { !isOpen($0) }.map(told).sorted(),
      firms: hidden.count, plants: plan.facilities.count - shown.facilities.count,
      measures: plan.measures.count - shown.measures.count,
      candidates: result.graph.candidates.count - graph.candidates.count,
      money: range(plan.money, \.money), carbon: range(plan.carbon, \.carbon),
      capital: range(plan.capital, \.capital))
  }

  private func told(_ planned: PlannedExchange) -> Withheld.Exchange {
    let candidate = planned.candidate
    return Withheld.Exchange(
      from: party(candidate.output.enterprise), to: party(candidate.input.enterprise),
      material: candidate.output.material, replaced: candidate.input.material,
      effect: candidate.verdict.effect, permits: candidate.permits.map(\.key.rule))
  }

  private func party(_ id: EnterpriseID) -> Withheld.Party {
    letters[id].map { .letter($0) } ?? .named(id)
  }

  /// Something that a hidden firm does, and what it adds to the totals.
  private struct HiddenItem {
    let firms: [EnterpriseID]
    let money: Double
    let carbon: Double
    let capital: Double
  }

  private func hiddenItems() -> [HiddenItem] {
    func item(
      _ firms: [EnterpriseID], _ money: Estimate, _ carbon: Estimate = .zero,
      _ capital: Estimate = .zero
    ) -> HiddenItem? {
      let own = Array(Set(firms).intersection(hidden)).sorted()
      return own.isEmpty
        ? nil
        : HiddenItem(
          firms: own, money: money.typical, carbon: carbon.typical, capital: capital.typical)
    }
    let exchanges = plan.exchanges.map {
      item(
        [$0.candidate.output.enterprise, $0.candidate.input.enterprise], $0.money, $0.carbon,
        $0.capital)
    }
    let legs = plan.legs.map {
      item([$0.leg.giver, $0.leg.taker], $0.money, $0.carbon, $0.capital)
    }
    let plants = plan.facilities.map { item([$0.facility.site], $0.money, .zero, $0.capital) }
    let permits = plan.permits.map {
      item([$0.key.holder], $0.annual.value ?? .zero, .zero, $0.oneOff.value ?? .zero)
    }
    let measures = plan.measures.map {
      item([$0.option.enterprise], $0.money, $0.carbon, $0.capital)
    }
    return (exchanges + legs + plants + permits + measures).compactMap(\.self)
  }
}

extension [Withheld.Exchange] {
  /// By what is told of them, never by what is not.
  fileprivate func sorted() -> [Withheld.Exchange] {
    func key(_ exchange: Withheld.Exchange) -> [String] {
      [
        "\(exchange.from)", "\(exchange.to)", exchange.material.rawValue,
        exchange.replaced.rawValue,
      ]
    }
    return sorted { key($0).lexicographicallyPrecedes(key($1)) }
  }
}

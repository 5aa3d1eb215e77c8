import LichenDomain
import LichenGraph
import LichenMatching

/// Something of the plan that has a ledger: an exchange, a shared plant, a leg or a measure.
struct LedgerItem: Sendable {
  enum Kind: String, Sendable, CaseIterable {
    case exchange, plant, leg, measure
  }

  let kind: Kind
  /// From 1 within its kind; the rank of an exchange.
  let number: Int
  /// As other programs know it.
  let id: String
  /// For people.
  let name: String
  /// Who gives; the owner of a plant or measure.
  let donor: EnterpriseID
  /// Who takes; the owner of a plant or measure.
  let receiver: EnterpriseID
  /// Per year; gain positive.
  let lines: [LedgerLine]
  /// [park currency]
  let capital: Estimate

  /// Sum of the lines [park currency/a], unknown ones left out.
  var money: Estimate { lines.compactMap(\.money.value).sum() }
  /// Sum of the lines [kg CO2e/a avoided], unknown ones left out.
  var carbon: Estimate { lines.compactMap(\.carbon.value).sum() }

  /// Names the item in tables and notes: the rank of an exchange, else a letter and a number.
  var label: String {
    switch kind {
    case .exchange: String(number)
    case .plant: "P\(number)"
    case .leg: "L\(number)"
    case .measure: "M\(number)"
    }
  }

  /// Who bears a line, each once.
  func bearers(of line: LedgerLine) -> [EnterpriseID] {
    if donor == receiver { return [donor] }
    return line.bearer.shares(donor: donor, receiver: receiver).map(\.0)
  }
}

extension ReportContext {
  /// Legs of exchanges through shared plants, in order of id; empty without a plan.
  var legs: [PlannedLeg] { hasPlan ? plan.legs : [] }

  /// Everything of the plan that has a ledger: exchanges by rank, plants and legs by id, measures best
  /// first.
  var ledgerItems: [LedgerItem] {
    var items = exchanges.map { exchange in
      LedgerItem(
        kind: .exchange, number: exchange.rank, id: exchange.candidate.id,
        name: pair(exchange.candidate), donor: exchange.candidate.output.enterprise,
        receiver: exchange.candidate.input.enterprise, lines: exchange.planned.lines,
        capital: exchange.planned.capital)
    }
    items += facilities.enumerated().map { index, plant in
      LedgerItem(
        kind: .plant, number: index + 1, id: plant.facility.id.rawValue,
        name: plant.facility.name, donor: plant.facility.site, receiver: plant.facility.site,
        lines: plant.lines, capital: plant.capital)
    }
    items += legs.enumerated().map { index, leg in
      LedgerItem(
        kind: .leg, number: index + 1, id: leg.leg.id,
        name: language.text(
          "exchange.pair", ["from": names.short(leg.leg.giver), "to": names.short(leg.leg.taker)]),
        donor: leg.leg.giver, receiver: leg.leg.taker, lines: leg.lines, capital: leg.capital)
    }
    items += measures.enumerated().map { index, measure in
      let option = measure.planned.option
      return LedgerItem(
        kind: .measure, number: index + 1, id: option.id.rawValue, name: option.name,
        donor: option.enterprise, receiver: option.enterprise,
        lines: measure.planned.measure.lines, capital: measure.planned.capital)
    }
    return items
  }
}

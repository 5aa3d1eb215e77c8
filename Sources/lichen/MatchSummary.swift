import Foundation
import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning
import LichenReport

/// The result of a run as tables for a terminal.
struct MatchSummary {
  private let result: MatchResult
  private let currency: String

  init(_ result: MatchResult) {
    self.result = result
    currency = result.plan.park.settings.currency.code
  }

  var text: String {
    [plan, closed, documented, data, proof].filter { !$0.isEmpty }.joined(separator: "\n\n")
  }

  private var plan: String {
    let park = result.plan.park
    let rows = result.plan.exchanges.enumerated().map { index, exchange in
      [
        "\(index + 1)", "\(exchange.candidate.output.enterprise)",
        "\(exchange.candidate.input.enterprise)", exchange.candidate.output.name,
        Console.number(exchange.quantity),
        park.material(exchange.candidate.output.material)?.referenceUnit.id ?? "",
        Console.number(exchange.money.typical / 1000),
        Console.number(exchange.carbon.typical / 1000), exchange.candidate.verdict.effect.rawValue,
      ]
    }
    let measures = result.plan.measures.map { measure in
      [
        "", "\(measure.option.enterprise)", "", "measure \(measure.option.id)", "", "",
        Console.number(measure.money.typical / 1000),
        Console.number(measure.carbon.typical / 1000), "",
      ]
    }
    let plants = result.plan.facilities.map { plant in
      [
        "", "\(plant.facility.site)", "", "facility \(plant.facility.id)",
        Console.number(plant.intake), plant.facility.intakeUnit.id,
        Console.number(plant.money.typical / 1000), "", "",
      ]
    }
    let legs = result.plan.legs.map { leg in
      [
        "", leg.leg.origin?.id.rawValue ?? "\(leg.leg.giver)",
        leg.leg.destination?.id.rawValue ?? "\(leg.leg.taker)",
        leg.leg.output?.name ?? park.material(leg.leg.material)?.names.english ?? "",
        Console.number(leg.quantity), park.material(leg.leg.material)?.referenceUnit.id ?? "",
        Console.number(leg.money.typical / 1000), Console.number(leg.carbon.typical / 1000),
        leg.leg.verdict?.effect.rawValue ?? "",
      ]
    }
    let total = [
      "", "", "", "permits", "", "", Console.number(-result.plan.permitCost.typical / 1000), "", "",
    ]
    let sum = [
      "", "", "", "park", "", "", Console.number(result.plan.money.typical / 1000),
      Console.number(result.plan.carbon.typical / 1000), "",
    ]
    return "The plan of \(park.settings.title), \(park.settings.baseYear)\n"
      + Console.table(
        ["", "from", "to", "stream", "quantity/a", "unit", "k\(currency)/a", "t CO2e/a", "law"],
        rows + legs + plants + [total] + measures + [sum], right: [0, 4, 6, 7])
  }

  /// Plants that stay closed, and what opening them would change.
  private var closed: String {
    guard hasPlan else { return "" }
    return result.whyNot.facilities.map { item in
      let reason =
        switch item.reason {
        case .obstacle(let obstacle):
          "not planned: " + obstacle.rawValue.replacingOccurrences(of: "-", with: " ")
        case .noArrival: "nothing that could be planned comes in"
        case .noDelivery: "nobody that could be planned takes its product"
        case .doesNotPay:
          item.moneyChange.map {
            "opening it would change the plan by \(Console.number($0 / 1000)) k\(currency)/a"
          } ?? "it costs more than it brings, or the budget does not reach"
        }
      return "Closed facility \(item.plant.facility.id): \(reason)"
    }.joined(separator: "\n")
  }

  /// What the plan's money rests on.
  private var data: String {
    let shares = DataShares.money(of: result.plan.exchanges)
    guard shares.gross > 0 else { return "" }
    let words: [(Basis, String)] = [
      (.declared, "declared"), (.catalogue, "catalogue defaults"),
      (.proxy, "defaults of other regions"), (.blueprint, "estimated from blueprints"),
    ]
    let parts = words.filter { shares.share($0.0) > 0 }.map { basis, word in
      "\(Console.number(shares.share(basis) * 100)) % \(word)"
    }
    return "Data   gross money of the exchanges: \(parts.joined(separator: ", "))"
  }

  private var documented: String {
    let rediscovery = result.rediscovery
    if rediscovery.documented.isEmpty { return "" }
    let rows = rediscovery.documented.map { item in
      [
        "\(item.exchange.from)", "\(item.exchange.to)", item.exchange.name, fate(of: item),
        remark(on: item),
      ]
    }
    let found = rediscovery.declared.count(where: \.isFound)
    let share = rediscovery.foundShare.map { Console.number($0 * 100) } ?? "unknown"
    return "The documented network beside the plan\n"
      + Console.table(["from", "to", "stream", "fate", "why"], rows)
      + "\n\(found) of \(rediscovery.declared.count) documented exchanges with declared ends are "
      + "candidates (\(share) %); \(rediscovery.new.count) planned exchanges are new."
  }

  private func fate(of item: RediscoveredExchange) -> String {
    switch item.outcome {
    case .planned: "planned"
    case .notChosen: "found, not chosen"
    case .foundUnquantified: "found, unquantified"
    case .blocked: "blocked"
    case .noRoute: "no route"
    case .endUndeclared: "end not declared"
    }
  }

  private func remark(on item: RediscoveredExchange) -> String {
    guard let candidate = item.candidate else { return "" }
    switch item.outcome {
    case .planned(let quantity):
      return "\(Console.number(quantity)) "
        + (result.plan.park.material(candidate.output.material)?.referenceUnit.id ?? "")
    case .blocked, .foundUnquantified:
      return candidate.blockers.map { $0.kind.rawValue.replacingOccurrences(of: "-", with: " ") }
        .joined(separator: ", ")
    case .notChosen:
      let index = result.graph.candidates.index(of: candidate)
      guard let entry = result.whyNot.entries.first(where: { $0.index == index }) else { return "" }
      if case .neverPays = entry.reason, let whole = candidate.bestMoneyPerYear {
        return "would lose \(Console.number(-whole / 1000)) k\(currency)/a at full quantity"
      }
      return entry.moneyChange.map {
        "forcing it costs \(Console.number(-$0 / 1000)) k\(currency)/a"
      } ?? "others use the streams better"
    case .noRoute, .endUndeclared: return ""
    }
  }

  private var hasPlan: Bool {
    [.optimal, .feasible].contains(result.plan.certificate.status)
  }

  private var proof: String {
    let certificate = result.plan.certificate
    let unit =
      certificate.objective == .carbon || certificate.objective == .carbonThenBenefit
      ? "kg CO2e/a" : "\(currency)/a"
    let verdict: String
    switch certificate.status {
    case .optimal: verdict = "proven: no other plan can be better"
    case .feasible:
      verdict =
        "stopped (\(certificate.stopReason.rawValue)): no other plan can be better by more than "
        + "\(Console.number(certificate.gap * 100, decimals: 2)) %"
    case .infeasible: verdict = "no plan satisfies all required exchanges and limits"
    case .unbounded: verdict = "unbounded"
    case .noSolution: verdict = "no plan found in time"
    }
    let gap =
      hasPlan ? Console.number(certificate.gap * 100, decimals: 4) + " %" : "none: there is no plan"
    return """
      Plan   \(Console.number(certificate.incumbent, decimals: 2)) \(unit)
      Bound  \(Console.number(certificate.bound, decimals: 2)) \(unit)
      Gap    \(gap)
      Proof  \(verdict); \(certificate.candidates) candidates, \(certificate.links) links, \
      \(certificate.components.count) parts, \(certificate.nodes) nodes, \(certificate.solver)
      """
  }
}

import LichenDomain
import LichenGraph
import LichenMatching
import LichenPlanning

/// Shared plants, opened or not, with what comes in and goes out, beside the exchanges of section D.
struct FacilitiesView {
  struct Row {
    let name: String
    let site: String
    let incoming: [String]
    let outgoing: [String]
    let capital: String
    let money: String
    let carbon: String
    let fate: String
    let confidence: ConfidenceBadge
  }

  let facilityRows: [Row]
  let summary: String

  /// - Returns: `nil` for a park without facilities.
  init?(_ context: ReportContext) {
    let language = context.language
    let all = context.graph.facilities
    if all.isEmpty { return nil }
    let opened = Dictionary(
      uniqueKeysWithValues: context.facilities.map { ($0.facility.id, $0) })
    let closed = Dictionary(
      uniqueKeysWithValues: context.result.whyNot.facilities.map { ($0.plant.facility.id, $0) })
    facilityRows = all.map { plant in
      Row(plant, opened[plant.facility.id], closed[plant.facility.id], context)
    }
    summary = language.plural(
      "facility.summary", count: opened.count,
      [
        "all": language.number(Double(all.count)),
        "money": language.money(
          opened.isEmpty ? 0 : context.plan.facilityMoney.typical, context.currency),
        "carbon": language.mass(
          tonnes: opened.isEmpty ? 0 : context.plan.legs.map(\.carbon).sum().typical / 1000),
      ])
  }
}

extension FacilitiesView.Row {
  init(
    _ plant: PricedFacility, _ opened: PlannedFacility?, _ closed: ClosedFacility?,
    _ context: ReportContext
  ) {
    let language = context.language
    let facility = plant.facility
    name = facility.name
    // A plant with a place of its own is its own site.
    site = facility.site.rawValue == facility.id.rawValue ? "" : context.names.short(facility.site)
    incoming = (opened?.arriving ?? []).map { Self.flow($0, $0.leg.giver, context) }
    outgoing = (opened?.leaving ?? []).map { Self.flow($0, $0.leg.taker, context) }
    capital =
      facility.capital == nil
      ? language.text("word.unknown") : language.money(plant.capital.typical, context.currency)
    money = opened.map { context.tableMoney($0.moneyWithLegs) } ?? language.text("word.none")
    carbon =
      opened.map { context.tableCarbon($0.ownLegs.reduce(0) { $0 + $1.carbon.typical }) }
      ?? language.text("word.none")
    fate = Self.fate(opened, closed, context)
    confidence = ConfidenceBadge(facility.provenance.confidence ?? .verified, language)
  }

  private static func flow(_ leg: PlannedLeg, _ site: EnterpriseID, _ context: ReportContext)
    -> String
  {
    let language = context.language
    let unit = context.park.material(leg.leg.material)?.referenceUnit.id ?? ""
    let law = leg.leg.verdict.map { verdict in
      let rules = verdict.applying.map(\.id.rawValue)
      return [language.text("effect.\(verdict.effect.rawValue)")]
        + (rules.isEmpty ? [] : [language.list(rules)])
    }
    return language.text(
      "facility.flow",
      [
        "who": context.names.short(site),
        "amount":
          ([
            language.text(
              "format.per-year", ["value": language.quantity(leg.quantity, unit: unit)])
          ] + (law ?? [])).joined(separator: " · "),
      ])
  }

  private static func fate(
    _ opened: PlannedFacility?, _ closed: ClosedFacility?, _ context: ReportContext
  ) -> String {
    let language = context.language
    if let opened {
      let unit = opened.facility.intakeUnit.id
      return language.text(
        "facility.open",
        [
          "intake": language.quantity(opened.intake, unit: unit),
          "capacity": language.quantity(opened.facility.capacity ?? 0, unit: unit),
        ])
    }
    switch closed?.reason {
    case .obstacle(let obstacle): return language.text("facility.\(obstacle.rawValue)")
    case .noArrival: return language.text("facility.no-arrival")
    case .noDelivery: return language.text("facility.no-delivery")
    case .doesNotPay, nil:
      guard let change = closed?.moneyChange else {
        return language.text("facility.does-not-pay-unknown")
      }
      return language.text(
        "facility.does-not-pay", ["money": language.money(change, context.currency)])
    }
  }
}

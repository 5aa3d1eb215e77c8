import LichenDomain
import LichenGraph
import LichenMatching

extension PlanNetwork {
  init(_ context: ReportContext) {
    let legs = context.hasPlan ? context.plan.legs : []
    links =
      context.exchanges.map { Link($0, context) }
      + legs.enumerated().map { Link($1, number: $0 + 1, context) }
    let ends = Set(links.flatMap { [$0.source, $0.target] })
    // A plant with a place of its own is no enterprise beside itself.
    let own = Set(
      context.facilities.map(\.facility).filter { $0.site.rawValue == $0.id.rawValue }.map(\.site))
    let enterprises = context.park.enterprises.filter { !own.contains($0.id) }
      .sorted { $0.id < $1.id }.map {
        Node(
          id: $0.id.rawValue, name: context.names.short($0.id), enterprise: $0, plant: nil,
          takesPart: ends.contains($0.id.rawValue))
      }
    let plants = context.facilities.compactMap { plant in
      context.park.enterprise(plant.facility.site).map { site in
        let id = Self.id(plant.facility)
        return Node(
          id: id, name: plant.facility.name, enterprise: site, plant: plant,
          takesPart: ends.contains(id))
      }
    }
    nodes = enterprises + plants
  }

  /// No identifier has a colon in it.
  fileprivate static func id(_ plant: Facility) -> String { "plant:\(plant.id)" }
}

extension PlanNetwork.Link {
  fileprivate init(_ exchange: RankedExchange, _ context: ReportContext) {
    let candidate = exchange.candidate
    id = "e\(exchange.rank)"
    subject = candidate.id
    rank = exchange.rank
    source = candidate.output.enterprise.rawValue
    target = candidate.input.enterprise.rawValue
    name = context.pair(candidate)
    flow = PlanNetwork.Flow(
      material: candidate.output.material,
      materialName: context.material(candidate.output.material),
      stream: context.stream(candidate.output), quantity: exchange.planned.quantity,
      unit: context.unit(of: candidate), tonnes: exchange.tonnes,
      mode: candidate.transport.mode?.id, km: candidate.transport.km)
    verdict = candidate.verdict
    confidence = exchange.shares.level
    let planned = exchange.planned
    balance = PlanNetwork.Balance(
      planned.money, planned.carbon, planned.capital, candidate.ledger)
    isRequired = planned.isRequired
  }

  fileprivate init(_ planned: PlannedLeg, number: Int, _ context: ReportContext) {
    let leg = planned.leg
    id = "l\(number)"
    subject = leg.id
    rank = nil
    source = leg.origin.map(PlanNetwork.id) ?? leg.giver.rawValue
    target = leg.destination.map(PlanNetwork.id) ?? leg.taker.rawValue
    name = context.language.text(
      "exchange.pair",
      [
        "from": leg.origin?.name ?? context.names.short(leg.giver),
        "to": leg.destination?.name ?? context.names.short(leg.taker),
      ])
    let material = context.material(leg.material)
    flow = PlanNetwork.Flow(
      material: leg.material, materialName: material,
      stream: leg.output.map { context.stream($0) } ?? material, quantity: planned.quantity,
      unit: context.park.material(leg.material)?.referenceUnit.id ?? "",
      tonnes: ReportContext.tonnes(planned.quantity, of: leg.material, in: context.park),
      mode: leg.transport.mode?.id, km: leg.transport.km)
    verdict = leg.verdict
    let basis: Basis = leg.output?.basis == .blueprint ? .blueprint : .declared
    var shares = DataShares()
    for line in planned.lines { shares.add(line.money, quantityBasis: basis) }
    confidence = shares.level
    balance = PlanNetwork.Balance(planned.money, planned.carbon, planned.capital, leg.ledger)
    isRequired = planned.isRequired
  }
}

extension PlanNetwork.Balance {
  fileprivate init(_ money: Estimate, _ carbon: Estimate, _ capital: Estimate, _ ledger: Ledger) {
    self.init(
      money: money, carbon: carbon, capital: capital,
      unknownMoney: ledger.unknownMoney.map(\.rawValue),
      unknownCarbon: ledger.unknownCarbon.map(\.rawValue))
  }
}

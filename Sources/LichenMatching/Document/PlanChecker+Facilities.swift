import LichenDomain
import LichenGraph
import LichenPlanning

/// Shared plants and mixtures, added up from the document's quantities and the park's rows.
extension PlanChecker {
  /// Plants take in no more than they can, and hand on what they make of it.
  func auditFacilities(_ document: PlanDocument, _ ledger: inout Ledger) {
    var intake: [FacilityID: Double] = [:]
    var made: [FacilityID: Double] = [:]
    var handed: [FacilityID: Double] = [:]
    for (index, leg) in document.legs.enumerated() {
      let path = "legs[\(index)]"
      if leg.quantity < 0 { ledger.add("\(path).quantity", "\(leg.quantity)", "0 or more") }
      let source = auditSource(of: leg, path, &ledger)
      let target = auditTarget(of: leg, path, &ledger)
      if let source { handed[source.id, default: 0] += leg.quantity }
      guard let target else { continue }
      guard let ratio = declaredYield(of: leg, at: target) else {
        ledger.add("\(path).route", leg.route?.rawValue ?? "nothing", "a route of \(target.id)")
        continue
      }
      ledger.expect("\(path).delivers", leg.delivers, leg.quantity * ratio)
      intake[target.id, default: 0] += leg.quantity
      made[target.id, default: 0] += leg.quantity * ratio
    }
    for id in Set(intake.keys).union(handed.keys).sorted() {
      guard let facility = park.facility(id) else { continue }
      ledger.atMost("capacity of \(id)", intake[id] ?? 0, facility.capacity ?? 0)
      // A solver keeps the balance within its tolerance.
      ledger.near("balance of \(id)", handed[id] ?? 0, made[id] ?? 0)
      guard let index = document.facilities.firstIndex(where: { $0.id == id }) else {
        ledger.add("facilities", "\(id) missing", "every plant that a leg uses")
        continue
      }
      ledger.expect(
        "facilities[\(index)].intake", document.facilities[index].intake, intake[id] ?? 0)
      ledger.expect("facilities[\(index)].made", document.facilities[index].made, made[id] ?? 0)
    }
    for (index, facility) in document.facilities.enumerated()
    where intake[facility.id] == nil && handed[facility.id] == nil {
      ledger.add("facilities[\(index)].id", "\(facility.id)", "a plant that some leg uses")
    }
  }

  /// The plant that the leg leaves; `nil` if it leaves an output.
  private func auditSource(of leg: PlanDocument.Leg, _ path: String, _ ledger: inout Ledger)
    -> Facility?
  {
    if let output = StreamID(leg.source).flatMap({ park.output($0) }) {
      if output.enterprise != leg.from {
        ledger.add("\(path).from", "\(leg.from)", "\(output.enterprise)")
      }
      ledger.atMost(
        "\(path).quantity below the output's smallest lot", output.minimumLot, leg.quantity)
      return nil
    }
    let facility = FacilityID(leg.source).flatMap { park.facility($0) }
    if facility == nil { ledger.add("\(path).source", leg.source, "an output or a facility") }
    return facility
  }

  /// The plant to which the leg leads; `nil` if it leads to an input.
  private func auditTarget(of leg: PlanDocument.Leg, _ path: String, _ ledger: inout Ledger)
    -> Facility?
  {
    if let input = StreamID(leg.target).flatMap({ park.input($0) }) {
      if input.enterprise != leg.to {
        ledger.add("\(path).to", "\(leg.to)", "\(input.enterprise)")
      }
      ledger.expect("\(path).delivers", leg.delivers, leg.quantity)
      ledger.atMost(
        "\(path).delivers below the input's smallest lot", input.minimumLot, leg.delivers)
      return nil
    }
    let facility = FacilityID(leg.target).flatMap { park.facility($0) }
    if facility == nil { ledger.add("\(path).target", leg.target, "an input or a facility") }
    return facility
  }

  /// Product per unit that comes in, from the rows that the facility names.
  private func declaredYield(of leg: PlanDocument.Leg, at facility: Facility) -> Double? {
    let process = facility.processes.first { process in
      let steps = process.steps
      guard steps.count == 2 else { return steps[0].id == leg.route }
      let name = "\(steps[0].output)__\(steps[0].input)__\(steps[1].input)"
      return leg.route == (RouteID(name) ?? RouteID("\(steps[0].output)__\(steps[1].input)"))
    }
    return process?.steps.reduce(1) { $0 * $1.ratio.typical }
  }

  /// What arrives keeps the limits that an input sets on the mixture; a by-product whose quality
  /// nobody has measured is no part of it.
  func auditMixtures(_ document: PlanDocument, _ ledger: inout Ledger) {
    for input in park.inputs {
      let arriving = document.exchanges.filter { $0.input == input.id }
      for (property, limit) in input.properties.sorted(by: { $0.key < $1.key })
      where limit.isMixture {
        var tonnes = 0.0
        var highest = 0.0
        var lowest = 0.0
        for exchange in arriving {
          guard let output = park.output(exchange.output),
            let measured = output.properties[property], let high = measured.highest,
            let low = measured.lowest, let weight = park.mixedTonnes(output.material)
          else { continue }
          tonnes += exchange.quantity * weight
          highest += exchange.quantity * weight * high
          lowest += exchange.quantity * weight * low
        }
        guard tonnes > 0 else { continue }
        let path = "\(property) of the mixture at \(input.id)"
        if let most = limit.maximum { ledger.atLeast("-" + path, -highest / tonnes, -most) }
        if let least = limit.minimum { ledger.atLeast(path, lowest / tonnes, least) }
      }
    }
  }

  /// The document's legs, derived anew.
  func legs(
    of document: PlanDocument, in graph: ExchangeGraph, _ differences: inout [PlanDifference]
  ) -> [PlannedLeg] {
    var legs: [PlannedLeg] = []
    for (index, stated) in document.legs.enumerated() {
      guard let leg = graph.legs.first(where: { $0.id == stated.id }) else {
        differences.append(
          PlanDifference(path: "legs[\(index)].id", stated: stated.id, recomputed: "no such leg"))
        continue
      }
      if let obstacle = graph.obstacle(of: leg) {
        differences.append(
          PlanDifference(
            path: "legs[\(index)]", stated: stated.id, recomputed: "blocked: \(obstacle)"))
      }
      legs.append(PlannedLeg(leg: leg, quantity: stated.quantity, isRequired: stated.required))
    }
    return legs
  }
}

import Foundation
import LichenDomain
import LichenGraph
import LichenPlanning

/// Something in a plan that does not follow from the declarations.
public struct PlanDifference: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Place in the document, as `exchanges[3].money.typical`.
  public let path: String
  public let stated: String
  public let recomputed: String

  public init(path: String, stated: String, recomputed: String) {
    self.path = path
    self.stated = stated
    self.recomputed = recomputed
  }

  public var description: String { "\(path): stated \(stated), recomputed \(recomputed)" }
}

/// Recomputes a plan from the declarations, without the planning model or a solver.
///
/// Three passes: (1) feasibility and sums, added up by this type alone from the document's lines and
/// the park's streams; (2) every exchange derived anew from the declared rows and compared value by
/// value; (3) the document's own digest. An altered figure anywhere is refused by at least one.
public struct PlanChecker: Sendable {
  let park: Park
  /// Values may differ by this share, or by one part in 10⁹ of a unit.
  private static let tolerance = 1e-11

  public init(park: Park) { self.park = park }

  /// - Returns: Every difference found, in order of passes; empty for a sound plan.
  /// - Throws: `PlanDocumentError` if the data are no plan.
  public func check(_ data: Data) throws(PlanDocumentError) -> [PlanDifference] {
    try rebuilt(data).differences
  }

  /// The plan made again on the way, which is worth having only if nothing differs.
  /// - Throws: `PlanDocumentError` if the data are no plan.
  public func rebuilt(_ data: Data) throws(PlanDocumentError) -> (
    plan: RebuiltPlan?, differences: [PlanDifference]
  ) {
    let document = try PlanJSON.decode(data)
    var differences = audit(document)
    let (plan, derived) = rederive(document, stated: data)
    differences += derived
    let digest = PlanJSON.digest(of: document)
    if digest != document.digest {
      differences.append(
        PlanDifference(path: "digest", stated: document.digest, recomputed: digest))
    }
    return (plan, differences)
  }

  // MARK: Feasibility and sums

  private func audit(_ document: PlanDocument) -> [PlanDifference] {
    var ledger = Ledger()
    auditStreams(document, &ledger)
    auditFacilities(document, &ledger)
    auditMixtures(document, &ledger)
    auditSums(document, &ledger)
    auditLimits(document, &ledger)
    auditProof(document, &ledger)
    return ledger.differences
  }

  /// No stream gives or takes more than is declared, and no lot is undercut.
  private func auditStreams(_ document: PlanDocument, _ ledger: inout Ledger) {
    var given: [StreamID: Double] = [:]
    var taken: [StreamID: Double] = [:]
    var partners: [StreamID: Int] = [:]
    for (index, exchange) in document.exchanges.enumerated() {
      let path = "exchanges[\(index)]"
      guard let output = park.output(exchange.output), let input = park.input(exchange.input) else {
        ledger.add(path, exchange.id, "an output and an input of the park")
        continue
      }
      if output.enterprise != exchange.from {
        ledger.add("\(path).from", "\(exchange.from)", "\(output.enterprise)")
      }
      if input.enterprise != exchange.to {
        ledger.add("\(path).to", "\(exchange.to)", "\(input.enterprise)")
      }
      if exchange.quantity < 0 {
        ledger.add("\(path).quantity", "\(exchange.quantity)", "0 or more")
      }
      given[exchange.output, default: 0] += exchange.quantity
      taken[exchange.input, default: 0] += exchange.replaces
      partners[exchange.output, default: 0] += 1
      partners[exchange.input, default: 0] += 1
      ledger.atMost(
        "\(path).quantity below the output's smallest lot", output.minimumLot, exchange.quantity)
      ledger.atMost(
        "\(path).replaces below the input's smallest lot", input.minimumLot, exchange.replaces)
    }
    for leg in document.legs {
      if let output = StreamID(leg.source).flatMap({ park.output($0) }) {
        given[output.id, default: 0] += leg.quantity
        partners[output.id, default: 0] += 1
      }
      if let input = StreamID(leg.target).flatMap({ park.input($0) }) {
        taken[input.id, default: 0] += leg.delivers
        partners[input.id, default: 0] += 1
      }
    }
    let shifts = shifts(document, &ledger)
    for id in Set(given.keys).union(shifts.keys).sorted() {
      guard let output = park.output(id) else { continue }
      ledger.atMost(
        "supply of \(id)", given[id] ?? 0,
        (output.quantity?.yearly.typical ?? 0) + (shifts[id] ?? 0))
    }
    for id in Set(taken.keys).union(shifts.keys).sorted() {
      guard let input = park.input(id) else { continue }
      let need = (input.quantity?.yearly.typical ?? 0) + (shifts[id] ?? 0)
      ledger.atMost("need of \(id)", taken[id] ?? 0, need * input.maximumShare)
    }
    if let limit = document.options.partnerLimit {
      for (id, count) in partners.sorted(by: { $0.key < $1.key }) {
        ledger.atMost("partners of \(id)", Double(count), Double(limit))
      }
    }
  }

  /// What the measures change of each stream; a measure stands once and belongs to its enterprise.
  private func shifts(_ document: PlanDocument, _ ledger: inout Ledger) -> [StreamID: Double] {
    var shifts: [StreamID: Double] = [:]
    for (index, measure) in document.measures.enumerated() {
      guard let option = park.options.first(where: { $0.id == measure.id }) else {
        ledger.add("measures[\(index)].id", "\(measure.id)", "a measure of the park")
        continue
      }
      if let stream = option.stream { shifts[stream, default: 0] += option.change }
    }
    if Set(document.measures.map(\.id)).count != document.measures.count {
      ledger.add("measures", "repeated id", "each id once")
    }
    for option in park.options where option.status == .building {
      if !document.measures.contains(where: { $0.id == option.id }) {
        ledger.add("measures", "\(option.id) missing", "part of the plan: it is being built")
      }
    }
    for id in document.options.requiredMeasures ?? []
    where !document.measures.contains(where: { $0.id == id }) {
      ledger.add("measures", "\(id) missing", "part of the plan: it is required")
    }
    return shifts
  }

  /// Lines add up to exchanges, exchanges and permits to totals, balances to totals.
  private func auditSums(_ document: PlanDocument, _ ledger: inout Ledger) {
    var money = 0.0
    var carbon = 0.0
    func audit(
      _ path: String, _ lines: [PlanDocument.Line], money stated: Estimate,
      carbon statedCarbon: Estimate?
    ) {
      let lineMoney = lines.reduce(0) { $0 + ($1.money?.typical ?? 0) }
      ledger.expect("\(path).money", stated.typical, lineMoney)
      money += lineMoney
      guard let statedCarbon else { return }
      let lineCarbon = lines.reduce(0) { $0 + ($1.carbonKg?.typical ?? 0) }
      ledger.expect("\(path).carbon_kg", statedCarbon.typical, lineCarbon)
      carbon += lineCarbon
    }
    for (index, exchange) in document.exchanges.enumerated() {
      audit(
        "exchanges[\(index)]", exchange.lines, money: exchange.money, carbon: exchange.carbonKg)
    }
    for (index, leg) in document.legs.enumerated() {
      audit("legs[\(index)]", leg.lines, money: leg.money, carbon: leg.carbonKg)
    }
    for (index, facility) in document.facilities.enumerated() {
      audit("facilities[\(index)]", facility.lines, money: facility.money, carbon: nil)
    }
    for (index, measure) in document.measures.enumerated() {
      audit("measures[\(index)]", measure.lines, money: measure.money, carbon: measure.carbonKg)
    }
    let permits = document.permits.reduce(0) { $0 + ($1.annual?.typical ?? 0) }
    ledger.expect("totals.permit_cost", document.totals.permitCost.typical, permits)
    ledger.expect("totals.money", document.totals.money.typical, money - permits)
    ledger.expect("totals.carbon_kg", document.totals.carbonKg.typical, carbon)
    ledger.expect(
      "sum of enterprises' money", document.enterprises.reduce(0) { $0 + $1.money.typical },
      money - permits)
    ledger.expect(
      "sum of enterprises' carbon_kg",
      document.enterprises.reduce(0) { $0 + $1.carbonKg.typical }, carbon)
    let objective: Double
    switch document.options.objective {
    case .netBenefit, .benefitThenCarbon: objective = money - permits
    case .carbon, .carbonThenBenefit: objective = carbon
    case .carbonPriced:
      objective = money - permits + carbon / 1000 * document.options.carbonPricePerTonne
    }
    ledger.expect("certificate.incumbent", document.certificate.incumbent, objective)
  }

  /// Budget, required, forbidden and kept exchanges.
  private func auditLimits(_ document: PlanDocument, _ ledger: inout Ledger) {
    if let budget = document.options.capitalBudget {
      ledger.atMost(
        "capital of all links, facilities and measures",
        document.exchanges.reduce(0) { $0 + $1.capital.typical }
          + document.legs.reduce(0) { $0 + $1.capital.typical }
          + document.facilities.reduce(0) { $0 + $1.capital.typical }
          + document.measures.reduce(0) { $0 + $1.capital.typical }, budget)
    }
    if let floor = document.options.carbonFloorKg,
      [.optimal, .feasible].contains(document.certificate.status)
    {
      ledger.atLeast("totals.carbon_kg", document.totals.carbonKg.typical, floor)
    }
    let ids = document.exchanges.map(\.id) + document.legs.map(\.id)
    for text in document.options.forbidden {
      if let selector = LinkSelector(text), let id = ids.first(where: selector.matches) {
        ledger.add("forbidden \(text)", id, "not part of the plan")
      }
    }
    for text in document.options.required {
      if let selector = LinkSelector(text), !ids.contains(where: selector.matches) {
        ledger.add("required \(text)", "missing", "part of the plan")
      }
    }
    if Set(ids).count != ids.count { ledger.add("exchanges", "repeated id", "each id once") }
  }

  /// Bound, gap and status agree with each other.
  private func auditProof(_ document: PlanDocument, _ ledger: inout Ledger) {
    let proof = document.certificate
    ledger.atMost("certificate.incumbent", proof.incumbent, proof.bound)
    let distance = max(0, proof.bound - proof.incumbent)
    ledger.expect(
      "certificate.gap", proof.gap,
      distance == 0 ? 0 : distance / max(abs(proof.incumbent), 1e-10))
    if proof.status == .optimal, proof.gap > 1e-6 {
      ledger.add("certificate.status", "optimal", "a gap of \(proof.gap) proves no optimum")
    }
    ledger.expect(
      "certificate.components.bound", proof.components.reduce(0) { $0 + $1.bound }, proof.bound)
  }

  // MARK: Every value from the declarations

  /// Derives each exchange from the declared rows and compares the whole document.
  private func rederive(_ document: PlanDocument, stated: Data) -> (
    RebuiltPlan?, [PlanDifference]
  ) {
    let (rebuilt, differences) = rebuild(document)
    guard let rebuilt else { return (nil, differences) }
    var expected = PlanDocument(rebuilt.plan)
    expected.digest = document.digest
    guard let data = try? PlanJSON.encode(expected) else { return (rebuilt, differences) }
    return (
      rebuilt,
      differences + JSONComparison(tolerance: Self.tolerance).differences(stated, data)
    )
  }
}

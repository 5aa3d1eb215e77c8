import LichenDomain
import LichenGraph

/// The factors on which candidates depend, each once, however many candidates share it.
struct FactorSet: Sendable {
  /// In order of key.
  let factors: [UncertainFactor]
  /// Indices into `factors` by candidate id, ascending.
  let byCandidate: [String: [Int]]
  /// How the quantities of blueprint streams are made, by stream id.
  let blueprints: [StreamID: BlueprintQuantity]

  /// A stream's quantity as a product of three factors.
  struct BlueprintQuantity: Sendable {
    let enterprise: EnterpriseID
    let sector: String
    let scale: Sector.Scale
    let flow: BlueprintFlow
    /// Reference units of the material per unit of the row.
    let unitFactor: Double
  }

  /// - Complexity: O(lines of all candidates).
  init(_ candidates: [Candidate], park: Park) {
    var finder = FactorFinder(park: park)
    var keys: [String: Set<String>] = [:]
    for candidate in candidates { keys[candidate.id] = finder.keys(of: candidate) }
    factors = finder.found.values.sorted { $0.key < $1.key }
    blueprints = finder.blueprints
    let index = Dictionary(
      uniqueKeysWithValues: factors.enumerated().map { ($0.element.key, $0.offset) })
    byCandidate = keys.mapValues { $0.compactMap { index[$0] }.sorted() }
  }

  var typical: [Double] { factors.map(\.range.typical) }

  /// Rows from which routes of single pairs are worked out.
  static func familyRows(_ catalogue: Catalogue) -> [RouteID: Route] {
    Dictionary(catalogue.routes.filter { $0.ratioRule != nil }.map { ($0.id, $0) }) { first, _ in
      first
    }
  }
}

extension Route {
  /// Row for families that gives this route; a chain has its own range.
  var workedOutFrom: RouteID? { chain == nil ? family : nil }
}

/// Reads off a candidate's ledger which ranges it rests on.
private struct FactorFinder {
  let park: Park
  var found: [String: UncertainFactor] = [:]
  var blueprints: [StreamID: FactorSet.BlueprintQuantity] = [:]
  private let rates: [String: ExchangeRate]
  private let families: [RouteID: Route]

  init(park: Park) {
    self.park = park
    families = FactorSet.familyRows(park.catalogue)
    rates = Dictionary(park.catalogue.exchangeRates.rates.map { ($0.id, $0) }) { first, _ in first }
  }

  mutating func keys(of candidate: Candidate) -> Set<String> {
    var keys: Set<String> = []
    var references: Set<String> = []
    for line in candidate.ledger.perUnit + candidate.ledger.fixed {
      references.formUnion(line.money.references)
      references.formUnion(line.carbon.references)
    }
    for permit in candidate.permits { references.formUnion(permit.annual.references) }
    for reference in references { note(catalogueFactor(reference), &keys) }
    noteRoute(of: candidate, &keys)
    for permit in candidate.permits {
      guard let cost = permit.rule.cost else { continue }
      note(
        factor(
          .ruleCost(permit.rule.id), cost.amount, cost.currency.code,
          "rules.csv: \(permit.rule.id)", permit.rule.costConfidence ?? permit.rule.confidence),
        &keys)
    }
    noteQuantity(of: candidate.output, .output, &keys)
    noteQuantity(of: candidate.input, .input, &keys)
    return keys
  }

  /// Of a route worked out for a pair of fuels, the row written for their families has the ranges;
  /// the efficiencies are figures of their own.
  private mutating func noteRoute(of candidate: Candidate, _ keys: inout Set<String>) {
    let route = families[candidate.route.workedOutFrom ?? candidate.route.id] ?? candidate.route
    if route.isDirectUse { return }
    note(
      factor(
        .routeRatio(route.id), route.ratio, "", "routes.csv: \(route.id)", route.ratioConfidence),
      &keys)
    guard let cost = route.treatmentCost else { return }
    let unit =
      candidate.route.workedOutFrom == nil
      ? park.material(candidate.output.material)?.referenceUnit.id ?? "" : "GJ"
    note(
      factor(
        .treatmentCost(route.id), cost.amount, "\(cost.currency)/\(unit)",
        "routes.csv: \(route.id)", route.costConfidence), &keys)
  }

  private mutating func note(_ factor: UncertainFactor?, _ keys: inout Set<String>) {
    guard let factor, !factor.range.isExact else { return }
    found[factor.key] = factor
    keys.insert(factor.key)
  }

  private func factor(
    _ identity: UncertainFactor.Identity, _ range: Estimate, _ unit: String, _ reference: String,
    _ confidence: Confidence
  ) -> UncertainFactor {
    UncertainFactor(
      identity: identity, range: range, unit: unit, reference: reference, confidence: confidence)
  }

  /// Rows of the catalogue that a line names; local overrides have no range.
  private func catalogueFactor(_ reference: String) -> UncertainFactor? {
    guard let mark = reference.firstIndex(of: ":") else { return nil }
    let table = reference[..<mark]
    let id = reference[reference.index(after: mark)...].trimmingSpaces()
    switch table {
    case "costs.csv", "factors.csv", "parameters.csv":
      return park.catalogue.figures[id].map { figure in
        factor(
          .figure(id), figure.value,
          figure.per.isEmpty ? figure.measure : "\(figure.measure)/\(figure.per)", reference,
          figure.confidence)
      }
    case "exchange_rates.csv":
      return rates[id].map { rate in
        factor(
          .exchangeRate(id), rate.rate, "\(rate.quote)/\(rate.base)", reference, rate.confidence)
      }
    default: return nil
    }
  }

  private mutating func noteQuantity(
    of stream: some Stream, _ kind: StreamKind, _ keys: inout Set<String>
  ) {
    guard let quantity = stream.quantity else { return }
    let confidence = stream.provenance.confidence ?? .verified
    guard let made = blueprint(of: stream, kind) else {
      note(
        factor(
          .stream(stream.id), quantity.yearly,
          park.material(stream.material).map { "\($0.referenceUnit)/yr" } ?? "", stream.reference,
          confidence), &keys)
      return
    }
    blueprints[stream.id] = made
    let enterprise = park.enterprise(made.enterprise)
    note(
      factor(
        .size(made.enterprise), made.scale.size, enterprise?.size.unit ?? "",
        "enterprises.csv: \(made.enterprise)", enterprise?.provenance.confidence ?? .verified),
      &keys)
    let sector = park.catalogue.sectorBook.sector(made.sector)
    note(
      factor(
        .sizeRate(sector: made.sector, made.scale.measure), made.scale.perSize,
        "\(sector?.unit.id ?? "") per \(made.scale.measure.rawValue)",
        "sectors.csv: \(made.sector)", sector?.confidence ?? .estimated), &keys)
    note(
      factor(
        .coefficient(sector: made.sector, kind, made.flow.name), made.flow.amount,
        "\(made.flow.unit) per \(sector?.reference ?? "")", made.flow.reference,
        made.flow.confidence), &keys)
  }

  /// The product behind a filled stream; `nil` once somebody has changed the figure.
  private func blueprint(of stream: some Stream, _ kind: StreamKind)
    -> FactorSet.BlueprintQuantity?
  {
    let book = park.catalogue.sectorBook
    guard stream.basis == .blueprint, let quantity = stream.quantity?.yearly,
      let enterprise = park.enterprise(stream.enterprise),
      let sector = book.sector(enterprise.blueprint),
      let flow = book.flow(stream.name, kind, of: sector.id),
      let scale = try? sector.scale(of: enterprise.size, units: park.catalogue.units),
      let unitFactor = stream.unitFactor
    else { return nil }
    let made = flow.yearly(at: scale) * unitFactor
    func agrees(_ left: Double, _ right: Double) -> Bool {
      abs(left - right) <= 1e-4 * max(abs(left), abs(right))
    }
    guard agrees(made.low, quantity.low), agrees(made.typical, quantity.typical),
      agrees(made.high, quantity.high)
    else { return nil }
    return FactorSet.BlueprintQuantity(
      enterprise: enterprise.id, sector: sector.id, scale: scale, flow: flow,
      unitFactor: unitFactor)
  }
}

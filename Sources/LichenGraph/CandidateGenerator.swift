import LichenDomain
import LichenLaw

/// Finds every possible exchange of a park and says what is known about it.
public struct CandidateGenerator: Sendable {
  let park: Park
  let transports: TransportPlanner
  let ledgers: LedgerBuilder
  let permitBook: PermitBook
  let law: LegalEngine
  let hazards: HazardClassifier
  private let weights: ScoreWeights
  let screen: TechnicalScreen
  /// Stream pairs whose link exists already.
  private let existing: Set<StreamPair>
  let routes: RouteBook

  private struct StreamPair: Hashable {
    let output: StreamID
    let input: StreamID
  }

  public init(park: Park, weights: ScoreWeights = .standard) {
    self.park = park
    self.weights = weights
    transports = TransportPlanner(park: park)
    ledgers = LedgerBuilder(park: park)
    permitBook = PermitBook(park: park)
    screen = TechnicalScreen(park: park)
    routes = RouteBook(park: park)
    law = LegalEngine(
      catalogue: park.catalogue, date: park.settings.lawDate, switchedOff: park.rulesSwitchedOff)
    hazards = HazardClassifier(catalogue: park.catalogue, date: park.settings.lawDate)
    var existing: Set<StreamPair> = []
    if park.settings.existingExchanges != .greenfield {
      for exchange in park.exchanges {
        guard let output = exchange.output, let input = exchange.input else { continue }
        existing.insert(StreamPair(output: output, input: input))
      }
    }
    self.existing = existing
  }

  /// Candidates between all outputs and inputs, rejected ones with their blockers included.
  ///
  /// Pairs farther apart than twice the reach of their mode of transport are not listed, unless a
  /// distance row or a documented exchange names them.
  /// - Complexity: O(pairs within reach), by one spatial index per input material.
  public func graph() -> ExchangeGraph {
    var verdicts: [LegalFacts: LegalVerdict] = [:]
    let book = InputBook(park: park)
    var candidates: [Candidate] = []
    var routesFrom: [MaterialID: [(Route, Set<MaterialID>)]] = [:]
    for output in park.outputs {
      guard let donor = park.enterprise(output.enterprise),
        let material = park.material(output.material)
      else { continue }
      let reach = transports.listingReachKm(of: material)
      let hazard = hazards.finding(on: output, of: donor)
      let found =
        routesFrom[material.id] ?? routes.routes(from: material.id, to: book.materials)
      routesFrom[material.id] = found
      for (route, inputMaterials) in found {
        for index in book.inputs(of: inputMaterials, within: reach, of: donor, park: park) {
          let input = park.inputs[index]
          guard input.enterprise != output.enterprise else { continue }
          candidates.append(
            candidate(
              output, input, route, donor: donor, hazard: hazard, verdicts: &verdicts))
        }
      }
    }
    let facilities = FacilityBook(park: park).facilities
    return ExchangeGraph(
      park: park, candidates: candidates, facilities: facilities, legs: legs(facilities))
  }

  /// The candidates of one pair of streams, whatever their distance; empty when no route joins them.
  public func candidates(from output: OutputStream, to input: InputStream) -> [Candidate] {
    guard output.enterprise != input.enterprise, let donor = park.enterprise(output.enterprise)
    else { return [] }
    var verdicts: [LegalFacts: LegalVerdict] = [:]
    let hazard = hazards.finding(on: output, of: donor)
    return routes.routes(from: output.material, to: [input.material]).map { route, _ in
      candidate(output, input, route, donor: donor, hazard: hazard, verdicts: &verdicts)
    }.sorted { $0.id < $1.id }
  }

  private func candidate(
    _ output: OutputStream, _ input: InputStream, _ listed: Route, donor: Enterprise,
    hazard: HazardFinding, verdicts: inout [LegalFacts: LegalVerdict]
  ) -> Candidate {
    let route = routes.refined(listed, from: output, to: input)
    // Both enterprises exist: the park was checked.
    let receiver = park.enterprise(input.enterprise) ?? donor
    let material = park.catalogue.materials[output.material]
    let transport = transports.transport(of: material, from: donor, to: receiver)
    let isSunk = existing.contains(StreamPair(output: output.id, input: input.id))
    let (verdict, facts) = verdict(
      on: output, route, hazard: hazard, replacing: input.material, donor: donor,
      receiver: receiver, known: &verdicts)
    let ledger = ledgers.ledger(
      output: output, input: input, route: route, transport: transport,
      isHazardous: facts.isHazardous, isSunk: isSunk)
    let limits = FlowLimits(output, input, route)
    let quality = screen.quality(of: output, for: input, route: route)
    var blockers = screen.transportBlockers(
      transport, of: material?.phase ?? .service, route: route)
    blockers += quality.blockers
    blockers += screen.levelBlockers(output, input, transport, route: route)
    blockers += screen.feedstockBlockers(input, route: route)
    if verdict.effect == .prohibited {
      let rules = verdict.deciding.map(\.id.rawValue).joined(separator: ", ")
      blockers.append(Blocker(.prohibited, ["rules": .text(rules)]))
    }
    blockers += limits.blockers
    let permits =
      isSunk ? [] : permitBook.needs(verdict, output: output, donor: donor, receiver: receiver)
    blockers += valueBlockers(ledger, permits, output: output)
    blockers.sort { $0.kind.rawValue < $1.kind.rawValue }
    return Candidate(
      id: Candidate.id(output: output.id, input: input.id, route: route.id), output: output,
      input: input, route: route, transport: transport, ledger: ledger, verdict: verdict,
      permits: permits, blockers: blockers,
      score: score(
        ledger: ledger, transport: transport, route: route, verdict: verdict,
        quality: quality.margin, limits: limits),
      unmeasured: quality.unmeasured, mixtures: quality.mixtures, minimumFlow: limits.minimum,
      maximumFlow: limits.maximum)
  }

  /// The verdict on the use in which the output ends; of a chain the stricter of its two uses,
  /// because the law looks at what is made of a waste and at what becomes of that.
  func verdict(
    on output: OutputStream, _ route: Route, hazard: HazardFinding, replacing input: MaterialID,
    donor: Enterprise, receiver: Enterprise, known verdicts: inout [LegalFacts: LegalVerdict]
  ) -> (verdict: LegalVerdict, facts: LegalFacts) {
    func verdict(_ use: RouteUse) -> (verdict: LegalVerdict, facts: LegalFacts) {
      let facts = LegalFacts(
        output: output, hazard: hazard, replacing: input, use: use, donor: donor,
        receiver: receiver, catalogue: park.catalogue)
      let verdict = verdicts[facts] ?? law.verdict(on: facts)
      verdicts[facts] = verdict
      return (verdict, facts)
    }
    let last = verdict(route.use)
    guard let chain = route.chain else { return last }
    let first = verdict(chain.firstUse)
    return first.verdict.effect > last.verdict.effect ? first : last
  }

  /// Unknown costs keep a candidate from being planned; unknown gains only if nothing else is known.
  private func valueBlockers(
    _ ledger: Ledger, _ permits: [PermitNeed], output: OutputStream
  ) -> [Blocker] {
    // What is sold today loses its income: for such an output the first line is a cost.
    var costs = ledger.unknownMoney.filter {
      !$0.isBenefit || ($0 == .avoidedDisposal && output.currentRoute.isAlreadyUsed)
    }
    if permits.contains(where: { $0.annual.value == nil }) { costs.append(.permit) }
    if let first = costs.first {
      return [Blocker(.costUnknown, ["term": .key("term.\(first.rawValue)")])]
    }
    let hasGain = ledger.perUnit.contains { $0.term.isBenefit && $0.money.value != nil }
    return hasGain ? [] : [Blocker(.valueUnknown)]
  }

  private func score(
    ledger: Ledger, transport: Transport, route: Route, verdict: LegalVerdict, quality: Double?,
    limits: FlowLimits
  ) -> Score {
    var parts: [ScorePart: Double] = [.law: verdict.effect.ease]
    let money = ledger.perUnit.compactMap { $0.money.value?.typical }
    let gross = money.filter { $0 > 0 }.reduce(0, +)
    if gross > 0 {
      let fixed = limits.maximum.flatMap { $0 > 0 ? ledger.fixedCost.typical / $0 : nil } ?? 0
      parts[.value] = (money.reduce(0, +) - fixed) / gross
    }
    let carbon = ledger.perUnit.compactMap { $0.carbon.value?.typical }
    let grossCarbon = carbon.filter { $0 > 0 }.reduce(0, +)
    if grossCarbon > 0 { parts[.carbon] = carbon.reduce(0, +) / grossCarbon }
    if let km = transport.km, let reach = screen.reachKm(transport, route: route), reach > 0 {
      parts[.distance] = 1 - km / reach
    }
    parts[.fit] = limits.fit
    parts[.quality] = quality
    let known = ledger.perUnit.filter { ($0.money.value?.typical ?? 0) != 0 }
    let weight = known.reduce(0) { $0 + abs($1.money.value?.typical ?? 0) }
    if weight > 0 {
      parts[.data] =
        known.reduce(0) {
          $0 + abs($1.money.value?.typical ?? 0) * ($1.money.confidence ?? .estimated).weight
        } / weight
    }
    return Score(parts: parts, weights: weights)
  }
}

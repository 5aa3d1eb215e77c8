import LichenDomain
import LichenLaw

/// Values the candidates of one output after the other, figures only.
///
/// Whatever does not depend on the pair is in its lane, or is worked out once per output. Pairs that a
/// row of the park speaks of, and routes whose ratio depends on both streams, are few: they are made
/// in full and give up their figures.
struct PairValuer {
  private let generator: CandidateGenerator
  private let inputs: InputBook
  private let lanes: LaneBook
  private let park: Park
  private let codes: PermitCodes
  private let nearest: Int?
  private var digests: [DigestKey: [LawBook.Digest?]] = [:]
  private var valuation = Valuation()
  private var found: [SpatialIndex.Found] = []

  private struct DigestKey: Hashable {
    let offer: Int32
    let lane: Int32
    let bought: MaterialID
  }

  init(
    generator: CandidateGenerator, inputs: InputBook, lanes: LaneBook, codes: PermitCodes,
    nearest: Int?
  ) {
    self.nearest = nearest
    self.generator = generator
    self.inputs = inputs
    self.lanes = lanes
    self.codes = codes
    park = generator.park
  }

  /// What valuing a candidate asks of an output.
  private struct Offer {
    let index: Int
    let output: OutputStream
    let donor: Int
    let place: Coordinate?
    let law: LawBook.Offer
    let material: Int
    let supply: FlowBounds.End
    let isUsedAlready: Bool
    let disposal: TermFigure
    let supplyPower: TermFigure?
    let special: Set<Int>
    let heatingValue: Bool
  }

  /// Adds the candidates of an output, in order of id.
  /// - Parameter index: Place among the park's outputs.
  mutating func append(_ index: Int, to table: inout CandidateTable) {
    let output = park.outputs[index]
    guard let departures = lanes.departures(from: output.material), !departures.lanes.isEmpty,
      let donor = park.index(ofEnterprise: output.enterprise)
    else { return }
    let offer = Offer(
      index: index, output: output, donor: donor, place: park.enterprises[donor].coordinate,
      law: generator.law.offer(output, donor: donor), material: codes.material(output.material),
      supply: FlowBounds.End(
        yearly: output.quantity?.yearly.typical, minimumLot: output.minimumLot),
      isUsedAlready: output.currentRoute.isAlreadyUsed,
      disposal: TermFigure(generator.ledgers.disposal(of: output, departures.material)),
      supplyPower: generator.ledgers.supplyLine(output).map { TermFigure($0) },
      special: inputs.special(to: donor),
      heatingValue: PropertyID("lhv").map { output.properties[$0] != nil } ?? false)
    let first = table.count
    for lane in departures.lanes {
      found.removeAll(keepingCapacity: true)
      inputs.search(
        lane.bought.id, within: departures.reachKm, of: offer.place, donor: donor,
        nearest: nearest, into: &found)
      if !found.isEmpty { append(offer, lane, to: &table) }
    }
    table.sort(from: first, rank: inputs.ranks.rank)
  }

  private mutating func append(_ offer: Offer, _ lane: Lane, to table: inout CandidateTable) {
    let isRefinable = lane.route.family != nil
    // A heating value measured at the output changes the route for all its receivers alike.
    let refined = isRefinable && offer.heatingValue ? refined(lane, offer) : lane
    let quality =
      offer.output.properties.isEmpty
      ? TechnicalScreen.Quality()
      : generator.screen.quality(of: offer.output, route: refined.route)
    let key = DigestKey(offer: offer.law.number, lane: lane.number, bought: lane.bought.id)
    var known = digests[key] ?? Array(repeating: nil, count: generator.law.partyCount)
    for index in found.indices {
      let (input, directKm) = found[index]
      let facts = inputs.facts[input]
      let receiver = Int(facts.enterprise)
      if receiver == offer.donor { continue }
      if offer.special.contains(receiver) || (isRefinable && facts.hasHeatingValue) {
        appendInFull(offer, input, lane, to: &table)
        continue
      }
      let party = generator.law.party(ofEnterprise: receiver)
      let digest =
        known[party]
        ?? generator.law.digest(
          on: offer.law, refined.route, replacing: lane.bought.id, donor: offer.donor,
          receiver: receiver)
      known[party] = digest
      append(
        offer, Receiver(index: input, facts: facts, directKm: directKm), refined, quality, digest,
        to: &table)
    }
    digests[key] = known
  }

  private func refined(_ lane: Lane, _ offer: Offer) -> Lane {
    let route = generator.routes.refined(
      lane.route, from: offer.output, measured: nil, to: lane.bought.id)
    return Lane(
      number: lane.number, route: route, offered: lane.offered, bought: lane.bought,
      ledgers: generator.ledgers, transports: generator.transports, screen: generator.screen)
  }

  private func appendInFull(
    _ offer: Offer, _ input: Int, _ lane: Lane, to table: inout CandidateTable
  ) {
    let candidate = generator.candidate(
      offer.output, park.inputs[input], lane.route, donor: offer.donor,
      receiver: Int(inputs.facts[input].enterprise))
    table.append(
      CandidateRow(candidate, route: lane.number, in: park),
      permits: candidate.permits.map { codes.code($0.key) })
  }

  private struct Receiver {
    let index: Int
    let facts: InputBook.Facts
    let directKm: Double?
  }

  private mutating func append(
    _ offer: Offer, _ receiver: Receiver, _ lane: Lane, _ routeQuality: TechnicalScreen.Quality,
    _ law: LawBook.Digest, to table: inout CandidateTable
  ) {
    let facts = receiver.facts
    let way = lane.ways.way(directKm: receiver.directKm)
    value(offer, facts, lane, way.isByTrailer, km: way.km)
    let bounds = FlowBounds(offer.supply, facts.need, share: facts.share, ratio: lane.ratio)
    // Only where both ends have figures can they be compared.
    let quality =
      facts.hasProperties && !offer.output.properties.isEmpty
      ? generator.screen.quality(
        of: offer.output, for: park.inputs[receiver.index], route: lane.route) : routeQuality
    var blockers = bounds.blockers
    for blocker in quality.blockers { blockers.insert(BlockerSet(blocker.kind)) }
    let obstacle = generator.screen.obstacle(
      by: way.mode, km: way.km, isDeclared: false, of: lane.offered.phase,
      maximumKm: lane.route.maximumKm)
    if let obstacle { blockers.insert(BlockerSet(obstacle.kind)) }
    if lane.judgesLevel { blockers.formUnion(level(offer, receiver, lane, way.mode, way.km)) }
    if lane.asksForFuel, facts.isFeedstock { blockers.insert(BlockerSet(.feedstock)) }
    if law.effect == .prohibited { blockers.insert(.prohibited) }
    switch valuation.obstacle(isIncome: offer.isUsedAlready, hasUnknownPermit: law.hasUnknownCost)
    {
    case .costUnknown: blockers.insert(BlockerSet(.costUnknown))
    case .valueUnknown: blockers.insert(BlockerSet(.valueUnknown))
    case nil: break
    }
    let sheet = generator.sheet(
      valuation, law.effect, mode: way.mode, km: way.km, route: lane.route,
      quality: quality.margin, bounds: bounds)
    let row = CandidateRow(
      output: offer.index, input: receiver.index, route: lane.number, ratio: lane.ratio, valuation,
      bounds, km: way.km, effect: law.effect, blockers: blockers,
      hasMixtures: !quality.mixtures.isEmpty, score: sheet.total(generator.scale))
    let holders = (donor: offer.donor, receiver: Int(facts.enterprise))
    table.append(
      row,
      permits: law.steps.map {
        PermitCode(
          holder: $0.holder == .donor ? holders.donor : holders.receiver,
          material: offer.material, rule: $0.rule)
      }.sorted())
  }

  private mutating func value(
    _ offer: Offer, _ facts: InputBook.Facts, _ lane: Lane, _ isByTrailer: Bool, km: Double?
  ) {
    let carriage = isByTrailer ? lane.trailer ?? lane.usual : lane.usual
    valuation.removeAll()
    valuation.perUnit.append(offer.disposal)
    valuation.perUnit.append(
      lane.purchase(
        price: facts.price, confidence: facts.priceConfidence, isUsedAlready: offer.isUsedAlready))
    valuation.perUnit += lane.combustion(isUsedAlready: offer.isUsedAlready)
    carriage.figures(km: km, isHazardous: offer.law.hazard.isHazardous, into: &valuation.perUnit)
    valuation.perUnit += lane.treatment
    if let supplyPower = offer.supplyPower { valuation.perUnit.append(supplyPower) }
    if let residue = lane.residue { valuation.perUnit.append(residue) }
    valuation.capital = carriage.fixedFigures(km: km, into: &valuation.fixed)
  }

  private func level(
    _ offer: Offer, _ receiver: Receiver, _ lane: Lane, _ mode: TransportMode?, _ km: Double?
  ) -> BlockerSet {
    let transport = Transport(mode: mode, km: km, distanceRow: nil, confidence: .estimated)
    return BlockerSet(
      generator.screen.levelBlockers(
        offer.output, park.inputs[receiver.index], transport, route: lane.route))
  }
}

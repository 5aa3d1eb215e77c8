import LichenDomain
import LichenLaw

/// Finds every possible exchange of a park and says what is known about it.
///
/// A class, though nothing in it changes: it holds a dozen tables, and every list of candidates that
/// it makes keeps it.
public final class CandidateGenerator: Sendable {
  let park: Park
  let transports: TransportPlanner
  let ledgers: LedgerBuilder
  let permitBook: PermitBook
  let law: LawBook
  let scale: ScoreScale
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
    scale = ScoreScale(weights)
    transports = TransportPlanner(park: park)
    ledgers = LedgerBuilder(park: park)
    permitBook = PermitBook(park: park)
    screen = TechnicalScreen(park: park)
    routes = RouteBook(park: park)
    law = LawBook(park: park)
    var existing: Set<StreamPair> = []
    if park.settings.existingExchanges != .greenfield {
      for exchange in park.exchanges {
        guard let output = exchange.output, let input = exchange.input else { continue }
        existing.insert(StreamPair(output: output, input: input))
      }
    }
    self.existing = existing
  }

  /// Outputs that a thread takes at a time.
  private static let batch = 64

  /// Candidates between all outputs and inputs, rejected ones with their blockers included.
  ///
  /// Pairs farther apart than twice the reach of their mode of transport are not listed, unless a
  /// distance row or a documented exchange names them.
  /// - Parameters:
  ///   - threads: Does not change the result.
  ///   - nearest: How many receivers of each material an output is offered to, the nearest first; those that a distance row or a
  ///     documented exchange names come on top. `nil` offers it to all within reach.
  /// - Complexity: O(pairs within reach), or O(outputs · `nearest`), by one spatial index per input material.
  public func graph(threads: Int = 2, nearest: Int? = nil) -> ExchangeGraph {
    let inputs = InputBook(park: park, ledgers: ledgers, screen: screen)
    let lanes = LaneBook(
      park: park, bought: inputs.materials, routeBook: routes, ledgers: ledgers,
      transports: transports, screen: screen)
    let codes = PermitCodes(park: park, permits: permitBook)
    let outputs = StreamRanks(park.outputs.lazy.map(\.id))
    let batches = outputs.order.chunks(of: Self.batch)
    let parts = Threads.map(batches.count, threads: threads) {
      PairValuer(
        generator: self, inputs: inputs, lanes: lanes, codes: codes, nearest: nearest)
    } work: { valuer, batch in
      var table = CandidateTable()
      for output in batches[batch] { valuer.append(Int(output), to: &table) }
      return table
    }
    let facilities = FacilityBook(park: park).facilities
    return ExchangeGraph(
      park: park,
      candidates: CandidateList(
        table: CandidateTable(joining: parts), outputs: outputs, inputs: inputs.ranks,
        routes: lanes.routes, codes: codes, generator: self),
      facilities: facilities, legs: legs(facilities))
  }

  /// The candidates of one pair of streams, whatever their distance; empty when no route joins them.
  public func candidates(from output: OutputStream, to input: InputStream) -> [Candidate] {
    guard output.enterprise != input.enterprise,
      let donor = park.index(ofEnterprise: output.enterprise),
      let receiver = park.index(ofEnterprise: input.enterprise)
    else { return [] }
    return routes.routes(from: output.material, to: [input.material]).map { route, _ in
      candidate(output, input, route, donor: donor, receiver: receiver)
    }.sorted { $0.id < $1.id }
  }

  /// One candidate in full.
  /// - Parameters:
  ///   - listed: As the catalogue gives it, before heating values of the streams refine it.
  ///   - donor: Place among the park's enterprises, as `receiver`.
  func candidate(
    _ output: OutputStream, _ input: InputStream, _ listed: Route, donor: Int, receiver: Int
  ) -> Candidate {
    let route = routes.refined(listed, from: output, to: input)
    let ends = (donor: park.enterprises[donor], receiver: park.enterprises[receiver])
    let material = park.catalogue.materials[output.material]
    let transport = transports.transport(of: material, from: ends.donor, to: ends.receiver)
    let isSunk = existing.contains(StreamPair(output: output.id, input: input.id))
    let verdict = law.verdict(
      on: law.offer(output, donor: donor), route, replacing: input.material, donor: donor,
      receiver: receiver)
    let ledger = ledgers.ledger(
      output: output, input: input, route: route, transport: transport,
      isHazardous: verdict.facts.isHazardous, isSunk: isSunk)
    let limits = FlowLimits(output, input, route)
    let quality = screen.quality(of: output, for: input, route: route)
    let permits =
      isSunk
      ? []
      : permitBook.needs(verdict, output: output, donor: ends.donor, receiver: ends.receiver)
    let valuation = Valuation(ledger)
    var blockers = screen.transportBlockers(
      transport, of: material?.phase ?? .service, route: route)
    blockers += quality.blockers
    blockers += screen.levelBlockers(output, input, transport, route: route)
    blockers += screen.feedstockBlockers(input, route: route)
    blockers += limits.blockers
    blockers += Self.blockers(verdict)
    blockers += Self.blockers(
      valuation.obstacle(
        isIncome: output.currentRoute.isAlreadyUsed,
        hasUnknownPermit: permits.contains { $0.annual.value == nil }))
    blockers.sort { $0.kind.rawValue < $1.kind.rawValue }
    let sheet = sheet(
      valuation, verdict.effect, mode: transport.mode, km: transport.km, route: route,
      quality: quality.margin, bounds: limits.bounds)
    return Candidate(
      id: Candidate.id(output: output.id, input: input.id, route: route.id), output: output,
      input: input, route: route, transport: transport, ledger: ledger, verdict: verdict,
      permits: permits, blockers: blockers, score: Score(sheet, scale),
      unmeasured: quality.unmeasured, mixtures: quality.mixtures,
      minimumFlow: limits.bounds.minimum, maximumFlow: limits.bounds.maximum)
  }

  private static func blockers(_ verdict: LegalVerdict) -> [Blocker] {
    guard verdict.effect == .prohibited else { return [] }
    let rules = verdict.deciding.map(\.id.rawValue).joined(separator: ", ")
    return [Blocker(.prohibited, ["rules": .text(rules)])]
  }

  private static func blockers(_ obstacle: Valuation.Obstacle?) -> [Blocker] {
    switch obstacle {
    case .costUnknown(let term):
      [Blocker(.costUnknown, ["term": .key("term.\(term.rawValue)")])]
    case .valueUnknown: [Blocker(.valueUnknown)]
    case nil: []
    }
  }

  /// The parts of a score that are known.
  func sheet(
    _ valuation: Valuation, _ effect: LegalEffect, mode: TransportMode?, km: Double?, route: Route,
    quality: Double?, bounds: FlowBounds
  ) -> ScoreSheet {
    var sheet = ScoreSheet()
    sheet.law = effect.ease
    valuation.note(in: &sheet, maximumFlow: bounds.maximum)
    if let km, let reach = screen.reachKm(mode, route: route), reach > 0 {
      sheet.distance = 1 - km / reach
    }
    sheet.fit = bounds.fit
    sheet.quality = quality
    return sheet
  }
}

extension Array {
  /// Slices of at most `size` elements.
  fileprivate func chunks(of size: Int) -> [ArraySlice<Element>] {
    stride(from: 0, to: count, by: size).map { self[$0..<Swift.min($0 + size, count)] }
  }
}

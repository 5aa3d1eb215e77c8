import LichenDomain
import LichenLaw

/// Values candidates again under supposed figures, without asking law, quality or distance again.
///
/// What is legal, good enough and near enough does not depend on a price; money, CO2e, permits and
/// the bounds of the flow do.
public struct CandidateRevaluer: Sendable {
  private let park: Park
  private let ledgers: LedgerBuilder
  private let permits: PermitBook
  private let displaced: DisplacedFuel
  /// Cost of a step over its typical one, by rule.
  private let ruleCosts: [RuleID: Double]

  /// - Parameters:
  ///   - park: With the supposed figures.
  ///   - ruleCosts: Factors on the one-off costs of rules.
  public init(park: Park, ruleCosts: [RuleID: Double] = [:]) {
    self.park = park
    self.ruleCosts = ruleCosts
    ledgers = LedgerBuilder(park: park)
    permits = PermitBook(park: park)
    displaced = DisplacedFuel(park: park)
  }

  /// The route that a row for families of fuels gives these streams, by the supposed efficiencies;
  /// `nil` if a figure that it needs is unknown.
  public func route(by row: Route, from output: OutputStream, to input: InputStream) -> Route? {
    let lhv = PropertyID("lhv")
    return displaced.resolved(
      row, from: output.material, to: input.material,
      offered: lhv.flatMap { output.properties[$0] },
      replaced: lhv.flatMap { input.properties[$0] })
  }

  /// The candidate with these streams and this route, valued by the park's figures.
  /// - Complexity: O(lines of its ledger).
  public func revalued(
    _ candidate: Candidate, output: OutputStream, input: InputStream, route: Route
  ) -> Candidate {
    guard let donor = park.enterprise(output.enterprise),
      let receiver = park.enterprise(input.enterprise)
    else { return candidate }
    let isSunk = candidate.ledger.fixed.contains { $0.remark == "remark.exists-already" }
    let ledger = ledgers.ledger(
      output: output, input: input, route: route, transport: candidate.transport,
      isHazardous: candidate.verdict.facts.isHazardous, isSunk: isSunk)
    let needs =
      isSunk
      ? []
      : permits.needs(candidate.verdict, output: output, donor: donor, receiver: receiver)
        .map(scaled)
    let limits = FlowLimits(output, input, route)
    let others = candidate.blockers.filter { !FlowLimits.kinds.contains($0.kind) }
    return Candidate(
      id: candidate.id, output: output, input: input, route: route,
      transport: candidate.transport, ledger: ledger, verdict: candidate.verdict, permits: needs,
      blockers: (others + limits.blockers).sorted { $0.kind.rawValue < $1.kind.rawValue },
      score: candidate.score, unmeasured: candidate.unmeasured,
      mixtures: candidate.mixtures, minimumFlow: limits.bounds.minimum,
      maximumFlow: limits.bounds.maximum)
  }

  private func scaled(_ need: PermitNeed) -> PermitNeed {
    guard need.rule.cost != nil, let factor = ruleCosts[need.rule.id] else { return need }
    return PermitNeed(
      key: need.key, rule: need.rule, oneOff: need.oneOff.scaled(by: factor),
      annual: need.annual.scaled(by: factor))
  }
}

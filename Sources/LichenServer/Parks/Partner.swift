import LichenDomain
import LichenGraph
import LichenMatching

/// Who is at the other end of an enterprise's exchange, whom its edition need not name.
struct Partner: Sendable {
  let enterprise: EnterpriseID
  /// The enterprise's own stream in the exchange.
  let stream: StreamID

  /// Partners by the ids of exchanges in the enterprise's own edition, which keeps the order of the plan.
  static func all(
    of id: EnterpriseID, in result: MatchResult, edition: Edition
  ) -> [String: Partner] {
    let own = result.plan.exchanges.map(\.candidate).filter {
      $0.output.enterprise == id || $0.input.enterprise == id
    }
    let pairs = zip(edition.result.plan.exchanges.map(\.candidate.id), own)
    return Dictionary(pairs.map { ($0, Partner($1, of: id)) }) { first, _ in first }
  }

  /// - Returns: `nil` for an exchange that the edition does not have.
  static func find(_ exchange: String, of id: EnterpriseID, in result: MatchResult) throws
    -> Partner?
  {
    guard result.plan.park.enterprise(id) != nil else { return nil }
    let edition = try Edition(.enterprise(id), of: result)
    return all(of: id, in: result, edition: edition)[exchange]
  }

  private init(_ candidate: Candidate, of id: EnterpriseID) {
    let gives = candidate.output.enterprise == id
    enterprise = gives ? candidate.input.enterprise : candidate.output.enterprise
    stream = gives ? candidate.output.id : candidate.input.id
  }
}

import LichenDomain
import LichenGraph
import LichenMatching
import LichenStore

/// Requests between enterprises to know each other by name.
struct AgreementOperations: Sendable {
  let parks: Parks

  var operations: [APIOperation] {
    [
      .get("/parks/{park}/agreements", query: APICall.pageFields) { call in
        try call.page(
          try await call.desk.agreements(of: call.parameter("park")), id: \.id, AgreementView.init)
      },
      .write(.post, "/parks/{park}/agreements", ask),
      .write(.patch, "/parks/{park}/agreements/{agreement}", answer),
    ]
  }

  private struct AgreementView: Encodable {
    let id: String
    let asker: String
    /// Absent for the asker until they agree.
    let asked: String?
    let about: String
    let status: String
    let isToMe: Bool

    init(_ agreement: Agreement) {
      id = agreement.id
      asker = agreement.asker
      asked = agreement.asked
      about = agreement.about
      status = agreement.status.rawValue
      isToMe = agreement.isToMe
    }
  }

  /// Asks the partner of an exchange of the latest plan, whom the caller need not know.
  @Sendable private func ask(_ call: APICall) async throws -> APIAnswer {
    let name = try call.parameter("park")
    let body = try call.body()
    let firm = body.required("enterprise")
    let exchange = body.required("exchange", most: 500)
    try body.finish()
    let desk = try call.desk
    let sight = try await desk.park(name).sight
    guard case .enterprises(let own) = sight else { throw StoreError.forbidden }
    guard own.contains(firm), let id = EnterpriseID(firm) else { throw StoreError.notFound }
    let latest = try await desk.plan(of: name)
    let agreed = try await desk.agreed(in: name)
    let parks = parks
    let found = try await BlockingWork.shared.run { () -> (partner: String, stream: String)? in
      let result = try parks.result(
        latest.run, plan: latest.plan, content: latest.content, agreed: agreed)
      return try Self.partner(in: exchange, of: id, result)
    }
    guard let found else { throw StoreError.notFound }
    let made = try await desk.request(found.partner, from: firm, about: found.stream, in: name)
    return try .json(AgreementView(made), status: .created)
  }

  /// Who is at the other end of an exchange that is named as in the enterprise's own edition.
  private static func partner(
    in exchange: String, of id: EnterpriseID, _ result: MatchResult
  ) throws -> (partner: String, stream: String)? {
    guard result.plan.park.enterprise(id) != nil else { return nil }
    let edition = try Edition(.enterprise(id), of: result).result.plan.exchanges
    let own = result.plan.exchanges.map(\.candidate).filter {
      $0.output.enterprise == id || $0.input.enterprise == id
    }
    // The edition keeps the order of the plan.
    guard let (_, candidate) = zip(edition, own).first(where: { $0.0.candidate.id == exchange })
    else { return nil }
    return candidate.output.enterprise == id
      ? (candidate.input.enterprise.rawValue, candidate.output.id.rawValue)
      : (candidate.output.enterprise.rawValue, candidate.input.id.rawValue)
  }

  private enum Reply: String, CaseIterable { case accepted, declined }

  @Sendable private func answer(_ call: APICall) async throws -> APIAnswer {
    let body = try call.body()
    let reply = body.choice("status", Reply.self)
    try body.finish()
    let changed = try await call.desk.answer(
      call.parameter("agreement"), reply == .accepted, in: call.parameter("park"))
    return try .json(AgreementView(changed))
  }
}

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
    let found = try await BlockingWork.shared.run { () -> Partner? in
      let result = try parks.result(
        latest.run, plan: latest.plan, content: latest.content, agreed: agreed)
      return try Partner.find(exchange, of: id, in: result)
    }
    guard let found else { throw StoreError.notFound }
    let made = try await desk.request(
      found.enterprise.rawValue, from: firm, about: found.stream.rawValue, in: name)
    return try .json(AgreementView(made), status: .created)
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

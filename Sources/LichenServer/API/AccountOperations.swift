import LichenReport
import LichenStore

/// Whoever asks: who they are, their language, their tokens.
struct AccountOperations: Sendable {
  let languages: [Language]

  var operations: [APIOperation] {
    [
      .get("/me") { call in try .json(MeView(try call.visit.signedIn())) },
      .write(.patch, "/me", change),
      .get("/me/tokens", query: APICall.pageFields) { call in
        try call.page(try await call.desk.tokens(), id: { "\($0.id)" }, TokenView.init)
      },
      .write(.delete, "/me/tokens/{token}", body: nil) { call in
        try await call.desk.revoke(token: try call.number("token"))
        return .nothing
      },
    ]
  }

  private struct MeView: Encodable {
    struct Grant: Encodable {
      let park: String
      let enterprise: String?
    }

    let name: String
    let role: String
    let language: String
    let grants: [Grant]

    init(_ viewer: Viewer, language: String? = nil) {
      name = viewer.name
      role = viewer.role.rawValue
      self.language = language ?? viewer.language
      grants = viewer.grants.map { Grant(park: $0.park, enterprise: $0.enterprise) }
        .sorted { ($0.park, $0.enterprise ?? "") < ($1.park, $1.enterprise ?? "") }
    }
  }

  private struct TokenView: Encodable {
    let id: Int64
    let name: String
    let created: String
    let used: String?

    init(_ token: Token) {
      id = token.id
      name = token.name
      created = token.created.timestamp
      used = token.used?.timestamp
    }
  }

  @Sendable private func change(_ call: APICall) async throws -> APIAnswer {
    let body = try call.body()
    let code = body.required("language")
    let codes = languages.map(\.code)
    if !codes.contains(code) {
      body.note(
        "not-accepted", "language", found: code, expected: codes.joined(separator: ", "))
    }
    try body.finish()
    try await call.desk.set(language: code)
    return try .json(MeView(try call.visit.signedIn(), language: code))
  }
}

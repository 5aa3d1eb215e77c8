import Hummingbird
import LichenReport
import LichenStore

/// One's own page: language, and tokens for programs.
struct MeRoutes: Sendable {
  let store: Store
  let pages: Pages

  func add(to router: RouterGroup<Visit>) {
    router.get("me", use: me)
    router.post("me/tokens", use: make)
    router.post("me/tokens/:token/revoke", use: revoke)
  }

  struct MeView {
    struct TokenView {
      let tokenID: String
      let tokenName: String
      let tokenText: String
    }

    let user: String
    let role: String
    let tokens: [TokenView]
    let hasNone: Bool
    /// A token that was just made; this is the only time that it stands anywhere.
    let made: [String]
    let problems: [String]
    let tokenTitle: String
    let languages: [Layout.Choice]
  }

  @Sendable private func me(_ request: Request, _ visit: Visit) async throws -> Response {
    try await page(visit)
  }

  private func page(
    _ visit: Visit, made: Secret? = nil, problem: String? = nil, title: String = "",
    status: HTTPResponse.Status = .ok
  ) async throws -> Response {
    let viewer = try visit.signedIn()
    let language = pages.language(visit)
    let tokens = try await Desk(store, for: viewer).tokens()
    func day(_ time: Int64) -> String { String(time.timestamp.prefix(10)) }
    let view = MeView(
      user: viewer.name, role: language.text("serve.role.\(viewer.role.rawValue)"),
      tokens: tokens.map { token in
        MeView.TokenView(
          tokenID: "\(token.id)", tokenName: token.name,
          tokenText: token.used.map {
            language.text(
              "serve.me.token.used", ["made": day(token.created), "used": day($0)])
          } ?? language.text("serve.me.token.unused", ["made": day(token.created)]))
      }, hasNone: tokens.isEmpty, made: made.map { [$0.text] } ?? [],
      problems: problem.map { [language.text("serve.invalid.\($0)")] } ?? [], tokenTitle: title,
      languages: pages.choices(visit))
    return pages.page(
      "me", view, title: language.text("serve.me"), visit, status: status,
      styles: ["api.css"])
  }

  @Sendable private func make(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    // A token that is lost must not be able to make others.
    guard !visit.hasToken else { throw StoreError.forbidden }
    do {
      let secret = try await Desk(store, for: try visit.signedIn()).makeToken(form.text("name"))
      return try await page(visit, made: secret)
    } catch StoreError.invalid(let field) {
      return try await page(
        visit, problem: field, title: form.text("name"), status: .unprocessableContent)
    }
  }

  @Sendable private func revoke(_ request: Request, _ visit: Visit) async throws -> Response {
    _ = try await Form.read(request, visit)
    let desk = Desk(store, for: try visit.signedIn())
    guard let token = Int64(try visit.parameters.require("token")) else {
      throw StoreError.notFound
    }
    try await desk.revoke(token: token)
    return pages.redirect("/me")
  }
}

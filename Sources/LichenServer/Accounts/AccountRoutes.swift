import Foundation
import Hummingbird
import LichenReport
import LichenStore

/// Joining, signing in and out, language.
struct AccountRoutes: Sendable {
  let store: Store
  let pages: Pages

  func add(to router: RouterGroup<Visit>) {
    router.get("sign-in", use: signInPage)
    router.post("sign-in", use: signIn)
    router.post("sign-out", use: signOut)
    router.get("join/:secret", use: joinPage)
    router.post("join/:secret", use: join)
    router.post("language", use: language)
  }

  struct SignInView {
    let next: String
    let email: String
    let problems: [String]
  }

  @Sendable private func signInPage(_ request: Request, _ visit: Visit) async throws -> Response {
    let next = Self.next(request.uri.queryParameters["next"].map(String.init))
    if visit.viewer != nil { return pages.redirect(next) }
    return signInPage(visit, SignInView(next: next, email: "", problems: []), .ok)
  }

  private func signInPage(_ visit: Visit, _ view: SignInView, _ status: HTTPResponse.Status)
    -> Response
  {
    pages.page(
      "sign-in", view, title: pages.language(visit).text("serve.sign-in"), visit, status: status)
  }

  /// A path of this server: a link must not lead elsewhere.
  static func next(_ text: String?) -> String {
    guard let text, text.hasPrefix("/"), !text.hasPrefix("//"), !text.contains("\\") else {
      return "/"
    }
    return text
  }

  @Sendable private func signIn(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let next = Self.next(form["next"])
    do {
      let secret = try await store.signIn(
        email: form.text("email"), password: form["password"] ?? "", address: visit.address)
      return signedIn(secret, next)
    } catch let error as SignInError {
      let meaning = Refusal.meaning(of: error)
      let told = ErrorView(meaning, pages.language(visit))
      var response = signInPage(
        visit,
        SignInView(
          next: next, email: form.text("email"),
          problems: ["\(told.errorTitle) \(told.errorText)"]), meaning.status)
      if let seconds = meaning.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
      return response
    }
  }

  private func signedIn(_ secret: Secret, _ next: String) -> Response {
    var response = pages.redirect(next)
    response.setCookie(cookie(secret.text, seconds: Store.sessionSeconds))
    return response
  }

  private func cookie(_ value: String, seconds: Int) -> Cookie {
    Cookie(
      name: Site.cookie, value: value, maxAge: seconds, path: pages.site.path("/"),
      secure: pages.site.isSecure, httpOnly: true, sameSite: .lax)
  }

  @Sendable private func signOut(_ request: Request, _ visit: Visit) async throws -> Response {
    _ = try await Form.read(request, visit)
    if let session = visit.session { try await store.signOut(session.secret) }
    var response = pages.redirect("/sign-in")
    response.setCookie(cookie("gone", seconds: 0))
    return response
  }

  struct JoinView {
    let secret: String
    let role: String
    let park: [String]
    let name: String
    let email: String
    let leastPassword: String
    let problems: [String]
  }

  @Sendable private func joinPage(_ request: Request, _ visit: Visit) async throws -> Response {
    let secret = Secret(try visit.parameters.require("secret"))
    return try await joinPage(visit, secret, Form(encoded: ""), problem: nil, .ok)
  }

  private func joinPage(
    _ visit: Visit, _ secret: Secret, _ form: Form, problem: String?, _ status: HTTPResponse.Status
  ) async throws -> Response {
    guard let invitation = try await store.invitation(secret) else { throw StoreError.notFound }
    let language = pages.language(visit)
    let view = JoinView(
      secret: secret.text, role: language.text("serve.role.\(invitation.role.rawValue)"),
      park: invitation.park.map { [$0] } ?? [], name: form.text("name"), email: form.text("email"),
      leastPassword: language.number(Double(Store.leastPassword)),
      problems: problem.map { [language.text("serve.invalid.\($0)")] } ?? [])
    return pages.page("join", view, title: language.text("serve.join"), visit, status: status)
  }

  @Sendable private func join(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let secret = Secret(try visit.parameters.require("secret"))
    do {
      let user = try await store.accept(
        secret, name: form.text("name"), email: form.text("email"),
        password: form["password"] ?? "", language: visit.languageCode)
      return signedIn(try await store.startSession(of: user), "/")
    } catch StoreError.invalid(let field) {
      return try await joinPage(visit, secret, form, problem: field, .unprocessableContent)
    } catch StoreError.conflict(let field) {
      return try await joinPage(visit, secret, form, problem: field, .conflict)
    }
  }

  @Sendable private func language(_ request: Request, _ visit: Visit) async throws -> Response {
    let form = try await Form.read(request, visit)
    let code = form.text("language")
    guard pages.languages.contains(where: { $0.code == code }) else {
      throw StoreError.invalid("language")
    }
    let next = Self.next(form["next"])
    if let viewer = visit.viewer {
      try await Desk(store, for: viewer).set(language: code)
      return pages.redirect(next)
    }
    return pages.redirect(Self.strangers(next, code))
  }

  /// Strangers have no choice that is kept: it stands in the address.
  private static func strangers(_ path: String, _ code: String) -> String {
    let parts = path.split(separator: "?", maxSplits: 1)
    let rest =
      parts.count > 1
      ? parts[1].split(separator: "&").filter { !$0.hasPrefix("lang=") }.joined(separator: "&") : ""
    return parts[0] + "?" + (rest.isEmpty ? "" : rest + "&") + "lang=\(code)"
  }
}

import Foundation
import HTTPTypes
import Hummingbird
import LichenStore
import Logging
import Synchronization

/// Headers that every answer carries.
struct SafetyHeaders: RouterMiddleware {
  let site: Site

  func handle(
    _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
  ) async throws -> Response {
    var response = try await next(request, context)
    // Everything comes from here; a page's one style element carries its nonce; no script stands in a page.
    let policy =
      "default-src 'none'; script-src 'self'; style-src 'self' 'nonce-\(context.nonce)'; "
      + "img-src 'self' data:; font-src 'self'; connect-src 'self'; form-action 'self'; "
      + "base-uri 'none'; frame-ancestors 'none'"
    if response.headers[.contentSecurityPolicy] == nil {
      response.headers[.contentSecurityPolicy] = policy
    }
    response.headers[.xContentTypeOptions] = "nosniff"
    response.headers[.referrerPolicy] = "same-origin"
    response.headers[.crossOriginOpenerPolicy] = "same-origin"
    if site.isSecure { response.headers[.strictTransportSecurity] = "max-age=31536000" }
    if response.headers[.cacheControl] == nil { response.headers[.cacheControl] = "no-store" }
    return response
  }
}

extension HTTPField.Name {
  static let referrerPolicy = HTTPField.Name("Referrer-Policy").unsafelyUnwrapped
  static let crossOriginOpenerPolicy = HTTPField.Name("Cross-Origin-Opener-Policy")
    .unsafelyUnwrapped
  static let csrf = HTTPField.Name("X-CSRF-Token").unsafelyUnwrapped
  static let fetchSite = HTTPField.Name("Sec-Fetch-Site").unsafelyUnwrapped
  static let idempotencyKey = HTTPField.Name("Idempotency-Key").unsafelyUnwrapped
}

/// Finds out who asks, and in which language.
struct SignInMiddleware: RouterMiddleware {
  let store: Store
  let languages: [String]
  let prefix: String

  func handle(
    _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
  ) async throws -> Response {
    var context = context
    if let text = request.headers[.authorization], text.hasPrefix("Bearer ") {
      context.hasToken = true
      context.viewer = try await store.bearer(Secret(String(text.dropFirst(7))))
      if context.viewer == nil { throw Refusal.signIn }
    } else if let cookie = request.cookies[Site.cookie]?.value {
      let secret = Secret(cookie)
      if let found = try await store.session(secret) {
        context.viewer = found.viewer
        context.session = (secret, found.csrf)
      }
    }
    context.languageCode = language(request, context.viewer)
    context.here = String(request.uri.string.dropFirst(prefix.count))
    return try await next(request, context)
  }

  /// What the user chose; for strangers what a link says, then what the browser prefers.
  private func language(_ request: Request, _ viewer: Viewer?) -> String {
    if let asked = request.uri.queryParameters["lang"].map(String.init), languages.contains(asked) {
      return asked
    }
    if let viewer, languages.contains(viewer.language) { return viewer.language }
    let preferred = (request.headers[.acceptLanguage] ?? "").split(separator: ",").map {
      String($0.prefix { $0 != ";" && $0 != "-" }).trimmingCharacters(in: .whitespaces)
    }
    return preferred.first(where: languages.contains) ?? languages[0]
  }
}

/// One line for each request: no names, no bodies, nothing of a firm.
struct RequestLog: RouterMiddleware {
  let counts: RequestCounts

  func handle(
    _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
  ) async throws -> Response {
    let start = ContinuousClock.now
    let response = try await next(request, context)
    let seconds = (ContinuousClock.now - start) / .seconds(1)
    counts.add(Int(response.status.code), seconds: seconds)
    context.logger.info(
      "request",
      metadata: [
        "method": "\(request.method)", "route": "\(context.endpointPath ?? "none")",
        "status": "\(response.status.code)", "ms": "\(Int(seconds * 1000))",
        "user": "\(context.viewer?.id ?? 0)",
      ])
    return response
  }
}

/// How many requests were answered, for the page of metrics.
final class RequestCounts: Sendable {
  private let counts = Mutex<(byClass: [Int: Int], seconds: Double)>(([:], 0))

  func add(_ status: Int, seconds: Double) {
    counts.withLock {
      $0.byClass[status / 100, default: 0] += 1
      $0.seconds += seconds
    }
  }

  var now: (byClass: [Int: Int], seconds: Double) { counts.withLock { $0 } }
}

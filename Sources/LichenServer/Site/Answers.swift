import Foundation
import Hummingbird
import LichenDomain
import LichenReport
import LichenStore

/// Turns errors into answers: a page for people, `application/problem+json` (RFC 9457) for programs.
struct ErrorMiddleware: RouterMiddleware {
  let pages: Pages

  func handle(
    _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch {
      let meaning = Refusal.meaning(of: error)
      if meaning.status.code >= 500 {
        // The kind of the error only: its text may hold what somebody declared.
        context.logger.error("failed", metadata: ["error": "\(type(of: error))"])
      }
      let isProgram = pages.site.isProgram(request)
      var response =
        isProgram
        ? try Self.problem(meaning, pages.language(context)) : page(meaning, request, context)
      if let seconds = meaning.retryAfter { response.headers[.retryAfter] = "\(seconds)" }
      if !meaning.allowed.isEmpty {
        response.headers[.allow] = meaning.allowed.joined(separator: ", ")
      }
      if meaning.key == "stranger", isProgram { response.headers[.wwwAuthenticate] = "Bearer" }
      return response
    }
  }

  private func page(_ meaning: Refusal.Meaning, _ request: Request, _ visit: Visit) -> Response {
    if meaning.key == "stranger", request.method == .get {
      return pages.redirect("/sign-in?next=\(visit.here.encodedForQuery)")
    }
    let language = pages.language(visit)
    let view = ErrorView(meaning, language)
    return pages.page("error", view, title: view.errorTitle, visit, status: meaning.status)
  }

  static func problem(_ meaning: Refusal.Meaning, _ language: Language) throws -> Response {
    let problem = Problem(
      type: "about:blank", title: language.text("serve.error.\(meaning.key)"),
      status: Int(meaning.status.code), code: meaning.key, detail: meaning.detail,
      issues: meaning.issues.isEmpty ? nil : meaning.issues.map(Problem.Issue.init))
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return Response(
      status: meaning.status, headers: [.contentType: "application/problem+json"],
      body: ResponseBody(byteBuffer: ByteBuffer(data: try encoder.encode(problem))))
  }
}

/// What a program learns of a refusal.
struct Problem: Codable, Equatable {
  struct Issue: Codable, Equatable {
    let severity: String
    let code: String
    let place: String
    let file: String
    let row: Int?
    let field: String?
    let text: String

    init(_ issue: ValidationIssue) {
      severity = issue.severity.rawValue
      code = issue.code
      place = issue.location.description
      file = issue.location.file
      row = issue.location.row
      field = issue.field
      text = issue.description
    }
  }

  let type: String
  let title: String
  let status: Int
  let code: String
  var detail: String?
  var issues: [Issue]?
}

/// What a person learns of a refusal.
struct ErrorView {
  let errorTitle: String
  let errorText: String
  let details: [String]

  init(_ meaning: Refusal.Meaning, _ language: Language) {
    errorTitle = language.text("serve.error.\(meaning.key)")
    errorText = language.text(
      "serve.error.\(meaning.key).more",
      ["seconds": language.number(Double(meaning.retryAfter ?? 0))])
    let told = meaning.detail.map {
      language.has("serve.invalid.\($0)") ? language.text("serve.invalid.\($0)") : $0
    }
    details = (told.map { [$0] } ?? []) + meaning.issues.map(\.description)
  }
}

extension Site {
  /// Whether a request comes from a program, which wants no pages.
  func isProgram(_ request: Request) -> Bool {
    request.uri.path.hasPrefix(path("/api/"))
      || (request.headers[.accept] ?? "").hasPrefix("application/json")
  }
}

extension String {
  /// As the value of a field of a query.
  var encodedForQuery: String {
    addingPercentEncoding(
      withAllowedCharacters: CharacterSet(charactersIn: "-._~/").union(.alphanumerics)) ?? ""
  }
}

extension Response {
  /// A value as JSON.
  static func json(_ value: some Encodable, status: HTTPResponse.Status = .ok) throws -> Response {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    encoder.keyEncodingStrategy = .convertToSnakeCase
    return Response(
      status: status, headers: [.contentType: "application/json; charset=utf-8"],
      body: ResponseBody(byteBuffer: ByteBuffer(data: try encoder.encode(value))))
  }

  /// A file to keep.
  static func download(_ bytes: [UInt8], name: String, type: String) -> Response {
    Response(
      status: .ok,
      headers: [
        .contentType: type, .contentDisposition: "attachment; filename=\"\(name)\"",
        .contentLength: "\(bytes.count)",
      ], body: ResponseBody(byteBuffer: ByteBuffer(bytes: bytes)))
  }
}

import HTTPTypes
import Hummingbird
import LichenStore
import NIOCore

/// Checks the head of a request of a program, then lets the operation answer it.
struct APIGate: Sendable {
  let store: Store
  let site: Site

  func answer(_ operation: APIOperation, _ request: Request, _ visit: Visit) async throws
    -> Response
  {
    try checkAccess(operation, visit)
    try APIQuery(request).check(operation.query)
    if !Self.accepts(request.headers[.accept], operation.produces) { throw Refusal.notAcceptable }
    if request.method != .get, request.method != .head { try Form.check(nil, request, visit) }
    let content = try await content(operation, request)
    let call = APICall(
      request: request, visit: visit, store: store, site: site, content: content)
    return try await operation.handler(call).response(to: request)
  }

  private func checkAccess(_ operation: APIOperation, _ visit: Visit) throws {
    switch operation.access {
    case .anybody: break
    case .signedIn: _ = try visit.signedIn()
    case .administrator:
      if try visit.signedIn().role != .administrator { throw StoreError.notFound }
    }
  }

  /// Whether a reader takes one of some types (RFC 9110, 12.5.1); what is refused outright (`q=0`) is not taken.
  static func accepts(_ header: String?, _ types: [String]) -> Bool {
    guard let header, !header.allSatisfy(\.isWhitespace) else { return true }
    let ranges = header.split(separator: ",").compactMap { range -> String? in
      let parts = range.split(separator: ";").map { $0.filter { !$0.isWhitespace }.lowercased() }
      let quality = parts.dropFirst().first { $0.hasPrefix("q=") }.flatMap {
        Double($0.dropFirst(2))
      }
      return quality == 0 ? nil : parts.first
    }
    return types.contains { type in
      ranges.contains { range in
        range == "*/*" || range == type
          || (range.hasSuffix("/*") && type.hasPrefix(range.dropLast(1)))
      }
    }
  }

  private func content(_ operation: APIOperation, _ request: Request) async throws -> [UInt8] {
    guard let most = operation.mostBody else { return [] }
    if let length = request.headers[.contentLength].flatMap({ Int($0) }), length > most {
      throw Refusal.tooLarge(limit: most)
    }
    let type = (request.headers[.contentType] ?? "").prefix { $0 != ";" }
      .filter { !$0.isWhitespace }.lowercased()
    guard type == "application/json" else { throw Refusal.wrongType }
    do {
      return Array(buffer: try await request.body.collect(upTo: most))
    } catch is NIOTooManyBytesError {
      throw Refusal.tooLarge(limit: most)
    }
  }
}

/// Tells of a path of the interface which methods it has, where the router only knows that this one is not there.
struct APIMethods: RouterMiddleware {
  let operations: [APIOperation]
  let prefix: String

  func handle(
    _ request: Request, context: Visit, next: (Request, Visit) async throws -> Response
  ) async throws -> Response {
    do {
      return try await next(request, context)
    } catch let error as HTTPError where error.status == .notFound {
      let root = prefix + APIOperation.root
      guard request.uri.path.hasPrefix(root) else { throw error }
      let parts = request.uri.path.dropFirst(root.count).split(separator: "/")
      let methods = operations.filter { $0.matches(parts) }.map(\.method)
      // The router has the method: something behind it was not found.
      if methods.isEmpty || methods.contains(request.method) { throw error }
      let names = Set(methods.map(\.rawValue) + (methods.contains(.get) ? ["HEAD"] : []))
      if request.method == .head, methods.contains(.get) { throw error }
      throw Refusal.wrongMethod(allowed: names.sorted())
    }
  }
}

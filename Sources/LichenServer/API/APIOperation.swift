import HTTPTypes
import Hummingbird

/// One thing that a program can ask for: a method of a path, and what answers it.
struct APIOperation: Sendable {
  enum Access: Sendable {
    case anybody, signedIn
    /// Nobody else knows that it is there.
    case administrator
  }

  let method: HTTPRequest.Method
  /// Below `/api/v1`, parameters in braces, as `/parks/{park}`.
  let path: String
  /// Fields that the query may hold, `lang` apart.
  var query: Set<String> = []
  var access = Access.signedIn
  /// Types of what it gives; those that follow from the query are checked by the handler.
  var produces = ["application/json"]
  /// Largest body [bytes]; `nil` where there is none.
  var mostBody: Int?
  let handler: @Sendable (APICall) async throws -> APIAnswer

  static let root = "/api/v1"
  /// Enough for everything but tables.
  static let smallBody = 1 << 18

  /// As the router takes it: `/api/v1/parks/:park`.
  var routerPath: RouterPath {
    RouterPath(Self.root + path.replacing("{", with: ":").replacing("}", with: ""))
  }

  /// Whether a path below `/api/v1` is one of this operation.
  func matches(_ parts: [Substring]) -> Bool {
    let own = path.split(separator: "/")
    return own.count == parts.count && zip(own, parts).allSatisfy { $0.hasPrefix("{") || $0 == $1 }
  }

  static func get(
    _ path: String, query: Set<String> = [], access: Access = .signedIn,
    produces: [String] = ["application/json"],
    _ handler: @escaping @Sendable (APICall) async throws -> APIAnswer
  ) -> APIOperation {
    APIOperation(
      method: .get, path: path, query: query, access: access, produces: produces, handler: handler)
  }

  static func write(
    _ method: HTTPRequest.Method, _ path: String, query: Set<String> = [],
    access: Access = .signedIn, body: Int? = smallBody,
    _ handler: @escaping @Sendable (APICall) async throws -> APIAnswer
  ) -> APIOperation {
    APIOperation(
      method: method, path: path, query: query, access: access, mostBody: body, handler: handler)
  }
}

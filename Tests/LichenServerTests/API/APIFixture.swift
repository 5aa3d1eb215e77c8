import Foundation
import Hummingbird
import HummingbirdTesting
import LichenEngine
import LichenStore
import LichenTestSupport
import Synchronization
import Testing

@testable import LichenServer

/// A server whose programming interface is called, with every answer kept for a judge.
final class APIFixture: Sendable {
  let server: ServerFixture
  private let answers = Mutex<[Answer]>([])

  private struct Answer: Encodable {
    let method: String
    let path: String
    let status: Int
    let type: String
    let headers: [String]
    let body: String
  }

  init(_ configure: (inout SiteConfiguration) -> Void = { _ in }) throws {
    server = try ServerFixture(configure)
  }

  /// A program of somebody.
  struct Program: Sendable {
    let viewer: Viewer
    let token: String
  }

  func program(_ role: Role, park: String? = nil, enterprise: String? = nil) async throws
    -> Program
  {
    let browser = try await server.browser(role, park: park, enterprise: enterprise)
    let token = try await Desk(server.store, for: browser.viewer).makeToken("test")
    return Program(viewer: browser.viewer, token: token.text)
  }

  struct Client: Sendable {
    let fixture: APIFixture
    let client: any TestClientProtocol

    /// - Parameters:
    ///   - path: Below `/api/v1`.
    ///   - body: JSON.
    func call(
      _ method: HTTPRequest.Method, _ path: String, _ program: Program?, _ body: String? = nil,
      headers: HTTPFields = [:]
    ) async throws -> TestResponse {
      var headers = headers
      if let program { headers[.authorization] = "Bearer \(program.token)" }
      if body != nil, headers[.contentType] == nil { headers[.contentType] = "application/json" }
      let path = "/api/v1" + path
      let response = try await client.execute(
        uri: path, method: method, headers: headers, body: body.map { ByteBuffer(string: $0) })
      fixture.record(method, path, response)
      return response
    }

    func get(_ path: String, _ program: Program?, headers: HTTPFields = [:]) async throws
      -> TestResponse
    {
      try await call(.get, path, program, headers: headers)
    }
  }

  private func record(_ method: HTTPRequest.Method, _ path: String, _ response: TestResponse) {
    // The same as GET, without what could be judged.
    if method == .head { return }
    let answer = Answer(
      method: method.rawValue, path: path, status: Int(response.status.code),
      type: response.headers[.contentType] ?? "",
      headers: response.headers.map { $0.name.canonicalName }, body: response.text)
    answers.withLock { $0.append(answer) }
  }

  /// Runs a body, then has all its answers judged by the description.
  func test(_ body: @escaping @Sendable (Client) async throws -> Void) async throws {
    try await server.test { client in try await body(Client(fixture: self, client: client)) }
    guard let python = Repository.judgesPython else { return }
    let recorded = try answers.withLock { try JSONEncoder().encode($0) }
    try Repository.inFolder { folder in
      let file = folder.appendingPathComponent("answers.json")
      try recorded.write(to: file)
      let judge = try Repository.run(
        python,
        [
          Repository.root.appendingPathComponent("Tests/judges/serve_api.py").path, "answers",
          Repository.data.appendingPathComponent("serve/openapi.json").path, file.path,
        ])
      #expect(judge.status == 0, "\(judge.output)\(judge.error)")
    }
  }
}

extension TestResponse {
  /// The body as JSON.
  func json() throws -> [String: Any] {
    try #require(
      JSONSerialization.jsonObject(with: Data(buffer: body)) as? [String: Any], "\(text)")
  }

  func items() throws -> [[String: Any]] { try #require(json()["items"] as? [[String: Any]]) }
  func text(_ key: String) throws -> String { try #require(json()[key] as? String, "\(text)") }

  /// Fields and kinds of the issues of a problem.
  func issues() throws -> [String] {
    let issues = try #require(json()["issues"] as? [[String: Any]], "\(text)")
    return issues.map { "\($0["file"] ?? "")|\($0["field"] ?? "")|\($0["code"] ?? "")" }
  }
}

extension ServerFixture {
  /// Puts a park into the store of which one firm asked not to be shown.
  func add(park name: String, as own: String, hiding firm: String) async throws {
    let park = try server.engine.park(ParkArchive(folder: Repository.park(name)))
    var declaration = park.declaration
    for index in declaration.enterprises.indices
    where declaration.enterprises[index].id == firm {
      declaration.enterprises[index].disclosure = .confidential
    }
    let archive = try ParkArchive(declaration)
    _ = try await Desk(store, for: Self.system).add(
      park: own, title: park.settings.title, content: archive.data(), note: "")
  }
}

import Foundation
import Hummingbird
import HummingbirdTesting
import LichenEngine
import LichenStore
import LichenTestSupport
import Logging
import Testing

@testable import LichenServer

/// A server without a socket, over a database of its own.
final class ServerFixture: Sendable {
  let folder: URL
  let store: Store
  let server: Server

  /// The shipped data, read once.
  static let engine = Result { try Engine(data: DataFolder(url: Repository.data)) }

  init(_ configure: (inout SiteConfiguration) -> Void = { _ in }) throws {
    folder = try Repository.temporaryFolder()
    store = try Store(
      at: folder.appendingPathComponent(Store.fileName), hasher: PasswordHasher(cost: 16))
    var configuration = SiteConfiguration()
    configure(&configuration)
    var logger = Logger(label: "test")
    logger.logLevel = .critical
    server = try Server(
      store: store, engine: Self.engine.get(), configuration: configuration, logger: logger)
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static let password = "correct horse battery"

  /// Somebody signed in through a browser.
  struct Browser: Sendable {
    let viewer: Viewer
    let cookie: String
    let csrf: String
  }

  /// Puts parks into the store by name: those that ship with Lichen, as examples or as somebody's own.
  func add(park name: String, as own: String? = nil) async throws {
    let engine = server.engine
    let archive = try ParkArchive(folder: Repository.park(name))
    let title = try engine.park(archive).settings.title
    _ = try await Desk(store, for: Self.system).add(
      park: own ?? name, title: title, content: archive.data(), note: "", isExample: own == nil)
  }

  static let system = Viewer(
    id: 0, name: "Lichen", role: .administrator, language: "en", grants: [])

  /// Somebody who joined by a link.
  func browser(_ role: Role, park: String? = nil, enterprise: String? = nil) async throws -> Browser
  {
    let link = try await Desk(store, for: Self.system).invite(
      Invitation(role: role, park: park, enterprise: enterprise))
    let name = [role.rawValue, park, enterprise].compactMap(\.self).joined(separator: "-")
    let id = try await store.accept(
      link, name: name, email: "\(name)@example.org", password: Self.password, language: "en")
    let session = try await store.startSession(of: id)
    let found = try #require(try await store.session(session))
    return Browser(viewer: found.viewer, cookie: session.text, csrf: found.csrf)
  }

  /// Runs a body with a client of the server's routes.
  func test<Value: Sendable>(
    _ body: @escaping @Sendable (any TestClientProtocol) async throws -> Value
  ) async throws -> Value {
    let application = Application(router: try server.router(), logger: server.logger)
    return try await application.test(.router) { try await body($0) }
  }
}

extension TestClientProtocol {
  func get(
    _ path: String, _ browser: ServerFixture.Browser? = nil, headers: HTTPFields = [:]
  ) async throws -> TestResponse {
    var headers = headers
    if let browser { headers[.cookie] = "lichen=\(browser.cookie)" }
    return try await execute(uri: path, method: .get, headers: headers)
  }

  /// Sends a form, with the session's token unless another is given.
  func post(
    _ path: String, _ fields: [String: String] = [:], _ browser: ServerFixture.Browser? = nil,
    csrf: String? = nil, headers: HTTPFields = [:]
  ) async throws -> TestResponse {
    var headers = headers
    headers[.contentType] = "application/x-www-form-urlencoded"
    if let browser { headers[.cookie] = "lichen=\(browser.cookie)" }
    var fields = fields
    if let token = csrf ?? browser?.csrf { fields["csrf"] = token }
    let body = fields.map { "\($0.encodedForQuery)=\($1.encodedForQuery)" }.joined(separator: "&")
    return try await execute(
      uri: path, method: .post, headers: headers, body: ByteBuffer(string: body))
  }
}

extension TestResponse {
  var text: String { String(buffer: body) }
}

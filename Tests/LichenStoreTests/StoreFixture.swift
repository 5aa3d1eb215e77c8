import Foundation
import LichenTestSupport
import Testing

@testable import LichenStore

/// A store in a folder of its own, with a clock that a test moves.
final class StoreFixture: Sendable {
  let folder: URL
  let store: Store
  let clock: TestClock

  var file: URL { folder.appendingPathComponent(Store.fileName) }

  init() throws {
    folder = try Repository.temporaryFolder()
    let clock = TestClock()
    self.clock = clock
    store = try Store(
      at: folder.appendingPathComponent(Store.fileName), hasher: PasswordHasher(cost: 16),
      now: { clock.now })
  }

  deinit { try? FileManager.default.removeItem(at: folder) }

  static let password = "correct horse battery"

  /// A user of a role, who joined by an invitation, with the parks given.
  func user(_ role: Role, grants: [Viewer.Grant] = [], name: String? = nil) async throws -> Viewer {
    let secret = try await store.setUpSecret()
    let name = name ?? role.rawValue
    let email = "\(name)@example.org"
    let id = try await store.accept(
      secret, name: name, email: email, password: Self.password, language: "en")
    try await store.write { db in
      try db.execute(
        sql: "UPDATE user SET role = ? WHERE id = ?", arguments: [role.rawValue, id])
      for grant in grants {
        try db.execute(
          sql: """
            INSERT INTO access (user, park, enterprise)
            SELECT ?, id, ? FROM park WHERE name = ?
            """, arguments: [id, grant.enterprise ?? "", grant.park])
      }
    }
    return try #require(try await store.read { try Store.viewer(id, $0) })
  }

  /// A park that somebody made, with nothing but a word as its content.
  @discardableResult
  func park(_ name: String, by viewer: Viewer, isExample: Bool = false) async throws -> ParkVersion
  {
    try await Desk(store, for: viewer).add(
      park: name, title: name.capitalized, content: Data("\(name) 1".utf8), note: "",
      isExample: isExample)
  }
}

/// A clock that stands until it is moved.
final class TestClock: @unchecked Sendable {
  private let lock = NSLock()
  private var time = Date(timeIntervalSince1970: 1_800_000_000)

  var now: Date { lock.withLock { time } }

  func move(seconds: Double) { lock.withLock { time += seconds } }
}

import Foundation
import GRDB

/// What an invitation gives to whoever takes it up.
public struct Invitation: Sendable, Hashable {
  public let role: Role
  /// Name of a park; `nil` for roles that need none.
  public let park: String?
  /// Id in the park's tables, for the role of an enterprise.
  public let enterprise: String?
  /// Whom it is meant for, in words.
  public let note: String

  public init(role: Role, park: String? = nil, enterprise: String? = nil, note: String = "") {
    self.role = role
    self.park = park
    self.enterprise = enterprise
    self.note = note
  }
}

/// Signing in fails.
public enum SignInError: Error, Equatable, Sendable {
  /// Name or password is wrong, or the user is locked out: nobody can tell which.
  case wrong
  /// Too many wrong passwords; the next try counts after so many seconds.
  case throttled(seconds: Int)
}

/// A user who is signed in through a browser.
public struct SignedIn: Sendable {
  public let viewer: Viewer
  /// Forms carry it, so that no other site can send them.
  public let csrf: String
}

/// Users before they are known: invitations, sign-in, sessions.
extension Store {
  /// How long a browser stays signed in [s].
  public static let sessionSeconds = 14 * 24 * 3600
  /// How long an invitation can be taken up [s].
  public static let invitationSeconds = 14 * 24 * 3600
  /// Wrong passwords within a quarter of an hour after which nothing is tried any more.
  public static let mostFailures = 10
  private static let failureMilliseconds: Int64 = 15 * 60 * 1000
  /// Fewest characters of a password (NIST SP 800-63B asks for 8; 15 without a second factor is its later advice).
  public static let leastPassword = 12

  /// Whether somebody can sign in and administrate.
  public func hasAdministrator() async throws -> Bool {
    try await read {
      try User.filter(sql: "role = 'administrator' AND disabled IS NULL").fetchCount($0) > 0
    }
  }

  /// Makes the link with which the first administrator sets the server up; earlier ones stop working.
  public func setUpSecret() async throws -> Secret {
    let secret = Secret()
    let time = time
    try await write { db in
      try db.execute(
        sql: "UPDATE invitation SET revoked = ? WHERE role = 'administrator' AND note = 'set-up'",
        arguments: [time])
      try Self.insert(
        Invitation(role: .administrator, note: "set-up"), secret, by: (nil, "server"), time, db)
    }
    return secret
  }

  static func insert(
    _ invitation: Invitation, _ secret: Secret, by who: (id: Int64?, name: String), _ time: Int64,
    _ db: Database
  ) throws {
    var park: Int64?
    if let name = invitation.park {
      park = try Int64.fetchOne(db, sql: "SELECT id FROM park WHERE name = ?", arguments: [name])
      if park == nil { throw StoreError.notFound }
    }
    try db.execute(
      sql: """
        INSERT INTO invitation (hash, role, park, enterprise, note, created, expires)
        VALUES (?, ?, ?, ?, ?, ?, ?)
        """,
      arguments: [
        secret.hash, invitation.role.rawValue, park, invitation.enterprise ?? "", invitation.note,
        time, time + Int64(invitationSeconds) * 1000,
      ])
    try db.note(
      "invite", invitation.role.rawValue, by: who, park: invitation.park,
      after: invitation.enterprise, at: time)
  }

  /// What a link gives; `nil` if it was used, taken back, ran out or never was.
  public func invitation(_ secret: Secret) async throws -> Invitation? {
    let time = time
    return try await read { try Self.open(secret, time, $0)?.invitation }
  }

  private static func open(_ secret: Secret, _ time: Int64, _ db: Database) throws -> (
    id: Int64, park: Int64?, invitation: Invitation
  )? {
    let row = try Row.fetchOne(
      db,
      sql: """
        SELECT invitation.*, park.name AS parkName FROM invitation
        LEFT JOIN park ON park.id = invitation.park
        WHERE hash = ? AND used IS NULL AND revoked IS NULL AND expires > ?
        """, arguments: [secret.hash, time])
    guard let row, let role = Role(rawValue: row["role"]) else { return nil }
    let enterprise: String = row["enterprise"]
    return (
      row["id"], row["park"],
      Invitation(
        role: role, park: row["parkName"], enterprise: enterprise.isEmpty ? nil : enterprise,
        note: row["note"])
    )
  }

  /// Makes a user of whoever holds a link.
  /// - Throws: `StoreError.notFound` for a link that gives nothing, `StoreError.invalid` for a name, address or
  ///   password that is no such thing, `StoreError.conflict` for an address that is taken.
  public func accept(
    _ secret: Secret, name: String, email: String, password: String, language: String
  ) async throws -> Int64 {
    let name = name.trimmingCharacters(in: .whitespacesAndNewlines)
    let email = email.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !name.isEmpty, name.count <= 100 else { throw StoreError.invalid("name") }
    guard email.count <= 200, email.wholeMatch(of: #/[^@\s]+@[^@\s]+/#) != nil else {
      throw StoreError.invalid("email")
    }
    guard password.count >= Self.leastPassword, password.utf8.count <= 1000 else {
      throw StoreError.invalid("password")
    }
    let time = time
    // Not worth a slow hash, and nobody may have the server work for nothing.
    if try await invitation(secret) == nil { throw StoreError.notFound }
    let hash = try await Self.slowly { try hasher.hash(password) }
    return try await write { db in
      guard let found = try Self.open(secret, time, db) else { throw StoreError.notFound }
      if try User.filter(sql: "email = ?", arguments: [email]).fetchCount(db) > 0 {
        throw StoreError.conflict("email")
      }
      try db.execute(
        sql: """
          INSERT INTO user (name, email, role, password, language, created)
          VALUES (?, ?, ?, ?, ?, ?)
          """,
        arguments: [name, email, found.invitation.role.rawValue, hash, language, time])
      let user = db.lastInsertedRowID
      if let park = found.park {
        try db.execute(
          sql: "INSERT INTO access (user, park, enterprise) VALUES (?, ?, ?)",
          arguments: [user, park, found.invitation.enterprise ?? ""])
      }
      try db.execute(
        sql: "UPDATE invitation SET used = ? WHERE id = ?", arguments: [time, found.id])
      try db.note(
        "join", "user \(user)", by: (user, name), park: found.invitation.park,
        after: found.invitation.role.rawValue, at: time)
      return user
    }
  }

  /// Starts a session of a browser.
  /// - Parameter address: Where the request came from; it is slowed down after wrong passwords, as the user is.
  /// - Throws: `SignInError`.
  public func signIn(email: String, password: String, address: String) async throws -> Secret {
    let keys = ["user \(email.lowercased())", "from \(address)"]
    let time = time
    if let wait = try await wait(keys, time) { throw SignInError.throttled(seconds: wait) }
    let found = try await read { db in
      try Row.fetchOne(
        db, sql: "SELECT id, password FROM user WHERE email = ? AND disabled IS NULL",
        arguments: [email.trimmingCharacters(in: .whitespacesAndNewlines)]
      ).map { (id: $0["id"] as Int64, hash: $0["password"] as String) }
    }
    let isRight = try await Self.slowly {
      try hasher.matches(String(password.prefix(1000)), found?.hash)
    }
    guard isRight, let user = found?.id else {
      try await write { db in
        for key in keys {
          try db.execute(
            sql: "INSERT INTO failure (key, at) VALUES (?, ?)", arguments: [key, time])
        }
        try db.execute(
          sql: "DELETE FROM failure WHERE at < ?", arguments: [time - Self.failureMilliseconds])
      }
      throw SignInError.wrong
    }
    return try await startSession(of: user)
  }

  private func wait(_ keys: [String], _ time: Int64) async throws -> Int? {
    try await read { db in
      let waits = try keys.compactMap { key -> Int64? in
        let times = try Int64.fetchAll(
          db, sql: "SELECT at FROM failure WHERE key = ? AND at > ? ORDER BY at DESC LIMIT ?",
          arguments: [key, time - Self.failureMilliseconds, Self.mostFailures])
        guard times.count == Self.mostFailures, let first = times.last else { return nil }
        return first + Self.failureMilliseconds - time
      }
      return waits.max().map { max(1, Int(($0 + 999) / 1000)) }
    }
  }

  /// Starts a session of a user who has just shown who they are.
  public func startSession(of user: Int64) async throws -> Secret {
    let secret = Secret()
    let csrf = Secret().text
    let time = time
    try await write { db in
      try db.execute(sql: "DELETE FROM session WHERE expires < ?", arguments: [time])
      try db.execute(
        sql: "INSERT INTO session (hash, user, csrf, created, expires) VALUES (?, ?, ?, ?, ?)",
        arguments: [secret.hash, user, csrf, time, time + Int64(Self.sessionSeconds) * 1000])
    }
    return secret
  }

  /// Who a browser is; `nil` if nobody.
  public func session(_ secret: Secret) async throws -> SignedIn? {
    let time = time
    return try await read { db in
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT session.csrf AS csrf, user.id AS id FROM session JOIN user ON user.id = session.user
          WHERE hash = ? AND expires > ? AND disabled IS NULL
          """, arguments: [secret.hash, time])
      guard let row, let viewer = try Self.viewer(row["id"], db) else { return nil }
      return SignedIn(viewer: viewer, csrf: row["csrf"])
    }
  }

  public func signOut(_ secret: Secret) async throws {
    try await write {
      try $0.execute(sql: "DELETE FROM session WHERE hash = ?", arguments: [secret.hash])
    }
  }

  /// Who a program is that brings a token; `nil` if nobody.
  public func bearer(_ secret: Secret) async throws -> Viewer? {
    let time = time
    let found = try await read { db -> (token: Int64, used: Int64, viewer: Viewer)? in
      let row = try Row.fetchOne(
        db, sql: "SELECT id, user, used FROM token WHERE hash = ? AND revoked IS NULL",
        arguments: [secret.hash])
      guard let row, let viewer = try Self.viewer(row["user"], db) else { return nil }
      return (row["id"], row["used"] ?? 0, viewer)
    }
    // Once a minute is enough to see which tokens are in use.
    if let found, found.used < time - 60_000 {
      try await write {
        try $0.execute(
          sql: "UPDATE token SET used = ? WHERE id = ?", arguments: [time, found.token])
      }
    }
    return found?.viewer
  }

  static func viewer(_ id: Int64, _ db: Database) throws -> Viewer? {
    guard let user = try User.fetchOne(db, key: id), user.disabled == nil,
      let role = Role(rawValue: user.role)
    else { return nil }
    let grants = try Row.fetchAll(
      db,
      sql: """
        SELECT park.name AS park, access.enterprise AS enterprise FROM access
        JOIN park ON park.id = access.park WHERE access.user = ?
        """, arguments: [id]
    ).map { row -> Viewer.Grant in
      let enterprise: String = row["enterprise"]
      return Viewer.Grant(park: row["park"], enterprise: enterprise.isEmpty ? nil : enterprise)
    }
    return Viewer(
      id: id, name: user.name, role: role, language: user.language, grants: Set(grants))
  }

  /// Runs slow work off the threads that serve requests, two at a time.
  private static func slowly<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value)
    async throws -> Value
  {
    try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Result(catching: body)) }
    }
  }

  private static let queue: OperationQueue = {
    let queue = OperationQueue()
    queue.maxConcurrentOperationCount = 2
    return queue
  }()
}

/// A row of the table of users.
struct User: Decodable, FetchableRecord, TableRecord {
  static let databaseTableName = "user"
  let id: Int64
  let name: String
  let email: String
  let role: String
  let language: String
  let created: Int64
  let disabled: Int64?
}

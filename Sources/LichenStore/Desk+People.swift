import Foundation
import GRDB

/// A user as administrators see one.
public struct Person: Sendable, Hashable {
  public let id: Int64
  public let name: String
  public let email: String
  public let role: Role
  public let grants: Set<Viewer.Grant>
  public let isDisabled: Bool
}

/// An invitation that can still be taken up.
public struct OpenInvitation: Sendable, Hashable {
  public let id: Int64
  public let invitation: Invitation
  /// [ms since 1970]
  public let expires: Int64
}

/// A change that somebody made.
public struct AuditEntry: Sendable, Hashable {
  public let id: Int64
  /// [ms since 1970]
  public let at: Int64
  public let who: String
  public let park: String?
  public let action: String
  public let subject: String
  public let before: String?
  public let after: String?
}

/// Users, invitations and the log of changes: for administrators, who alone know that these are there.
extension Desk {
  public func people() async throws -> [Person] {
    try asAdministrator()
    return try await store.read { db in
      try User.order(sql: "name, id").fetchAll(db).map { user in
        Person(
          id: user.id, name: user.name, email: user.email,
          role: Role(rawValue: user.role) ?? .researcher, grants: try Self.grants(user.id, db),
          isDisabled: user.disabled != nil)
      }
    }
  }

  private static func grants(_ user: Int64, _ db: Database) throws -> Set<Viewer.Grant> {
    Set(
      try Row.fetchAll(
        db,
        sql: """
          SELECT park.name AS park, enterprise FROM access JOIN park ON park.id = access.park
          WHERE access.user = ?
          """, arguments: [user]
      ).map { row in
        let enterprise: String = row["enterprise"]
        return Viewer.Grant(park: row["park"], enterprise: enterprise.isEmpty ? nil : enterprise)
      })
  }

  /// Makes a link that gives a role.
  public func invite(_ invitation: Invitation) async throws -> Secret {
    try asAdministrator()
    let needsPark = invitation.role == .board || invitation.role == .enterprise
    if needsPark, invitation.park == nil { throw StoreError.invalid("park") }
    if (invitation.role == .enterprise) != (invitation.enterprise != nil) {
      throw StoreError.invalid("enterprise")
    }
    let secret = Secret()
    let time = store.time
    try await store.write { try Store.insert(invitation, secret, by: who, time, $0) }
    return secret
  }

  public func invitations() async throws -> [OpenInvitation] {
    try asAdministrator()
    let time = store.time
    return try await store.read { db in
      try Row.fetchAll(
        db,
        sql: """
          SELECT invitation.*, park.name AS parkName FROM invitation
          LEFT JOIN park ON park.id = invitation.park
          WHERE used IS NULL AND revoked IS NULL AND expires > ? ORDER BY invitation.id
          """, arguments: [time]
      ).compactMap { row in
        let enterprise: String = row["enterprise"]
        guard let role = Role(rawValue: row["role"]) else { return nil }
        return OpenInvitation(
          id: row["id"],
          invitation: Invitation(
            role: role, park: row["parkName"], enterprise: enterprise.isEmpty ? nil : enterprise,
            note: row["note"]), expires: row["expires"])
      }
    }
  }

  public func revoke(invitation id: Int64) async throws {
    try asAdministrator()
    let time = store.time
    try await store.write { db in
      try db.execute(
        sql: "UPDATE invitation SET revoked = ? WHERE id = ? AND used IS NULL AND revoked IS NULL",
        arguments: [time, id])
      if db.changesCount == 0 { throw StoreError.notFound }
      try db.note("revoke", "invitation \(id)", by: who, at: time)
    }
  }

  /// Gives a user a park, or takes it.
  public func set(_ grant: Viewer.Grant, of user: Int64, _ isGiven: Bool) async throws {
    try asAdministrator()
    let time = store.time
    try await store.write { db in
      let place = try access(grant.park, to: .see, db)
      guard try User.exists(db, key: user) else { throw StoreError.notFound }
      try db.execute(
        sql: isGiven
          ? "INSERT OR IGNORE INTO access (user, park, enterprise) VALUES (?, ?, ?)"
          : "DELETE FROM access WHERE user = ? AND park = ? AND enterprise = ?",
        arguments: [user, place.id, grant.enterprise ?? ""])
      try db.note(
        isGiven ? "give" : "take", "user \(user)", by: who, park: grant.park,
        after: grant.enterprise, at: time)
    }
  }

  /// Locks a user out at once, or lets them in again; nobody locks themselves out.
  public func set(disabled: Bool, user: Int64) async throws {
    try asAdministrator()
    if user == viewer.id { throw StoreError.conflict("self") }
    let time = store.time
    try await store.write { db in
      guard try User.exists(db, key: user) else { throw StoreError.notFound }
      try db.execute(
        sql: "UPDATE user SET disabled = ? WHERE id = ?",
        arguments: [disabled ? time : nil, user])
      if disabled { try db.execute(sql: "DELETE FROM session WHERE user = ?", arguments: [user]) }
      try db.note(disabled ? "lock" : "unlock", "user \(user)", by: who, at: time)
    }
  }

  /// The log of changes, the latest first.
  /// - Parameter before: Only entries with lower ids.
  public func audit(limit: Int = 100, before: Int64? = nil) async throws -> [AuditEntry] {
    try asAdministrator()
    return try await store.read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM audit WHERE ? IS NULL OR id < ? ORDER BY id DESC LIMIT ?",
        arguments: [before, before, limit]
      ).map { row in
        AuditEntry(
          id: row["id"], at: row["at"], who: row["who"], park: row["park"], action: row["action"],
          subject: row["subject"], before: row["before"], after: row["after"])
      }
    }
  }
}

/// A token for programs, without the token itself.
public struct Token: Sendable, Hashable {
  public let id: Int64
  public let name: String
  /// [ms since 1970]
  public let created: Int64
  public let used: Int64?
}

/// What belongs to the viewer: language and tokens.
extension Desk {
  public func tokens() async throws -> [Token] {
    try await store.read { db in
      try Row.fetchAll(
        db, sql: "SELECT * FROM token WHERE user = ? AND revoked IS NULL ORDER BY id",
        arguments: [viewer.id]
      ).map { Token(id: $0["id"], name: $0["name"], created: $0["created"], used: $0["used"]) }
    }
  }

  /// Makes a token; this is the only time that it is told.
  public func makeToken(_ name: String) async throws -> Secret {
    let name = try Self.title(name)
    let secret = Secret()
    let time = store.time
    try await store.write { db in
      try db.execute(
        sql: "INSERT INTO token (user, name, hash, created) VALUES (?, ?, ?, ?)",
        arguments: [viewer.id, name, secret.hash, time])
      try db.note("make", "token \(db.lastInsertedRowID)", by: who, after: name, at: time)
    }
    return secret
  }

  public func revoke(token id: Int64) async throws {
    let time = store.time
    try await store.write { db in
      try db.execute(
        sql: "UPDATE token SET revoked = ? WHERE id = ? AND user = ? AND revoked IS NULL",
        arguments: [time, id, viewer.id])
      if db.changesCount == 0 { throw StoreError.notFound }
      try db.note("revoke", "token \(id)", by: who, at: time)
    }
  }

  public func set(language: String) async throws {
    try await store.write {
      try $0.execute(
        sql: "UPDATE user SET language = ? WHERE id = ?", arguments: [language, viewer.id])
    }
  }
}

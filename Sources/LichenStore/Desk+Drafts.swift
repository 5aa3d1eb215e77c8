import Foundation
import GRDB

/// Tables that somebody uploaded and has not yet put right.
public struct Draft: Sendable, Hashable {
  public let id: String
  public let title: String
  /// The park that they are to declare anew; `nil` for a new one.
  public let park: String?
  public let changed: Int64
}

/// One's own drafts; nobody else sees them.
extension Desk {
  private static let rows = """
    SELECT draft.*, park.name AS parkName FROM draft LEFT JOIN park ON park.id = draft.park
    """

  public func drafts() async throws -> [Draft] {
    try await store.read { db in
      try Row.fetchAll(
        db, sql: Self.rows + " WHERE owner = ? ORDER BY draft.changed DESC, draft.id",
        arguments: [viewer.id]
      ).map(Self.draft)
    }
  }

  private static func draft(_ row: Row) -> Draft {
    Draft(id: row["id"], title: row["title"], park: row["parkName"], changed: row["changed"])
  }

  /// - Throws: `StoreError.notFound`.
  public func draft(_ id: String) async throws -> (draft: Draft, content: Data) {
    try await store.read { db in
      let row = try Row.fetchOne(
        db, sql: Self.rows + " WHERE owner = ? AND draft.id = ?", arguments: [viewer.id, id])
      guard let row else { throw StoreError.notFound }
      return (Self.draft(row), row["content"])
    }
  }

  /// Keeps what was uploaded.
  /// - Parameter park: Name of the park that it is to declare anew.
  /// - Throws: `StoreError.forbidden` for those who may not declare.
  public func keep(draft content: Data, title: String, park: String? = nil) async throws -> Draft {
    guard viewer.role == .administrator || viewer.role == .expert else {
      throw StoreError.forbidden
    }
    let title = try Self.title(title)
    let time = store.time
    return try await store.write { db in
      let place = try park.map { try access($0, to: .edit, db) }
      let id = Self.identifier()
      try db.execute(
        sql: """
          INSERT INTO draft (id, owner, park, title, content, created, changed)
          VALUES (?, ?, ?, ?, ?, ?, ?)
          """, arguments: [id, viewer.id, place?.id, title, content, time, time])
      try db.note("upload", "draft \(id)", by: who, park: park, at: time)
      return Draft(id: id, title: title, park: park, changed: time)
    }
  }

  /// - Parameter base: `changed` of the draft that the change was made on.
  /// - Returns: The draft as it is now; `changed` is later than before even within one tick of the clock.
  /// - Throws: `StoreError.conflict` if it was changed meanwhile, as in another window; `StoreError.notFound`.
  public func change(draft id: String, content: Data, on base: Int64) async throws -> Draft {
    let time = store.time
    return try await store.write { db in
      let row = try Row.fetchOne(
        db, sql: Self.rows + " WHERE owner = ? AND draft.id = ?", arguments: [viewer.id, id])
      guard let before = row.map(Self.draft) else { throw StoreError.notFound }
      if before.changed != base { throw StoreError.conflict("draft") }
      let changed = max(time, base + 1)
      try db.execute(
        sql: "UPDATE draft SET content = ?, changed = ? WHERE owner = ? AND id = ?",
        arguments: [content, changed, viewer.id, id])
      try db.note("change", "draft \(id)", by: who, park: before.park, at: time)
      return Draft(id: id, title: before.title, park: before.park, changed: changed)
    }
  }

  public func remove(draft id: String) async throws {
    let time = store.time
    try await store.write { db in
      try db.execute(
        sql: "DELETE FROM draft WHERE owner = ? AND id = ?", arguments: [viewer.id, id])
      if db.changesCount == 0 { throw StoreError.notFound }
      try db.note("remove", "draft \(id)", by: who, at: time)
    }
  }
}

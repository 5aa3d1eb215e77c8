import Foundation
import GRDB

/// A named what-if of a park, as it is kept.
public struct SavedScenario: Sendable, Hashable {
  /// A change in the keys of scenario files.
  public struct Change: Sendable, Hashable, Codable {
    public let key: String
    public let value: String

    public init(_ key: String, _ value: String) {
      self.key = key
      self.value = value
    }
  }

  public let id: String
  public let park: String
  public let title: String
  /// The scenario that it branched from.
  public let parent: String?
  public let changes: [Change]
  /// It speaks of the park without the firms that asked not to be shown, as a board's do.
  public let isOpen: Bool
  /// Everybody who sees the park in this way may open it.
  public let isShared: Bool
  public let owner: String
  public let isOwn: Bool
  public let changed: Int64
}

/// Scenarios: one's own, and those that others share.
extension Desk {
  private static let rows = """
    SELECT scenario.*, user.name AS ownerName FROM scenario JOIN user ON user.id = scenario.owner
    """

  /// Those that the viewer may open, oldest first, so that letters stay.
  public func scenarios(of name: String) async throws -> [SavedScenario] {
    try await store.read { db in
      let place = try access(name, to: .suppose, db)
      return try Row.fetchAll(
        db, sql: Self.rows + " WHERE park = ? ORDER BY scenario.created, scenario.rowid",
        arguments: [place.id]
      ).compactMap { scenario($0, in: place) }
    }
  }

  /// - Throws: `StoreError.notFound`.
  public func scenario(_ id: String, of name: String) async throws -> SavedScenario {
    try await store.read { db in try scenario(id, in: access(name, to: .suppose, db), db) }
  }

  private func scenario(_ id: String, in place: Place, _ db: Database) throws -> SavedScenario {
    let row = try Row.fetchOne(
      db, sql: Self.rows + " WHERE park = ? AND scenario.id = ?", arguments: [place.id, id])
    guard let row, let scenario = scenario(row, in: place) else { throw StoreError.notFound }
    return scenario
  }

  private func scenario(_ row: Row, in place: Place) -> SavedScenario? {
    let isOwn = row["owner"] as Int64 == viewer.id
    let isOpen: Bool = row["open"]
    let isShared: Bool = row["shared"]
    // A scenario of the whole park may speak of firms that a board does not see.
    guard isOwn || isShared, isOpen || place.sight == .whole else { return nil }
    let changes = try? JSONDecoder().decode(
      [SavedScenario.Change].self, from: Data((row["changes"] as String).utf8))
    return changes.map {
      SavedScenario(
        id: row["id"], park: place.name, title: row["title"], parent: row["parent"], changes: $0,
        isOpen: isOpen, isShared: isShared, owner: row["ownerName"], isOwn: isOwn,
        changed: row["changed"])
    }
  }

  /// Keeps a scenario under a title.
  /// - Parameters:
  ///   - parent: The scenario that it branches from.
  ///   - isOpen: As of `SavedScenario`; a board's always is.
  /// - Throws: `StoreError.invalid` for a title of no or more than 200 characters.
  public func keep(
    _ changes: [SavedScenario.Change], of name: String, title: String, parent: String? = nil,
    isOpen: Bool = false
  ) async throws -> SavedScenario {
    let title = try Self.title(title)
    let text = String(decoding: try Self.encoder.encode(changes), as: UTF8.self)
    let time = store.time
    return try await store.write { db in
      let place = try access(name, to: .suppose, db)
      if let parent { _ = try scenario(parent, in: place, db) }
      let id = Self.identifier()
      try db.execute(
        sql: """
          INSERT INTO scenario (id, park, owner, title, parent, changes, open, shared, created, changed)
          VALUES (?, ?, ?, ?, ?, ?, ?, 0, ?, ?)
          """,
        arguments: [
          id, place.id, viewer.id, title, parent, text, isOpen || place.sight == .board, time, time,
        ])
      try db.note("keep", "scenario \(id)", by: who, park: name, after: text, at: time)
      return try scenario(id, in: place, db)
    }
  }

  /// Changes a scenario of one's own; what is `nil` stays.
  /// - Parameter expected: What the change was made on.
  /// - Throws: `StoreError.conflict` if it is no longer so.
  public func change(
    scenario id: String, of name: String, title: String? = nil,
    changes: [SavedScenario.Change]? = nil, isShared: Bool? = nil,
    expected: SavedScenario? = nil
  ) async throws -> SavedScenario {
    let title = try title.map(Self.title)
    let text = try changes.map { String(decoding: try Self.encoder.encode($0), as: UTF8.self) }
    let time = store.time
    return try await store.write { db in
      let place = try access(name, to: .suppose, db)
      let before = try scenario(id, in: place, db)
      guard before.isOwn else { throw StoreError.forbidden }
      if let expected, expected != before { throw StoreError.conflict("scenario") }
      try db.execute(
        sql: """
          UPDATE scenario SET title = coalesce(?, title), changes = coalesce(?, changes),
          shared = coalesce(?, shared), changed = ? WHERE id = ?
          """, arguments: [title, text, isShared, time, id])
      let after = try scenario(id, in: place, db)
      try db.note(
        "change", "scenario \(id)", by: who, park: name, before: Self.told(before),
        after: Self.told(after), at: time)
      return after
    }
  }

  public func remove(scenario id: String, of name: String) async throws {
    let time = store.time
    try await store.write { db in
      let place = try access(name, to: .suppose, db)
      let before = try scenario(id, in: place, db)
      guard before.isOwn else { throw StoreError.forbidden }
      try db.execute(sql: "DELETE FROM scenario WHERE id = ?", arguments: [id])
      try db.note(
        "remove", "scenario \(id)", by: who, park: name, before: Self.told(before), at: time)
    }
  }

  private static func told(_ scenario: SavedScenario) -> String {
    let changes = scenario.changes.map { "\($0.key)=\($0.value)" }.joined(separator: ", ")
    return "\(scenario.title); \(scenario.isShared ? "shared" : "not shared"); \(changes)"
  }

  static func title(_ text: String) throws -> String {
    let title = text.trimmingCharacters(in: .whitespacesAndNewlines)
    guard !title.isEmpty, title.count <= 200 else { throw StoreError.invalid("title") }
    return title
  }

  static let encoder: JSONEncoder = {
    let encoder = JSONEncoder()
    encoder.outputFormatting = [.sortedKeys, .withoutEscapingSlashes]
    return encoder
  }()
}

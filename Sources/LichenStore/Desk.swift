import Foundation
import GRDB

/// The store as one viewer has it: the only way to parks and what belongs to them.
///
/// Every call finds the park through `access`, which knows what the viewer sees and may do. What they may not
/// see is not there: no answer, text or time tells it from what never was.
public struct Desk: Sendable {
  public let store: Store
  public let viewer: Viewer

  public init(_ store: Store, for viewer: Viewer) {
    self.store = store
    self.viewer = viewer
  }

  /// A park that the viewer sees.
  struct Place {
    let id: Int64
    let name: String
    let title: String
    let isExample: Bool
    let head: Int64?
    let sight: Sight
  }

  var who: (id: Int64?, name: String) { (viewer.id, viewer.name) }

  /// The park of a name, if the viewer sees it.
  /// - Throws: `StoreError.notFound` if not, `StoreError.forbidden` if the deed is not theirs.
  func access(_ name: String, to deed: Deed, _ db: Database) throws -> Place {
    let row = try Row.fetchOne(db, sql: "SELECT * FROM park WHERE name = ?", arguments: [name])
    guard let row, let place = place(row) else { throw StoreError.notFound }
    guard viewer.may(deed, place.sight, isExample: place.isExample) else {
      throw StoreError.forbidden
    }
    return place
  }

  private func place(_ row: Row) -> Place? {
    let name: String = row["name"]
    let isExample: Bool = row["example"]
    guard let sight = viewer.sight(of: name, isExample: isExample) else { return nil }
    return Place(
      id: row["id"], name: name, title: row["title"], isExample: isExample, head: row["head"],
      sight: sight)
  }

  /// - Throws: `StoreError.notFound` for everybody but administrators, who alone know of such things.
  public func asAdministrator() throws {
    if viewer.role != .administrator { throw StoreError.notFound }
  }

  static func identifier() -> String { String(Secret().text.prefix(16)) }
}

/// A park as a list shows it.
public struct ParkEntry: Sendable, Hashable {
  public let name: String
  public let title: String
  public let isExample: Bool
  public let sight: Sight
  /// Number of the version that holds now, from 1; 0 while there is none.
  public let version: Int
  /// When that version came [ms since 1970].
  public let changed: Int64
  /// What the viewer may do.
  public let deeds: Set<Deed>
}

/// What was declared at one time.
public struct ParkVersion: Sendable, Hashable {
  public let id: Int64
  public let park: String
  public let number: Int
  public let note: String
  public let author: String
  public let created: Int64
}

/// Parks and their versions.
extension Desk {
  /// All parks that the viewer sees, in order of titles.
  public func parks() async throws -> [ParkEntry] {
    try await store.read { db in
      try Row.fetchAll(db, sql: Self.entries + " ORDER BY park.title, park.name").compactMap(entry)
    }
  }

  /// - Throws: `StoreError.notFound`.
  public func park(_ name: String) async throws -> ParkEntry {
    try await store.read { db in
      _ = try access(name, to: .see, db)
      let row = try Row.fetchOne(db, sql: Self.entries + " WHERE park.name = ?", arguments: [name])
      guard let row, let entry = entry(row) else { throw StoreError.notFound }
      return entry
    }
  }

  private static let entries = """
    SELECT park.*, version.number AS number, version.created AS changed FROM park
    LEFT JOIN version ON version.id = park.head
    """

  private func entry(_ row: Row) -> ParkEntry? {
    place(row).map { place in
      ParkEntry(
        name: place.name, title: place.title, isExample: place.isExample, sight: place.sight,
        version: row["number"] ?? 0, changed: row["changed"] ?? row["created"],
        deeds: Set(
          Deed.allCases.filter { viewer.may($0, place.sight, isExample: place.isExample) }))
    }
  }

  /// The declarations that hold now, or did under a number.
  ///
  /// Given to whoever may see anything of the park: the server plans and cuts an edition of it; only
  /// `declarations` hands them out.
  /// - Throws: `StoreError.notFound`.
  public func content(of name: String, version number: Int? = nil) async throws -> (
    version: ParkVersion, content: Data
  ) {
    try await store.read { db in
      let place = try access(name, to: .see, db)
      return try Self.content(of: place, number, db)
    }
  }

  /// The declarations as the viewer's own to read.
  /// - Throws: `StoreError.notFound`, `StoreError.forbidden`.
  public func declarations(of name: String, version number: Int? = nil) async throws -> (
    version: ParkVersion, content: Data
  ) {
    try await store.read { db in
      try Self.content(of: access(name, to: .seeWhole, db), number, db)
    }
  }

  private static func content(of place: Place, _ number: Int?, _ db: Database) throws -> (
    version: ParkVersion, content: Data
  ) {
    let row = try Row.fetchOne(
      db, sql: "SELECT * FROM version WHERE park = ? AND (number = ? OR (? IS NULL AND id = ?))",
      arguments: [place.id, number, number, place.head])
    guard let row else { throw StoreError.notFound }
    return (version(row, of: place), row["content"])
  }

  static func version(_ row: Row, of place: Place) -> ParkVersion {
    ParkVersion(
      id: row["id"], park: place.name, number: row["number"], note: row["note"],
      author: row["author"], created: row["created"])
  }

  /// All versions, the latest first.
  public func versions(of name: String) async throws -> [ParkVersion] {
    try await store.read { db in
      let place = try access(name, to: .seeWhole, db)
      return try Row.fetchAll(
        db, sql: "SELECT * FROM version WHERE park = ? ORDER BY number DESC", arguments: [place.id]
      ).map { Self.version($0, of: place) }
    }
  }

  /// Makes a park, and gives it to the viewer.
  /// - Parameter content: Checked declarations.
  /// - Throws: `StoreError.forbidden`; `StoreError.conflict` if the name is taken, even by a park that the
  ///   viewer does not see: names are for everybody.
  public func add(
    park name: String, title: String, content: Data, note: String, isExample: Bool = false
  ) async throws -> ParkVersion {
    guard viewer.role == .administrator || (viewer.role == .expert && !isExample) else {
      throw StoreError.forbidden
    }
    guard name.wholeMatch(of: #/[a-z0-9][a-z0-9-]{0,62}/#) != nil else {
      throw StoreError.invalid("name")
    }
    let time = store.time
    return try await store.write { db in
      if try Bool.fetchOne(
        db, sql: "SELECT EXISTS (SELECT 1 FROM park WHERE name = ?)", arguments: [name]) == true
      {
        throw StoreError.conflict("name")
      }
      try db.execute(
        sql: "INSERT INTO park (name, title, example, created) VALUES (?, ?, ?, ?)",
        arguments: [name, title, isExample, time])
      let id = db.lastInsertedRowID
      if viewer.role == .expert {
        try db.execute(
          sql: "INSERT INTO access (user, park) VALUES (?, ?)", arguments: [viewer.id, id])
      }
      let place = Place(
        id: id, name: name, title: title, isExample: isExample, head: nil, sight: .whole)
      return try insert(content, into: place, note: note, title: title, time, db)
    }
  }

  /// Declares a park anew; earlier versions stay.
  /// - Parameter base: Number of the version that the change was made on.
  /// - Throws: `StoreError.conflict` if somebody else was faster, `StoreError.notFound`, `StoreError.forbidden`.
  public func declare(
    _ name: String, title: String, content: Data, note: String, on base: Int
  ) async throws -> ParkVersion {
    let time = store.time
    return try await store.write { db in
      let place = try access(name, to: .edit, db)
      let head = try Int.fetchOne(
        db, sql: "SELECT number FROM version WHERE id = ?", arguments: [place.head])
      if (head ?? 0) != base { throw StoreError.conflict("version") }
      return try insert(content, into: place, note: note, title: title, time, db)
    }
  }

  private func insert(
    _ content: Data, into place: Place, note: String, title: String, _ time: Int64, _ db: Database
  ) throws -> ParkVersion {
    let last =
      try Int.fetchOne(
        db, sql: "SELECT max(number) FROM version WHERE park = ?", arguments: [place.id]) ?? 0
    try db.execute(
      sql: """
        INSERT INTO version (park, number, content, note, author, created)
        VALUES (?, ?, ?, ?, ?, ?)
        """, arguments: [place.id, last + 1, content, note, viewer.name, time])
    let id = db.lastInsertedRowID
    try db.execute(
      sql: "UPDATE park SET head = ?, title = ? WHERE id = ?", arguments: [id, title, place.id])
    try db.note(
      "declare", "park \(place.name)", by: who, park: place.name,
      before: last == 0 ? nil : "version \(last)", after: "version \(last + 1)", at: time)
    return ParkVersion(
      id: id, park: place.name, number: last + 1, note: note, author: viewer.name, created: time)
  }
}

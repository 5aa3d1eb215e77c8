import Foundation
import GRDB

/// A search for a plan: what was asked, and what came of it.
public struct Run: Sendable, Hashable {
  public enum Status: String, Sendable, Codable, CaseIterable {
    case queued, running, done, failed, cancelled

    /// Nothing more will come.
    public var isOver: Bool { self == .done || self == .failed || self == .cancelled }
  }

  public let id: String
  public let park: String
  /// Number of the park's version that was planned.
  public let version: Int
  public let owner: String
  /// What was asked, as JSON: with the version all that a repetition needs.
  public let request: String
  public let status: Status
  /// Why it failed, for people.
  public let error: String?
  /// Figures of the plan, as JSON.
  public let summary: String?
  /// Version of Lichen that planned.
  public let engine: String
  /// [ms since 1970]
  public let created: Int64
  public let started: Int64?
  public let ended: Int64?

  init(_ row: Row) {
    id = row["id"]
    park = row["parkName"]
    version = row["number"]
    owner = row["ownerName"]
    request = row["request"]
    status = Status(rawValue: row["status"]) ?? .failed
    error = row["error"]
    summary = row["summary"]
    engine = row["engine"]
    created = row["created"]
    started = row["started"]
    ended = row["ended"]
  }

  static let rows = """
    SELECT run.id, run.request, run.status, run.error, run.summary, run.engine, run.created,
      run.started, run.ended, run.key, park.name AS parkName, version.number AS number,
      user.name AS ownerName
    FROM run JOIN park ON park.id = run.park JOIN version ON version.id = run.version
    JOIN user ON user.id = run.owner
    """
}

/// Runs of parks.
extension Desk {
  /// Runs of one viewer that may wait at one time.
  public static let mostWaiting = 50

  /// Asks for a run; it waits in the queue.
  /// - Parameters:
  ///   - number: Version to plan; the one that holds now if `nil`.
  ///   - key: Chosen by the caller: asked twice with one key, the first run is given back.
  /// - Throws: `StoreError.conflict` if the key was used for another request, `StoreError.crowded` if enough of the
  ///   viewer's runs wait.
  public func ask(
    _ request: String, of name: String, version number: Int? = nil, engine: String,
    key: String? = nil
  ) async throws -> Run {
    let time = store.time
    return try await store.write { db in
      let place = try access(name, to: .run, db)
      if let key {
        let row = try Row.fetchOne(
          db, sql: Run.rows + " WHERE run.owner = ? AND run.key = ?", arguments: [viewer.id, key])
        if let earlier = row.map(Run.init) {
          guard earlier.request == request, earlier.park == name,
            number == nil || number == earlier.version
          else { throw StoreError.conflict("key") }
          return earlier
        }
      }
      let version = try Int64.fetchOne(
        db, sql: "SELECT id FROM version WHERE park = ? AND (number = ? OR (? IS NULL AND id = ?))",
        arguments: [place.id, number, number, place.head])
      guard let version else { throw StoreError.notFound }
      let waiting = try Int.fetchOne(
        db, sql: "SELECT count(*) FROM run WHERE owner = ? AND status = 'queued'",
        arguments: [viewer.id])
      if waiting ?? 0 >= Self.mostWaiting { throw StoreError.crowded }
      let id = Self.identifier()
      try db.execute(
        sql: """
          INSERT INTO run (id, park, version, owner, request, status, engine, key, created)
          VALUES (?, ?, ?, ?, ?, 'queued', ?, ?, ?)
          """,
        arguments: [id, place.id, version, viewer.id, request, engine, key, time])
      try db.note("run", "run \(id)", by: who, park: name, after: request, at: time)
      return try Self.run(id, in: place, db)
    }
  }

  /// Runs of a park, the latest first.
  /// - Parameters:
  ///   - limit: At most so many.
  ///   - before: Only those asked for before this run.
  public func runs(of name: String, limit: Int = 50, before: String? = nil) async throws -> [Run] {
    try await store.read { db in
      let place = try access(name, to: .seeWhole, db)
      return try Row.fetchAll(
        db,
        sql: Run.rows + """
           WHERE run.park = ? AND (? IS NULL OR (run.created, run.id) <
            (SELECT created, id FROM run WHERE id = ? AND park = ?))
          ORDER BY run.created DESC, run.id DESC LIMIT ?
          """, arguments: [place.id, before, before, place.id, limit]
      ).map(Run.init)
    }
  }

  /// - Throws: `StoreError.notFound`.
  public func run(_ id: String, of name: String) async throws -> Run {
    try await store.read { db in try Self.run(id, in: access(name, to: .seeWhole, db), db) }
  }

  private static func run(_ id: String, in place: Place, _ db: Database) throws -> Run {
    let row = try Row.fetchOne(
      db, sql: Run.rows + " WHERE run.id = ? AND run.park = ?", arguments: [id, place.id])
    guard let row else { throw StoreError.notFound }
    return Run(row)
  }

  /// The plan of a run that is done, with the declarations that it was made from, for the server: only an edition
  /// in the viewer's sight leaves it.
  /// - Parameter id: The latest run of the park as declared that is done, if `nil`.
  /// - Throws: `StoreError.notFound`.
  public func plan(of name: String, run id: String? = nil) async throws -> (
    run: Run, plan: Data, content: Data
  ) {
    try await store.read { db in
      let place = try access(name, to: id == nil ? .see : .seeWhole, db)
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT run.id AS id, run.plan AS plan, version.content AS content FROM run
          JOIN version ON version.id = run.version
          WHERE run.park = ? AND run.status = 'done' AND (run.id = ?
            OR (? IS NULL AND coalesce(json_array_length(run.request, '$.changes'), 0) = 0))
          ORDER BY run.created DESC, run.id DESC LIMIT 1
          """, arguments: [place.id, id, id])
      guard let row, let plan: Data = row["plan"] else { throw StoreError.notFound }
      return (try Self.run(row["id"], in: place, db), plan, row["content"])
    }
  }

  /// Takes a run back that is not over.
  /// - Returns: The run; the caller stops the search if there is one.
  /// - Throws: `StoreError.conflict` if it is over.
  public func cancel(run id: String, of name: String) async throws -> Run {
    let time = store.time
    return try await store.write { db in
      let place = try access(name, to: .run, db)
      let run = try Self.run(id, in: place, db)
      if run.status.isOver { throw StoreError.conflict("over") }
      try db.execute(
        sql: "UPDATE run SET status = 'cancelled', ended = ? WHERE id = ?", arguments: [time, id])
      try db.note("cancel", "run \(id)", by: who, park: name, at: time)
      return try Self.run(id, in: place, db)
    }
  }
}

/// The queue of runs, for the server itself.
extension Store {
  /// A run that waits to be made.
  public struct Waiting: Sendable {
    public let run: Run
    public let content: Data
  }

  /// Puts runs back that a stop cut short; call it once, before the first `next`.
  /// - Returns: How many.
  public func requeue() async throws -> Int {
    try await write { db in
      try db.execute(
        sql: "UPDATE run SET status = 'queued', started = NULL WHERE status = 'running'")
      return db.changesCount
    }
  }

  /// Takes the run that has waited longest.
  public func next() async throws -> Waiting? {
    let time = time
    return try await write { db in
      let row = try Row.fetchOne(
        db, sql: Run.rows + " WHERE run.status = 'queued' ORDER BY run.created, run.rowid LIMIT 1")
      guard let run = row.map(Run.init) else { return nil }
      try db.execute(
        sql: "UPDATE run SET status = 'running', started = ? WHERE id = ?",
        arguments: [time, run.id])
      let content = try Data.fetchOne(
        db,
        sql: "SELECT content FROM version JOIN run ON run.version = version.id WHERE run.id = ?",
        arguments: [run.id])
      return content.map { Waiting(run: run, content: $0) }
    }
  }

  /// Ends a run with its plan, in one step; a run that was cancelled meanwhile stays so.
  public func end(_ id: String, plan: Data, summary: String) async throws {
    let time = time
    try await write { db in
      try db.execute(
        sql: """
          UPDATE run SET status = 'done', plan = ?, summary = ?, ended = ?
          WHERE id = ? AND status = 'running'
          """, arguments: [plan, summary, time, id])
    }
  }

  /// Ends a run without a plan.
  /// - Parameter error: Why, for people.
  public func fail(_ id: String, error: String) async throws {
    let time = time
    try await write { db in
      try db.execute(
        sql: """
          UPDATE run SET status = 'failed', error = ?, ended = ? WHERE id = ? AND status = 'running'
          """, arguments: [error, time, id])
    }
  }

  /// How many runs wait and how many are being made.
  public func queueLength() async throws -> (queued: Int, running: Int) {
    try await read { db in
      func count(_ status: String) throws -> Int {
        try Int.fetchOne(
          db, sql: "SELECT count(*) FROM run WHERE status = ?", arguments: [status]) ?? 0
      }
      return (try count("queued"), try count("running"))
    }
  }
}

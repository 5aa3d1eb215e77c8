import Foundation
import GRDB

/// The server's memory: one SQLite file, written ahead (WAL) and synced before a change counts as made.
///
/// What belongs to parks is reached through a `Desk`, which knows who asks; this type holds what has no viewer
/// yet: sign-in, invitations, the queue of runs, backups.
public struct Store: Sendable {
  /// Name of the database within a server's folder.
  public static let fileName = "lichen.sqlite"

  let pool: DatabasePool
  let hasher: PasswordHasher
  let now: @Sendable () -> Date

  /// Opens a database or makes it, and brings its tables up to date.
  /// - Parameters:
  ///   - url: The file; its folder is made if it is missing.
  ///   - patience: How long a change waits for another program to let go of the file [s].
  ///   - now: The clock.
  /// - Throws: `StoreError.corrupt` for a file that is no database of Lichen or is of a later version,
  ///   `StoreError.busy` if another program holds it, `StoreError.full`.
  public init(
    at url: URL, hasher: PasswordHasher = PasswordHasher(), patience: Double = 5,
    now: @escaping @Sendable () -> Date = { Date() }
  ) throws {
    self.hasher = hasher
    self.now = now
    do {
      try FileManager.default.createDirectory(
        at: url.deletingLastPathComponent(), withIntermediateDirectories: true)
      var configuration = Configuration()
      configuration.foreignKeysEnabled = true
      configuration.busyMode = .timeout(patience)
      configuration.maximumReaderCount = 4
      configuration.prepareDatabase { try $0.execute(sql: "PRAGMA synchronous = FULL") }
      pool = try DatabasePool(path: url.path, configuration: configuration)
      let migrations = Migrations.all
      if try pool.read({ try migrations.hasBeenSuperseded($0) }) {
        throw StoreError.corrupt("The database is of a later version of Lichen.")
      }
      try migrations.migrate(pool)
      // Sessions and requests hold secrets; nobody else on the machine needs to read them.
      for ending in ["", "-wal", "-shm"] {
        try? FileManager.default.setAttributes(
          [.posixPermissions: 0o600], ofItemAtPath: url.path + ending)
      }
    } catch {
      throw StoreError.read(error)
    }
  }

  /// Copies the database while it is in use; the copy is whole or not there.
  /// - Throws: `StoreError.conflict` if the target exists, `StoreError.full`.
  public func backup(to url: URL) throws {
    if FileManager.default.fileExists(atPath: url.path) {
      throw StoreError.conflict("\(url.path) is there already.")
    }
    let part = url.appendingPathExtension("part")
    try? FileManager.default.removeItem(at: part)
    do {
      let copy = try DatabaseQueue(path: part.path)
      try pool.backup(to: copy)
      try copy.close()
      try FileManager.default.setAttributes(
        [.posixPermissions: 0o600], ofItemAtPath: part.path)
      try FileManager.default.moveItem(at: part, to: url)
    } catch {
      try? FileManager.default.removeItem(at: part)
      throw StoreError.read(error)
    }
  }

  /// What SQLite finds wrong with the file; empty if nothing.
  public func integrity() async throws -> [String] {
    try await read { try String.fetchAll($0, sql: "PRAGMA integrity_check") }.filter { $0 != "ok" }
  }

  /// What the store's clock says.
  public var instant: Date { now() }

  /// Milliseconds since 1970.
  var time: Int64 { Int64(now().timeIntervalSince1970 * 1000) }

  func read<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws
    -> Value
  {
    do { return try await pool.read(body) } catch { throw StoreError.read(error) }
  }

  /// One transaction: all of it or nothing; it is on the disk when this returns.
  func write<Value: Sendable>(_ body: @Sendable @escaping (Database) throws -> Value) async throws
    -> Value
  {
    do { return try await pool.write(body) } catch { throw StoreError.read(error) }
  }
}

extension Database {
  /// Writes down who changed what, in the transaction of the change.
  func note(
    _ action: String, _ subject: String, by who: (id: Int64?, name: String), park: String? = nil,
    before: String? = nil, after: String? = nil, at time: Int64
  ) throws {
    try execute(
      sql: """
        INSERT INTO audit (at, user, who, park, action, subject, before, after)
        VALUES (?, ?, ?, ?, ?, ?, ?, ?)
        """, arguments: [time, who.id, who.name, park, action, subject, before, after])
  }
}

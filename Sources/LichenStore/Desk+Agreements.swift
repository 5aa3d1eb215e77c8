import GRDB

/// A question of one enterprise to another: may we know each other by name?
public struct Agreement: Sendable, Hashable {
  public enum Status: String, Sendable, Codable, CaseIterable {
    case asked, accepted, declined
  }

  public let id: String
  public let asker: String
  public let asked: String
  public let status: Status
}

/// Requests between enterprises. A match shows the partner's name once both have agreed.
extension Desk {
  /// Requests from and to one's own enterprises; all of the park for those who see it whole.
  public func agreements(of name: String) async throws -> [Agreement] {
    try await store.read { db in
      let place = try access(name, to: .see, db)
      if place.sight == .board { throw StoreError.forbidden }
      return try Row.fetchAll(
        db, sql: "SELECT * FROM agreement WHERE park = ? ORDER BY created, id",
        arguments: [place.id]
      ).map(Self.agreement).filter { isParty(place.sight, $0) }
    }
  }

  /// Pairs that know each other, both ways, for the server, which names partners in editions.
  public func agreed(in name: String) async throws -> [(String, String)] {
    try await store.read { db in
      let place = try access(name, to: .see, db)
      return try Row.fetchAll(
        db, sql: "SELECT asker, asked FROM agreement WHERE park = ? AND status = 'accepted'",
        arguments: [place.id]
      ).flatMap { row -> [(String, String)] in
        let asker: String = row["asker"]
        let asked: String = row["asked"]
        return [(asker, asked), (asked, asker)]
      }
    }
  }

  private static func agreement(_ row: Row) -> Agreement {
    Agreement(
      id: row["id"], asker: row["asker"], asked: row["asked"],
      status: Agreement.Status(rawValue: row["status"]) ?? .asked)
  }

  private func isParty(_ sight: Sight, _ agreement: Agreement) -> Bool {
    switch sight {
    case .whole: true
    case .board: false
    case .enterprises(let own): own.contains(agreement.asker) || own.contains(agreement.asked)
    }
  }

  /// Asks an enterprise to be known to it and to know it.
  ///
  /// If the other side has asked already, that is an answer.
  /// - Parameter asked: Of a partner in the plan; the caller checks that there is one.
  public func request(_ asked: String, from asker: String, in name: String) async throws
    -> Agreement
  {
    let time = store.time
    return try await store.write { db in
      let place = try access(name, to: .agree, db)
      guard case .enterprises(let own) = place.sight, own.contains(asker), asker != asked else {
        throw StoreError.notFound
      }
      let row = try Row.fetchOne(
        db,
        sql: """
          SELECT * FROM agreement WHERE park = ?
          AND ((asker = ? AND asked = ?) OR (asker = ? AND asked = ?))
          ORDER BY status = 'accepted' DESC LIMIT 1
          """, arguments: [place.id, asker, asked, asked, asker])
      if let earlier = row.map(Self.agreement), earlier.status != .declined {
        if earlier.asker == asker || earlier.status == .accepted { return earlier }
        return try set(.accepted, earlier, in: place, time, db)
      }
      let id = Self.identifier()
      try db.execute(
        sql: """
          INSERT INTO agreement (id, park, asker, asked, status, created)
          VALUES (?, ?, ?, ?, 'asked', ?)
          ON CONFLICT (park, asker, asked) DO UPDATE SET status = 'asked', created = excluded.created
          """, arguments: [id, place.id, asker, asked, time])
      try db.note(
        "request", "enterprise \(asker)", by: who, park: name, after: asked, at: time)
      let made = try Row.fetchOne(
        db, sql: "SELECT * FROM agreement WHERE park = ? AND asker = ? AND asked = ?",
        arguments: [place.id, asker, asked])
      guard let made else { throw StoreError.notFound }
      return Self.agreement(made)
    }
  }

  /// Answers a request to one's own enterprise, or takes an agreement back.
  public func answer(_ id: String, _ accepts: Bool, in name: String) async throws -> Agreement {
    let time = store.time
    return try await store.write { db in
      let place = try access(name, to: .agree, db)
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM agreement WHERE park = ? AND id = ?", arguments: [place.id, id])
      guard let agreement = row.map(Self.agreement), isParty(place.sight, agreement),
        case .enterprises(let own) = place.sight
      else { throw StoreError.notFound }
      // Only who was asked can say yes; either side can say no, at any time.
      if accepts, !own.contains(agreement.asked) { throw StoreError.forbidden }
      return try set(accepts ? .accepted : .declined, agreement, in: place, time, db)
    }
  }

  private func set(
    _ status: Agreement.Status, _ agreement: Agreement, in place: Place, _ time: Int64,
    _ db: Database
  ) throws -> Agreement {
    try db.execute(
      sql: "UPDATE agreement SET status = ?, answered = ? WHERE id = ?",
      arguments: [status.rawValue, time, agreement.id])
    try db.note(
      "answer", "enterprises \(agreement.asker), \(agreement.asked)", by: who, park: place.name,
      before: agreement.status.rawValue, after: status.rawValue, at: time)
    return Agreement(
      id: agreement.id, asker: agreement.asker, asked: agreement.asked, status: status)
  }
}

import GRDB

/// A question of one enterprise to another: may we know each other by name?
public struct Agreement: Sendable, Hashable {
  public enum Status: String, Sendable, Codable, CaseIterable {
    case asked, accepted, declined
  }

  public let id: String
  public let asker: String
  /// Whom it asks; `nil` for the asker until they agree, since who they are is the question.
  public let asked: String?
  /// The asker's own stream whose partner is meant.
  public let about: String
  public let status: Status
  /// Whether the viewer is to answer.
  public let isToMe: Bool
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
      ).map(Pair.init).compactMap { shown($0, place.sight) }
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

  /// A request with both ends.
  private struct Pair {
    let id: String
    let asker: String
    let asked: String
    let about: String
    var status: Agreement.Status

    init(_ row: Row) {
      id = row["id"]
      asker = row["asker"]
      asked = row["asked"]
      about = row["about"]
      status = Agreement.Status(rawValue: row["status"]) ?? .asked
    }
  }

  /// What a viewer may know of a request; `nil` for those who are no party to it.
  private func shown(_ pair: Pair, _ sight: Sight) -> Agreement? {
    let own: Set<String>
    switch sight {
    case .whole: own = [pair.asker, pair.asked]
    case .board: return nil
    case .enterprises(let ids): own = ids
    }
    guard own.contains(pair.asker) || own.contains(pair.asked) else { return nil }
    let knows = own.contains(pair.asked) || pair.status == .accepted
    return Agreement(
      id: pair.id, asker: pair.asker, asked: knows ? pair.asked : nil, about: pair.about,
      status: pair.status, isToMe: sight != .whole && own.contains(pair.asked))
  }

  /// Asks an enterprise to be known to it and to know it.
  ///
  /// If the other side has asked already, that is an answer.
  /// - Parameters:
  ///   - asked: Of a partner in the plan; the caller checks that there is one.
  ///   - about: The asker's own stream whose partner is meant.
  public func request(
    _ asked: String, from asker: String, about: String = "", in name: String
  ) async throws -> Agreement {
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
      if let earlier = row.map(Pair.init), earlier.status != .declined {
        let isAnswer = earlier.asker != asker && earlier.status != .accepted
        return try set(isAnswer ? .accepted : earlier.status, earlier, in: place, time, db)
      }
      let id = Self.identifier()
      try db.execute(
        sql: """
          INSERT INTO agreement (id, park, asker, asked, about, status, created)
          VALUES (?, ?, ?, ?, ?, 'asked', ?)
          ON CONFLICT (park, asker, asked) DO UPDATE SET status = 'asked', about = excluded.about,
          created = excluded.created
          """, arguments: [id, place.id, asker, asked, about, time])
      try db.note(
        "request", "enterprise \(asker)", by: who, park: name, after: asked, at: time)
      let made = try Row.fetchOne(
        db, sql: "SELECT * FROM agreement WHERE park = ? AND asker = ? AND asked = ?",
        arguments: [place.id, asker, asked])
      guard let agreement = made.map(Pair.init).flatMap({ shown($0, place.sight) }) else {
        throw StoreError.notFound
      }
      return agreement
    }
  }

  /// Answers a request to one's own enterprise, or takes an agreement back.
  public func answer(_ id: String, _ accepts: Bool, in name: String) async throws -> Agreement {
    let time = store.time
    return try await store.write { db in
      let place = try access(name, to: .agree, db)
      let row = try Row.fetchOne(
        db, sql: "SELECT * FROM agreement WHERE park = ? AND id = ?", arguments: [place.id, id])
      guard let pair = row.map(Pair.init), shown(pair, place.sight) != nil,
        case .enterprises(let own) = place.sight
      else { throw StoreError.notFound }
      // Only who was asked can say yes; either side can say no, at any time.
      if accepts, !own.contains(pair.asked) { throw StoreError.forbidden }
      return try set(accepts ? .accepted : .declined, pair, in: place, time, db)
    }
  }

  private func set(
    _ status: Agreement.Status, _ pair: Pair, in place: Place, _ time: Int64, _ db: Database
  ) throws -> Agreement {
    var answered = pair
    answered.status = status
    if status != pair.status {
      try db.execute(
        sql: "UPDATE agreement SET status = ?, answered = ? WHERE id = ?",
        arguments: [status.rawValue, time, pair.id])
      try db.note(
        "answer", "enterprises \(pair.asker), \(pair.asked)", by: who, park: place.name,
        before: pair.status.rawValue, after: status.rawValue, at: time)
    }
    guard let agreement = shown(answered, place.sight) else { throw StoreError.notFound }
    return agreement
  }
}

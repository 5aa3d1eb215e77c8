import GRDB

/// Full-text index of terms and targets in memory: SQLite FTS5, ranked by BM25.
///
/// Words are given to it normalised, so the tokenizer only splits at spaces (`unicode61`), takes
/// English stems (`porter`) or cuts trigrams.
struct WordIndex: Sendable {
  /// Columns of the table of targets.
  enum Column: String, Sendable, CaseIterable {
    case english, vietnamese, folded
    case groupEnglish = "group_english"
    case groupVietnamese = "group_vietnamese"
    case groupFolded = "group_folded"
  }

  /// Best terms of one search.
  static let termLimit = 120
  /// Most pieces of a query; a longer text is cut.
  static let pieceLimit = 48

  private let database: DatabaseQueue

  /// - Throws: `DatabaseError` if SQLite lacks FTS5 with trigrams (3.34 or later has them).
  init(_ lexicon: Lexicon) throws {
    database = try DatabaseQueue()
    try database.write { database in
      try database.execute(
        sql: """
          CREATE VIRTUAL TABLE term_kept USING fts5(
            text, content='', tokenize="porter unicode61 remove_diacritics 0");
          CREATE VIRTUAL TABLE term_folded USING fts5(
            text, content='', tokenize="porter unicode61 remove_diacritics 0");
          CREATE VIRTUAL TABLE term_gram USING fts5(
            text, content='', tokenize="trigram");
          """)
      for kind in TargetKind.allCases {
        let columns = Column.allCases.map(\.rawValue).joined(separator: ", ")
        try database.execute(
          sql: """
            CREATE VIRTUAL TABLE target_\(kind.rawValue) USING fts5(
              \(columns), content='', tokenize="porter unicode61 remove_diacritics 0")
            """)
      }
      try Self.fill(database, lexicon)
    }
  }

  private static func fill(_ database: Database, _ lexicon: Lexicon) throws {
    let kept = try database.makeStatement(
      sql: "INSERT INTO term_kept(rowid, text) VALUES (?, ?)")
    let folded = try database.makeStatement(
      sql: "INSERT INTO term_folded(rowid, text) VALUES (?, ?)")
    let gram = try database.makeStatement(sql: "INSERT INTO term_gram(rowid, text) VALUES (?, ?)")
    for (row, term) in lexicon.terms.enumerated() {
      let plain = term.words.folded.joined(separator: " ")
      try kept.execute(arguments: [row, term.words.kept.joined(separator: " ")])
      try folded.execute(arguments: [row, plain])
      try gram.execute(arguments: [row, plain])
    }
    for kind in TargetKind.allCases {
      let columns = Column.allCases.map(\.rawValue).joined(separator: ", ")
      let insert = try database.makeStatement(
        sql: "INSERT INTO target_\(kind.rawValue)(rowid, \(columns)) VALUES (?, ?, ?, ?, ?, ?, ?)")
      for (row, target) in lexicon.targets.enumerated() where target.kind == kind {
        let vietnamese = WordText(target.vietnamese)
        let group = WordText(target.groupVietnamese)
        try insert.execute(arguments: [
          row, WordText(target.english).kept.joined(separator: " "),
          vietnamese.kept.joined(separator: " "), vietnamese.folded.joined(separator: " "),
          WordText(target.groupEnglish).kept.joined(separator: " "),
          group.kept.joined(separator: " "), group.folded.joined(separator: " "),
        ])
      }
    }
  }

  /// Rows of the terms that share a word with `words`, best first.
  func terms(sharing words: [String], folded: Bool) -> [Int] {
    rows(in: folded ? "term_folded" : "term_kept", match: Self.anyOf(words))
  }

  /// Rows of the terms that look like `text`, best first.
  func terms(lookingLike text: String) -> [Int] {
    rows(in: "term_gram", match: Self.anyOf(Trigrams.cut(text)))
  }

  /// BM25 of each target in one column, above zero; targets without a shared word are left out.
  func scores(_ kind: TargetKind, _ words: [String], in column: Column) -> [Int: Double] {
    guard let match = Self.anyOf(words) else { return [:] }
    let sql = """
      SELECT rowid, -rank FROM target_\(kind.rawValue)
      WHERE target_\(kind.rawValue) MATCH ?
      """
    let found = try? database.read { database in
      let statement = try database.cachedStatement(sql: sql)
      var scores: [Int: Double] = [:]
      let rows = try Row.fetchCursor(statement, arguments: ["\(column.rawValue) : (\(match))"])
      while let row = try rows.next() { scores[row[0]] = max(row[1], 1e-6) }
      return scores
    }
    return found ?? [:]
  }

  private func rows(in table: String, match: String?) -> [Int] {
    guard let match else { return [] }
    let sql = "SELECT rowid FROM \(table) WHERE \(table) MATCH ? ORDER BY rank, rowid LIMIT ?"
    let found = try? database.read { database in
      let statement = try database.cachedStatement(sql: sql)
      return try Int.fetchAll(statement, arguments: [match, Self.termLimit])
    }
    return found ?? []
  }

  /// A query for any of the pieces; `nil` when there are none. Quotes keep operators plain words.
  private static func anyOf(_ pieces: [String]) -> String? {
    var seen: Set<String> = []
    let distinct = pieces.filter { seen.insert($0).inserted }.prefix(pieceLimit)
    if distinct.isEmpty { return nil }
    return distinct.map { "\"\($0.replacing("\"", with: "\"\""))\"" }.joined(separator: " OR ")
  }
}

/// Pieces of three letters, for likeness in spite of misspelling.
enum Trigrams {
  /// Distinct trigrams in order; none for a text of fewer than three letters.
  static func cut(_ text: String) -> [String] {
    let characters = Array(text)
    guard characters.count >= 3 else { return [] }
    var seen: Set<String> = []
    return (0...(characters.count - 3)).map { String(characters[$0..<($0 + 3)]) }
      .filter { seen.insert($0).inserted }
  }

  /// Dice coefficient of two sets of trigrams, 0...1.
  static func likeness(_ left: Set<String>, _ right: Set<String>) -> Double {
    guard !left.isEmpty, !right.isEmpty else { return 0 }
    return 2 * Double(left.intersection(right).count) / Double(left.count + right.count)
  }
}

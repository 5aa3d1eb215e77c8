import Foundation
import LichenAnalysis
import LichenCluster
import LichenDomain

/// Asks a whole question, up to pieces of a name and no further.
struct UnitForce: Workforce {
  let name: String
  /// What came of pieces before, by name, as `PieceValues` writes it.
  let known: [String: Data]
  let threads: Int
  /// Has the pieces worked out that are wanted.
  let body: @Sendable (Analyst.Values) throws -> Void

  /// Thrown once the pieces are done: what comes after is for whoever asked.
  struct Done: Error {}

  /// A question that takes another course than for whoever asked.
  struct Astray: Error, CustomStringConvertible {
    let name: String
    var description: String { "the analysis asks for '\(name)', which was not asked for before" }
  }

  func map<Value: Codable & Sendable>(
    _ pieces: Pieces, _ piece: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    if let data = known[pieces.name] {
      return try PieceValues.values(Value.self, in: data).compactMap(\.self)
    }
    guard pieces.name == name else { throw Astray(name: pieces.name) }
    try body { wanted in
      guard wanted.allSatisfy((0..<pieces.count).contains) else { throw Astray(name: name) }
      let values = Threads.map(wanted.count, threads: pieces.isThreaded ? 1 : threads) { place in
        // Whoever asked works out a piece without an answer once more, and hears why it has none.
        try? piece(wanted[place])
      }
      return try PieceValues.data(values)
    }
    throw Done()
  }
}

/// Pieces of the questions that `SampledQuestion` knows.
struct QuestionAnalyst: Analyst {
  let engine: Engine

  func ask(
    named name: String, source: [String: Data], threads: Int,
    _ body: @escaping @Sendable (Values) throws -> Void
  ) throws {
    let workforce = UnitForce(
      name: name, known: EarlierValues(source).byName, threads: threads, body: body)
    do {
      try AnalysisCase(source).ask(engine, by: workforce, threads: threads)
    } catch is UnitForce.Done {
      return
    }
    throw UnitForce.Astray(name: name)
  }
}

/// Values of earlier pieces among the files of a case.
struct EarlierValues {
  private(set) var byName: [String: Data] = [:]
  private static let prefix = "values-"

  init() {}

  init(_ files: [String: Data]) {
    for (file, data) in files where file.hasPrefix(Self.prefix) {
      byName[String(file.dropFirst(Self.prefix.count).dropLast(".json".count))] = data
    }
  }

  mutating func add(_ data: Data, named name: String) { byName[name] = data }

  var files: [(name: String, bytes: [UInt8])] {
    byName.sorted { $0.key < $1.key }.map { ("\(Self.prefix)\($0.key).json", Array($0.value)) }
  }
}

import Foundation
import LichenAnalysis
import LichenCluster
import LichenDomain

/// Works out some pieces of an analysis by asking its whole question, up to those pieces and no further.
struct UnitForce: Workforce {
  let name: String
  /// Places of the pieces that are wanted.
  let wanted: [Int]
  /// What came of pieces before, by name, as `PieceValues` writes it.
  let known: [String: Data]
  let threads: Int

  /// Thrown once the pieces are done: what comes after is for whoever asked.
  struct Done: Error {
    let values: Data
  }

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
    guard pieces.name == name, wanted.allSatisfy((0..<pieces.count).contains) else {
      throw Astray(name: pieces.name)
    }
    let values = Threads.map(wanted.count, threads: pieces.isThreaded ? 1 : threads) { place in
      // Whoever asked works out a piece without an answer once more, and hears why it has none.
      try? piece(wanted[place])
    }
    throw Done(values: try PieceValues.data(values))
  }
}

/// Pieces of the questions that `SampledQuestion` knows.
struct QuestionAnalyst: Analyst {
  let engine: Engine

  func values(of pieces: [Int], named name: String, source: [String: Data], threads: Int) throws
    -> Data
  {
    let workforce = UnitForce(
      name: name, wanted: pieces, known: EarlierValues(source).byName, threads: threads)
    do {
      try AnalysisCase(source).ask(engine, by: workforce, threads: threads)
    } catch let done as UnitForce.Done {
      return done.values
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

import Foundation
import LichenAnalysis
import LichenCluster
import LichenMatching
import Synchronization

/// Has the pieces of an analysis worked out in units, by an engine of a cluster: for each set of pieces a folder of work.
public final class ClusterForce: Workforce {
  private let work: Work
  private let asked: AnalysisCase
  private let title: String
  private let candidates: Int
  private let limits: PlanLimits
  private let folder: URL
  private let units: Int
  private let carryOut: @Sendable (WorkFolder) throws -> Void
  private let known = Mutex(EarlierValues())

  /// - Parameters:
  ///   - folder: Where folders of work are; those that an earlier call left are gone on with.
  ///   - units: How many there should be for each set of pieces.
  ///   - carryOut: Sees to it that all units of a folder have results.
  /// - Throws: `FileWritingError`, `CocoaError` if the catalogue cannot be read.
  public init(
    _ question: SampledQuestion, of result: MatchResult, engine: Engine, in folder: URL, units: Int,
    carryOut: @escaping @Sendable (WorkFolder) throws -> Void
  ) throws {
    work = engine.work()
    asked = try AnalysisCase(question, of: result, engine: engine)
    title = "\(result.plan.park.settings.name) \(question.name)"
    candidates = result.graph.candidates.count
    let options = result.plan.options
    // A time limit tells as well how long a search may take.
    let most = options.timeLimit.map { Int(min(1e9, $0 / .milliseconds(1))) }
    limits = PlanLimits(
      effort: options.nodeLimit ?? most ?? PlanLimits().effort, gap: options.relativeGap)
    self.folder = folder
    self.units = units
    self.carryOut = carryOut
  }

  public func map<Value: Codable & Sendable>(
    _ pieces: Pieces, _ piece: @escaping @Sendable (Int) throws -> Value
  ) throws -> [Value] {
    if pieces.count == 0 { return [] }
    let source = try asked.files() + known.withLock { $0.files }
    let made = try work.shard(
      AnalysisPieces(
        pieces.name, sizes: (0..<pieces.count).map(pieces.size), candidates: candidates,
        limits: limits),
      name: "\(title), \(pieces.name)", source: source,
      to: folder.appendingPathComponent(pieces.name), units: units)
    try carryOut(made)
    let values = try work.values(Value.self, of: made).enumerated().map { index, value in
      // What failed there fails here too, and says why.
      try value ?? piece(index)
    }
    let data = try PieceValues.data(values)
    known.withLock { $0.add(data, named: pieces.name) }
    return values
  }
}

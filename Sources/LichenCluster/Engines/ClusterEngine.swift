import Foundation

/// Units handed over together: equal requests, nothing needed of one another.
public struct UnitBatch: Sendable, Hashable {
  /// Ascending.
  public let indices: [Int]
  /// Asked for, per unit.
  public let seconds: Double
  public let megabytes: Double
  /// Jobs that must have ended well before.
  public let after: [String]
}

/// A job of an engine that works on units.
public struct ClusterJob: Codable, Sendable, Hashable {
  /// As the engine calls it.
  public let id: String
  public let indices: [Int]
  public let seconds: Double
  public let megabytes: Double
}

/// What an engine knows of units that are handed over and not ended.
public struct LiveUnits: Sendable {
  public var running: Set<Int> = []
  public var waiting: Set<Int> = []
  /// Jobs that wait for ever, because one that they wait for has failed.
  public var stuck: Set<String> = []

  public init() {}
  var all: Set<Int> { running.union(waiting) }
}

/// Something that starts `lichen work FOLDER INDEX` for many indices: another engine is another type of this kind.
///
/// What it says of failure counts for nothing; results in the folder are what counts.
public protocol ClusterEngine: Sendable {
  /// As `--engine` names it.
  var name: String { get }
  /// Whether units have ended when `submit` returns: there is no queue.
  var worksAtOnce: Bool { get }
  /// Hands units over.
  /// - Throws: `WorkError.engine`.
  func submit(_ batch: UnitBatch) throws -> String
  /// - Throws: `WorkError.engine` if it cannot be asked; then nothing is known to have ended.
  func live() throws -> LiveUnits
  /// Takes back everything that waits or runs.
  func cancel(_ jobs: [String]) throws
}

/// What every engine needs to know.
public struct EngineSettings: Codable, Sendable, Hashable {
  /// `lichen` as the workers find it.
  public var program: String
  /// Processes at a time, where the engine does not decide.
  public var workers: Int
  /// Further words for the engine's own command, such as `--partition=long`.
  public var arguments: [String]
  /// How often a unit is tried.
  public var attempts: Int

  public init(
    program: String, workers: Int = 2, arguments: [String] = [], attempts: Int = 4
  ) {
    self.program = program
    self.workers = workers
    self.arguments = arguments
    self.attempts = attempts
  }
}

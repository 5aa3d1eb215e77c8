import Foundation
import LichenPlanning

/// What a folder of work consists of: stages, one after the other, each of units that need nothing of one another.
///
/// Written once, before any work begins, and never changed.
public struct WorkManifest: Codable, Sendable, Hashable {
  public static let format = "lichen-work"
  public static let formatVersion = 1

  /// What is wanted.
  public enum Purpose: String, Codable, Sendable {
    /// A plan of a benchmark's instance.
    case instance
    /// A plan of a park.
    case park
    /// A plan of a nation: parks of many zones.
    case nation
    /// Runs of a benchmark.
    case sweep
    /// Pieces of an analysis.
    case analysis
  }

  /// Units that may be worked on at the same time.
  public struct Stage: Codable, Sendable, Hashable {
    public enum Kind: String, Codable, Sendable {
      /// Candidates of some zones and materials are made and valued.
      case candidates
      /// Candidates of all units are joined into one instance, which is divided.
      case join
      /// Components and blocks are planned.
      case plan
      /// New prices at the borders of blocks, from what the blocks of the stage before found.
      case divide
      /// Algorithms run.
      case run
      /// Pieces of an analysis are worked out.
      case answer

      /// Whether its one unit makes the units of the stage after, and has no result of its own.
      var makesUnits: Bool { self == .join || self == .divide }
    }

    public let kind: Kind
    /// Index of its first unit.
    public let first: Int
    public let count: Int

    public var indices: Range<Int> { first..<(first + count) }
  }

  public let format: String
  public let version: Int
  /// Version of Lichen that made it; no other works on it.
  public let engine: String
  public let purpose: Purpose
  /// Name of what is planned.
  public let name: String
  public let limits: PlanLimits
  public let stages: [Stage]

  public init(
    engine: String, purpose: Purpose, name: String, limits: PlanLimits, stages: [Stage]
  ) {
    format = Self.format
    version = Self.formatVersion
    self.engine = engine
    self.purpose = purpose
    self.name = name
    self.limits = limits
    self.stages = stages
  }

  public var unitCount: Int { stages.reduce(0) { $0 + $1.count } }

  /// The first stage of which plans come.
  var firstPlan: Int? { stages.firstIndex { $0.kind == .plan } }

  /// Number of the stage of a unit, from 0.
  public func stage(of index: Int) -> Int? { stages.firstIndex { $0.indices.contains(index) } }
}

/// How hard the planner tries; equal limits give equal plans on any machine.
public struct PlanLimits: Codable, Sendable, Hashable {
  /// Effort per component or block, about milliseconds of one processor; search nodes of one that is proved whole.
  public var effort: Int
  /// Proven relative gap at which a component or block is left.
  public var gap: Double
  /// Components of more links are cut into blocks of about as many; 0 for never.
  public var blockLinks: Int
  /// Objectives to optimise in turn, as weights of money and CO2e.
  public var objectives: [Objective]

  public struct Objective: Codable, Sendable, Hashable {
    public let money: Double
    public let carbon: Double

    public init(_ weights: PlanningModel.Weights) {
      money = weights.money
      carbon = weights.carbon
    }

    public var weights: PlanningModel.Weights { .init(money: money, carbon: carbon) }
  }

  public init(
    effort: Int = 20_000, gap: Double = 0, blockLinks: Int = 50_000,
    objectives: [PlanningModel.Weights] = [.benefit]
  ) {
    self.effort = effort
    self.gap = gap
    self.blockLinks = blockLinks
    self.objectives = objectives.map(Objective.init)
  }

  /// The same for the planner: counted, never timed.
  public func search(threads: Int) -> SearchLimits {
    SearchLimits(nodeLimit: effort, relativeGap: gap, threads: threads)
  }
}

/// One unit as its stage lists it.
public struct UnitEntry: Codable, Sendable, Hashable {
  public let index: Int
  /// SHA-256 of everything in the unit's folder, in hexadecimal digits; the folder is named by it.
  public let hash: String
  public let links: Int
  /// Of the unit's folder.
  public let bytes: Int
  /// Estimated work [s of one processor].
  public let seconds: Double
  /// Estimated memory [MB].
  public let megabytes: Double
  /// In how many chunks it is worked on; see `UnitChunks`.
  public let chunks: Int

  public init(
    index: Int, hash: String, links: Int, bytes: Int, seconds: Double, megabytes: Double,
    chunks: Int = 1
  ) {
    self.index = index
    self.hash = hash
    self.links = links
    self.bytes = bytes
    self.seconds = seconds
    self.megabytes = megabytes
    self.chunks = chunks
  }

  /// Which of a unit's items a chunk has, about as many as any other.
  func items(ofChunk chunk: Int, among count: Int) -> Range<Int> {
    chunk * count / chunks..<(chunk + 1) * count / chunks
  }
}

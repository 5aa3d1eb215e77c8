import LichenPlanning

/// What one algorithm did with one instance from one seed.
public struct RunRecord: Sendable, Hashable, Codable {
  /// What the run is worth; only accepted plans have a value.
  public enum Status: String, Sendable, Codable, CaseIterable {
    /// The judge accepts the plan, and its own bound leaves a gap of at most 1e-6.
    case optimal
    /// The judge accepts the plan.
    case feasible
    /// The algorithm says that it has none.
    case noPlan = "no plan"
    /// The algorithm does not take the instance.
    case refused
    /// The judge rejects the plan: a wrong answer.
    case rejected
    /// Still running long after its time; ended.
    case overrun
    case failed
  }

  /// What a run is asked for; the key under which its result is kept.
  public struct Key: Sendable, Hashable, Codable {
    public let instance: String
    public let algorithm: String
    public let seconds: Double
    public let seed: UInt64
    public let threads: Int
    /// Version of the program that was compared, and its commit if known.
    public let version: String
  }

  public var key: Key
  public var isRandom = false
  public var links = 0
  public var status = Status.failed
  public var stopRule: String?
  /// Value of the plan as the judge adds it up [park currency/a].
  public var value: Double?
  /// Bound that the algorithm claims.
  public var bound: Double?
  /// Best objective and bound that the instance itself carries.
  public var statedObjective: Double?
  public var statedBound: Double?
  /// From call to return of the algorithm, user and system, all threads and children [s].
  public var cpuSeconds = 0.0
  /// From call to return of the algorithm [s].
  public var wallSeconds = 0.0
  /// CPU time of the whole process, reading and judging included [s].
  public var processSeconds = 0.0
  /// Largest resident memory of the process up to the algorithm's return [MB].
  public var peakMegabytes = 0.0
  public var openLinks: Int?
  public var blockingPairs: Int?
  /// The first few, in words.
  public var violations: [String] = []
  public var note: String?
  /// Progress, thinned out; the last point is the result.
  public var curve: [ProgressPoint] = []

  public init(key: Key) { self.key = key }

  /// |bound − value| / |value|, if both are known.
  public var ownGap: Double? { MIPResult.relativeGap(incumbent: value, bound: bound) }
}

extension Sequence<Double> {
  /// The middle value; of an even number the mean of the two in the middle. `nil` of none.
  var median: Double? {
    let sorted = sorted()
    if sorted.isEmpty { return nil }
    let middle = sorted.count / 2
    return sorted.count % 2 == 1 ? sorted[middle] : (sorted[middle - 1] + sorted[middle]) / 2
  }
}

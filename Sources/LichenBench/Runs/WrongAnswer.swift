/// An answer that cannot be right.
public struct WrongAnswer: Sendable, Hashable, Codable, CustomStringConvertible {
  /// Values and bounds may disagree by this share of the larger, for the tolerances of solvers.
  public static let tolerance = 1e-6

  public let instance: String
  public let algorithm: String
  public let seed: UInt64
  public let reason: String

  public var description: String { "WRONG \(instance), \(algorithm), seed \(seed): \(reason)" }

  /// Whether `value` is above `bound` by more than tolerance explains.
  static func isAbove(_ value: Double, _ bound: Double) -> Bool {
    value - bound > tolerance * max(1, abs(value), abs(bound))
  }

  /// Plans that break a constraint, values above a proven bound, and bounds below a value that was
  /// reached: in the files of known values, in the instance or by anyone in the same benchmark.
  public static func all(in records: [RunRecord], known: KnownValues) -> [WrongAnswer] {
    var reached: [String: (value: Double, by: String)] = [:]
    for record in records {
      let name = record.key.instance
      for (value, source) in [
        (record.value, record.key.algorithm), (record.statedObjective, "the instance"),
        (known[name].objective, "the known values"),
      ] {
        if let value, value > reached[name]?.value ?? -.infinity { reached[name] = (value, source) }
      }
    }
    return records.flatMap { record -> [WrongAnswer] in
      var reasons: [String] = []
      if record.status == .rejected {
        reasons.append("the plan is infeasible: " + record.violations.joined(separator: "; "))
      }
      for (bound, source) in [
        (known[record.key.instance].bound, "known values"), (record.statedBound, "the instance"),
      ] {
        if let value = record.value, let bound, isAbove(value, bound) {
          reasons.append("value \(value) is above the bound \(bound) of \(source)")
        }
      }
      if let bound = record.bound, let best = reached[record.key.instance],
        isAbove(best.value, bound)
      {
        reasons.append("bound \(bound) is below \(best.value), reached by \(best.by)")
      }
      return reasons.map {
        WrongAnswer(
          instance: record.key.instance, algorithm: record.key.algorithm, seed: record.key.seed,
          reason: $0)
      }
    }
  }
}

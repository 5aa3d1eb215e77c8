/// Everything that one benchmark brought to light.
public struct BenchmarkResult: Sendable, Codable {
  public let set: String
  public let machine: MachineDescription
  /// Names of algorithms in the order of tables, and what each does.
  public let algorithms: [AlgorithmLine]
  /// Names of instances in the order of the set.
  public let instances: [InstanceLine]
  /// Wall-clock limit of each run [s].
  public let seconds: Double
  public let threads: Int
  public let records: [RunRecord]
  public let summaries: [RunSummary]
  public let wrong: [WrongAnswer]

  public struct AlgorithmLine: Sendable, Hashable, Codable {
    public let name: String
    public let summary: String
    public let isRandom: Bool

    public init(name: String, summary: String, isRandom: Bool) {
      self.name = name
      self.summary = summary
      self.isRandom = isRandom
    }
  }

  public struct InstanceLine: Sendable, Hashable, Codable {
    public let name: String
    public let links: Int
    /// Best objective of the known values, the instance and this benchmark.
    public let best: Double?
    /// Least bound of the known values, the instance and this benchmark.
    public let bound: Double?
  }

  public init(
    set: String, machine: MachineDescription, algorithms: [AlgorithmLine], instances: [String],
    limits: RunLimits, records: [RunRecord], known: KnownValues
  ) {
    self.set = set
    self.machine = machine
    self.algorithms = algorithms
    seconds = limits.seconds
    threads = limits.threads
    self.records = records
    let lines = instances.map { name in
      let own = records.filter { $0.key.instance == name }
      let values = own.flatMap { [$0.value, $0.statedObjective] } + [known[name].objective]
      let bounds = own.flatMap { [$0.bound, $0.statedBound] } + [known[name].bound]
      return InstanceLine(
        name: name, links: own.map(\.links).max() ?? 0, best: values.compactMap(\.self).max(),
        bound: bounds.compactMap(\.self).min())
    }
    self.instances = lines
    summaries = lines.flatMap { line in
      algorithms.compactMap { algorithm in
        let runs = records.filter {
          $0.key.instance == line.name && $0.key.algorithm == algorithm.name
        }
        return runs.isEmpty ? nil : RunSummary(runs, best: line.best)
      }
    }
    wrong = WrongAnswer.all(in: records, known: known)
  }

  /// Known values with what accepted plans and bounds of this benchmark add; wrong answers add nothing.
  public func improving(_ known: KnownValues) -> KnownValues {
    var better = known
    let suspects = Set(wrong.map(\.instance))
    for record in records where !suspects.contains(record.key.instance) {
      better.improve(record.key.instance, objective: record.value)
    }
    for record in records where !suspects.contains(record.key.instance) {
      better.improve(
        record.key.instance, bound: record.bound,
        provedBy: "\(record.key.algorithm) \(record.key.version)")
    }
    return better
  }

  func summary(_ instance: String, _ algorithm: String) -> RunSummary? {
    summaries.first { $0.instance == instance && $0.algorithm == algorithm }
  }
}

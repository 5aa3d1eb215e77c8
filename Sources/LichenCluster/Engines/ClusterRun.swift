import Foundation
import LichenIO

/// Hands the units of a folder of work over to an engine, and again those that failed, with larger requests.
public struct ClusterRun: Sendable {
  private let folder: WorkFolder
  private let engine: any ClusterEngine
  private let settings: EngineSettings

  public init(_ folder: WorkFolder, engine: any ClusterEngine, settings: EngineSettings) {
    self.folder = folder
    self.engine = engine
    self.settings = settings
  }

  /// Where work stands.
  public struct Standing: Sendable, Hashable {
    public let units: Int
    public let done: Int
    public let running: Int
    public let waiting: Int
    /// Units that were tried as often as settings allow.
    public let failed: [Int]

    public var isComplete: Bool { done == units }
  }

  /// What was handed over, as `cluster.json` keeps it.
  struct Ledger: Codable {
    var engine: String
    var settings: EngineSettings
    /// Of the folder, for names of jobs.
    var key: String
    var jobs: [ClusterJob] = []
    /// How often each unit was handed over and ended without a result.
    var failures: [String: Int] = [:]
    /// Units that an engine has and that have not ended, as far as was seen.
    var given: Set<Int> = []
    /// Of these, stragglers that a second worker was sent to.
    var helped: Set<Int> = []
  }

  static func ledgerFile(_ folder: WorkFolder) -> URL {
    folder.url.appendingPathComponent("cluster.json")
  }

  /// The ledger of a folder that was submitted before.
  public static func earlier(_ folder: WorkFolder) -> (
    engine: String, settings: EngineSettings, key: String
  )? {
    let ledger = try? JSONDecoder().decode(Ledger.self, from: Data(contentsOf: ledgerFile(folder)))
    return ledger.map { ($0.engine, $0.settings, $0.key) }
  }

  private func ledger(key: String) -> Ledger {
    let file = Self.ledgerFile(folder)
    if let found = try? JSONDecoder().decode(Ledger.self, from: Data(contentsOf: file)) {
      return found
    }
    return Ledger(engine: engine.name, settings: settings, key: key)
  }

  /// Begins anew what failed for good; refuses while anything is under way.
  /// - Throws: `WorkError.underWay`, `WorkError.engine`.
  public func begin(key: String) throws {
    let live = try engine.live()
    guard live.all.isEmpty else {
      throw WorkError.underWay(running: live.running.count, waiting: live.waiting.count)
    }
    var ledger = ledger(key: key)
    ledger.engine = engine.name
    ledger.settings = settings
    ledger.failures = [:]
    ledger.given = []
    ledger.helped = []
    try write(ledger)
  }

  /// Hands over whatever is neither done nor with the engine; a damaged result counts as none. Safe to call again and
  /// again, and from several programs at a time: one does it, others wait.
  /// - Throws: `WorkError.engine`, `FileWritingError`.
  @discardableResult
  public func advance(key: String) throws -> Standing {
    try FolderLock.whileHolding(folder.url.appendingPathComponent("cluster.lock")) {
      var ledger = ledger(key: key)
      var live = try engine.live()
      if !live.stuck.isEmpty {
        try engine.cancel(live.stuck.sorted())
        // They never ran: that is no failure of theirs.
        for job in ledger.jobs where live.stuck.contains(job.id) {
          ledger.given.subtract(job.indices)
          live.waiting.subtract(job.indices)
        }
      }
      for index in ledger.given where !live.all.contains(index) {
        ledger.given.remove(index)
        ledger.helped.remove(index)
        folder.removeIfDamaged(index)
        if !folder.isDone(index) { ledger.failures["\(index)", default: 0] += 1 }
      }
      try write(ledger)
      var jobsBefore: [String] = []
      for number in folder.manifest.stages.indices {
        let missing = folder.missing(in: number)
        let open = missing.filter {
          !live.all.contains($0) && tries($0, ledger) < settings.attempts
        }
        try submit(open, stage: number, &ledger, after: jobsBefore)
        if missing.isEmpty { continue }
        let late = stragglers(missing, of: number, live, ledger)
        ledger.helped.formUnion(late)
        try submit(late, stage: number, &ledger, after: [])
        // An engine that works at once must have done this stage before it can do the next.
        if engine.worksAtOnce, !folder.missing(in: number).isEmpty { break }
        // What waits for a job of which a unit failed waits for ever: later stages are handed over once this is done.
        if missing.contains(where: { tries($0, ledger) > 0 }) { break }
        jobsBefore = engine.worksAtOnce ? [] : latestJobs(of: missing, ledger)
      }
      return standing(ledger, try engine.live())
    }
  }

  private func submit(
    _ indices: [Int], stage: Int, _ ledger: inout Ledger, after: [String]
  ) throws {
    for batch in try batches(indices, stage: stage, ledger, after: after) {
      let id = try engine.submit(batch)
      ledger.jobs.append(
        ClusterJob(
          id: id, indices: batch.indices, seconds: batch.seconds, megabytes: batch.megabytes))
      ledger.given.formUnion(batch.indices)
      try write(ledger)
    }
  }

  /// Units under way of which another worker can take a good deal, once no unit of their stage waits and most are done.
  private func stragglers(
    _ missing: [Int], of stage: Int, _ live: LiveUnits, _ ledger: Ledger
  ) -> [Int] {
    let isLate =
      2 * missing.count <= folder.manifest.stages[stage].count
      && missing.allSatisfy(live.running.contains)
    return isLate ? folder.stragglers(among: missing.filter { !ledger.helped.contains($0) }) : []
  }

  /// Ids of the jobs that have units now, ascending.
  private func latestJobs(of indices: [Int], _ ledger: Ledger) -> [String] {
    let ids = indices.compactMap { index in
      ledger.given.contains(index) ? ledger.jobs.last { $0.indices.contains(index) }?.id : nil
    }
    return Set(ids).sorted()
  }

  private func tries(_ index: Int, _ ledger: Ledger) -> Int { ledger.failures["\(index)"] ?? 0 }

  private func write(_ ledger: Ledger) throws {
    let encoder = WorkFolder.encoder
    encoder.outputFormatting.insert(.prettyPrinted)
    try AtomicFile.write(encoder.encode(ledger), to: Self.ledgerFile(folder))
  }

  /// Where work stands, without handing anything over.
  /// - Throws: `WorkError.engine`.
  public func standing(key: String) throws -> Standing {
    standing(ledger(key: key), try engine.live())
  }

  private func standing(_ ledger: Ledger, _ live: LiveUnits) -> Standing {
    let all = folder.manifest.stages.flatMap { Array($0.indices) }
    let open = all.filter { !folder.isDone($0) }
    return Standing(
      units: all.count, done: all.count - open.count,
      running: open.count { live.running.contains($0) },
      waiting: open.count { live.waiting.contains($0) },
      failed: open.filter { tries($0, ledger) >= settings.attempts })
  }

  /// Takes back whatever has not ended; results stay.
  /// - Throws: `WorkError.engine`.
  public func cancel(key: String) throws {
    try engine.cancel([])
    var ledger = ledger(key: key)
    ledger.given = []
    ledger.helped = []
    ledger.failures = [:]
    try write(ledger)
  }

  // MARK: Batches

  /// Units of like size together, so that none asks for what only another needs; as many as an array may hold.
  private func batches(
    _ indices: [Int], stage: Int, _ ledger: Ledger, after: [String]
  ) throws -> [UnitBatch] {
    if indices.isEmpty { return [] }
    let entries = try folder.entries(of: stage) ?? []
    let known = Dictionary(uniqueKeysWithValues: entries.map { ($0.index, $0) })
    // Blocks of later rounds are as large as those of the first; those of a nation are not known yet.
    let plans = try folder.manifest.firstPlan.flatMap { try folder.entries(of: $0) } ?? []
    let block = WorkEstimate(
      links: [folder.manifest.limits.blockLinks * 2], folder.manifest.limits)
    let typical = (
      plans.map(\.seconds).max() ?? block.seconds, plans.map(\.megabytes).max() ?? block.megabytes
    )
    let pairs = try folder.entries(of: 0)?.reduce(0) { $0 + $1.links } ?? 0
    let joining = WorkEstimate.joining(
      links: plans.isEmpty ? pairs / 8 : plans.reduce(0) { $0 + $1.links })
    let whole = (joining.seconds, joining.megabytes)
    var groups: [Request: [Int]] = [:]
    for index in indices {
      let isDivision = folder.manifest.stages[stage].kind.makesUnits
      let need =
        isDivision ? whole : known[index].map { ($0.seconds, $0.megabytes) } ?? typical
      groups[Request(need.0, need.1, tries: tries(index, ledger)), default: []].append(index)
    }
    return groups.sorted { $0.value[0] < $1.value[0] }.flatMap { request, members in
      Self.spans(members.sorted()).map {
        UnitBatch(
          indices: $0, seconds: request.seconds, megabytes: request.megabytes, after: after)
      }
    }
  }

  /// Arrays of Slurm hold indices up to 1,000 where nothing else is configured.
  static let mostSpan = 1_000

  static func spans(_ indices: [Int]) -> [[Int]] {
    var spans: [[Int]] = []
    for index in indices {
      if let base = spans.last?.first, index - base < mostSpan {
        spans[spans.count - 1].append(index)
      } else {
        spans.append([index])
      }
    }
    return spans
  }

  /// What is asked for: four times the estimate of time and twice that of memory, rounded up to powers of two, and twice
  /// as much for every try before.
  struct Request: Hashable {
    /// Powers of two.
    let steps: [Int]
    var seconds: Double { Double(1 << steps[0]) * 60 }
    var megabytes: Double { Double(1 << steps[1]) * 128 }

    init(_ seconds: Double, _ megabytes: Double, tries: Int) {
      func step(_ value: Double) -> Int { max(0, Int(log2(max(1, value)).rounded(.up))) }
      steps = [
        min(30, step(4 * seconds / 60) + tries), min(20, step(2 * megabytes / 128) + tries),
      ]
    }
  }
}

import Foundation
import LichenDomain
import LichenEngine
import LichenMatching
import LichenPlanning
import LichenStore
import Logging

/// What a run is asked for; with the park's version all that a repetition needs.
struct RunRequest: Codable, Sendable, Equatable {
  var changes: [SavedScenario.Change] = []
  /// Longest search [s].
  var seconds: Double = 60
}

/// Figures of a plan, as lists of runs show them.
struct RunSummary: Codable, Sendable, Equatable {
  let status: String
  /// [currency/a]
  let money: Double
  let currency: String
  /// [kg/a]
  let carbon: Double
  let exchanges: Int
  /// Proven relative distance to the best plan.
  let gap: Double

  init(_ plan: Plan) {
    status = plan.certificate.status.rawValue
    money = plan.money.typical
    currency = plan.park.settings.currency.code
    carbon = plan.carbon.typical
    exchanges = plan.exchanges.count
    gap = plan.certificate.gap
  }
}

/// Makes the runs that wait in the store, a few at a time.
///
/// A run is taken, planned and ended in steps that are each whole on the disk: after a kill it waits again.
actor Runner {
  private let store: Store
  private let parks: Parks
  private let jobs: Jobs
  private let workers: Int
  private let logger: Logger
  private var active: [String: String] = [:]
  /// Who waits until the end of a run stands in the store.
  private var waiting: [String: [CheckedContinuation<Void, Never>]] = [:]
  private var isStopping = false
  /// Runs belong to the server: who may follow one is asked at the desk.
  private static let owner: Int64 = 0

  init(store: Store, parks: Parks, workers: Int, logger: Logger) {
    self.store = store
    self.parks = parks
    self.workers = workers
    self.logger = logger
    jobs = Jobs(workers: workers)
  }

  /// Takes up what an earlier server left.
  func start() async throws {
    let left = try await store.requeue()
    if left > 0 { logger.info("runs taken up again", metadata: ["runs": "\(left)"]) }
    await wake()
  }

  /// Looks for runs that wait; call it after one was asked for.
  func wake() async {
    while !isStopping, active.count < workers {
      do {
        guard let waiting = try await store.next() else { return }
        try await begin(waiting)
      } catch {
        logger.error("run not begun", metadata: ["error": "\(type(of: error))"])
        return
      }
    }
  }

  private func begin(_ waiting: Store.Waiting) async throws {
    let run = waiting.run.id
    let found = Found()
    let parks = parks
    let job = try await jobs.begin(owner: Self.owner) { control, tell in
      try found.set(Self.plan(waiting, parks: parks, control: control, tell: tell))
    }
    active[run] = job
    let events = try await jobs.events(job, owner: Self.owner)
    Task {
      for await _ in events {}
      await self.end(run, job, found)
    }
  }

  private func end(_ run: String, _ job: String, _ found: Found) async {
    defer { settle(run) }
    // A server that stops leaves the run for the next one.
    guard !isStopping else { return }
    do {
      if let (plan, summary) = found.value {
        try await store.end(run, plan: plan, summary: summary)
      } else {
        let error = try await jobs.error(of: job, owner: Self.owner)
        try await store.fail(run, error: Self.text(error))
      }
    } catch {
      logger.error("run not ended", metadata: ["run": "\(run)", "error": "\(type(of: error))"])
    }
    settle(run)
    await wake()
  }

  private func settle(_ run: String) {
    active[run] = nil
    for listener in waiting.removeValue(forKey: run) ?? [] { listener.resume() }
  }

  /// Returns once the store knows how a run ended: its search ends a moment earlier.
  func settled(_ run: String) async {
    if active[run] == nil { return }
    await withCheckedContinuation { waiting[run, default: []].append($0) }
  }

  private static func text(_ error: (any Error)?) -> String {
    switch error {
    case let error as ValidationError: error.issues.map(\.description).joined(separator: "\n")
    case let error?: "\(error)"
    case nil: "stopped"
    }
  }

  private static func plan(
    _ waiting: Store.Waiting, parks: Parks, control: SolveControl,
    tell: @escaping @Sendable (JobProgress) -> Void
  ) throws -> (plan: Data, summary: String) {
    let request = try JSONDecoder().decode(RunRequest.self, from: Data(waiting.run.request.utf8))
    var scenario = try parks.scenario(
      request.changes, of: try ParkArchive(data: waiting.content), named: waiting.run.id)
    scenario.options.timeLimit = .seconds(request.seconds)
    let start = ContinuousClock.now
    // Only the plan: what explains it is made anew for each report, and takes long in a large park.
    let planned = try parks.engine.planned(scenario, control: control) {
      tell(JobProgress($0, since: start))
    }
    let summary = try JSONEncoder().encode(RunSummary(planned.plan))
    return (
      try PlanJSON.encode(PlanDocument(planned.plan)), String(decoding: summary, as: UTF8.self)
    )
  }

  /// What becomes of a run; whoever asks has shown at the desk that they may know.
  func events(_ run: String) async throws -> AsyncStream<JobEvent>? {
    guard let job = active[run] else { return nil }
    return try await jobs.events(job, owner: Self.owner)
  }

  /// Stops the search of a run that was cancelled in the store.
  func stop(_ run: String) async throws {
    if let job = active[run] { try await jobs.cancel(job, owner: Self.owner) }
  }

  /// Stops all searches; their runs wait for the next server.
  func shutDown() async {
    isStopping = true
    await jobs.cancelAll()
  }

  var counts: (running: Int, waiting: Int) { get async { await jobs.counts } }

  /// Where a job leaves what it found.
  private final class Found: @unchecked Sendable {
    private let lock = NSLock()
    private var found: (Data, String)?

    func set(_ value: (Data, String)) { lock.withLock { found = value } }
    var value: (Data, String)? { lock.withLock { found } }
  }
}

extension JobProgress {
  init(_ progress: PlanProgress, since start: ContinuousClock.Instant) {
    self.init(
      incumbent: progress.incumbent, bound: progress.bound,
      solvedParts: progress.solvedComponents, parts: progress.components,
      seconds: (ContinuousClock.now - start) / .seconds(1))
  }
}

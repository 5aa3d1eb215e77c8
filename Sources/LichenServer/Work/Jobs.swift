import Foundation
import LichenPlanning
import LichenStore
import Synchronization

/// What a listener learns of work in the background.
enum JobEvent: Sendable, Equatable {
  /// So many others go first.
  case waiting(Int)
  case progress(JobProgress)
  /// Ended well; what came of it lies where the job left it.
  case done
  case cancelled
  /// Ended with an error, which `Refusal.meaning` tells.
  case failed

  var isLast: Bool {
    switch self {
    case .waiting, .progress: false
    case .done, .cancelled, .failed: true
    }
  }
}

/// How far a search is.
struct JobProgress: Sendable, Equatable, Codable {
  /// Value of the best plan so far, in the first objective; `nil` before there is one.
  let incumbent: Double?
  /// No plan is better than this.
  let bound: Double?
  let solvedParts: Int
  let parts: Int
  /// Since the search began.
  let seconds: Double
}

/// Work in the background: a bounded number at a time, a bounded number waiting, off the threads that answer requests.
///
/// A job belongs to whoever began it and is known by an id that nobody can guess.
actor Jobs {
  private struct Job {
    let owner: Int64
    let control: SolveControl
    var last: JobEvent
    var listeners: [Int: AsyncStream<JobEvent>.Continuation] = [:]
    var error: (any Error)?
    var ended: ContinuousClock.Instant?
    /// What it makes, where one job is enough for everybody who waits for it.
    var purpose: String?
  }

  private let workers: Int
  private let mostWaiting: Int
  private var jobs: [String: Job] = [:]
  private var queue: [(id: String, work: Work)] = []
  private var running = 0
  private var nextListener = 0
  /// An ended job is remembered so long, for listeners that come late.
  private static let remembered = Duration.seconds(300)

  /// Blocking work; it tells its progress and heeds the control.
  typealias Work =
    @Sendable (SolveControl, @escaping @Sendable (JobProgress) -> Void) throws -> Void

  init(workers: Int, mostWaiting: Int = 32) {
    self.workers = workers
    self.mostWaiting = mostWaiting
  }

  /// Begins a job, or queues it.
  /// - Parameter purpose: One job of a purpose is under way at a time: it is given to whoever asks for another.
  /// - Returns: Its id.
  /// - Throws: `Refusal.overloaded` if too many wait.
  func begin(
    owner: Int64, purpose: String? = nil, control: SolveControl = SolveControl(),
    _ work: @escaping Work
  ) throws -> String {
    forget()
    if let purpose,
      let same = jobs.first(where: { $0.value.purpose == purpose && $0.value.ended == nil })
    {
      return same.key
    }
    if queue.count >= mostWaiting { throw Refusal.overloaded }
    let id = String(Secret().text.prefix(22))
    jobs[id] = Job(
      owner: owner, control: control, last: .waiting(queue.count), purpose: purpose)
    queue.append((id, work))
    startNext()
    return id
  }

  private func startNext() {
    while running < workers, !queue.isEmpty {
      let (id, work) = queue.removeFirst()
      guard let job = jobs[id], job.ended == nil else { continue }
      running += 1
      let control = job.control
      DispatchQueue.global(qos: .userInitiated).async {
        let result = Result {
          try work(control) { progress in Task { await self.tell(.progress(progress), id) } }
        }
        Task { await self.end(id, result) }
      }
    }
    for (place, waiting) in queue.enumerated() { tell(.waiting(place), waiting.id) }
  }

  private func end(_ id: String, _ result: Result<Void, any Error>) {
    running -= 1
    switch result {
    case .success: finish(id, jobs[id]?.last == .cancelled ? .cancelled : .done)
    case .failure(let error):
      jobs[id]?.error = error
      finish(id, .failed)
    }
    startNext()
  }

  private func finish(_ id: String, _ event: JobEvent) {
    guard jobs[id]?.ended == nil else { return }
    jobs[id]?.ended = .now
    tell(event, id)
    for listener in jobs[id]?.listeners.values ?? [:].values { listener.finish() }
    jobs[id]?.listeners = [:]
  }

  private func tell(_ event: JobEvent, _ id: String) {
    guard let job = jobs[id], !job.last.isLast else { return }
    jobs[id]?.last = event
    for listener in job.listeners.values { listener.yield(event) }
  }

  /// What becomes of a job, from now on; a slow listener gets the latest only.
  /// - Throws: `StoreError.notFound` for a job that is not there or belongs to somebody else.
  func events(_ id: String, owner: Int64) throws -> AsyncStream<JobEvent> {
    guard let job = jobs[id], job.owner == owner else { throw StoreError.notFound }
    let (stream, continuation) = AsyncStream.makeStream(
      of: JobEvent.self, bufferingPolicy: .bufferingNewest(4))
    continuation.yield(job.last)
    if job.last.isLast {
      continuation.finish()
      return stream
    }
    let listener = nextListener
    nextListener += 1
    jobs[id]?.listeners[listener] = continuation
    continuation.onTermination = { _ in Task { await self.leave(id, listener) } }
    return stream
  }

  private func leave(_ id: String, _ listener: Int) { jobs[id]?.listeners[listener] = nil }

  /// Why a job failed.
  func error(of id: String, owner: Int64) throws -> (any Error)? {
    guard let job = jobs[id], job.owner == owner else { throw StoreError.notFound }
    return job.error
  }

  /// Stops a search, which then ends with the best plan so far, or takes a job from the queue.
  func cancel(_ id: String, owner: Int64) throws {
    guard let job = jobs[id], job.owner == owner else { throw StoreError.notFound }
    job.control.cancel()
    if let place = queue.firstIndex(where: { $0.id == id }) {
      queue.remove(at: place)
      finish(id, .cancelled)
    }
  }

  /// Stops everything, for the end of the server.
  func cancelAll() {
    for job in jobs.values { job.control.cancel() }
    for waiting in queue { finish(waiting.id, .cancelled) }
    queue = []
  }

  var counts: (running: Int, waiting: Int) { (running, queue.count) }

  private func forget() {
    let now = ContinuousClock.now
    jobs = jobs.filter { _, job in job.ended.map { now - $0 < Self.remembered } ?? true }
  }
}

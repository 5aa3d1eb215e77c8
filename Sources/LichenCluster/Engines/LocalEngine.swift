import Dispatch
import Foundation
import LichenBench
import Synchronization

/// The cores of this machine: a process per unit, a few at a time.
public struct LocalEngine: ClusterEngine {
  public let name = "local"
  public let worksAtOnce = true
  private let folder: WorkFolder
  private let settings: EngineSettings

  public init(_ folder: WorkFolder, settings: EngineSettings) {
    self.folder = folder
    self.settings = settings
  }

  public func submit(_ batch: UnitBatch) throws -> String {
    let logs = folder.url.appendingPathComponent("logs")
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
    /// The next place in the batch, and how many processes work on each unit.
    let state = Mutex((next: 0, workers: [Int: Int]()))
    let failure = Mutex<(any Error)?>(nil)
    /// The next unit, or one of which a worker that has nothing to do takes a part.
    @Sendable func unit(except helped: Set<Int>) -> Int? {
      state.withLock { state in
        let index =
          state.next < batch.indices.count
          ? batch.indices[state.next]
          : folder.stragglers(among: Set(state.workers.keys).subtracting(helped)) {
            state.workers[$0] ?? 0
          }.first
        state.next += 1
        if let index { state.workers[index, default: 0] += 1 }
        return index
      }
    }
    @Sendable func work(_ worker: Int) {
      var seen: Set<Int> = []
      while failure.withLock({ $0 == nil }), let index = unit(except: seen) {
        seen.insert(index)
        defer {
          state.withLock { state in
            state.workers[index, default: 1] -= 1
            if state.workers[index] == 0 { state.workers[index] = nil }
          }
        }
        let child = ChildProcess(
          executable: URL(fileURLWithPath: settings.program),
          arguments: ["work", folder.url.path, "\(index)"],
          log: logs.appendingPathComponent("\(index)-by-\(worker).log"), hasOwnGroup: true)
        do {
          _ = try child.run(timeLimit: .infinity)
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    // Not a dispatch queue's threads: there are no more of them than cores.
    let workers = DispatchGroup()
    for worker in 0..<max(1, settings.workers) {
      workers.enter()
      Thread.detachNewThread {
        work(worker)
        workers.leave()
      }
    }
    workers.wait()
    if let error = failure.withLock({ $0 }) { throw error }
    return "local"
  }

  public func live() -> LiveUnits { LiveUnits() }
  public func cancel(_ jobs: [String]) {}
}

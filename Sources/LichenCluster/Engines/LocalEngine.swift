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
    try FileManager.default.createDirectory(at: logs, withIntermediateDirectories: true)
    let shift = Shift(batch.indices, of: folder)
    // Not a dispatch queue's threads: there are no more of them than cores.
    let workers = DispatchGroup()
    for worker in 0..<max(1, settings.workers) {
      workers.enter()
      Thread.detachNewThread {
        work(on: shift, as: worker)
        workers.leave()
      }
    }
    workers.wait()
    try shift.check()
    return "local"
  }

  private var logs: URL { folder.url.appendingPathComponent("logs") }

  private func work(on shift: Shift, as worker: Int) {
    var seen: Set<Int> = []
    while let index = shift.begin(except: seen) {
      seen.insert(index)
      let child = ChildProcess(
        executable: URL(fileURLWithPath: settings.program),
        arguments: ["work", folder.url.path, "\(index)"],
        log: logs.appendingPathComponent("\(index)-by-\(worker).log"), hasOwnGroup: true)
      shift.end(index, Result { try child.run(timeLimit: .infinity) })
    }
  }

  public func live() -> LiveUnits { LiveUnits() }
  public func cancel(_ jobs: [String]) {}
}

/// Who works on what.
private final class Shift: Sendable {
  private struct State {
    var waiting: ArraySlice<Int>
    /// How many processes work on a unit.
    var workers: [Int: Int] = [:]
    var failure: (any Error)?
  }
  private let folder: WorkFolder
  private let state: Mutex<State>

  init(_ indices: [Int], of folder: WorkFolder) {
    self.folder = folder
    state = Mutex(State(waiting: indices[...]))
  }

  /// The next unit, or one of which a worker that has nothing to do takes a part; `nil` once there is neither.
  func begin(except seen: Set<Int>) -> Int? {
    state.withLock { state in
      if state.failure != nil { return nil }
      let late = Set(state.workers.keys).subtracting(seen)
      let index =
        state.waiting.popFirst()
        ?? folder.stragglers(among: late) { state.workers[$0] ?? 0 }.first
      if let index { state.workers[index, default: 0] += 1 }
      return index
    }
  }

  /// What a process left counts, not what it says; that it cannot be started is a failure.
  func end(_ index: Int, _ outcome: Result<ChildProcess.Outcome, any Error>) {
    state.withLock { state in
      if case .failure(let error) = outcome { state.failure = error }
      let left = (state.workers[index] ?? 1) - 1
      state.workers[index] = left > 0 ? left : nil
    }
  }

  /// - Throws: The last failure to start a process.
  func check() throws {
    if let failure = state.withLock(\.failure) { throw failure }
  }
}

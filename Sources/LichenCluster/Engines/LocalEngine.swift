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
    let next = Atomic<Int>(0)
    let failure = Mutex<(any Error)?>(nil)
    DispatchQueue.concurrentPerform(iterations: max(1, min(settings.workers, batch.indices.count)))
    { _ in
      while failure.withLock({ $0 == nil }) {
        let place = next.wrappingAdd(1, ordering: .relaxed).oldValue
        guard place < batch.indices.count else { return }
        let index = batch.indices[place]
        let child = ChildProcess(
          executable: URL(fileURLWithPath: settings.program),
          arguments: ["work", folder.url.path, "\(index)"],
          log: logs.appendingPathComponent("\(index).log"), hasOwnGroup: true)
        do {
          _ = try child.run(timeLimit: .infinity)
        } catch {
          failure.withLock { $0 = error }
        }
      }
    }
    if let error = failure.withLock({ $0 }) { throw error }
    return "local"
  }

  public func live() -> LiveUnits { LiveUnits() }
  public func cancel(_ jobs: [String]) {}
}

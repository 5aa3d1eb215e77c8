import Foundation
import Synchronization

/// Work that blocks, off the threads that answer requests: so many at a time, so many waiting.
final class BlockingWork: Sendable {
  /// For whatever answers one request; those with a queue of their own are reports and checks of drafts.
  static let shared = BlockingWork(
    workers: max(2, ProcessInfo.processInfo.activeProcessorCount), mostWaiting: 256)

  private let queue: OperationQueue
  private let mostWaiting: Int
  private let taken = Mutex(0)

  init(workers: Int, mostWaiting: Int = 32) {
    queue = OperationQueue()
    queue.maxConcurrentOperationCount = workers
    self.mostWaiting = workers + mostWaiting
  }

  /// - Throws: `Refusal.overloaded` if too much waits, or whatever the body throws.
  func run<Value: Sendable>(_ body: @escaping @Sendable () throws -> Value) async throws -> Value {
    let hasRoom = taken.withLock { count in
      if count >= mostWaiting { return false }
      count += 1
      return true
    }
    if !hasRoom { throw Refusal.overloaded }
    defer { taken.withLock { $0 -= 1 } }
    return try await withCheckedThrowingContinuation { continuation in
      queue.addOperation { continuation.resume(with: Result(catching: body)) }
    }
  }
}

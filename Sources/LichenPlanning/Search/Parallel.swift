import Dispatch
import Synchronization

/// Work shared by a fixed number of threads.
enum Parallel {
  /// Calls `body` once for every index, with the number of the thread that does it; threads take the
  /// next index when they are done, so that results must not depend on who does what.
  static func forEach(
    _ count: Int, threads: Int, _ body: @Sendable (_ index: Int, _ thread: Int) -> Void
  ) {
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { thread in
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        body(index, thread)
      }
    }
  }
}

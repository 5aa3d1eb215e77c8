import Dispatch
import Synchronization

/// Work shared by a few threads.
public enum Threads {
  /// The results of `work` for every index, in order of index.
  ///
  /// Threads take the next index when they are done, so that a result must not depend on who does it.
  /// - Parameter state: Makes what one thread keeps from index to index.
  public static func map<State, Result: Sendable>(
    _ count: Int, threads: Int, state: @Sendable () -> State,
    work: @Sendable (inout State, _ index: Int) -> Result
  ) -> [Result] {
    let results = Mutex<[Result?]>(Array(repeating: nil, count: count))
    let next = Atomic<Int>(0)
    DispatchQueue.concurrentPerform(iterations: max(1, min(threads, count))) { _ in
      var own = state()
      while true {
        let index = next.wrappingAdd(1, ordering: .relaxed).oldValue
        if index >= count { return }
        let result = work(&own, index)
        results.withLock { $0[index] = result }
      }
    }
    return results.withLock { $0.compactMap(\.self) }
  }

  /// The results of `work` for every index, in order of index.
  public static func map<Result: Sendable>(
    _ count: Int, threads: Int, work: @Sendable (_ index: Int) -> Result
  ) -> [Result] {
    map(count, threads: threads, state: {}, work: { _, index in work(index) })
  }
}

import LichenStore
import Synchronization

/// Lets a bounded number of callers wait for a plan: a few of each, so that nobody keeps the others out.
final class PlanningGate: Sendable {
  private let inside = Mutex<[Int64: Int]>([:])
  private let mostOfOne: Int
  private let most: Int

  /// - Parameters:
  ///   - mostOfOne: Calls of one user at one time.
  ///   - most: Calls of all.
  init(mostOfOne: Int = 2, most: Int = 16) {
    self.mostOfOne = mostOfOne
    self.most = most
  }

  /// - Throws: `Refusal.tooMany` for one who has enough under way, `Refusal.overloaded` if all together have.
  @discardableResult
  func pass<Value: Sendable>(
    _ viewer: Viewer, _ body: @Sendable () async throws -> Value
  ) async throws -> Value {
    try inside.withLock { inside in
      if inside[viewer.id, default: 0] >= mostOfOne { throw Refusal.tooMany(seconds: 1) }
      if inside.values.reduce(0, +) >= most { throw Refusal.overloaded }
      inside[viewer.id, default: 0] += 1
    }
    defer {
      inside.withLock { inside in
        let left = (inside[viewer.id] ?? 1) - 1
        inside[viewer.id] = left == 0 ? nil : left
      }
    }
    return try await body()
  }
}

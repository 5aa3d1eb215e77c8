import Foundation
import Synchronization

/// Remembers the running programs that have process groups of their own, so that an interrupted command
/// can end them: no signal of the terminal reaches them.
public enum LiveChildren {
  private struct State {
    var groups: Set<pid_t> = []
    var isEnding = false
  }

  private static let state = Mutex(State())
  /// Time that the kernel gets to clear away what was killed, in steps of 10 ms.
  private static let steps = 200

  /// Kills every live group and waits until it is gone. Nothing starts after the call.
  ///
  /// Takes a lock and allocates: call it from an ordinary thread that was woken by a signal.
  public static func endAll() {
    let groups = state.withLock { state in
      state.isEnding = true
      return state.groups.sorted()
    }
    for group in groups { kill(-group, SIGKILL) }
    for _ in 0..<steps where groups.contains(where: { kill(-$0, 0) == 0 }) { usleep(10_000) }
  }

  /// Starts a group and remembers it, both or neither.
  static func start<Failure: Error>(_ spawn: () throws(Failure) -> pid_t) throws(Failure) -> pid_t {
    let outcome = state.withLock { state -> Result<pid_t, Failure>? in
      if state.isEnding { return nil }
      do throws(Failure) {
        let group = try spawn()
        state.groups.insert(group)
        return .success(group)
      } catch {
        return .failure(error)
      }
    }
    guard let outcome else { waitForTheEnd() }
    return try outcome.get()
  }

  /// Forgets a group that has ended. While the command is being interrupted this does not return: what
  /// the program failed to do is no error then.
  static func forget(_ group: pid_t) {
    let isEnding = state.withLock { state in
      state.groups.remove(group)
      return state.isEnding
    }
    if isEnding { waitForTheEnd() }
  }

  private static func waitForTheEnd() -> Never {
    while true { sleep(1) }
  }
}

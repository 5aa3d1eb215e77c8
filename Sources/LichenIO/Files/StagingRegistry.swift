import Synchronization

#if canImport(FoundationEssentials)
  import FoundationEssentials
#else
  import Foundation
#endif

/// Remembers the temporary files and folders that are being written, so that an interrupted run can
/// remove them.
public enum StagingRegistry {
  private static let live = Mutex<Set<String>>([])

  /// Deletes every live temporary.
  ///
  /// Takes a lock and allocates: call it from an ordinary thread that was woken by a signal, not
  /// from inside the handler itself. A temporary made after the call may remain; its name begins
  /// with a dot.
  public static func removeAll() {
    removeAll { _ in true }
  }

  static func removeAll(where isWanted: (String) -> Bool) {
    let paths = live.withLock { paths in
      let wanted = paths.filter(isWanted)
      paths.subtract(wanted)
      return wanted
    }
    for path in paths.sorted() { try? FileManager.default.removeItem(atPath: path) }
  }

  /// Paths of the live temporaries, in order.
  static var paths: [String] { live.withLock { $0.sorted() } }

  package static func insert(_ path: String) { live.withLock { _ = $0.insert(path) } }

  package static func remove(_ path: String) { live.withLock { _ = $0.remove(path) } }
}

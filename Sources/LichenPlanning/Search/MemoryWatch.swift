import Dispatch
import Synchronization

#if canImport(Glibc)
  import Glibc
#elseif canImport(Musl)
  import Musl
#elseif canImport(Darwin)
  import Darwin
#endif

/// Stops a search that fills the memory: looks at what the process holds, from the side.
///
/// Unchecked because Dispatch does not say that its timers are safe to share; they are.
final class MemoryWatch: @unchecked Sendable {
  private let timer: any DispatchSourceTimer
  private let passed = Atomic<Bool>(false)

  private static let interval = DispatchTimeInterval.milliseconds(50)

  /// - Parameters:
  ///   - limit: What the process may hold [bytes].
  ///   - control: Cancelled when it holds more.
  init(limit: Int, control: SolveControl) {
    timer = DispatchSource.makeTimerSource(queue: .global(qos: .userInitiated))
    timer.setEventHandler { [weak self] in self?.look(limit, control) }
    timer.schedule(deadline: .now(), repeating: Self.interval)
    look(limit, control)
    timer.activate()
  }

  deinit { timer.cancel() }

  /// Whether the limit has been passed.
  var isPassed: Bool { passed.load(ordering: .relaxed) }

  private func look(_ limit: Int, _ control: SolveControl) {
    guard let held = Self.residentBytes, held > limit else { return }
    passed.store(true, ordering: .relaxed)
    control.cancel()
  }

  /// What the process holds in memory now [bytes]; `nil` where the system does not say.
  static var residentBytes: Int? {
    guard let file = fopen("/proc/self/statm", "r") else { return nil }
    defer { fclose(file) }
    var size = 0
    var resident = 0
    let found = withUnsafeMutablePointer(to: &size) { size in
      withUnsafeMutablePointer(to: &resident) { resident in
        withVaList([size, resident]) { vfscanf(file, "%ld %ld", $0) }
      }
    }
    return found == 2 ? resident * Int(sysconf(Int32(_SC_PAGESIZE))) : nil
  }
}

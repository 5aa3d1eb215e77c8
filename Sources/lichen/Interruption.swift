import Foundation
import LichenBench
import LichenIO

/// Ctrl-C and termination leave no partial file behind.
enum Interruption {
  /// Waits for SIGINT and SIGTERM on a thread of its own, where locks and allocation are allowed.
  /// Call once, before any other thread starts, so that every thread inherits the blocked signals.
  static func install() {
    var signals = sigset_t()
    sigemptyset(&signals)
    sigaddset(&signals, SIGINT)
    sigaddset(&signals, SIGTERM)
    pthread_sigmask(SIG_BLOCK, &signals, nil)
    let waiting = signals
    Thread.detachNewThread {
      var signals = waiting
      var number: Int32 = 0
      guard sigwait(&signals, &number) == 0 else { return }
      LiveChildren.endAll()
      StagingRegistry.removeAll()
      Console.note("\ninterrupted; nothing is half-written.")
      // No handlers or buffers are left to run: end at once, whatever other threads do.
      _exit(128 + number)
    }
  }
}

import Foundation

/// Starts a program and learns from the kernel what it used.
///
/// A child has no terminal signals of its own: it runs in a process group of its own if asked to, so
/// that ending the group ends whatever it started in turn.
public struct ChildProcess: Sendable {
  /// What one program did.
  public struct Outcome: Sendable, Hashable {
    /// Exit code; `nil` if a signal ended it.
    public let exitCode: Int32?
    public let signal: Int32?
    public let timedOut: Bool
    /// User and system time of the program and of what it waited for [s].
    public let cpuSeconds: Double
    public let wallSeconds: Double
    /// Largest resident memory [MB]; at least the parent's at the time of the start.
    public let peakMegabytes: Double
  }

  public let executable: URL
  public let arguments: [String]
  /// Where its output and errors go; `nil` throws them away.
  public let log: URL?
  public let hasOwnGroup: Bool
  /// Whether it reads a pipe that closes when this process ends, however it ends.
  public let watchesParent: Bool

  public init(
    executable: URL, arguments: [String], log: URL? = nil, hasOwnGroup: Bool = false,
    watchesParent: Bool = false
  ) {
    self.executable = executable
    self.arguments = arguments
    self.log = log
    self.hasOwnGroup = hasOwnGroup
    self.watchesParent = watchesParent
  }

  /// Runs to its end, or kills it when time is up or it is no longer wanted.
  /// - Throws: `ChildProcessError` if it cannot be started.
  public func run(
    timeLimit seconds: Double, isUnwanted: () -> Bool = { false }
  ) throws(ChildProcessError) -> Outcome {
    var pipeEnds: [Int32] = [-1, -1]
    if watchesParent, pipe(&pipeEnds) != 0 {
      throw .cannotStart(executable.path, String(cString: strerror(errno)))
    }
    defer {
      for end in pipeEnds where end >= 0 { close(end) }
    }
    let start = ContinuousClock.now
    let child = try launch(input: pipeEnds[0], keptOpen: pipeEnds[1])
    defer { if hasOwnGroup { LiveChildren.forget(child) } }
    var timedOut = false
    var status: Int32 = 0
    var usage = rusage()
    var pause: UInt32 = 1_000
    while wait4(child, &status, WNOHANG, &usage) == 0 {
      let elapsed = (ContinuousClock.now - start) / .seconds(1)
      if elapsed > seconds || isUnwanted() {
        timedOut = elapsed > seconds
        kill(hasOwnGroup ? -child : child, SIGKILL)
        while wait4(child, &status, 0, &usage) < 0 && errno == EINTR {}
        break
      }
      usleep(pause)
      pause = min(20_000, pause * 2)
    }
    let wall = (ContinuousClock.now - start) / .seconds(1)
    let number = status & 0x7F
    return Outcome(
      exitCode: number == 0 ? (status >> 8) & 0xFF : nil, signal: number == 0 ? nil : number,
      timedOut: timedOut, cpuSeconds: ResourceUse(usage).cpuSeconds, wallSeconds: wall,
      peakMegabytes: ResourceUse(usage).peakMegabytes)
  }

  private func launch(input: Int32, keptOpen: Int32) throws(ChildProcessError) -> pid_t {
    guard hasOwnGroup else { return try spawn(input: input, keptOpen: keptOpen) }
    return try LiveChildren.start { () throws(ChildProcessError) in
      try spawn(input: input, keptOpen: keptOpen)
    }
  }

  private func spawn(input: Int32, keptOpen: Int32) throws(ChildProcessError) -> pid_t {
    var actions = posix_spawn_file_actions_t()
    var attributes = posix_spawnattr_t()
    posix_spawn_file_actions_init(&actions)
    posix_spawnattr_init(&attributes)
    defer {
      posix_spawn_file_actions_destroy(&actions)
      posix_spawnattr_destroy(&attributes)
    }
    if input >= 0 {
      posix_spawn_file_actions_adddup2(&actions, input, 0)
      posix_spawn_file_actions_addclose(&actions, keptOpen)
    } else {
      posix_spawn_file_actions_addopen(&actions, 0, "/dev/null", O_RDONLY, 0)
    }
    let output = log?.path ?? "/dev/null"
    posix_spawn_file_actions_addopen(&actions, 1, output, O_WRONLY | O_CREAT | O_APPEND, 0o644)
    posix_spawn_file_actions_adddup2(&actions, 1, 2)
    // The command blocks some signals for itself; what it starts shall hear them.
    var none = sigset_t()
    sigemptyset(&none)
    posix_spawnattr_setsigmask(&attributes, &none)
    posix_spawnattr_setpgroup(&attributes, 0)
    posix_spawnattr_setflags(
      &attributes,
      Int16(POSIX_SPAWN_SETSIGMASK) | (hasOwnGroup ? Int16(POSIX_SPAWN_SETPGROUP) : 0))
    var words = ([executable.path] + arguments).map { strdup($0) } + [nil]
    defer { for word in words { free(word) } }
    var child: pid_t = 0
    let code = posix_spawn(&child, executable.path, &actions, &attributes, &words, environ)
    if code != 0 { throw .cannotStart(executable.path, String(cString: strerror(code))) }
    return child
  }
}

/// A program that could not be started.
public enum ChildProcessError: Error, Hashable, Sendable, CustomStringConvertible {
  case cannotStart(String, String)

  public var description: String {
    switch self {
    case .cannotStart(let program, let reason): "\(program) cannot be started: \(reason)."
    }
  }
}

/// Time and memory that the kernel has counted.
public struct ResourceUse: Sendable, Hashable {
  /// [s]
  public let cpuSeconds: Double
  /// [MB]
  public let peakMegabytes: Double

  init(_ usage: rusage) {
    func seconds(_ time: timeval) -> Double { Double(time.tv_sec) + Double(time.tv_usec) / 1e6 }
    cpuSeconds = seconds(usage.ru_utime) + seconds(usage.ru_stime)
    // Linux counts kilobytes.
    peakMegabytes = Double(usage.ru_maxrss) / 1024
  }

  /// Of this process and the children that it waited for, so far.
  ///
  /// The memory is that of this program alone: the kernel's own figure begins with the parent's.
  public static func now() -> ResourceUse {
    var own = rusage()
    var children = rusage()
    getrusage(__rusage_who_t(0), &own)
    getrusage(__rusage_who_t(-1), &children)
    let (first, second) = (ResourceUse(own), ResourceUse(children))
    return ResourceUse(
      cpuSeconds: first.cpuSeconds + second.cpuSeconds,
      peakMegabytes: max(ownPeakMegabytes() ?? first.peakMegabytes, second.peakMegabytes))
  }

  private init(cpuSeconds: Double, peakMegabytes: Double) {
    self.cpuSeconds = cpuSeconds
    self.peakMegabytes = peakMegabytes
  }

  private static func ownPeakMegabytes() -> Double? {
    guard let text = try? String(contentsOfFile: "/proc/self/status", encoding: .utf8) else {
      return nil
    }
    for line in text.split(separator: "\n") where line.hasPrefix("VmHWM:") {
      return line.split(separator: " ").dropFirst().first.flatMap { Double($0) }.map { $0 / 1024 }
    }
    return nil
  }
}

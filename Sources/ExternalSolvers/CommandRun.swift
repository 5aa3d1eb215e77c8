import Dispatch
import Foundation
import LichenPlanning

/// One run of a solver's command: followed line by line, and ended when it shall stop.
///
/// Both streams go to one file, so that nothing can block on a full pipe.
struct CommandRun {
  let command: URL
  let arguments: [String]
  /// Where the command works and its output is kept.
  let folder: URL
  /// Signal on which the command hands over what it has, or simply ends.
  let stopSignal: Int32

  /// How a run ended.
  struct End {
    /// `nil` if a signal ended the command.
    let exitCode: Int32?
    let log: String
    /// Whether the control asked for the end.
    let wasCancelled: Bool
    /// Whether the command went on after its time limit and was stopped.
    let overran: Bool
  }

  /// Interval at which output and control are looked at.
  private static let pulse = DispatchTimeInterval.milliseconds(20)
  /// Time a command gets beyond its own limit, for reading and writing, before it is told to stop.
  private static let overrun = Duration.seconds(1)
  /// Time a command gets after it was told to stop, before it is killed.
  private static let patience = Duration.seconds(2)

  /// Runs the command and blocks until it has ended.
  /// - Parameters:
  ///   - deadline: When the command should have ended by itself; `nil` for never.
  ///   - control: Asked now and then whether to stop.
  ///   - onLine: Called on this thread with each line of output, soon after it is written.
  func wait(
    until deadline: ContinuousClock.Instant?, control: SolveControl?, onLine: (Substring) -> Void
  ) throws -> End {
    let log = folder.appendingPathComponent("log")
    try Data().write(to: log)
    let writer = try FileHandle(forWritingTo: log)
    defer { try? writer.close() }
    let reader = try FileHandle(forReadingFrom: log)
    defer { try? reader.close() }
    let process = Process()
    process.executableURL = command
    process.arguments = arguments
    process.currentDirectoryURL = folder
    process.standardInput = FileHandle.nullDevice
    process.standardOutput = writer
    process.standardError = writer
    let ended = DispatchSemaphore(value: 0)
    process.terminationHandler = { _ in ended.signal() }
    try process.run()

    var lines = LineBuffer()
    var stopper = Stopper(deadline: deadline.map { $0 + Self.overrun }, control: control)
    while ended.wait(timeout: .now() + Self.pulse) == .timedOut {
      lines.append(try reader.readToEnd() ?? Data(), onLine: onLine)
      switch stopper.action(at: .now, patience: Self.patience) {
      case .none: break
      case .ask: kill(process.processIdentifier, stopSignal)
      case .kill: kill(process.processIdentifier, SIGKILL)
      }
    }
    lines.append(try reader.readToEnd() ?? Data(), onLine: onLine)
    lines.finish(onLine: onLine)
    return End(
      exitCode: process.terminationReason == .exit ? process.terminationStatus : nil,
      log: lines.text, wasCancelled: stopper.wasCancelled, overran: stopper.overran)
  }
}

/// Decides when a command is asked to stop and when it is killed.
private struct Stopper {
  enum Action { case none, ask, kill }

  let deadline: ContinuousClock.Instant?
  let control: SolveControl?
  private(set) var wasCancelled = false
  private(set) var overran = false
  private var askedAt: ContinuousClock.Instant?

  init(deadline: ContinuousClock.Instant?, control: SolveControl?) {
    self.deadline = deadline
    self.control = control
  }

  mutating func action(at now: ContinuousClock.Instant, patience: Duration) -> Action {
    if let askedAt { return now - askedAt > patience ? .kill : .none }
    if control?.isCancelled == true {
      wasCancelled = true
    } else if let deadline, now > deadline {
      overran = true
    } else {
      return .none
    }
    askedAt = now
    return .ask
  }
}

/// Cuts a growing output into lines.
private struct LineBuffer {
  private(set) var text = ""
  private var rest = Data()

  mutating func append(_ data: Data, onLine: (Substring) -> Void) {
    rest.append(data)
    guard let last = rest.lastIndex(of: UInt8(ascii: "\n")) else { return }
    let whole = String(decoding: rest[...last], as: UTF8.self)
    rest = Data(rest[(last + 1)...])
    text += whole
    for line in whole.split(separator: "\n") { onLine(line) }
  }

  mutating func finish(onLine: (Substring) -> Void) {
    append(Data([UInt8(ascii: "\n")]), onLine: onLine)
  }
}

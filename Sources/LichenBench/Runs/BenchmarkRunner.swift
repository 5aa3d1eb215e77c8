import Foundation
import LichenIO

/// Runs every request in a process of its own and keeps each result as soon as it is there.
public struct BenchmarkRunner: Sendable {
  /// Reading a large instance, and judging its plan, may take so long [s].
  static let loadingAllowance = 600.0

  private let executable: URL
  private let arguments: [String]
  private let journal: RunJournal

  /// - Parameters:
  ///   - executable: Program that does one run, called as `EXECUTABLE ARGUMENTS REQUEST RESULT`.
  ///   - journal: Where results are kept; runs that it holds are not run again.
  public init(executable: URL, arguments: [String], journal: RunJournal) {
    self.executable = executable
    self.arguments = arguments
    self.journal = journal
  }

  /// Runs one after the other, so that no run disturbs another's clock.
  /// - Parameter onProgress: Told before each run, and after it with its record.
  /// - Returns: Records in the order of the requests.
  /// - Throws: What the file system says of the journal or of temporary files.
  public func run(
    _ requests: [RunRequest], onProgress: (_ position: Int, RunRequest, RunRecord?) -> Void
  ) throws -> [RunRecord] {
    let kept = journal.records()
    return try requests.enumerated().map { position, request in
      if let record = kept[request.key] {
        onProgress(position, request, record)
        return record
      }
      onProgress(position, request, nil)
      let record = try run(request)
      try journal.append(record)
      onProgress(position, request, record)
      return record
    }
  }

  private func run(_ request: RunRequest) throws -> RunRecord {
    let scratch = FileManager.default.temporaryDirectory
      .appendingPathComponent("lichen-run-\(UUID().uuidString)")
    try FileManager.default.createDirectory(at: scratch, withIntermediateDirectories: true)
    defer { try? FileManager.default.removeItem(at: scratch) }
    let ask = scratch.appendingPathComponent("request.json")
    let answer = scratch.appendingPathComponent("result.json")
    let log = scratch.appendingPathComponent("log.txt")
    try JSONEncoder().encode(request).write(to: ask)
    let child = ChildProcess(
      executable: executable, arguments: arguments + [ask.path, answer.path], log: log,
      hasOwnGroup: true, watchesParent: true)
    let outcome = try child.run(
      timeLimit: request.limits.seconds * SingleRun.patience + 20 + Self.loadingAllowance)
    if let data = try? Data(contentsOf: answer),
      var record = try? JSONDecoder().decode(RunRecord.self, from: data)
    {
      record.processSeconds = outcome.cpuSeconds
      return record
    }
    return lost(request, outcome, log: log)
  }

  /// The record of a run that crashed or was killed.
  private func lost(_ request: RunRequest, _ outcome: ChildProcess.Outcome, log: URL) -> RunRecord {
    var record = RunRecord(key: request.key)
    record.isRandom = request.isRandom
    record.status = outcome.timedOut ? .overrun : .failed
    let end =
      outcome.signal.map { "signal \($0)" } ?? "exit code \(outcome.exitCode ?? 0)"
    let said = (try? String(contentsOf: log, encoding: .utf8)) ?? ""
    record.note = "The process ended with \(end). \(said.suffix(300))"
    record.cpuSeconds = outcome.cpuSeconds
    record.processSeconds = outcome.cpuSeconds
    record.wallSeconds = outcome.wallSeconds
    record.peakMegabytes = outcome.peakMegabytes
    return record
  }
}

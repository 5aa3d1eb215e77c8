import Foundation
import LichenTestSupport

/// A server of its own, started as a user would: on a free port of the loopback, with a database that is gone afterwards.
final class ServerRun {
  enum Failure: Error {
    /// The server ended, or said something else, before it said where it answers.
    case notReady(output: String, log: String)
  }

  /// Where it answers, with the prefix and without a slash at the end, as `http://127.0.0.1:40123`.
  let address: URL
  /// What the first administrator opens; `nil` once there is one.
  let setUpLink: URL?
  /// Folder of the database.
  let data: URL
  /// What the server logs.
  let log: URL
  private let process: Process
  private let folder: URL

  /// Starts a server and waits until it says where it answers.
  /// - Parameters:
  ///   - arguments: More than `--data` and `--port 0`.
  ///   - data: Folder of a database that is to stay; a fresh one if `nil`.
  init(arguments: [String] = [], data: URL? = nil) throws {
    let candidates = [
      CommandRun.lichen?.deletingLastPathComponent().appendingPathComponent("lichen-server"),
      Repository.root.appendingPathComponent(".build/debug/lichen-server"),
    ].compactMap { $0 }
    guard
      let command = candidates.first(where: {
        FileManager.default.isExecutableFile(atPath: $0.path)
      })
    else { throw CocoaError(.fileNoSuchFile) }
    let folder = try Repository.temporaryFolder()
    self.folder = folder
    self.data = data ?? folder.appendingPathComponent("data")
    log = folder.appendingPathComponent("log")
    try Data().write(to: log)
    let process = Process()
    self.process = process
    process.executableURL = command
    process.arguments = ["--data", self.data.path, "--port", "0"] + arguments
    process.environment = ProcessInfo.processInfo.environment.merging(
      ["LICHEN_DATA": Repository.data.path]
    ) { _, new in new }
    process.standardInput = FileHandle.nullDevice
    process.standardError = try FileHandle(forWritingTo: log)
    let pipe = Pipe()
    process.standardOutput = pipe
    try process.run()
    // Written in one piece, and less than a pipe holds: it comes whole, or not at all when the server ends.
    let output = String(decoding: pipe.fileHandleForReading.availableData, as: UTF8.self)
    guard let match = output.firstMatch(of: #/answers at (http\S+)\/\n/#),
      let address = URL(string: String(match.output.1))
    else {
      Self.end(process)
      let told = try String(contentsOf: log, encoding: .utf8)
      try? FileManager.default.removeItem(at: folder)
      throw Failure.notReady(output: output, log: told)
    }
    self.address = address
    setUpLink = output.firstMatch(of: #/http\S+\/join\/\S+/#).flatMap {
      URL(string: String($0.output))
    }
  }

  var isRunning: Bool { process.isRunning }
  var identifier: Int32 { process.processIdentifier }

  /// Ends the server as an operator would, and waits for it; its folder is gone then.
  func stop() {
    Self.end(process)
    try? FileManager.default.removeItem(at: folder)
  }

  /// Ends it with a signal, such as `SIGKILL`, and waits; the folder stays until `stop`.
  func end(by signal: Int32) {
    if process.isRunning { kill(process.processIdentifier, signal) }
    process.waitUntilExit()
  }

  private static func end(_ process: Process) {
    if process.isRunning { process.terminate() }
    process.waitUntilExit()
  }

  deinit { stop() }
}

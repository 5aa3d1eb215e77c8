import Foundation
import LichenTestSupport
import Testing

/// Browsers that are missing, old, broken, or interrupted.
struct PDFBrowserTests {
  /// A command that tells `version`, and does `script` when it shall print.
  private static func browser(_ version: String, _ script: String, in folder: URL) throws -> URL {
    let url = folder.appendingPathComponent("browser")
    try "#!/bin/sh\nif [ \"$1\" = --version ]; then echo '\(version)'; exit 0; fi\n\(script)\n"
      .write(to: url, atomically: true, encoding: .utf8)
    try FileManager.default.setAttributes([.posixPermissions: 0o755], ofItemAtPath: url.path)
    return url
  }

  private static func match(in folder: URL, _ environment: [String: String]) throws
    -> ProcessOutcome
  {
    try Repository.run(
      try #require(CommandRun.lichen),
      [
        "match", Repository.park("kwinana").path, "-o",
        folder.appendingPathComponent("out").path, "--format", "pdf",
      ], environment: ["LICHEN_DATA": Repository.data.path].merging(environment) { $1 })
  }

  private static func wroteNothing(in folder: URL) -> Bool {
    !FileManager.default.fileExists(atPath: folder.appendingPathComponent("out").path)
  }

  @Test("Without a browser the command says at once how to get one")
  func missing() throws {
    try Repository.inFolder { folder in
      let run = try Self.match(in: folder, ["PATH": folder.path, "LICHEN_CHROMIUM": ""])
      #expect(run.status == 64 && Self.wroteNothing(in: folder))
      #expect(run.output.isEmpty, "the search had begun")
      #expect(run.error.contains("chromium-browser") && run.error.contains("apt-get install"))
      #expect(run.error.split(separator: "\n").count == 1, "\(run.error)")
      let named = try Self.match(in: folder, ["LICHEN_CHROMIUM": "/no/such/thing"])
      #expect(named.status == 64 && named.error.contains("'/no/such/thing'"))
    }
  }

  @Test("A browser that numbers no pages is refused with its version")
  func old() throws {
    try Repository.inFolder { folder in
      let browser = try Self.browser("Chromium 130.0.6723.91 built on Debian", "", in: folder)
      let run = try Self.match(in: folder, ["LICHEN_CHROMIUM": browser.path])
      #expect(run.status == 64 && run.error.contains("131") && run.error.contains("130"))
      #expect(Self.wroteNothing(in: folder))
    }
  }

  @Test(
    "A browser that prints nothing ends the command with its last words, and nothing is written",
    arguments: ["echo boom; exit 3", "echo boom"])
  func broken(script: String) throws {
    try Repository.inFolder { folder in
      let browser = try Self.browser("Google Chrome 140.0.7339.80", script, in: folder)
      let temporary = folder.appendingPathComponent("tmp")
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
      let run = try Self.match(
        in: folder, ["LICHEN_CHROMIUM": browser.path, "TMPDIR": temporary.path])
      #expect(run.status == 1 && run.error.contains("printed no PDF: boom"), "\(run.error)")
      #expect(Self.wroteNothing(in: folder))
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
    }
  }

  @Test("Ctrl-C ends the browser with all that it started, and its folder goes")
  func interrupted() throws {
    try Repository.inFolder { folder in
      // The browser tells through a pipe who it is; so does the end of the command, should it fail first.
      let pipe = folder.appendingPathComponent("pipe")
      try #require(mkfifo(pipe.path, 0o600) == 0)
      let browser = try Self.browser(
        "Chromium 140.0.1.2", "sleep 600 & echo $$ $! > '\(pipe.path)'; wait", in: folder)
      let temporary = folder.appendingPathComponent("tmp")
      try FileManager.default.createDirectory(at: temporary, withIntermediateDirectories: true)
      let process = Process()
      process.executableURL = CommandRun.lichen
      process.arguments = [
        "match", Repository.park("kwinana").path, "-o",
        folder.appendingPathComponent("out").path, "--format", "pdf",
      ]
      process.environment = ProcessInfo.processInfo.environment.merging([
        "LICHEN_DATA": Repository.data.path, "LICHEN_CHROMIUM": browser.path,
        "TMPDIR": temporary.path,
      ]) { $1 }
      process.standardError = FileHandle.nullDevice
      process.standardOutput = FileHandle.nullDevice
      process.terminationHandler = { _ in
        let end = open(pipe.path, O_WRONLY | O_NONBLOCK)
        if end >= 0 { close(end) }
      }
      try process.run()
      let told = try FileHandle(forReadingFrom: pipe).readToEnd() ?? Data()
      let children = String(decoding: told, as: UTF8.self).split(whereSeparator: \.isWhitespace)
        .compactMap { Int($0) }
      try #require(children.count == 2, "the command ended before the browser began")
      kill(process.processIdentifier, SIGINT)
      process.waitUntilExit()
      #expect(process.terminationStatus == 130)
      for child in children { #expect(!Self.runs(child), "\(child) goes on") }
      #expect(try FileManager.default.contentsOfDirectory(atPath: temporary.path) == [])
      #expect(Self.wroteNothing(in: folder))
    }
  }

  /// Whether a process is there and not only waits to be forgotten.
  private static func runs(_ process: Int) -> Bool {
    guard let text = try? String(contentsOfFile: "/proc/\(process)/stat", encoding: .utf8) else {
      return false
    }
    return text.split(separator: ")").last?.split(separator: " ").first != "Z"
  }
}

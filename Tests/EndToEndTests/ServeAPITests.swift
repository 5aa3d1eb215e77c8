import Foundation
import LichenTestSupport
import Testing

/// The programming interface of a running server: the examples of its manual, and an attack by its own description.
struct ServeAPITests {
  @Test(
    "Every example in docs/api.md runs",
    .enabled(if: Repository.command("curl") != nil, "curl is not installed"))
  func manual() throws {
    let text = try String(
      contentsOf: Repository.root.appendingPathComponent("docs/api.md"), encoding: .utf8)
    let blocks = text.matches(of: #/```sh\n(.*?)```/#.dotMatchesNewlines()).map { $0.output.1 }
    #expect(blocks.count >= 8)
    let server = try ServerRun(arguments: ["--prefix", "/lichen"])
    defer { server.stop() }
    let link = try #require(server.setUpLink)
    let token = try ServerAccount(joining: link, of: server, name: "ada").token()
    try Repository.inFolder { folder in
      let script = folder.appendingPathComponent("examples.sh")
      try ("set -eu\n" + blocks.joined(separator: "\n"))
        .write(to: script, atomically: true, encoding: .utf8)
      let run = try Repository.run(
        URL(fileURLWithPath: "/bin/bash"), ["-x", script.path],
        environment: ["LICHEN": server.address.absoluteString, "TOKEN": token],
        workingFolder: folder)
      #expect(run.status == 0, "\(run.error.suffix(3000))\n\(run.output.suffix(2000))")
      #expect(run.output.contains("event: done"))
      #expect(
        FileManager.default.fileExists(atPath: folder.appendingPathComponent("report.html").path))
    }
  }

  @Test(
    "schemathesis finds no fault, no status that is not told of and no answer that breaks its schema",
    .enabled(
      if: Repository.judgesPython != nil && Repository.command("curl") != nil,
      "the Python judges or curl are not installed"))
  func attack() throws {
    let server = try ServerRun(arguments: ["--longest", "1"])
    defer { server.stop() }
    let link = try #require(server.setUpLink)
    let token = try ServerAccount(joining: link, of: server, name: "ada").token()
    let judge = try Repository.run(
      try #require(Repository.judgesPython),
      [
        Repository.root.appendingPathComponent("Tests/judges/serve_api.py").path, "attack",
        server.address.absoluteString, "5",
      ], environment: ["LICHEN_TOKEN": token])
    #expect(judge.status == 0, "\(judge.output.suffix(20_000))\(judge.error.suffix(2000))")
    #expect(server.isRunning)
    let log = try String(contentsOf: server.log, encoding: .utf8)
    #expect(!log.contains(" error "), "\(log.suffix(2000))")
  }

  @Test(
    "A program takes a run's report as a PDF of several pages",
    .enabled(if: BrowserJudge.canRun && Repository.command("curl") != nil))
  func printed() throws {
    let server = try ServerRun()
    defer { server.stop() }
    let link = try #require(server.setUpLink)
    let token = try ServerAccount(joining: link, of: server, name: "ada").token()
    let judge = try Repository.run(
      try #require(Repository.judgesPython),
      [
        Repository.root.appendingPathComponent("Tests/judges/serve_api.py").path, "pdf",
        server.address.absoluteString,
      ], environment: ["LICHEN_TOKEN": token])
    #expect(judge.status == 0, "\(judge.output)\(judge.error.suffix(2000))")
  }
}

import Foundation
import LichenTestSupport
import Testing

/// The server, killed while it writes.
struct ServeKillTests {
  @Test(
    "No acknowledged change is lost by kill -9",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func kills() throws {
    let python = try #require(Repository.judgesPython)
    let server = try #require(CommandRun.lichen).deletingLastPathComponent()
      .appendingPathComponent("lichen-server")
    try Repository.inFolder { folder in
      let run = try Repository.run(
        python,
        [
          Repository.root.appendingPathComponent("Tests/judges/serve_kill.py").path, server.path,
          "--kills", "20", "--seed", "7", "--folder", folder.path,
        ], environment: ["LICHEN_DATA": Repository.data.path])
      #expect(run.status == 0, "\(run.output)\(run.error)")
      #expect(run.output.contains("\"missing\": 0"))
    }
  }
}

import Foundation
import LichenTestSupport
import Testing

/// Two hundred clients at once, and clients that hold connections without using them.
struct ServeCrowdTests {
  private struct Seen: Decodable {
    struct Slow: Decodable {
      let held: Int
      let statuses: [String: Int]
      let left: Int
      let cut: Int
    }

    let before: Int
    let statuses: [String: Int]
    let faults: [String]
    let crowded: Int
    let slow: Slow
    let after: Int
    let searching: Bool
    let cancelled: Int
  }

  @Test(
    "200 clients read while a search runs; slow ones are ended, and hold up nobody",
    .enabled(if: BrowserJudge.canRun))
  func crowd() throws {
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("region")
      try BrowserJudge.region(in: park)
      let server = try ServerRun(arguments: ["--patience", "5"])
      defer { server.stop() }
      let link = try #require(server.setUpLink).absoluteString
      let seen: Seen = try BrowserJudge.seen(
        "serve_crowd.py", [link, "\(server.identifier)", park.path])
      #expect(seen.statuses == ["200": 1000] && seen.faults == [])
      #expect(seen.crowded - seen.before < 300_000_000, "\(seen.before) to \(seen.crowded)")
      #expect(seen.slow.held == 100, "all of them were held at one time")
      #expect(Set(seen.slow.statuses.keys) == ["200"], "others are answered: \(seen.slow.statuses)")
      #expect(seen.slow.left == 0 && seen.slow.cut == 50)
      #expect(seen.after - seen.before < 500_000_000, "\(seen.before) to \(seen.after)")
      #expect(seen.searching && seen.cancelled == 303, "the search went on all the while")
    }
  }
}

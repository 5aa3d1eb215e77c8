import Foundation
import LichenTestSupport
import Testing

/// Searches that take long, followed and stopped in a browser.
struct ServeStopTests {
  private struct Seen: Decodable {
    struct Stop: Decodable {
      let bounds: [String]
      let told: String
      let state: String
      let figures: Int
      let busy: Int
    }

    let runBounds: [String]
    let runStatus: String
    let nextRun: String
    let preparation: [String]
    let stops: [Stop]
    let complaints: [String]
  }

  @Test(
    "A search shows how its bound closes, is stopped, and makes room for the next one",
    .enabled(if: BrowserJudge.canRun))
  func stop() throws {
    try Repository.inFolder { folder in
      let park = folder.appendingPathComponent("region")
      try BrowserJudge.region(in: park)
      let server = try ServerRun(arguments: ["--workers", "1", "--room-seconds", "60"])
      defer { server.stop() }
      let link = try #require(server.setUpLink).absoluteString
      let seen: Seen = try BrowserJudge.seen("serve_stop.py", [link, park.path])
      #expect(seen.runBounds.count == 2 && seen.preparation.count == 2)
      #expect(seen.runStatus == "cancelled" && seen.nextRun == "done")
      #expect(seen.stops.map(\.state) == ["carbon_price=40", "carbon_price=80"])
      for stop in seen.stops {
        #expect(stop.bounds.count == 2)
        #expect(stop.told.hasPrefix("Stopped; the best plan so far is shown."), "\(stop.told)")
        #expect(stop.figures == 2 && stop.busy == 0, "a plan and its bound stand there")
      }
      #expect(seen.complaints == [])
    }
  }
}

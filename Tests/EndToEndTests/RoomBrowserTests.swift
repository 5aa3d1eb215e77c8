import Foundation
import LichenTestSupport
import Testing

/// A real browser in the what-if room.
struct RoomBrowserTests {
  private struct Seen: Decodable {
    struct Pareto: Decodable {
      let state: String
      let before: String
      let after: String
      let chosen: String
      let lever: String
    }

    struct Switched: Decodable {
      let same: Bool
      let title: String
      let levers: String
    }

    let base: String
    let now: String
    let focus: String
    let key: String
    let state: String
    let told: String
    let ghosts: Int
    let winners: Int
    let overflow: [String: Int]
    let belowFold: Double
    let heads: [String]
    let compared: [String]
    let points: Int
    let pareto: Pareto
    let language: Switched
    let complaints: [String]
  }

  @Test(
    "Three levers, scenarios side by side, a point of the front and another language in a browser",
    .enabled(if: BrowserJudge.canRun, "no chromedriver, or no judges are installed"))
  func room() throws {
    let server = try ServerRun()
    defer { server.stop() }
    let link = try #require(server.setUpLink)
    check(try BrowserJudge.seen("room.py", [link.absoluteString]))
  }

  private func check(_ seen: Seen) {
    #expect(seen.base != seen.now, "three levers change the plan's worth")
    #expect(seen.key == "carbon_price=5" && seen.focus == "l-carbon_price")
    #expect(seen.state == "carbon_price=60&enterprise.gyproc=closed&landfill_fee=20")
    #expect(seen.told.contains("M€"), "a reader hears what changed: \(seen.told)")
    #expect(seen.ghosts > 0 && seen.winners > 1)
    #expect(
      seen.overflow.count == 4 && seen.overflow.values.allSatisfy { $0 == 0 }, "\(seen.overflow)")
    #expect(seen.heads == ["Base", "A", "B"])
    #expect(seen.compared.contains { $0.contains("A: Gyproc shut, which") })
    #expect(seen.compared.contains { $0.contains("B: And dear water") })
    #expect(seen.belowFold == 0, "table, form and comparison are seen without scrolling")
    #expect(seen.points > 2)
    #expect(seen.pareto.state.hasPrefix("co2_floor=") && seen.pareto.chosen == "3")
    #expect(seen.pareto.before != seen.pareto.after)
    #expect(seen.pareto.state == "co2_floor=\(seen.pareto.lever)")
    #expect(seen.language.same, "the state stays")
    #expect(seen.language.levers == "Điều gì xảy ra nếu…")
    #expect(seen.complaints.isEmpty, "\(seen.complaints)")
  }
}

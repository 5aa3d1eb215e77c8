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
    let state: String
    let told: String
    let ghosts: Int
    let winners: Int
    let fits: [String: Bool]
    let heads: [String]
    let compared: [String]
    let points: Int
    let pareto: Pareto
    let language: Switched
    let complaints: [String]
  }

  private static var canRun: Bool {
    Repository.judgesPython != nil && Repository.command("chromedriver") != nil
  }

  @Test(
    "Three levers, scenarios side by side, a point of the front and another language in a browser",
    .enabled(if: canRun || Repository.isCI, "no chromedriver, or no judges are installed"))
  func room() throws {
    let python = try #require(Repository.judgesPython)
    let server = try ServerRun()
    defer { server.stop() }
    let link = try #require(server.setUpLink)
    try Repository.inFolder { folder in
      // Screenshots stay where they can be looked at, if a folder for them is named.
      let pictures =
        ProcessInfo.processInfo.environment["LICHEN_SCREENSHOTS"] ?? folder.path
      let outcome = try Repository.run(
        python,
        [
          Repository.root.appendingPathComponent("Tests/judges/room.py").path,
          server.address.absoluteString, link.absoluteString, pictures,
        ])
      try #require(outcome.status == 0, "\(outcome.error)")
      let seen = try JSONDecoder().decode(Seen.self, from: Data(outcome.output.utf8))
      check(seen)
    }
  }

  private func check(_ seen: Seen) {
    #expect(seen.base != seen.now, "three levers change the plan's worth")
    #expect(seen.focus == "l-carbon_price" || seen.focus.isEmpty == false)
    #expect(seen.state == "carbon_price=60&enterprise.gyproc=closed&landfill_fee=20")
    #expect(seen.told.contains("M€"), "a reader hears what changed: \(seen.told)")
    #expect(seen.ghosts > 0 && seen.winners > 1)
    for (page, fits) in seen.fits { #expect(fits, "\(page) scrolls sideways") }
    #expect(seen.heads == ["Base", "A", "B"])
    #expect(seen.compared.contains { $0.contains("A: Gyproc shut") })
    #expect(seen.compared.contains { $0.contains("B: And dear water") })
    #expect(seen.points > 2)
    #expect(seen.pareto.state.hasPrefix("co2_floor=") && seen.pareto.chosen == "3")
    #expect(seen.pareto.before != seen.pareto.after)
    #expect(seen.pareto.state == "co2_floor=\(seen.pareto.lever)")
    #expect(seen.language.same, "the state stays")
    #expect(seen.language.levers == "Điều gì xảy ra nếu…")
    #expect(seen.complaints.isEmpty, "\(seen.complaints)")
  }
}

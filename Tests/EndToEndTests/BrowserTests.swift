import Foundation
import LichenTestSupport
import Testing

/// A real browser lays the report out.
struct BrowserTests {
  private struct Measure: Decodable {
    let width: Int
    let scrollWidth: Int
    let smallest: Double
    let smallestText: String
    let drawings: Int
    let sections: Int
    let text: Int
  }

  static let browser = ["chromium", "chromium-browser", "google-chrome"].lazy
    .compactMap { Repository.command($0) }.first

  @Test(
    "The report fits phone, tablet and desktop without sideways scrolling or tiny labels",
    .enabled(if: browser != nil, "no Chromium is installed"),
    arguments: ["kalundborg", "kwinana", "map-ta-phut"])
  func layout(park: String) throws {
    let text = try dump("layout.html", park: park)
    let start = try #require(text.range(of: "MEASURED[")).upperBound
    let end = try #require(text.range(of: "]END")).lowerBound
    let measures = try JSONDecoder().decode(
      [Measure].self, from: Data("[\(text[start..<end])]".utf8))
    #expect(measures.count == 8)
    for measure in measures {
      #expect(measure.scrollWidth <= measure.width, "\(measure)")
      #expect(measure.smallest >= 10, "\(measure)")
      #expect(measure.sections == 8 && measure.drawings > 3 && measure.text > 5_000, "\(measure)")
    }
  }

  private struct Interaction: Decodable {
    let hasForm: Bool
    let rows: Int
    let count: String
    let filtered: Int
    let expected: Int
    let filteredCount: String
    let dimmed: Bool
    let afterReset: Int
    let ordered: Bool
    let lit: Bool
    let places: Int
    let sortedUp: Bool
    let sortedDown: Bool
    let totalLast: Bool
  }

  @Test(
    "Filter, order, highlight and sorted tables do what they say",
    .enabled(if: browser != nil, "no Chromium is installed"))
  func interaction() throws {
    let text = try dump("interaction.html", park: "kalundborg")
    let start = try #require(text.range(of: "MEASURED{")).upperBound
    let end = try #require(text.range(of: "}END")).lowerBound
    let found = try JSONDecoder().decode(
      Interaction.self, from: Data("{\(text[start..<end])}".utf8))
    #expect(found.hasForm && found.rows == 11 && found.count == "11 of 11 exchanges")
    #expect(found.filtered == found.expected && found.filtered < found.rows)
    #expect(found.filteredCount == "\(found.filtered) of 11 exchanges" && found.dimmed)
    #expect(found.afterReset == 11 && found.ordered)
    // Map, both Sankeys as one, network, matrix and list.
    #expect(found.lit && found.places == 5)
    #expect(found.sortedUp && found.sortedDown && found.totalLast)
  }

  /// The document that a browser makes of a judge's page beside the report of a park.
  private func dump(_ judge: String, park: String) throws -> String {
    let browser = try #require(Self.browser)
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(["match", "data/parks/\(park)", "-o", folder.path])
    #expect(run.status == 0, "\(run.error)")
    let page = folder.appendingPathComponent(judge)
    try FileManager.default.copyItem(
      at: Repository.root.appendingPathComponent("Tests/judges/\(judge)"), to: page)
    return try Repository.run(
      browser,
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--allow-file-access-from-files", "--virtual-time-budget=20000",
        "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--dump-dom",
        page.absoluteString,
      ]
    ).output
  }

  @Test("In CI there is a browser", .enabled(if: Repository.isCI, "not in CI"))
  func browserInCI() { #expect(Self.browser != nil) }
}

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
    let browser = try #require(Self.browser)
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(["match", "data/parks/\(park)", "-o", folder.path])
    #expect(run.status == 0, "\(run.error)")
    let page = folder.appendingPathComponent("layout.html")
    try FileManager.default.copyItem(
      at: Repository.root.appendingPathComponent("Tests/judges/layout.html"), to: page)
    let outcome = try Repository.run(
      browser,
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--allow-file-access-from-files", "--virtual-time-budget=20000",
        "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--dump-dom",
        page.absoluteString,
      ])
    let text = outcome.output
    let start = try #require(text.range(of: "MEASURED["), "\(outcome.error)").upperBound
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

  @Test("In CI there is a browser", .enabled(if: Repository.isCI, "not in CI"))
  func browserInCI() { #expect(Self.browser != nil) }
}

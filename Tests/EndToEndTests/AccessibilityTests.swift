import Foundation
import LichenTestSupport
import Testing

/// A checker of accessibility in a real browser finds nothing: on desktop and phone, in light and dark.
@Suite struct AccessibilityTests {
  private struct Verdict: Decodable {
    let width: Int
    let scheme: String
    let passes: Int
    let violations: [String]
    let faults: [String: [String]]
  }

  /// axe-core, which a Python package of the judges brings.
  static let axe: URL? = {
    guard let python = Repository.judgesPython else { return nil }
    let libraries = python.deletingLastPathComponent().deletingLastPathComponent()
      .appendingPathComponent("lib")
    let versions = (try? FileManager.default.contentsOfDirectory(atPath: libraries.path)) ?? []
    return versions.sorted().map {
      libraries.appendingPathComponent("\($0)/site-packages/axe_playwright_python/axe.min.js")
    }.first { FileManager.default.fileExists(atPath: $0.path) }
  }()

  static let judged = BrowserTests.browser != nil && axe != nil

  @Test(
    "axe-core and measures of our own find nothing on the page of a plan",
    .enabled(if: judged, "Chromium or the Python judges are not installed"),
    arguments: [("kalundborg", "en", false), ("deep-c", "vi", true)])
  func match(park: String, language: String, isDark: Bool) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(
      ["match", "data/parks/\(park)", "-o", folder.path, "--lang", language])
    #expect(run.status == 0, "\(run.error)")
    try judge(folder, widths: [1280, 390, 320], isDark: isDark)
  }

  @Test(
    "They find nothing on a page with every question of a board",
    .enabled(if: judged, "Chromium or the Python judges are not installed"))
  func board() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(["board", "data/parks/kalundborg", "-o", folder.path])
    #expect(run.status == 0, "\(run.error)")
    try judge(folder, widths: [1280, 320], isDark: false)
    try judge(folder, widths: [390], isDark: true)
  }

  /// - Parameter folder: Where the report lies and the judge is put.
  private func judge(_ folder: URL, widths: [Int], isDark: Bool) throws {
    let files = FileManager.default
    let report = folder.appendingPathComponent("report.html")
    if !files.fileExists(atPath: report.path) {
      try files.copyItem(at: folder.appendingPathComponent("report.vi.html"), to: report)
    }
    let page = folder.appendingPathComponent("access.html")
    if !files.fileExists(atPath: page.path) {
      try files.copyItem(
        at: Repository.root.appendingPathComponent("Tests/judges/access.html"), to: page)
      try files.copyItem(
        at: try #require(Self.axe), to: folder.appendingPathComponent("axe.min.js"))
    }
    let outcome = try Repository.run(
      try #require(BrowserTests.browser),
      [
        "--headless=new", "--no-sandbox", "--disable-gpu", "--hide-scrollbars",
        "--allow-file-access-from-files", "--virtual-time-budget=120000",
        "--blink-settings=preferredColorScheme=\(isDark ? 0 : 1)",
        "--user-data-dir=\(folder.appendingPathComponent("profile").path)", "--dump-dom",
        "\(page.absoluteString)?widths=\(widths.map(String.init).joined(separator: ","))",
      ])
    let text = outcome.output
    let start = try #require(
      text.range(of: "JUDGED["), "\(text.suffix(500)) \(outcome.error)"
    ).upperBound
    let end = try #require(text.range(of: "]END", options: .backwards)).lowerBound
    let escaped = "[\(text[start..<end])]"
    let json = [("&lt;", "<"), ("&gt;", ">"), ("&nbsp;", "\u{00A0}"), ("&amp;", "&")]
      .reduce(escaped) { $0.replacing($1.0, with: $1.1) }
    let verdicts = try JSONDecoder().decode([Verdict].self, from: Data(json.utf8))
    #expect(verdicts.map(\.width) == widths)
    for verdict in verdicts {
      let place = "\(verdict.width) px, \(verdict.scheme)"
      #expect(verdict.scheme == (isDark ? "dark" : "light"))
      #expect(verdict.passes > 30, "\(place)")
      #expect(verdict.violations == [], "\(place)")
      for (fault, found) in verdict.faults.sorted(by: { $0.key < $1.key }) {
        #expect(found == [], "\(place): \(fault)")
      }
    }
  }

  @Test(
    "The decision fits one page of A4, and the contents follow",
    .enabled(
      if: BrowserTests.browser != nil && Repository.command("pdftotext") != nil,
      "Chromium or pdftotext is not installed"),
    arguments: ["kalundborg", "kwinana", "deep-c"])
  func decisionFitsOnePage(park: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(
      ["match", "data/parks/\(park)", "-o", folder.path, "--lang", "en,vi"])
    #expect(run.status == 0, "\(run.error)")
    for (name, last, next) in [
      ("report.html", "Not legal advice.", "Contents"),
      ("report.vi.html", "Đây không phải tư vấn pháp lý.", "Mục lục"),
    ] {
      let paper = folder.appendingPathComponent("\(name).pdf")
      _ = try Repository.run(
        try #require(BrowserTests.browser),
        [
          "--headless=new", "--no-sandbox", "--disable-gpu", "--no-pdf-header-footer",
          "--user-data-dir=\(folder.appendingPathComponent("profile").path)",
          "--print-to-pdf=\(paper.path)", folder.appendingPathComponent(name).absoluteString,
        ])
      let text = try Repository.run(
        try #require(Repository.command("pdftotext")), ["-layout", paper.path, "-"]
      ).output
      let pages = text.components(separatedBy: "\u{0C}")
      try #require(pages.count > 3)
      #expect(pages[0].contains(last), "\(park), \(name)")
      #expect(pages[1].contains(next) && !pages[0].contains(next), "\(park), \(name)")
    }
  }
}

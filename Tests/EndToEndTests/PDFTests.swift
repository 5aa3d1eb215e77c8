import Foundation
import LichenDomain
import LichenTestSupport
import Testing

/// The printed report, made by a real browser and read by other programs.
@Suite(.serialized) struct PDFTests {
  private struct Facts: Encodable {
    let language: String
    let title: String
    let date: String
    let pageNumber: String
    let texts: [String]
    let decisionEnd: String
    let sections: [String]
  }

  private static var hasTools: Bool {
    BrowserTests.browser != nil && Repository.command("pdfinfo") != nil
  }

  private static func facts(park: String, language code: String) throws -> Facts {
    let language = try Repository.engine.language(code)
    let settings = try Repository.engine.park(at: Repository.park(park)).settings
    let date = settings.lawDate
    func digits(_ number: Int) -> String { number < 10 ? "0\(number)" : "\(number)" }
    let note = language.text("top.note").split(separator: ".").last ?? ""
    return Facts(
      language: code, title: language.text("page.title", ["park": settings.title]),
      date: "\(date.year)\(digits(date.month))\(digits(date.day))",
      pageNumber: language.text("page.number"),
      texts: [settings.title, language.text("todo.title"), language.text("term.avoided-purchase")],
      decisionEnd: String(note),
      sections: ["map", "flow", "details", "why", "law", "assumptions", "cert"].map {
        language.text("\($0).title")
      })
  }

  @Test(
    "A4 pages with numbers, outline, tags and embedded fonts in both languages; the decision on one",
    .enabled(if: hasTools, "Chromium or poppler is not installed"),
    arguments: ["kalundborg", "kwinana", "deep-c"])
  func printed(park: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun([
      "match", "data/parks/\(park)", "-o", folder.path, "--format", "pdf", "--lang", "en,vi",
    ])
    #expect(run.status == 0, "\(run.error)")
    for (code, name) in [("en", "report.pdf"), ("vi", "report.vi.pdf")] {
      let file = folder.appendingPathComponent(name)
      let facts = try Self.facts(park: park, language: code)
      let info = try Repository.run(try #require(Repository.command("pdfinfo")), [file.path]).output
      #expect(info.contains("(A4)") && info.contains(/Tagged: +yes/), "\(info)")
      let fonts = try Repository.run(try #require(Repository.command("pdffonts")), [file.path])
      let rows = fonts.output.split(separator: "\n").dropFirst(2)
      #expect(!rows.isEmpty)
      // Columns from the right: object, generation, unicode, subset, embedded.
      for row in rows {
        let cells = row.split(separator: " ")
        #expect(cells.count >= 7 && cells[cells.count - 5] == "yes", "\(row)")
      }
      let text = try Repository.run(
        try #require(Repository.command("pdftotext")), [file.path, "-"]
      ).output
      #expect(text.contains(facts.texts[1]), "\(facts.texts[1])")
      try Self.judge(file, facts, in: folder)
    }
  }

  private static func judge(_ file: URL, _ facts: Facts, in folder: URL) throws {
    guard let python = Repository.judgesPython else { return }
    let list = folder.appendingPathComponent("facts.json")
    try JSONEncoder().encode(facts).write(to: list)
    let judge = try Repository.run(
      python,
      [Repository.root.appendingPathComponent("Tests/judges/pdf.py").path, file.path, list.path])
    #expect(judge.status == 0, "\(judge.output)\(judge.error)")
  }

  @Test(
    "Two runs print the same bytes",
    .enabled(if: BrowserTests.browser != nil, "no Chromium is installed"))
  func bytes() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    for name in ["first", "second"] {
      let run = try CommandRun([
        "match", "data/parks/kwinana", "-o", folder.appendingPathComponent(name).path, "--format",
        "pdf",
      ])
      #expect(run.status == 0, "\(run.error)")
    }
    let files = ["first", "second"].map { folder.appendingPathComponent("\($0)/report.pdf") }
    #expect(try Data(contentsOf: files[0]) == Data(contentsOf: files[1]))
  }

  @Test("In CI there is poppler", .enabled(if: Repository.isCI, "not in CI"))
  func popplerInCI() { #expect(Repository.command("pdfinfo") != nil) }
}

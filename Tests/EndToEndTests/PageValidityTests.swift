import Foundation
import LichenTestSupport
import Testing

/// Independent validators and a reader of references judge the page.
@Suite struct PageValidityTests {
  private struct Verdict: Decodable {
    let strict: [String]
    let validator: [String]?
    let references: [String]
  }

  private func judge(_ page: URL) throws -> Verdict {
    let outcome = try Repository.run(
      try #require(Repository.judgesPython),
      [Repository.root.appendingPathComponent("Tests/judges/page.py").path, page.path])
    try #require(outcome.status == 0, "\(outcome.error)")
    return try JSONDecoder().decode(Verdict.self, from: Data(outcome.output.utf8))
  }

  @Test(
    "No validator finds an error in a page, and no reference leads out of it",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"),
    arguments: [
      ["match", "data/parks/kwinana", "--lang", "en,vi"], ["board", "data/parks/kalundborg"],
    ])
  func valid(arguments: [String]) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(arguments + ["-o", folder.path])
    #expect(run.status == 0, "\(run.error)")
    let pages = try FileManager.default.contentsOfDirectory(atPath: folder.path)
      .filter { $0.hasSuffix(".html") }.sorted()
    #expect(pages.count == (arguments.contains("en,vi") ? 2 : 1))
    for page in pages {
      let verdict = try judge(folder.appendingPathComponent(page))
      #expect(verdict.strict == [], "\(page)")
      #expect(verdict.references == [], "\(page)")
      if Repository.command("java") != nil { #expect(verdict.validator == [], "\(page)") }
    }
  }

  @Test(
    "The judge sees what is wrong",
    .enabled(if: Repository.judgesPython != nil, "the Python judges are not installed"))
  func judgeSees() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let page = folder.appendingPathComponent("page.html")
    try Data(
      """
      <!doctype html><html lang="en"><title>t</title><style>a{background:url(//x.org/a.png)}</style>
      <p id="a"><p id="a"><a href="https://x.org">x</a><img src="b.png" alt=""></b>
      """.utf8
    ).write(to: page)
    let verdict = try judge(page)
    #expect(!verdict.strict.isEmpty)
    #expect(verdict.references.count == 4, "\(verdict.references)")
    if Repository.command("java") != nil {
      #expect(verdict.validator?.contains { $0.contains("Duplicate ID") } == true)
    }
  }
}

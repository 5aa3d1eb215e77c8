import Foundation
import LichenTestSupport
import Testing

/// Templates from the command line: the shipped ones on a Vietnamese park, and bad ones.
@Suite struct TemplateCommandTests {
  @Test(arguments: ["unido-viet-nam", "academic"]) func shippedTemplatesMakeReports(name: String)
    throws
  {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun([
      "match", Repository.park("mekong-agro").path, "-o", folder.path, "--template", name, "--lang",
      "en,vi",
      "--format", "html",
    ])
    #expect(run.status == 0, "\(run.error)")
    let english = try String(
      contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
    let vietnamese = try String(
      contentsOf: folder.appendingPathComponent("report.vi.html"), encoding: .utf8)
    for html in [english, vietnamese] {
      #expect(html.contains("class=\"pre\"") && !html.contains("{{") && !html.contains("{section-"))
    }
    #expect(english.contains("id=\"sheet\"") == (name == "unido-viet-nam"))
    #expect(vietnamese.contains("mẫu A.5") == (name == "unido-viet-nam"))
    #expect(english.contains("id=\"pareto\"") == (name == "academic"))
  }

  @Test func aBadTemplateSaysEverythingThatIsWrongBeforeTheSearch() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    try Data(
      """
      {"headr": "x", "logo": "../logo.svg", "css": 3, "sections": ["map", "lawe", "map"]}
      """.utf8
    ).write(to: folder.appendingPathComponent("template.json"))
    let run = try CommandRun([
      "match", Repository.park("mekong-agro").path, "-o", folder.path + "/out", "--template",
      folder.path,
    ])
    #expect(run.status == 65)
    for word in [
      "did you mean header?", "did you mean law?", "in the template's folder", "each section once",
      "the section decision", "the name of a file",
    ] {
      #expect(run.error.contains(word), "\(word) in \(run.error)")
    }
    #expect(!FileManager.default.fileExists(atPath: folder.path + "/out"))
  }

  @Test func aMissingTemplateIsNamed() throws {
    let run = try CommandRun([
      "match", Repository.park("mekong-agro").path, "-o", "/nonexistent/out", "--template",
      "no-such",
    ])
    #expect(run.status == 65 && run.error.contains("no-such"))
  }
}

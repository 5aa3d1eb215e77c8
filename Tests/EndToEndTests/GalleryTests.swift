import Foundation
import LichenTestSupport
import Testing

/// The gallery of questions: every command runs, every picture is there.
@Suite struct GalleryTests {
  private static let page = Repository.root.appendingPathComponent("docs/gallery.md")

  /// Command lines with the picture that follows each.
  private static func entries() throws -> [(line: String, picture: String)] {
    let text = try String(contentsOf: page, encoding: .utf8)
    return text.matches(of: #/```sh\n(lichen [^\n]+)\n```\n+!\[[^\]]+\]\(([^)]+)\)/#).map {
      (String($0.1), String($0.2))
    }
  }

  @Test func tenQuestionsEachWithOneCommandAndOnePicture() throws {
    let entries = try Self.entries()
    #expect(entries.count == 10)
    #expect(Set(entries.map(\.picture)).count == 10)
    for entry in entries {
      let file = Self.page.deletingLastPathComponent().appendingPathComponent(entry.picture)
      let data = try Data(contentsOf: file)
      #expect(data.starts(with: [0x89, 0x50, 0x4E, 0x47]), "\(entry.picture)")
    }
  }

  @Test(arguments: 0..<10) func commandsOfTheGalleryRun(index: Int) throws {
    let entry = try Self.entries()[index]
    let folder = FileManager.default.temporaryDirectory.appendingPathComponent(
      "lichen-gallery-\(UUID().uuidString)")
    defer { try? FileManager.default.removeItem(at: folder) }
    var words = entry.line.split(separator: " ").dropFirst().map(String.init)
    let target = try #require(words.firstIndex(of: "-o"))
    words[target + 1] = folder.path
    let run = try CommandRun(words)
    #expect(run.status == 0, "\(entry.line): \(run.error)")
    let html = try String(
      contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(html.contains("<section id=\"\(words[0])\""), "\(entry.line)")
    #expect(
      FileManager.default.fileExists(
        atPath: folder.appendingPathComponent("\(words[0]).json").path))
  }
}

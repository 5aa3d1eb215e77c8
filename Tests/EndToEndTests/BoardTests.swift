import Foundation
import LichenEngine
import LichenTestSupport
import Testing

/// The board pack: every question on a Danish, an Australian and a Vietnamese park, in one report.
@Suite struct BoardTests {
  @Test(arguments: ["kalundborg", "kwinana", "deep-c"])
  func everyQuestionHasItsPageAndItsFile(park: String) throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let run = try CommandRun(["board", "data/parks/\(park)", "-o", folder.path])
    #expect(run.status == 0, "\(run.error)")
    #expect(!run.error.contains("has no answer"), "\(run.error)")
    let html = try String(
      contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
    for question in BoardQuestion.allCases.map(\.rawValue) {
      #expect(html.contains("<section id=\"\(question)\""), "\(question)")
      #expect(html.contains("<a href=\"#\(question)\">"), "\(question)")
      let file = folder.appendingPathComponent("\(question).json")
      let document = try #require(
        JSONSerialization.jsonObject(with: Data(contentsOf: file)) as? [String: Any])
      #expect((document["format"] as? String)?.hasPrefix("lichen/\(question)/") == true)
      guard let python = Repository.judgesPython else { continue }
      let judge = try Repository.run(
        python,
        [
          Repository.root.appendingPathComponent("Tests/judges/schema.py").path,
          Repository.data.appendingPathComponent("schemas/\(question).schema.json").path,
          file.path,
        ])
      #expect(judge.status == 0, "\(question): \(judge.output)\(judge.error)")
    }
  }

  @Test func equalPacksAreEqualBytes() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    let packs = ["1", "2"].map { folder.appendingPathComponent("threads-\($0)") }
    for (threads, pack) in zip(["1", "2"], packs) {
      let run = try CommandRun(
        ["board", "data/parks/deep-c", "-o", pack.path, "--threads", threads])
      #expect(run.status == 0, "\(run.error)")
    }
    for name in ["report.html"] + BoardQuestion.allCases.map({ "\($0.rawValue).json" }) {
      let bytes = try packs.map { try Data(contentsOf: $0.appendingPathComponent(name)) }
      #expect(bytes[0] == bytes[1], "\(name)")
    }
  }

  @Test func aQuestionMayBeLeftOut() throws {
    let folder = try Repository.temporaryFolder()
    defer { try? FileManager.default.removeItem(at: folder) }
    var arguments = ["board", "data/parks/kwinana", "-o", folder.path]
    for question in BoardQuestion.allCases where question != .shadow {
      arguments += ["--skip", question.rawValue]
    }
    let run = try CommandRun(arguments)
    #expect(run.status == 0, "\(run.error)")
    let html = try String(
      contentsOf: folder.appendingPathComponent("report.html"), encoding: .utf8)
    #expect(html.contains("<section id=\"shadow\""))
    #expect(!html.contains("<section id=\"pareto\""))
  }
}

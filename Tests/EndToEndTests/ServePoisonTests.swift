import Foundation
import LichenTestSupport
import Testing

/// Workbooks that are made to do harm, sent to a running server.
struct ServePoisonTests {
  private struct Seen: Decodable {
    struct Answer: Decodable {
      let sent: Int
      let status: Int
      let told: [String]
      let kept: Bool
    }

    let sound: Int
    let before: Int
    let answers: [String: Answer]
    let next: Int
    let after: Int
  }

  /// What the page says of each, beside the file's name.
  private static let reasons = [
    "text bomb": "sheet Outputs: damaged workbook", "row bomb": "sheet Outputs: workbook too large",
    "laughs": "sheet Outputs: forbidden xml", "climbing": "unsafe entry",
    "truncated": "damaged workbook", "page": "not a workbook", "legacy": "old workbook",
    "encrypted": "encrypted workbook",
  ]

  @Test(
    "Each poisoned workbook is refused with its reason, keeps nothing and costs no memory",
    .enabled(if: BrowserJudge.canRun))
  func poisons() throws {
    try Repository.inFolder { folder in
      let book = folder.appendingPathComponent("park.xlsx")
      let made = try CommandRun(["convert", Repository.park("kalundborg").path, book.path])
      try #require(made.status == 0, "\(made.error)")
      let server = try ServerRun()
      defer { server.stop() }
      let link = try #require(server.setUpLink).absoluteString
      let seen: Seen = try BrowserJudge.seen(
        "serve_poison.py", [link, "\(server.identifier)", book.path])
      #expect(Set(seen.answers.keys) == Set(Self.reasons.keys))
      for (name, answer) in seen.answers {
        let reason = try #require(Self.reasons[name])
        #expect(answer.status == 422 && !answer.kept, "\(name): \(answer.status)")
        #expect(answer.told.count == 2, "\(name): \(answer.told)")
        #expect(
          answer.told.last?.hasPrefix("Error park.xls") == true
            && answer.told.last?.contains(reason) == true, "\(name): \(answer.told)")
      }
      #expect(seen.sound == 303 && seen.next == 303, "what is sound is taken before and after")
      // Each bomb holds 2 GB, and the server's own bound for what it unpacks is 400 MB.
      #expect(seen.after - seen.before < 200_000_000, "\(seen.before) to \(seen.after) bytes")
      #expect(server.isRunning)
    }
  }
}

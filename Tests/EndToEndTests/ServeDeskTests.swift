import Foundation
import LichenTestSupport
import Testing

/// The expert desk as people use it: the built server, a real browser.
@Suite struct ServeDeskTests {
  private struct Seen: Decodable {
    let errors: [String]
    let adoptableWithErrors: Bool
    let mended: Int
    let state: String
    let enterMovesDown: Bool
    let pasted: [[String]]
    let kept: [[String]]
    let stateAfterRemoval: String
    let parkAddress: String
    let runAddress: String
    let figures: [String]
    let downloads: [String]
    let pdf: Int
    let reportTitle: String
    let reportStyle: String
    let reportOrigin: String
    let vietnamese: String
    let vietnameseHeading: String
    let overflow: [String: Int]
    let complaints: [String]
  }

  @Test(.enabled(if: BrowserJudge.canRun))
  func anExpertBringsAWorkbookToAReport() throws {
    try Repository.inFolder { folder in
      let book = folder.appendingPathComponent("park.xlsx")
      let made = try CommandRun(["convert", Repository.park("kalundborg").path, book.path])
      try #require(made.status == 0, "\(made.error)")
      let server = try ServerRun()
      defer { server.stop() }
      let link = try #require(server.setUpLink).absoluteString
      let seen: Seen = try BrowserJudge.seen(
        "serve_desk.py", [link, book.path, folder.appendingPathComponent("downloads").path])
      #expect(seen.errors.prefix(2).allSatisfy { $0.contains("Outputs, row 1, ") })
      #expect(seen.errors.contains { $0.contains("quite a lot") })
      #expect(!seen.adoptableWithErrors && seen.mended == 2)
      #expect(seen.state.contains("(0 errors, "))
      #expect(seen.enterMovesDown)
      let block = [["pasted-1", "gyproc", "One"], ["pasted-2", "gyproc", "The \"second\""]]
      #expect(seen.pasted == block + [["", "", ""]] && seen.kept == block)
      #expect(seen.stateAfterRemoval.contains("(0 errors, "))
      #expect(seen.parkAddress == "/parks/my-park" && seen.runAddress == "/parks/my-park/runs")
      #expect(seen.figures.count == 4 && seen.figures[0].hasSuffix("€"))
      #expect(seen.downloads == ["report.html", "report.json", "report.pdf", "report.xlsx"])
      #expect(seen.pdf > 1, "a PDF of several pages")
      #expect(seen.reportTitle.contains("Kalundborg"))
      // The report's own style holds, and it has no origin to reach the site from.
      #expect(seen.reportStyle.contains("system-ui") && seen.reportOrigin == "null")
      #expect(seen.vietnamese == "vi" && seen.vietnameseHeading == "Báo cáo")
      #expect(seen.overflow.values.allSatisfy { $0 == 0 }, "\(seen.overflow)")
      #expect(seen.complaints == [])
    }
  }
}

import Foundation
import LichenTestSupport
import Testing

/// Two enterprises in a browser, from strangers to partners who know each other's names.
@Suite struct ServeOwnTests {
  private struct Seen: Decodable {
    let before: [String]
    let forms: Int
    let asked: [String]
    let askerRequests: [String]
    let toMe: [String]
    let accepted: [String]
    let after: [String]
    let vietnamese: String
    let complaints: [String]
  }

  @Test(
    "One enterprise asks, the other accepts, and only then are they named",
    .enabled(if: BrowserJudge.canRun))
  func agreement() throws {
    let server = try ServerRun()
    defer { server.stop() }
    let link = try #require(server.setUpLink)
    let seen: Seen = try BrowserJudge.seen("serve_own.py", [link.absoluteString])
    #expect(!seen.before.isEmpty && seen.forms == seen.before.count)
    #expect((seen.before + seen.asked + seen.askerRequests).allSatisfy { !$0.contains("Asn") })
    #expect(seen.askerRequests.count == 1)
    #expect(seen.toMe.count == 1 && seen.toMe[0].contains("Gyproc"))
    #expect(seen.accepted.count == 1)
    #expect(seen.after.contains { $0.contains("Asnæs") })
    #expect(seen.vietnamese == "Trao đổi của tôi")
    #expect(seen.complaints == [])
  }
}
